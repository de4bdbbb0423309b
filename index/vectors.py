"""What of a passage is encoded: the whole under its heading, and each sentence and item under its heading."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from index.encoder.encoder import Encoder, Vectors
from index.passages import Passage
from ingest.model import Span

SHORTEST = 12  # characters; shorter lines say too little on their own
CHUNK = 256  # texts encoded between two reports of progress

_SENTENCE = re.compile(r"[^。\n]+。?[」』）)]*")


def vector_texts(passage: Passage, with_heading: bool = True) -> Iterator[str]:
    """The texts of a passage that get a vector each, none twice: the whole, then its parts."""
    heading = f"{passage.title}。" if passage.title and with_heading else ""
    text = passage.prose.text
    yield heading + text.replace("\n", " ")
    for start, end in part_spans(text):
        yield heading + text[start:end]


def part_spans(text: str) -> tuple[Span, ...]:
    """The sentences and items of a clause text that have a vector of their own, in the order of their vectors."""
    whole = text.replace("\n", " ")
    spans: dict[str, Span] = {}
    for m in _SENTENCE.finditer(text):
        part = m.group().strip()
        if len(part) >= SHORTEST and part != whole:
            start = m.start() + m.group().index(part)
            spans.setdefault(part, Span(start, start + len(part)))
    return tuple(spans.values())


class VectorCache:
    """Vectors of a generation by the hash of their text, so that only new text is encoded again."""

    def __init__(self, vectors: dict[str, np.ndarray]) -> None:
        self._vectors = vectors

    @classmethod
    def load(cls, folder: Path | None, encoder: Encoder, fingerprint: str | None) -> VectorCache:
        """The vectors of an older generation; none when there is no such folder or another encoder made them."""
        if folder is None or fingerprint != encoder.fingerprint:
            return cls({})
        try:
            keys = np.load(folder / "vector_keys.npy", allow_pickle=False)
            vectors = np.load(folder / "vectors.npy", allow_pickle=False)
        except (OSError, ValueError):
            return cls({})
        return cls(dict(zip(keys.tolist(), vectors, strict=True)))

    def encode(self, texts: Sequence[str], encoder: Encoder, progress: Callable[[str], None]) -> tuple[list[str], Vectors]:
        """Keys and vectors of the texts, shape (texts, dimension); only those not known are encoded."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        new = list(missing)
        for begin in range(0, len(new), CHUNK):
            part = new[begin : begin + CHUNK]
            self._vectors.update(zip(part, encoder.encode_passages([missing[key] for key in part]), strict=True))
            progress(f"encoded {min(begin + CHUNK, len(new))} of {len(new)} texts")
        rows = [self._vectors[key] for key in keys]
        return keys, np.stack(rows) if rows else np.empty((0, encoder.dimension), dtype=np.float32)


def save_vectors(folder: Path, keys: Sequence[str], vectors: Vectors) -> None:
    """Write vector_keys.npy and vectors.npy for the next generation."""
    np.save(folder / "vector_keys.npy", np.array(keys, dtype="U32"), allow_pickle=False)
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
