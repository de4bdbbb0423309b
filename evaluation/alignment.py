"""How well articles are aligned; fits the weights of review/align.py on the dev pairs: python -m evaluation.alignment"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.gold import GOLD, Part
from index.encoder.encoder import SentenceEncoder
from index.folders import corpus_folder, index_folder
from index.search import Searcher
from review.align import FEATURES, Weights, align, features
from review.articles import read_articles
from review.desk import Desk


@dataclass(frozen=True, slots=True)
class GoldLink:
    """An article and its equivalents in another document, as read; none where there is none."""

    part: Part
    source: str
    document: str
    targets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Precision, recall and F1 over links, and how many of the articles without equivalent were said to have none."""

    precision: float
    recall: float
    f1: float
    none: float
    articles: int


def read_links(part: Part | None = None) -> tuple[GoldLink, ...]:
    """The alignments of one part, or all."""
    with (GOLD / "alignments.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        GoldLink("dev" if r["part"] == "dev" else "test", r["from"], r["document"], frozenset(r["to"].split()) - {"-"})
        for r in rows
        if part in (None, r["part"])
    )


def align_score(desk: Desk, links: Sequence[GoldLink], weights: Weights | None = None) -> Aligned:
    """How the alignments of the desk agree with these."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for pair in {(link.source.partition(":")[0], link.document) for link in links}:
        for made in align(desk, *pair, weights):
            found[made.source, pair[1]] = frozenset(made.targets)
    right = sum(len(found[link.source, link.document] & link.targets) for link in links)
    given = sum(len(found[link.source, link.document]) for link in links)
    wanted = sum(len(link.targets) for link in links)
    none = [not found[link.source, link.document] for link in links if not link.targets]
    return Aligned(
        right / max(given, 1), right / max(wanted, 1), 2 * right / max(given + wanted, 1), float(np.mean(none)), len(links)
    )


def fit(desk: Desk, links: Sequence[GoldLink]) -> Weights:
    """The weights of review.align for these alignments."""
    rows = []
    truth: list[bool] = []
    for source, target in sorted({(link.source.partition(":")[0], link.document) for link in links}):
        ours, theirs = read_articles(desk, source), read_articles(desk, target)
        gold = {link.source: link.targets for link in links if link.document == target}
        rows.append(features(ours, theirs).reshape(-1, len(FEATURES)))
        truth.extend(b.address in gold[a.address] for a in ours for b in theirs)
    model = LogisticRegression(C=10.0, max_iter=8000).fit(np.concatenate(rows), truth)
    return Weights(tuple(round(float(w), 3) for w in model.coef_[0]), round(float(model.intercept_[0]), 3))


def main() -> None:
    """Print the weights the dev part asks for, and how good the present ones are on each part."""
    encoder = SentenceEncoder()
    desk = Desk.open(corpus_folder(), Searcher.open(index_folder(), encoder), encoder)
    weights = fit(desk, read_links("dev"))
    print("dev asks for", weights)  # noqa: T201
    for part in ("dev", "test"):
        print(part, "shipped", align_score(desk, read_links(part)))  # noqa: T201
        print(part, "with these weights", align_score(desk, read_links(part), weights))  # noqa: T201


if __name__ == "__main__":
    main()
