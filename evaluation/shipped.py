"""The shipped system measured on the test part: what `yakkan evaluate` prints."""

from __future__ import annotations

from pathlib import Path

from evaluation.gold import read_needs
from evaluation.measures import mean, measure, rank_all, wrong_document
from evaluation.systems import Collection, aware, dense, hybrid, lexical
from index.encoder.encoder import Encoder


def evaluate_shipped(corpus: Path, encoder: Encoder) -> dict[str, float]:
    """Each measure of search on the test part, by language, with the ends of its interval."""
    collection = Collection.read(corpus)
    ranker = aware(collection, hybrid(lexical(collection), dense(collection, encoder)))
    needs = read_needs("test")
    out: dict[str, float] = {"search.needs": len(needs)}
    for language in ("ja", "en"):
        rankings = rank_all(ranker, collection, needs, language)
        for name, values in measure(rankings, needs).items():
            found = mean(values)
            key = f"search.{language}.{name}"
            out |= {key: round(found.value, 4), f"{key}.low": round(found.low, 4), f"{key}.high": round(found.high, 4)}
        out[f"search.{language}.first hit from another service"] = round(wrong_document(rankings, needs), 4)
    return out
