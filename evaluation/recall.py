"""How many of the answering clauses lexical search brings among its first ten, and what its parts bring.

Run: python -m evaluation.recall QUERIES.tsv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.systems import Collection, lexical
from index.folders import corpus_folder

CUTOFF = 10


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the clauses that answer it."""

    language: str
    text: str
    clauses: frozenset[str]


def read_queries(path: Path) -> tuple[Query, ...]:
    """The queries of a file with the columns language, query and clauses."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(Query(r["language"], r["query"], frozenset(r["clauses"].split())) for r in rows)


def recall(ranked: Sequence[str], relevant: frozenset[str], k: int = CUTOFF) -> float:
    """The share of ``relevant`` among the first ``k``; at most k of them can be found.

    >>> recall(["a", "x", "b"], frozenset("abc"), 3)
    0.6666666666666666
    """
    return len(relevant & set(ranked[:k])) / min(len(relevant), k)


def main() -> None:
    """Print a Markdown table of recall@10 a language and system."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    collection = Collection.read(corpus_folder())
    queries = read_queries(Path(sys.argv[1]))
    systems = {
        "lexical search (as shipped)": (True, True),
        "without compounds": (False, True),
        "without glossary": (True, False),
    }
    lines = ["| recall@10 | Japanese | English |", "|---|---|---|"]
    for name, (compounds, glossary) in systems.items():
        ranker = lexical(collection, compounds, glossary)
        means = []
        for language in ("ja", "en"):
            values = [
                recall(list(collection.ranking(ranker(q.text), CUTOFF)), q.clauses) for q in queries if q.language == language
            ]
            means.append(f"{np.mean(values):.2f} (n={len(values)})")
        lines.append(f"| {name} | {means[0]} | {means[1]} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
