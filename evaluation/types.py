"""How well clauses are sorted into types, over (paragraph, type) pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Types = Mapping[str, frozenset[str]]  # types by clause


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean, over all pairs of a clause and a type."""

    precision: float
    recall: float
    f1: float


def agreement(found: Types, gold: Types) -> Agreement:
    """How ``found`` agrees with ``gold`` on the clauses of gold."""
    right = sum(len(found.get(clause, frozenset()) & types) for clause, types in gold.items())
    given = sum(len(found.get(clause, frozenset())) for clause in gold)
    wanted = sum(map(len, gold.values()))
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    return Agreement(precision, recall, 2 * right / max(given + wanted, 1))
