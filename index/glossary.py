"""The bilingual glossary: an English query becomes concepts, each with its Japanese renderings."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.terms import compound_key, english_words, query_terms
from ingest.errors import YakkanError

LONGEST_PHRASE = 6  # words
INSIDE = 0.3  # weight of a word that a longer phrase of the query already covers


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: terms that are matched together, and how surely they say it (0 to 1)."""

    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a query asks for; a passage counts by the best of its alternatives, times ``weight``."""

    alternatives: tuple[Alternative, ...]
    weight: float = 1.0


Entries = Sequence[tuple[str, tuple[str, ...]]]


def read_entries(path: Path) -> Entries:
    """The rows of a glossary file: Japanese, renderings best first. Raises YakkanError for a bad row."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; a corpus needs its glossary.tsv") from None
    entries = []
    for number, line in enumerate(lines, 1):
        japanese, tab, english = line.partition("\t")
        renderings = tuple(part.strip() for part in english.split(";") if part.strip())
        if not line:
            continue
        if not tab or not japanese or not renderings:
            raise YakkanError(f"{path}, line {number}: expected Japanese, a tab and English renderings, got {line[:40]!r}")
        entries.append((japanese, renderings))
    return entries


class Glossary:
    """English phrases, as stems, with the Japanese terms they stand for."""

    def __init__(self, phrases: Mapping[tuple[str, ...], tuple[Alternative, ...]]) -> None:
        self._phrases = phrases

    @classmethod
    def from_entries(cls, entries: Entries, vocabulary: Collection[str]) -> Glossary:
        """The glossary cut to what ``vocabulary``, the terms of an index, can match.

        A rendering weighs the less the more Japanese terms share it and the later it stands in its row:
        1 / (1 + ln n) / (1 + 0.2 rank).
        """
        found: dict[tuple[str, ...], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for japanese, renderings in entries:
            whole = compound_key(japanese)
            terms = (whole,) if whole in vocabulary else tuple(t for t in query_terms(japanese, False) if t in vocabulary)
            if whole is not None and whole not in vocabulary:
                terms = terms if len(terms) == len(query_terms(japanese, False)) else ()
            if not terms:
                continue
            for rank, rendering in enumerate(renderings):
                phrase = tuple(term.key for term in english_words(rendering))
                if phrase and len(phrase) <= LONGEST_PHRASE:
                    found[phrase].append((terms, rank))
        phrases = {}
        for phrase, choices in found.items():
            shared = 1 / (1 + math.log(len(choices)))
            phrases[phrase] = tuple(Alternative(terms, shared / (1 + 0.2 * rank)) for terms, rank in choices)
        return cls(phrases)

    def concepts(self, query: str) -> tuple[Concept, ...]:
        """What an English query asks for: its longest phrases first, and each word on its own."""
        words = [term.key for term in english_words(query)]
        concepts = []
        covered = [False] * len(words)
        at = 0
        while at < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 1, -1):
                phrase = tuple(words[at : at + length])
                if phrase in self._phrases:
                    concepts.append(Concept(self._phrases[phrase]))
                    covered[at : at + length] = [True] * length
                    at += length - 1
                    break
            at += 1
        for word, inside in zip(words, covered, strict=True):
            alternatives = (Alternative((word,), 1.0), *self._phrases.get((word,), ()))
            concepts.append(Concept(alternatives, INSIDE if inside else 1.0))
        return tuple(concepts)

    def save(self, path: Path) -> None:
        """Write the glossary as JSON."""
        rows = [[list(p), [[list(a.terms), a.weight] for a in alternatives]] for p, alternatives in self._phrases.items()]
        path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """The glossary that ``save`` wrote."""
        rows = json.loads(path.read_text(encoding="utf-8"))
        return cls({tuple(p): tuple(Alternative(tuple(t), w) for t, w in alternatives) for p, alternatives in rows})
