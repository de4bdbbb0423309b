"""Articles as they are aligned: their words, vectors and types."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Vectors
from index.terms import text_terms
from review.desk import Desk, Paragraph


@dataclass(frozen=True, slots=True)
class Article:
    """An article: terms of its title and text with how often they stand there, one vector a paragraph, and how sure each type is."""

    address: str
    title: str
    paragraphs: tuple[str, ...]
    title_terms: Mapping[str, float]
    terms: Mapping[str, float]
    vectors: Vectors
    types: NDArray[np.float64]


def read_articles(desk: Desk, document: str) -> tuple[Article, ...]:
    """The articles of a document in the order of its text; those without words have none to be aligned by but are there."""
    by_article: dict[str, list[Paragraph]] = {}
    for paragraph in desk.paragraphs(document):
        if paragraph.article:
            by_article.setdefault(paragraph.article, []).append(paragraph)
    articles = []
    for clause in desk.searcher.store.level(document, "article"):
        own = by_article.get(clause.address, [])
        articles.append(group(desk, clause.address, clause.title.ja or "", own))
    return tuple(articles)


def group(desk: Desk, address: str, title: str, paragraphs: Sequence[Paragraph]) -> Article:
    """Paragraphs taken together as if they were an article."""
    types = np.zeros(len(desk.types))
    for paragraph in paragraphs:
        types = np.maximum(types, paragraph.scores)
    dimension = 0 if not paragraphs else desk.searcher.vectors(paragraphs[0].clause).shape[1]
    vectors = [desk.searcher.vectors(p.clause)[0] for p in paragraphs]
    return Article(
        address,
        title,
        tuple(p.clause for p in paragraphs),
        _counted(text_terms(title)),
        _counted(term for p in paragraphs for term in text_terms(p.text)),
        np.stack(vectors) if vectors else np.empty((0, dimension), dtype=np.float32),
        types,
    )


def rarity(articles: Iterable[Article]) -> dict[str, float]:
    """How much a term says: the logarithm of the number of articles over the number that have it."""
    every = list(articles)
    counts = Counter(term for a in every for term in {*a.terms, *a.title_terms})
    return {term: math.log((1 + len(every)) / count) for term, count in counts.items()}


def _counted(terms: Iterable[object]) -> dict[str, float]:
    counts = Counter(str(getattr(term, "key", term)) for term in terms)
    return {key: 1 + math.log(count) for key, count in counts.items()}
