"""Measures a need and system, means with intervals, and paired comparisons; the measures are those of ir_measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import scipy.stats
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG
from numpy.typing import NDArray

from evaluation.gold import ANSWERS, Need
from evaluation.systems import Collection, Ranker, Ranking

MEASURES = {"nDCG@10": nDCG @ 10, "recall@10": R(rel=ANSWERS) @ 10, "MRR": RR(rel=ANSWERS)}
SEED, RESAMPLES = 20261120, 2000

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with the ends of its 95 % interval (bootstrap over needs)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Difference:
    """How much one system is better than another on the same needs: mean with interval, and the p of a paired
    permutation test; wins, ties and losses count needs.
    """

    mean: Mean
    p: float
    wins: int
    ties: int
    losses: int


def rank_all(ranker: Ranker, collection: Collection, needs: Sequence[Need], language: str) -> dict[str, Ranking]:
    """The ranking of every need, by its id."""
    return {need.id: collection.ranking(ranker(need.query(language))) for need in needs}


def measure(rankings: Mapping[str, Ranking], needs: Sequence[Need]) -> dict[str, Values]:
    """One value a need for every measure, in the order of the needs; a need without a ranking counts 0."""
    qrels = [Qrel(need.id, clause, grade) for need in needs for clause, grade in need.judgments.items()]
    run = [ScoredDoc(need, clause, score) for need, ranking in rankings.items() for clause, score in ranking.items()]
    place = {need.id: i for i, need in enumerate(needs)}
    values = {name: np.zeros(len(needs)) for name in MEASURES}
    names = {str(m): name for name, m in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), qrels, run):
        values[names[str(metric.measure)]][place[metric.query_id]] = metric.value
    return values


def mean(values: Values) -> Mean:
    """The mean of values a need, with its interval."""
    if len(values) < 2 or np.ptp(values) == 0:
        return Mean(float(values.mean()), float(values.mean()), float(values.mean()))
    drawn = scipy.stats.bootstrap((values,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(SEED))
    return Mean(float(values.mean()), float(drawn.confidence_interval.low), float(drawn.confidence_interval.high))


def difference(one: Values, other: Values) -> Difference:
    """How much better ``one`` is than ``other``."""
    step = one - other
    test = scipy.stats.permutation_test(
        (one, other),
        lambda a, b: np.mean(a - b),
        permutation_type="samples",
        n_resamples=RESAMPLES,
        vectorized=False,
        rng=np.random.default_rng(SEED),
    )
    wins, losses = int((step > 1e-9).sum()), int((step < -1e-9).sum())
    return Difference(mean(step), float(test.pvalue), wins, len(step) - wins - losses, losses)


def wrong_document(rankings: Mapping[str, Ranking], needs: Sequence[Need]) -> float:
    """Of the needs that name a service, the share whose first hit is from another document."""
    named = [need for need in needs if need.service]
    wrong = [n for n in named if next(iter(rankings[n.id]), ":").partition(":")[0] != n.service]
    return len(wrong) / max(len(named), 1)
