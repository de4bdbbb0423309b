"""A query becomes hits: ranked clauses with their scores and the places to highlight."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from index.dense import DenseIndex
from index.encoder.encoder import Encoder, Vectors
from index.fusion import convex_combination
from index.generations import Generations, check_files
from index.glossary import Concept
from index.lexical import LexicalIndex
from index.services import ServiceNames
from index.store import Store, title_of
from index.terms import Language, Term, language_of
from ingest.errors import YakkanError
from ingest.manifest import Names
from ingest.model import Span

LONGEST_QUERY = 1000  # characters
# Cosines, chosen on the dev part: from NEAR on a clause is found by its meaning alone, below FAR not even by its words.
NEAR, FAR = 0.32, 0.08
OTHER_SERVICE = 0.5  # of its score is left to a clause when the query names another service
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

    @property
    def found_by(self) -> tuple[Literal["words", "meaning"], ...]:
        """Why it was found: words it shares with the query, nearness of meaning, or both."""
        words: tuple[Literal["words"], ...] = ("words",) if self.scores.get(LexicalIndex.name, 0) > 0 else ()
        return (*words, "meaning") if self.scores.get(DenseIndex.name, 0) >= NEAR else words


@dataclass(frozen=True, slots=True)
class Result:
    """The hits of a query, best first."""

    query: str
    language: Language
    hits: tuple[Hit, ...]


class Ranked(NamedTuple):
    """A clause found, with the fused score and those of the rankers."""

    clause: str
    document: str
    score: float
    lexical: float
    dense: float


class Searcher:
    """Searches one generation, the one that was current when it was opened."""

    def __init__(self, store: Store, lexical: LexicalIndex, dense: DenseIndex, generation: int) -> None:
        self.store = store
        self.generation = generation
        self._lexical = lexical
        self._dense = dense
        self._passages = store.passages()
        self._numbers = {clause: n for n, (clause, _) in enumerate(self._passages)}
        self._documents = np.array([document for _, document in self._passages])
        self._ids = frozenset(d.id for d in store.documents())
        self._services = ServiceNames((d.id, d.names) for d in store.documents())

    @classmethod
    def open(cls, index: Path, encoder: Encoder) -> Searcher:
        """The searcher of an index folder, with the encoder that made it.

        Raises YakkanError when nothing was built there yet, or with another encoder, or it is damaged.
        """
        folder = Generations(index).current()
        if folder is None:
            raise YakkanError(f"there is no index in {index}; run: yakkan build")
        if not Generations(index).made_with(encoder.fingerprint):
            raise YakkanError(f"the index in {index} was made with another encoder; run: yakkan build")
        check_files(folder)
        try:
            store = Store(folder / "clauses.sqlite")
            dense = DenseIndex.load(folder, len(store.passages()), encoder)
            return cls(store, LexicalIndex.load(folder / "lexical"), dense, int(folder.name))
        except (OSError, RuntimeError, ValueError, KeyError, sqlite3.DatabaseError):
            raise YakkanError(f"the index in {folder} is damaged; run: yakkan build") from None

    def search(self, query: str, documents: Collection[str] = (), limit: int = 10) -> Result:
        """The ``limit`` best clauses for a query, in these documents or in all.

        Raises YakkanError when the query is empty or too long, or a document is unknown.
        """
        query = query.strip()
        if not query:
            raise YakkanError("the query is empty; type what to look for")
        if any("\ud800" <= c <= "\udfff" for c in query):
            raise YakkanError("the query is not valid text; type it in UTF-8")
        if len(query) > LONGEST_QUERY:
            raise YakkanError(f"the query has {len(query)} characters; at most {LONGEST_QUERY} are read")
        self.check_documents(documents)
        keys = self.highlighter(query)
        hits = [self._hit(ranked, keys) for ranked in self.rank(query, documents)[:limit]]
        return Result(query, language_of(query), tuple(hits))

    def rank(self, query: str, documents: Collection[str] = ()) -> tuple[Ranked, ...]:
        """All clauses that a query finds in these documents, or in all, best first."""
        named = self._services.split(query)
        concepts = self._lexical.concepts(named.rest)
        lexical, dense = self._lexical.scores(concepts), self._dense.scores(named.rest)
        allowed = np.isin(self._documents, list(documents)) if documents else np.ones(len(lexical), dtype=bool)
        scores = convex_combination(lexical, dense)
        if named.documents:
            scores = np.where(np.isin(self._documents, named.documents), scores, scores * np.float32(OTHER_SERVICE))
        found = allowed & ((dense >= NEAR) | ((lexical > 0) & (dense >= FAR)))
        order = np.argsort(-np.where(found, scores, -1), kind="stable")[: int(found.sum())]
        out = []
        for n in map(int, order):
            clause, document = self._passages[n]
            out.append(Ranked(clause, document, float(scores[n]), float(lexical[n]), float(dense[n])))
        return tuple(out)

    def passages(self, document: str) -> tuple[str, ...]:
        """The clauses of a document that are ranked, in the order of its text."""
        return tuple(clause for clause, owner in self._passages if owner == document)

    def vectors(self, clause: str) -> Vectors:
        """The vectors of a ranked clause, the first one that of the whole; shape (vectors, dimension)."""
        return self._dense.vectors(self._numbers[clause])

    def encoded(self, query: str) -> Vectors:
        """The vector a query is searched by, without the names of services in it; shape (dimension,)."""
        return self._dense.encoded(self._services.split(query).rest)

    def named(self, query: str) -> tuple[str, ...]:
        """The documents whose service a query names."""
        return self._services.split(query).documents

    def coverage(self, query: str, clause: str, span: Span | None) -> float:
        """The share of what a query asks for (0 to 1) whose words stand in a clause, or in a span of its text."""
        concepts = self._lexical.concepts(self._services.split(query).rest)
        terms = self.store.passage_terms(self._numbers[clause])
        there = {t.key for t in terms if span is None or (span.start <= t.start and t.end <= span.end)}
        every = sum(c.weight for c in concepts)
        held = sum(c.weight for c in concepts if any(there.issuperset(a.terms) for a in c.alternatives))
        return held / every if every else 0.0

    def highlighter(self, query: str) -> frozenset[str]:
        """The terms of a query that are marked in texts; none for an empty query."""
        return _keys(self._lexical.concepts(self._services.split(query).rest)) if query.strip() else frozenset()

    def highlights(self, address: str, keys: Collection[str]) -> tuple[Span, ...]:
        """The places of these terms in the text of a clause; none where the clause is no passage."""
        number = self._numbers.get(address)
        return () if number is None else _merged([t for t in self.store.passage_terms(number) if t.key in keys])

    def check_documents(self, documents: Collection[str]) -> None:
        """Raises YakkanError when one of the ids is not that of an indexed document."""
        for document in documents:
            if document not in self._ids:
                raise YakkanError(f"there is no document {document!r}; the documents are {', '.join(sorted(self._ids))}")

    def _hit(self, ranked: Ranked, keys: Collection[str]) -> Hit:
        clause = self.store.clause(ranked.clause)
        assert clause is not None
        scores = {self._lexical.name: ranked.lexical, self._dense.name: ranked.dense}
        marks = self.highlights(ranked.clause, keys)
        title = title_of(self.store, clause)
        return Hit(ranked.clause, ranked.document, title, clause.text, clause.english, ranked.score, scores, marks)


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
