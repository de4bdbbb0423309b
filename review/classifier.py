"""Which kinds of clause a paragraph is: article title, cue words, learned words and nearness of meaning, weighed together.

The words and the weights are learned (``review.training``) from clauses written for Yakkan and from the dev part of the gold
data; nothing in them is about one document. A type that was added to clause_types.toml later has no learned words and is told by its titles,
cues and definition alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder, Vectors
from index.terms import text_terms
from ingest.folding import folded
from review.clause_types import ClauseType

MODEL = Path(__file__).resolve().parent / "model.npz"
UNKNOWN = -5.0  # the logit of a type whose words were never learned
SHARPNESS = 25.0  # of the preference for the nearest types of a question
EXPLAINED = 5  # learned words named as reasons

FEATURES = (
    "title has a title of the type", "share of the title it takes", "title has a cue", "title has the name",
    "a cue stands there", "how sure the surest cue is", "how many cues",
    "cosine with the definition", "that cosine among all types", "that cosine with the cues among all types",
    "learned words", "learned words, mean of the article", "learned words, best of the article", "learned words, behind the best type",
    "surest cue, mean of the article", "surest cue, best of the article", "best type by learned words", "second best by learned words",
)  # fmt: skip

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Typed:
    """A type a paragraph has, how sure that is (0 to 1), and why: title and cues that matched, learned words that spoke for it, cosine
    with the definition.
    """

    type: str
    score: float
    title: str | None
    cues: tuple[str, ...]
    words: tuple[str, ...]
    nearness: float


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph to be typed. ``group`` is its article; ``vectors`` has one row a sentence, the whole first."""

    text: str
    title: str
    group: str
    vectors: Vectors


class Words:
    """Learned words: the logit of each type for a text, and which words made it."""

    def __init__(self, terms: Sequence[str], idf: Array, weights: Array, bias: Array, types: Sequence[str]) -> None:
        self._places = {term: n for n, term in enumerate(terms)}
        self._terms = tuple(terms)
        self._idf, self._weights, self._bias = idf, weights, bias
        self.types = tuple(types)

    def logits(self, text: str, title: str) -> Array:
        """One number a type, in the order of ``types``."""
        places, values = self._vector(text, title)
        return np.asarray(self._bias + values @ self._weights[places], dtype=np.float64)

    def reasons(self, text: str, title: str, identity: str) -> tuple[str, ...]:
        """The words that speak most for a type, the strongest first."""
        if identity not in self.types:
            return ()
        places, values = self._vector(text, title)
        shares = values * self._weights[places, self.types.index(identity)]
        best = [n for n in np.argsort(-shares)[: EXPLAINED * 2] if shares[n] > 0]
        return tuple(dict.fromkeys(self._terms[places[n]].partition(":")[2] for n in best))[:EXPLAINED]

    def _vector(self, text: str, title: str) -> tuple[NDArray[np.intp], Array]:
        known = sorted(self._places[k] for k in word_keys(text, title) if k in self._places)
        places = np.array(known, dtype=np.intp)
        values = self._idf[places]
        length = float(np.linalg.norm(values))
        return places, values / length if length else values


def word_keys(text: str, title: str) -> set[str]:
    """What the words of a clause are learned by: those of its text, and those of its title again as such."""
    of_title = [term.key for term in text_terms(title)]
    keys = {f"text:{term.key}" for term in text_terms(text)}
    return keys | {f"text:{key}" for key in of_title} | {f"title:{key}" for key in of_title}


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: words, how the FEATURES weigh, and from which score on a paragraph has a type."""

    words: Words
    weights: Array
    intercept: float
    threshold: float


@cache
def read_model(path: Path = MODEL) -> Model:
    """The model in a file that ``review.training`` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        words = Words(
            stored["terms"].tolist(), stored["idf"].astype(np.float64), stored["weights"].astype(np.float64),
            stored["bias"].astype(np.float64), stored["types"].tolist(),
        )  # fmt: skip
        return Model(words, stored["combination"].astype(np.float64), float(stored["intercept"]), float(stored["threshold"]))


class Classifier:
    """Tells the types of paragraphs, those of one document at a time since articles are looked at as a whole."""

    def __init__(self, types: Sequence[ClauseType], encoder: Encoder, model: Model | None = None) -> None:
        self._types = tuple(types)
        self._encoder = encoder
        self._cues = [_Cues(kind) for kind in types]
        self._model = read_model() if model is None else model
        order = {identity: n for n, identity in enumerate(self._model.words.types)}
        self._columns = [order.get(kind.id) for kind in types]

    def classify(self, texts: Sequence[Text]) -> list[tuple[Typed, ...]]:
        """The types of each paragraph, the surest first; a paragraph can have none."""
        return [self.typed(text, row) for text, row in zip(texts, self.scores(texts), strict=True)]

    def typed(self, text: Text, scores: Array) -> tuple[Typed, ...]:
        """The types a paragraph has by its scores, the surest first, with the reasons."""
        found = [n for n in np.argsort(-scores, kind="stable") if scores[n] >= self._model.threshold]
        return tuple(self._typed(text, int(n), float(scores[n])) for n in found)

    def scores(self, texts: Sequence[Text]) -> Array:
        """How sure it is that a paragraph has a type, 0 to 1; shape (paragraphs, types)."""
        if not texts:
            return np.zeros((0, len(self._types)))
        logits = self.features(texts) @ self._model.weights + self._model.intercept
        return np.asarray(1 / (1 + np.exp(-logits)))

    def features(self, texts: Sequence[Text]) -> Array:
        """FEATURES of every paragraph for every type; shape (paragraphs, types, features)."""
        looked = [_Look(text) for text in texts]
        cues = np.array([[c.look(look) for c in self._cues] for look in looked], dtype=np.float64)
        near = np.stack([self._near(text.vectors) for text in texts])
        words = np.stack([self._logits(text) for text in texts])
        groups = [text.group for text in texts]
        ranks = np.argsort(np.argsort(-words, axis=1), axis=1)
        surest = cues[:, :, 5]
        learned = [
            words, _by_group(words, groups, np.mean), _by_group(words, groups, np.max), words - words.max(axis=1, keepdims=True),
            _by_group(surest, groups, np.mean), _by_group(surest, groups, np.max), ranks == 0, ranks == 1,
        ]  # fmt: skip
        return np.concatenate([cues, near, np.stack(learned, axis=2)], axis=2)

    def question_types(self, query: Vectors) -> Array:
        """Which types a question is about, by the nearness of its vector to their definitions and cues; sums up to 1."""
        definitions, cues = self._prototypes
        near = np.maximum(definitions @ query, cues @ query).astype(np.float64)
        weights = np.exp((near - near.max()) * SHARPNESS)
        return np.asarray(weights / weights.sum())

    def _logits(self, text: Text) -> Array:
        found = np.clip(self._model.words.logits(text.text, text.title), -8, 8)
        return np.array([UNKNOWN if column is None else found[column] for column in self._columns])

    def _near(self, vectors: Vectors) -> Array:
        definitions, cues = self._prototypes
        by_definition, by_cues = (vectors @ definitions.T).max(axis=0), (vectors @ cues.T).max(axis=0)
        return np.stack([by_definition, _among(by_definition), _among(by_cues)], axis=1)

    @cached_property
    def _prototypes(self) -> tuple[Vectors, Vectors]:
        """What the types mean: vectors of their definitions, and of their cues."""
        texts = [f"{kind.ja}。{kind.definition_ja}" for kind in self._types]
        texts += ["、".join((kind.ja, *kind.cues)).replace(" & ", "") for kind in self._types]
        vectors = self._encoder.encode_passages(texts)
        return vectors[: len(self._types)], vectors[len(self._types) :]

    def _typed(self, text: Text, number: int, score: float) -> Typed:
        kind, look = self._types[number], _Look(text)
        title, cues = self._cues[number].reasons(look)
        nearness = float((text.vectors @ self._prototypes[0][number]).max())
        return Typed(kind.id, score, title, cues, self._model.words.reasons(text.text, text.title, kind.id), nearness)


class _Look:
    """A paragraph without blanks, width and case, whole and by sentences."""

    def __init__(self, text: Text) -> None:
        self.text = plain(text.text)
        self.title = plain(text.title)
        self.sentences = [s for s in self.text.split("。") if s]


class _Cues:
    """The titles and cues of a type, ready to be looked for."""

    def __init__(self, kind: ClauseType) -> None:
        self._titles = [(title, plain(title)) for title in sorted(kind.titles, key=len, reverse=True)]
        self._cues = [(cue, tuple(plain(part) for part in cue.split("&"))) for cue in kind.cues]
        self._against = [plain(word) for word in kind.against]
        self._name = plain(kind.ja)

    def look(self, look: _Look) -> list[float]:
        """The first seven FEATURES."""
        title = next((t for _, t in self._titles if t in look.title), None)
        found = self._found(look)
        return [
            title is not None,
            len(title) / len(look.title) if title else 0,
            any(len(parts) == 1 and parts[0] in look.title for _, parts in self._cues),
            self._name in look.title,
            bool(found),
            1 - found[0] / len(self._cues) if found else 0,
            min(len(found), 4) / 4,
        ]

    def reasons(self, look: _Look) -> tuple[str | None, tuple[str, ...]]:
        """The title and the cues that matched, as they are written in clause_types.toml."""
        title = next((shown for shown, t in self._titles if t in look.title), None)
        return title, tuple(self._cues[n][0] for n in self._found(look))

    def _found(self, look: _Look) -> list[int]:
        """The cues that stand in a paragraph; none where a word stands that speaks against the type."""
        if any(word in look.text for word in self._against):
            return []
        return [n for n, (_, parts) in enumerate(self._cues) if self._stands(parts, look)]

    def _stands(self, parts: tuple[str, ...], look: _Look) -> bool:
        if len(parts) == 1:
            return parts[0] in look.text
        return all(part in look.text for part in parts) and any(all(p in s for p in parts) for s in look.sentences)


def plain(text: str) -> str:
    """A text as cues are matched: folded, without blanks."""
    return "".join(folded(text).split())


def _among(values: NDArray[np.float32]) -> Array:
    """Values by their distance from the mean of the row, in standard deviations."""
    return np.asarray((values - values.mean()) / (values.std() + 1e-6), dtype=np.float64)


def _by_group(values: Array, groups: Sequence[str], how: object) -> Array:
    """Each row replaced by the mean or maximum over the rows of its group."""
    assert how in (np.mean, np.max)
    out = np.empty_like(values)
    members: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        members.setdefault(group, []).append(n)
    for rows in members.values():
        part = values[rows]
        out[rows] = part.mean(axis=0) if how is np.mean else part.max(axis=0)
    return out
