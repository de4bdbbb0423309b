"""The search gold data: needs as queries in two languages, with graded judgments made by reading."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

GOLD = Path(__file__).parent / "gold"
Part = Literal["dev", "test"]
ANSWERS = 2  # the grade of a clause that answers; 1 is related, 0 was looked at and is neither


@dataclass(frozen=True, slots=True)
class Need:
    """One thing somebody wants to know. ``judgments`` grades the clauses that were looked at."""

    id: str
    part: Part
    service: str | None
    ja: str
    en: str
    judgments: dict[str, int]

    def query(self, language: str) -> str:
        """The need as it is typed in one of the languages."""
        return self.ja if language == "ja" else self.en

    @property
    def documents(self) -> frozenset[str]:
        """The documents that answer it."""
        return frozenset(c.partition(":")[0] for c, grade in self.judgments.items() if grade >= ANSWERS)


def read_needs(part: Part | None = None) -> tuple[Need, ...]:
    """The needs of one part, or all; judgments of the pool are added to those made at first."""
    with (GOLD / "search.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pooled: dict[str, dict[str, int]] = {}
    with (GOLD / "pool.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pooled.setdefault(row["need"], {})[row["clause"]] = int(row["grade"])
    needs = []
    for row in rows:
        first = {clause: int(grade) for clause, _, grade in (j.partition("=") for j in row["judgments"].split())}
        judged = {**pooled.get(row["need"], {}), **first}
        which: Part = "dev" if row["part"] == "dev" else "test"
        needs.append(Need(row["need"], which, row["service"] or None, row["ja"], row["en"], judged))
    return tuple(n for n in needs if part is None or n.part == part)
