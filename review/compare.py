"""What each document says on a subject, or in the place of a clause: clauses, facts, and who says nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from index.store import StoredDocument
from index.view import find_clause
from ingest.facts import Fact
from review.align import equivalents
from review.clause_types import ClauseType, chosen_types
from review.desk import Desk, Paragraph


@dataclass(frozen=True, slots=True)
class PlacedFact:
    """A fact with the clause it stands in; its span is a place in the text of that clause."""

    clause: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says. Where it says nothing and stands on base terms, ``defers_to`` is the clause that says so."""

    document: str
    status: Literal["present", "not_mentioned"]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[PlacedFact, ...]
    defers_to: str | None

    def facts_of(self, clause: str) -> tuple[Fact, ...]:
        """The facts that stand in one of its clauses."""
        return tuple(placed.fact for placed in self.facts if placed.clause == clause)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A subject (``type``) or a ``clause`` across documents."""

    type: ClauseType | None
    clause: str | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which documents say something on which type: addresses by document and type id."""

    types: tuple[ClauseType, ...]
    documents: tuple[StoredDocument, ...]
    cells: Mapping[str, Mapping[str, tuple[str, ...]]]


def compare_type(desk: Desk, identity: str, documents: Collection[str] = ()) -> Comparison:
    """What the documents say on a clause type. Raises YakkanError for an unknown type or document."""
    (kind,) = chosen_types(desk.types, [identity])
    return Comparison(kind, None, {d.id: cell_of(desk, d, kind) for d in desk.documents(documents)})


def cell_of(desk: Desk, document: StoredDocument, kind: ClauseType) -> Cell:
    """What one document says on a type, in the order of its text."""
    return _cell(document, tuple(p for p in desk.paragraphs(document.id) if p.has(kind.id)), kind)


def compare_clause(desk: Desk, address: str, documents: Collection[str] = ()) -> Comparison:
    """What the documents say in the place of a clause; its own document shows the clause itself.

    Raises YakkanError for an unknown clause or document.
    """
    clause = find_clause(desk.searcher.store, address)
    around = {clause.address, *_inside(desk, clause.address)}
    own = [p for p in desk.paragraphs(clause.document) if p.clause in around or _within(clause.address, p.clause)]
    cells = {}
    for document in desk.documents(documents):
        found = tuple(own) if document.id == clause.document else equivalents(desk, tuple(own), document.id)
        cells[document.id] = _cell(document, found, None)
    return Comparison(None, clause.address, cells)


def coverage(desk: Desk, documents: Collection[str] = (), types: Collection[str] = ()) -> Coverage:
    """The clauses of each type in each document. Raises YakkanError for an unknown type or document."""
    kinds, chosen = chosen_types(desk.types, types), desk.documents(documents)
    cells = {d.id: {k.id: tuple(p.clause for p in desk.paragraphs(d.id) if p.has(k.id)) for k in kinds} for d in chosen}
    return Coverage(kinds, chosen, cells)


def defers_to(document: StoredDocument) -> str | None:
    """The clause that says that what a document leaves open is governed by its base terms, or None."""
    return next((clause for base in document.base_terms for clause in base.clauses), None)


def _cell(document: StoredDocument, paragraphs: tuple[Paragraph, ...], kind: ClauseType | None) -> Cell:
    if not paragraphs:
        return Cell(document.id, "not_mentioned", (), (), defers_to(document))
    facts = tuple(PlacedFact(p.clause, f) for p in paragraphs for f in p.facts if kind is None or kind.compares(f))
    return Cell(document.id, "present", paragraphs, facts, None)


def _inside(desk: Desk, address: str) -> set[str]:
    """Everything that stands in a clause, such as the articles of a chapter and their paragraphs."""
    out: set[str] = set()
    for child in desk.searcher.store.children(address):
        out |= {child.address, *_inside(desk, child.address)}
    return out


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}/"))
