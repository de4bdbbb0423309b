"""A query becomes hits: ranked clauses with their scores and the places to highlight."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.generations import Generations
from index.glossary import Concept
from index.lexical import LexicalIndex
from index.store import Store
from index.terms import Language, Term, language_of
from ingest.errors import YakkanError
from ingest.manifest import Names
from ingest.model import Span

LONGEST_QUERY = 1000  # characters
HIGHLIGHTED = 0.25  # weight of a rendering from which on its words are marked in the text


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found. ``highlights`` are places in ``text``; ``scores`` has one number a ranker."""

    clause: str
    document: str
    title: Names
    text: str
    english: str | None
    score: float
    scores: dict[str, float]
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The hits of a query, best first."""

    query: str
    language: Language
    hits: tuple[Hit, ...]


class Searcher:
    """Searches one generation, the one that was current when it was opened."""

    def __init__(self, store: Store, lexical: LexicalIndex, generation: int) -> None:
        self.store = store
        self.generation = generation
        self._lexical = lexical
        self._passages = store.passages()
        self._numbers = {clause: n for n, (clause, _) in enumerate(self._passages)}
        self._documents = np.array([document for _, document in self._passages])
        self._ids = frozenset(d.id for d in store.documents())

    @classmethod
    def open(cls, index: Path) -> Searcher:
        """The searcher of an index folder. Raises YakkanError when nothing was built there yet."""
        folder = Generations(index).current()
        if folder is None:
            raise YakkanError(f"there is no index in {index}; run: yakkan build")
        try:
            return cls(Store(folder / "clauses.sqlite"), LexicalIndex.load(folder / "lexical"), int(folder.name))
        except (OSError, ValueError, KeyError, sqlite3.DatabaseError):
            raise YakkanError(f"the index in {folder} is damaged; run: yakkan build") from None

    def search(self, query: str, documents: Collection[str] = (), limit: int = 10) -> Result:
        """The ``limit`` best clauses for a query, in these documents or in all.

        Raises YakkanError when the query is empty or too long, or a document is unknown.
        """
        query = query.strip()
        if not query:
            raise YakkanError("the query is empty; type what to look for")
        if len(query) > LONGEST_QUERY:
            raise YakkanError(f"the query has {len(query)} characters; at most {LONGEST_QUERY} are read")
        self.check_documents(documents)
        concepts = self._lexical.concepts(query)
        scores = self._lexical.scores(concepts)
        if documents:
            scores = np.where(np.isin(self._documents, list(documents)), scores, 0)
        order = np.argsort(-scores, kind="stable")[:limit]
        keys = _keys(concepts)
        hits = tuple(self._hit(int(n), float(scores[n]), keys) for n in order if scores[n] > 0)
        return Result(query, language_of(query), hits)

    def highlighter(self, query: str) -> frozenset[str]:
        """The terms of a query that are marked in texts; none for an empty query."""
        return _keys(self._lexical.concepts(query)) if query.strip() else frozenset()

    def highlights(self, address: str, keys: Collection[str]) -> tuple[Span, ...]:
        """The places of these terms in the text of a clause; none where the clause is no passage."""
        number = self._numbers.get(address)
        return () if number is None else _merged([t for t in self.store.passage_terms(number) if t.key in keys])

    def check_documents(self, documents: Collection[str]) -> None:
        """Raises YakkanError when one of the ids is not that of an indexed document."""
        for document in documents:
            if document not in self._ids:
                raise YakkanError(f"there is no document {document!r}; the documents are {', '.join(sorted(self._ids))}")

    def _hit(self, number: int, score: float, keys: Collection[str]) -> Hit:
        address, document = self._passages[number]
        clause = self.store.clause(address)
        assert clause is not None
        article = self.store.clause(clause.article) if clause.article else None
        title = article.title or article.label or None if article else clause.title
        scores = {self._lexical.name: score}
        return Hit(address, document, Names(title, None), clause.text, None, score, scores, self.highlights(address, keys))


def _keys(concepts: Sequence[Concept]) -> frozenset[str]:
    """The terms worth a highlight: those that say a concept of the query surely enough."""
    return frozenset(term for c in concepts for a in c.alternatives if a.weight * c.weight >= HIGHLIGHTED for term in a.terms)


def _merged(terms: Sequence[Term]) -> tuple[Span, ...]:
    """The places of the terms, those that touch joined."""
    spans: list[Span] = []
    for _, start, end in sorted(terms, key=lambda t: (t.start, t.end)):
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)
