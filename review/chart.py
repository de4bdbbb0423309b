"""Comparable numbers across documents: how long before, how many percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from review.clause_types import ClauseType
from review.compare import Cell
from review.quantities import days, percent_a_year

# The types whose number reviewers put in one picture.
CHARTED: dict[str, Literal["period", "rate"]] = {
    "customer-cancellation": "period",
    "non-renewal": "period",
    "late-charge": "rate",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A number of a document: days or percent a year, as printed in a clause."""

    type: str
    document: str
    clause: str
    text: str
    normalized: str
    amount: float


def point(kind: ClauseType, cell: Cell) -> Point | None:
    """The number that a document gives for a charted type: the first in the clause that is surest of it; None without."""
    wanted = CHARTED.get(kind.id)
    sure = {p.clause: p.score(kind.id) for p in cell.paragraphs}
    for placed in sorted(cell.facts, key=lambda placed: -sure[placed.clause]):
        if placed.fact.kind != wanted or placed.fact.normalized is None:
            continue
        amount = (days if wanted == "period" else percent_a_year)(placed.fact.normalized)
        if amount is not None:
            return Point(kind.id, cell.document, placed.clause, placed.fact.text, placed.fact.normalized, amount)
    return None


def longest(points: Sequence[Point]) -> float:
    """The greatest amount, at least a little more than nothing, to scale bars by."""
    return max((p.amount for p in points), default=0) or 1.0
