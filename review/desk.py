"""The reviewer's desk: one generation of the index with the clause types, its paragraphs read and typed when asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder
from index.search import Searcher
from index.store import StoredDocument, title_of
from ingest.citations import document_of
from ingest.facts import Fact
from ingest.manifest import Names
from review.classifier import Classifier, Text, Typed
from review.clause_types import ClauseType, read_clause_types

KEPT = 64  # documents whose types are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A paragraph as it is compared: its text, unofficial English, facts, and the types it has, the surest first.

    ``scores`` say how sure each type of the desk is, also of those it does not have.
    """

    clause: str
    document: str
    article: str | None
    title: Names
    text: str
    english: str | None
    facts: tuple[Fact, ...]
    types: tuple[Typed, ...]
    scores: NDArray[np.float64]

    def shows_japanese(self, languages: Collection[str]) -> bool:
        """Whether its Japanese is shown: when it is asked for, and where there is no English to show."""
        return "ja" in languages or self.english is None

    def has(self, identity: str) -> bool:
        """Whether it has a type."""
        return any(t.type == identity for t in self.types)

    def score(self, identity: str) -> float:
        """How sure it is that it has a type, 0 where it has not."""
        return next((t.score for t in self.types if t.type == identity), 0.0)


class Desk:
    """Documents, clause types, and what each paragraph is; safe to share between threads."""

    def __init__(self, searcher: Searcher, types: tuple[ClauseType, ...], encoder: Encoder) -> None:
        self.searcher = searcher
        self.types = types
        self._classifier = Classifier(types, encoder)
        self._documents = {d.id: d for d in searcher.store.documents()}
        self._read = lru_cache(maxsize=KEPT)(self._paragraphs)

    @classmethod
    def open(cls, corpus: Path, searcher: Searcher, encoder: Encoder) -> Desk:
        """The desk of an index with the types of a corpus. Raises YakkanError when these cannot be read."""
        return cls(searcher, read_clause_types(corpus / "clause_types.toml"), encoder)

    def documents(self, ids: Collection[str] = ()) -> tuple[StoredDocument, ...]:
        """The documents with these ids, or all, by id. Raises YakkanError for an unknown one."""
        self.searcher.check_documents(ids)
        return tuple(d for d in self._documents.values() if not ids or d.id in ids)

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        """The paragraphs of a document in the order of its text."""
        return self._read(document)

    def paragraph(self, clause: str) -> Paragraph | None:
        """The paragraph at an address, or None where there is none."""
        return next((p for p in self.paragraphs(document_of(clause)) if p.clause == clause), None)

    def question_types(self, question: str) -> NDArray[np.float64]:
        """Which of the types a question is about; sums up to 1."""
        return self._classifier.question_types(self.searcher.encoded(question))

    def _paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        store = self.searcher.store
        clauses = [c for a in self.searcher.passages(document) if (c := store.clause(a)) is not None]
        titles = [title_of(store, clause) for clause in clauses]
        texts = [
            Text(clause.text, title.ja or "", clause.article or clause.address, self.searcher.vectors(clause.address))
            for clause, title in zip(clauses, titles, strict=True)
        ]
        scores = self._classifier.scores(texts)
        return tuple(
            Paragraph(
                c.address,
                document,
                c.article,
                t,
                c.text,
                c.english,
                store.facts(c.address),
                self._classifier.typed(text, row),
                row,
            )
            for c, t, text, row in zip(clauses, titles, texts, scores, strict=True)
        )
