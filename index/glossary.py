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
# Weights below 1, chosen on the dev part of the search gold data:
INSIDE = 0.6  # of a word that a longer phrase of the query already covers
PARTS = 0.7  # of the parts of a compound beside the compound
SYNONYM = 0.5  # of a Japanese term that shares an English rendering with a word of the query


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
    except UnicodeDecodeError:
        raise YakkanError(f"{path} is not in UTF-8; save it so") from None
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
    """English phrases, as stems, with the Japanese terms they stand for, and Japanese terms with those that
    share an English rendering with them (下請け, 再委託).
    """

    def __init__(
        self, phrases: Mapping[tuple[str, ...], tuple[Alternative, ...]], synonyms: Mapping[str, tuple[Alternative, ...]]
    ) -> None:
        self._phrases = phrases
        self._synonyms = synonyms

    @classmethod
    def from_entries(cls, entries: Entries, vocabulary: Collection[str]) -> Glossary:
        """The glossary cut to what ``vocabulary``, the terms of an index, can match.

        A rendering weighs the less the more Japanese terms share it and the later it stands in its row,
        1 / (1 + ln n) / (1 + 0.1 rank); the parts of a compound weigh PARTS of the compound.
        """
        found: dict[tuple[str, ...], list[tuple[list[Alternative], float]]] = defaultdict(list)
        renderings_of: dict[str, list[tuple[tuple[str, ...], float]]] = defaultdict(list)
        for japanese, renderings in entries:
            whole = compound_key(japanese)
            parts = tuple(query_terms(japanese, with_compounds=False))
            choices = _choices(whole, parts, vocabulary)
            key = whole or (parts[0] if len(parts) == 1 else None)
            for rank, rendering in enumerate(renderings):
                phrase = tuple(term.key for term in english_words(rendering))
                if not phrase or len(phrase) > LONGEST_PHRASE:
                    continue
                place = 1 / (1 + 0.1 * rank)
                if choices:
                    found[phrase].append((choices, place))
                if key:
                    renderings_of[key].append((phrase, place))
        phrases = {}
        for phrase, rows in found.items():
            shared = 1 / (1 + math.log(len(rows)))
            phrases[phrase] = tuple(Alternative(a.terms, a.weight * place * shared) for choices, place in rows for a in choices)
        synonyms = {key: same for key, through in renderings_of.items() if (same := _synonyms(key, through, phrases))}
        return cls(phrases, synonyms)

    def english_concepts(self, query: str) -> tuple[Concept, ...]:
        """What an English query asks for: its longest phrases, and each of its words."""
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

    def japanese_concepts(self, terms: Sequence[str]) -> tuple[Concept, ...]:
        """What a Japanese query asks for: each of its terms, or what means the same."""
        return tuple(Concept((Alternative((term,), 1.0), *self._synonyms.get(term, ()))) for term in terms)

    def save(self, path: Path) -> None:
        """Write the glossary as JSON."""
        rows = {
            "phrases": [[phrase, _plain(alternatives)] for phrase, alternatives in self._phrases.items()],
            "synonyms": [[term, _plain(alternatives)] for term, alternatives in self._synonyms.items()],
        }
        path.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """The glossary that ``save`` wrote."""
        rows = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            {tuple(phrase): _alternatives(plain) for phrase, plain in rows["phrases"]},
            {term: _alternatives(plain) for term, plain in rows["synonyms"]},
        )


def _choices(whole: str | None, parts: tuple[str, ...], vocabulary: Collection[str]) -> list[Alternative]:
    """How a Japanese entry can be matched: as a compound, and by its parts when all of them occur."""
    choices = [Alternative((whole,), 1.0)] if whole is not None and whole in vocabulary else []
    if parts and all(part in vocabulary for part in parts):
        choices.append(Alternative(parts, PARTS if whole is not None else 1.0))
    return choices


def _synonyms(
    key: str, through: Sequence[tuple[tuple[str, ...], float]], phrases: Mapping[tuple[str, ...], tuple[Alternative, ...]]
) -> tuple[Alternative, ...]:
    best: dict[tuple[str, ...], float] = {}
    for phrase, place in through:
        for alternative in phrases.get(phrase, ()):
            weight = SYNONYM * place * alternative.weight
            if key not in alternative.terms and weight > best.get(alternative.terms, 0):
                best[alternative.terms] = weight
    return tuple(Alternative(terms, weight) for terms, weight in best.items())


def _plain(alternatives: Sequence[Alternative]) -> list[list[object]]:
    return [[a.terms, round(a.weight, 4)] for a in alternatives]


def _alternatives(plain: Sequence[tuple[list[str], float]]) -> tuple[Alternative, ...]:
    return tuple(Alternative(tuple(terms), weight) for terms, weight in plain)
