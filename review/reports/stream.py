"""Documents and types as a stream of rows, a document at a time, so that many documents need little memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.store import StoredDocument
from ingest.model import Span
from review.clause_types import ClauseType
from review.compare import Cell, cell_of
from review.desk import Desk, Paragraph
from review.differences import differences

Progress = Callable[[int, int, str], None]  # documents done, documents in all, the one at work


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says on one type. ``differing`` are the places, by clause, of words that ``reference`` does not have."""

    type: ClauseType
    document: StoredDocument
    cell: Cell
    differing: Mapping[str, tuple[Span, ...]]
    reference: str | None  # the document that the differences are to


def rows(
    desk: Desk, types: Sequence[ClauseType], documents: Collection[str], progress: Progress
) -> Iterator[tuple[StoredDocument, tuple[Row, ...]]]:
    """Each document with its rows, in the order of the types. Differences are to the first document that has the type."""
    chosen = desk.documents(documents)
    first: dict[str, tuple[StoredDocument, tuple[Paragraph, ...]]] = {}
    for number, document in enumerate(chosen, 1):
        progress(number, len(chosen), document.id)
        out = []
        for kind in types:
            cell = cell_of(desk, document, kind)
            differing: dict[str, tuple[Span, ...]] = {}
            reference = None
            if kind.id in first:
                other, paragraphs = first[kind.id]
                reference = other.id
                differing = {p.clause: _differing(p, document, paragraphs, other) for p in cell.paragraphs}
            elif cell.paragraphs:
                first[kind.id] = (document, cell.paragraphs)
            out.append(Row(kind, document, cell, differing, reference))
        yield document, tuple(out)


def _differing(
    paragraph: Paragraph, document: StoredDocument, others: Sequence[Paragraph], other: StoredDocument
) -> tuple[Span, ...]:
    """The words of a paragraph that the likest of the others does not have."""
    found = [differences(p.text, other.roles, paragraph.text, document.roles) for p in others]
    return max(found, key=lambda d: d.likeness).marks
