"""BM25 over lemmas, compounds and stems, in the form of Lucene (bm25s), with queries made of concepts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.glossary import Concept, Glossary
from index.passages import Passage
from index.terms import language_of, query_terms, text_terms

TITLE_WEIGHT = 2  # the words of an article's title count as if printed twice
K1, B = 1.2, 0.75

Scores = NDArray[np.float32]


def passage_keys(passage: Passage, with_compounds: bool = True) -> list[str]:
    """What a passage is matched by: its text, its title with weight, the names around it."""
    keys = [term.key for term in text_terms(passage.prose.text, with_compounds)]
    keys += [term.key for term in text_terms(passage.title, with_compounds)] * TITLE_WEIGHT
    return keys + [term.key for term in text_terms(passage.context, with_compounds)]


class LexicalIndex:
    """Scores passages for a query by the words they share."""

    name = "bm25"

    def __init__(self, bm25: bm25s.BM25, glossary: Glossary) -> None:
        self._bm25 = bm25
        self._glossary = glossary

    @classmethod
    def from_terms(cls, passages: Sequence[Sequence[str]], entries: Sequence[tuple[str, tuple[str, ...]]]) -> LexicalIndex:
        """An index of passages given as their terms, with the glossary for queries in English."""
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        bm25.index([list(terms) or [""] for terms in passages], show_progress=False)
        return cls(bm25, Glossary.from_entries(entries, bm25.vocab_dict))

    def concepts(self, query: str, with_compounds: bool = True) -> tuple[Concept, ...]:
        """What a query in either language asks for."""
        if language_of(query) == "en":
            return self._glossary.english_concepts(query)
        return self._glossary.japanese_concepts(query_terms(query, with_compounds))

    def scores(self, concepts: Sequence[Concept]) -> Scores:
        """One score a passage, in their order; 0 where nothing matches. Shape (passages,).

        A concept gives a passage the score of its best alternative; concepts add up.
        """
        total = np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        for concept in concepts:
            best: Scores | None = None
            for alternative in concept.alternatives:
                terms = [term for term in alternative.terms if term in self._bm25.vocab_dict]
                if not terms:
                    continue
                found = self._bm25.get_scores(terms) * np.float32(alternative.weight)
                best = found if best is None else np.maximum(best, found)
            if best is not None:
                total += best * np.float32(concept.weight)
        return total

    def save(self, folder: Path) -> None:
        """Write the index: arrays as .npy, vocabulary and glossary as JSON."""
        self._bm25.save(folder, show_progress=False)
        self._glossary.save(folder / "glossary.json")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """The index that ``save`` wrote."""
        return cls(bm25s.BM25.load(folder), Glossary.load(folder / "glossary.json"))
