"""The encoder on public test sets: translations found among all others, and English kept as the teacher has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.stats

from index.encoder.encoder import Encoder

# What others publish for these sets (MTEB results repository, 2026-08; F1, close to accuracy): Tatoeba, NTREX en→ja.
PUBLISHED = {
    "multilingual-e5-small (118 M)": (0.844, 0.893),
    "multilingual-e5-base (278 M)": (0.903, 0.947),
    "multilingual-e5-large (560 M)": (0.953, None),
    "bge-m3 (568 M)": (0.937, 0.985),
    "LaBSE (471 M)": (0.954, 0.991),
    "paraphrase-multilingual-MiniLM-L12-v2 (118 M)": (0.904, 0.933),
    "static-similarity-mrl-multilingual-v1 (108 M)": (0.870, 0.949),
}
SENTENCE_PAIRS = 2_000


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a sentence's translation is the nearest of all, each way."""

    pairs: int
    ja_en: float
    en_ja: float


def read_bitext(path: Path) -> tuple[list[str], list[str]]:
    """The Japanese and the English side of a file with a pair a line."""
    rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [ja for ja, _ in rows], [en for _, en in rows]


def translation_accuracy(path: Path, encoder: Encoder) -> Accuracy:
    """Accuracy on a test set."""
    ja, en = read_bitext(path)
    cosines = encoder.encode_passages(ja) @ encoder.encode_passages(en).T
    own = np.arange(len(ja))
    return Accuracy(len(ja), float((cosines.argmax(1) == own).mean()), float((cosines.argmax(0) == own).mean()))


def english_agreement(path: Path, encoder: Encoder, teacher: Encoder) -> float:
    """Spearman's correlation of the cosines that student and teacher give to pairs of English sentences neither
    was trained on: half of them random, half each sentence with one of its ten nearest by the teacher.
    """
    _, en = read_bitext(path)
    rng = np.random.default_rng(0)
    ours, theirs = encoder.encode_passages(en), teacher.encode_passages(en)
    near = np.argsort(-(theirs @ theirs.T), axis=1)[:, 1:11]
    left = rng.integers(0, len(en), SENTENCE_PAIRS)
    right = np.where(
        np.arange(SENTENCE_PAIRS) % 2 == 0,
        rng.integers(0, len(en), SENTENCE_PAIRS),
        near[left, rng.integers(0, 10, SENTENCE_PAIRS)],
    )
    result = scipy.stats.spearmanr((ours[left] * ours[right]).sum(1), (theirs[left] * theirs[right]).sum(1))
    return float(result.statistic)
