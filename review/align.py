"""Articles to articles: which of another document regulate the same subject, none where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from review.articles import Article, group, rarity, read_articles
from review.desk import Desk, Paragraph

# How the features weigh, fitted on the dev part of the gold data (python -m evaluation.alignment).
FEATURES = (
    "words",
    "title words",
    "nearest paragraphs",
    "best paragraphs",
    "types in common",
    "surest type in common",
    "best for it",
    "best for the other",
)
THRESHOLD = 0.55
BEHIND = 0.6  # further articles may be this much less sure than the best

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How the FEATURES weigh."""

    features: tuple[float, ...]
    intercept: float


SHIPPED = Weights((8.233, 1.851, 1.138, 4.864, -0.555, 3.105, 1.755, 1.755), -8.847)


@dataclass(frozen=True, slots=True)
class Link:
    """An article with its equivalents in another document, the closest first; ``score`` is how sure the closest one is."""

    source: str
    targets: tuple[str, ...]
    score: float | None


def align(desk: Desk, source: str, target: str, weights: Weights | None = None) -> tuple[Link, ...]:
    """Every article of ``source`` once, in its order. Raises YakkanError for unknown documents."""
    desk.searcher.check_documents((source, target))
    ours, theirs = read_articles(desk, source), read_articles(desk, target)
    scores = likeness(ours, theirs, weights or SHIPPED)
    return tuple(_link(article.address, theirs, row) for article, row in zip(ours, scores, strict=True))


def equivalents(desk: Desk, paragraphs: tuple[Paragraph, ...], document: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document that say something in the place of these; none where nothing does."""
    theirs = desk.paragraphs(document)
    if not theirs or not paragraphs:
        return ()
    ours = [group(desk, p.clause, p.title.ja or "", [p]) for p in paragraphs]
    scores = likeness(ours, [group(desk, p.clause, p.title.ja or "", [p]) for p in theirs], SHIPPED)
    best = scores.max(axis=0)
    chosen = {n for row in scores for n in _kept(row)}
    order = sorted(chosen, key=lambda n: -best[n])
    return tuple(theirs[n] for n in order)


def likeness(ours: Sequence[Article], theirs: Sequence[Article], weights: Weights) -> Array:
    """How sure it is that two articles regulate the same subject, 0 to 1; shape (ours, theirs)."""
    if not ours or not theirs:
        return np.zeros((len(ours), len(theirs)))
    return np.asarray(1 / (1 + np.exp(-(features(ours, theirs) @ np.array(weights.features) + weights.intercept))))


def features(ours: Sequence[Article], theirs: Sequence[Article]) -> Array:
    """FEATURES of every pair; shape (ours, theirs, features)."""
    idf = rarity([*ours, *theirs])
    words = _cosines([a.terms for a in ours], [b.terms for b in theirs], idf)
    titles = _cosines([a.title_terms for a in ours], [b.title_terms for b in theirs], idf)
    out = np.zeros((len(ours), len(theirs), len(FEATURES)))
    out[:, :, 0], out[:, :, 1] = words, titles
    for i, a in enumerate(ours):
        for j, b in enumerate(theirs):
            if len(a.vectors) and len(b.vectors):
                near = a.vectors @ b.vectors.T
                out[i, j, 2] = (near.max(axis=1).mean() + near.max(axis=0).mean()) / 2
                out[i, j, 3] = near.max()
            common = np.minimum(a.types, b.types)
            out[i, j, 4] = common.sum() / max(float(np.maximum(a.types, b.types).sum()), 1e-9)
            out[i, j, 5] = common.max(initial=0)
    total = out[:, :, :5].sum(axis=2)
    out[:, :, 6] = total >= total.max(axis=1, keepdims=True) - 1e-9
    out[:, :, 7] = total >= total.max(axis=0, keepdims=True) - 1e-9
    return out


def _cosines(ours: Sequence[Mapping[str, float]], theirs: Sequence[Mapping[str, float]], idf: Mapping[str, float]) -> Array:
    places = {term: n for n, term in enumerate(idf)}

    def matrix(bags: Sequence[Mapping[str, float]]) -> Array:
        rows = np.zeros((len(bags), len(places)), dtype=np.float32)
        for row, bag in zip(rows, bags, strict=True):
            for term, count in bag.items():
                row[places[term]] = count * idf[term]
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float64)

    return matrix(ours) @ matrix(theirs).T


def _link(address: str, theirs: Sequence[Article], row: Array) -> Link:
    kept = _kept(row)
    return Link(address, tuple(theirs[n].address for n in kept), float(row[kept[0]]) if kept else None)


def _kept(row: Array) -> list[int]:
    """The places worth a link, the surest first."""
    best = float(row.max(initial=0))
    return [int(n) for n in np.argsort(-row, kind="stable") if row[n] >= max(THRESHOLD, best - BEHIND)]
