"""How the scores of the rankers become one: a convex combination with theoretical bounds.

Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (TOIS 2023): each ranker's scores are
scaled between the least it can give (0 for BM25, -1 for a cosine) and the best it gave to this query.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEXICAL, DENSE = 0.0, -1.0  # the least each ranker can give
ALPHA = 0.85  # share of the dense ranker; chosen on the dev part of evaluation/gold/search.tsv

Scores = NDArray[np.float32]


def scaled(scores: Scores, least: float) -> Scores:
    """Scores from 0, the least a ranker can give, to 1, the best it gave."""
    best = float(scores.max(initial=least))
    return np.zeros_like(scores) if best <= least else (scores - np.float32(least)) / np.float32(best - least)


def convex_combination(lexical: Scores, dense: Scores, alpha: float = ALPHA) -> Scores:
    """``alpha`` of the dense and the rest of the lexical score, both scaled; shape as given.

    >>> convex_combination(np.array([2, 0], np.float32), np.array([0, 1], np.float32), 0.5).tolist()
    [0.75, 0.5]
    """
    return np.float32(alpha) * scaled(dense, DENSE) + np.float32(1 - alpha) * scaled(lexical, LEXICAL)
