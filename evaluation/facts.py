"""How well facts are read: found at their place, with the right value; parties beside it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.gold import GOLD, Part
from ingest.facts import Fact
from ingest.model import Span


@dataclass(frozen=True, slots=True)
class FactScore:
    """Facts wanted, found and right (same kind, touching the same words); of the right ones, how many have exactly the value
    (or modality) and the party of gold.
    """

    wanted: int
    found: int
    right: int
    value: int
    party: int

    @property
    def precision(self) -> float:
        """Of the facts found, the share that gold has."""
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Of the facts of gold, the share that was found."""
        return self.right / max(self.wanted, 1)


def read_gold_facts(part: Part) -> dict[str, list[Fact]]:
    """The facts of one part, by paragraph."""
    out: dict[str, list[Fact]] = defaultdict(list)
    with (GOLD / "facts.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["part"] == part:
                span = Span(int(row["start"]), int(row["end"]))
                kind, modality = row["kind"], row["modality"] or None
                fact = Fact(kind, row["text"], span, row["normalized"] or None, row["party"] or None, modality)  # type: ignore[arg-type]
                out[row["clause"]].append(fact)
    return dict(out)


def score_facts(found: Mapping[str, Sequence[Fact]], gold: Mapping[str, Sequence[Fact]], norms: bool) -> FactScore:
    """Norms, or else values, of all paragraphs in ``found`` against gold; each fact is matched once."""
    wanted = given = right = value = party = 0
    for clause, facts in found.items():
        here = [f for f in facts if (f.kind == "norm") is norms]
        there = [f for f in gold.get(clause, ()) if (f.kind == "norm") is norms]
        wanted, given = wanted + len(there), given + len(here)
        left = list(here)
        for fact in there:
            match = next((f for f in left if f.kind == fact.kind and _touch(f.span, fact.span)), None)
            if match is None:
                continue
            left.remove(match)
            right += 1
            value += match.modality == fact.modality if norms else match.normalized == fact.normalized
            party += match.party == fact.party
    return FactScore(wanted, given, right, value, party)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
