"""Parallel sentences for training: read, cleaned, kept away from the test sets, drawn by quota."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.folding import folded

# Pairs drawn from each file in the two passes; what is nearest to terms and what is most varied come first. The second pass goes on
# where the first one ended, and from the beginning of a file again that is used up.
PASSES = (
    {"everyday": 150_000, "business-docs": 130_000, "it-docs": 45_000, "dictionary": 30_000, "legal-terms": 6_000},
    {"everyday": 150_000, "business-docs": 200_000, "it-docs": 50_000, "dictionary": 50_000, "legal-terms": 6_000},
)

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯]")
_WORD = re.compile(r"[a-z0-9']+")
_MARKUP = re.compile(r"https?://|[<>{}\\|]|\$\(|::|&\w+;")


class Pair(NamedTuple):
    """A Japanese text and its English translation."""

    ja: str
    en: str


class NearTests:
    """Knows the sentences of the test sets and those that differ from one of them in a single word."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._keys: set[frozenset[str]] = set()
        self._exact: set[str] = set()
        for sentence in sentences:
            self._exact.add(_plain(sentence))
            words = _words(sentence)
            self._keys.update(_neighbours(words))

    def holds(self, pair: Pair) -> bool:
        """Whether either side of a pair stands in a test set or is the near twin of a test sentence."""
        if _plain(pair.ja) in self._exact or _plain(pair.en) in self._exact:
            return True
        return not self._keys.isdisjoint(_neighbours(_words(pair.en)))


def _plain(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalnum())


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _neighbours(words: frozenset[str]) -> Iterator[frozenset[str]]:
    """The set of words, and the set without each one of them; short sentences have no neighbours."""
    if len(words) < 4:
        return
    yield words
    for word in words:
        yield words - {word}


def read_pairs(folder: Path, tests: Sequence[Path], seed: int) -> list[list[Pair]]:
    """Training pairs of each pass from the files of ``folder``, in a random order that ``seed`` fixes."""
    near = NearTests(
        side for path in tests for line in path.read_text(encoding="utf-8").splitlines() for side in line.split("\t")
    )
    rng = random.Random(seed)
    clean: dict[str, list[Pair]] = {}
    for name in PASSES[0]:
        clean[name] = [p for p in dict.fromkeys(_read(folder / f"{name}.tsv.gz", name)) if not near.holds(p)]
        rng.shuffle(clean[name])
    begin = dict.fromkeys(clean, 0)
    passes = []
    for quotas in PASSES:
        chosen: list[Pair] = []
        for name, quota in quotas.items():
            chosen.extend(_drawn(clean[name], begin[name], quota))
            begin[name] += quota
        rng.shuffle(chosen)
        joined = [Pair("".join(p.ja for p in group), " ".join(p.en for p in group)) for group in _groups(chosen, rng)]
        mixed = chosen + joined
        rng.shuffle(mixed)
        passes.append(mixed)
    return passes


def _drawn(pairs: Sequence[Pair], begin: int, quota: int) -> list[Pair]:
    """``quota`` pairs from ``begin`` on, round and round; each pair once at most."""
    begin %= max(len(pairs), 1)
    return [*pairs[begin : begin + quota], *pairs[: min(begin, max(begin + quota - len(pairs), 0))]]


def _read(path: Path, name: str) -> Iterator[Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            ja, en, *_ = line.rstrip("\n").split("\t")
            if name == "dictionary":
                en = en.split(";")[0]
            pair = Pair(" ".join(ja.split()), " ".join(en.split()))
            if is_clean(pair, short=name in ("dictionary", "legal-terms")):
                yield pair


def is_clean(pair: Pair, short: bool) -> bool:
    """Whether a pair looks like a sentence and its translation: languages, lengths, no code or markup."""
    ja, en = pair
    if not _JAPANESE.search(ja) or _JAPANESE.search(en) or not _WORD.search(en.lower()) or _MARKUP.search(ja + en):
        return False
    if short:
        return len(ja) <= 30 and len(en) <= 80
    if not 4 <= len(ja) <= 160 or not 8 <= len(en) <= 400:
        return False
    return 0.8 <= len(en) / len(ja) <= 5


def _groups(pairs: Sequence[Pair], rng: random.Random) -> Iterator[list[Pair]]:
    """Sentences to be joined into paragraphs, so that long clauses work: one text for every thirty sentences."""
    sentences = [p for p in pairs if p.ja.endswith("。") and len(p.ja) > 12]
    for _ in range(len(pairs) // 30):
        if len(sentences) > 4:
            yield rng.sample(sentences, rng.randint(2, 4))
