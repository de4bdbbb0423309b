"""Vectors in FAISS: exact while that is fast enough, an inverted file beyond; a passage counts by its best vector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder, Vectors

EXACT_UP_TO = 60_000  # vectors; beyond, an inverted file answers in a fraction of the time (make bench)
PROBED = 256  # cells of the inverted file that a query looks into
CANDIDATES = 2_000  # vectors an inexact search brings

Scores = NDArray[np.float32]


def make_faiss(vectors: Vectors) -> faiss.Index:
    """A FAISS index of unit vectors by inner product, of the kind their number asks for."""
    count, dimension = vectors.shape
    cells = int(4 * np.sqrt(count))
    kind = "Flat" if count <= EXACT_UP_TO else f"IVF{cells},SQ8"
    index = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    if not index.is_trained:
        rng = np.random.default_rng(0)
        index.train(vectors[rng.choice(count, min(count, 40 * cells), replace=False)])
        faiss.ParameterSpace().set_index_parameter(index, "nprobe", PROBED)
    index.add(vectors)
    return index


class DenseIndex:
    """Scores passages for a query by the nearness of their meaning."""

    name = "dense"

    def __init__(self, vectors: faiss.Index, owners: NDArray[np.int32], passages: int, encoder: Encoder) -> None:
        self._faiss = vectors
        self._owners = owners
        self._passages = passages
        self._encoder = encoder

    @classmethod
    def from_vectors(cls, vectors: Vectors, owners: Sequence[int], passages: int, encoder: Encoder) -> DenseIndex:
        """An index of vectors, each with the number of the passage it belongs to."""
        return cls(make_faiss(vectors), np.asarray(owners, dtype=np.int32), passages, encoder)

    def scores(self, query: str) -> Scores:
        """The cosine of each passage's best vector with the query; 0 for passages an inexact search does not bring.
        Shape (passages,).
        """
        exact = isinstance(self._faiss, faiss.IndexFlat)
        count = self._faiss.ntotal if exact else min(CANDIDATES, self._faiss.ntotal)
        best = np.zeros(self._passages, dtype=np.float32)
        if count == 0:
            return best
        cosines, found = self._faiss.search(self._encoder.encode_query(query)[None, :], count)
        kept = found[0] >= 0
        np.maximum.at(best, self._owners[found[0][kept]], cosines[0][kept])
        return best

    def encoded(self, query: str) -> Vectors:
        """The vector of a query, shape (dimension,)."""
        return self._encoder.encode_query(query)

    def vectors(self, passage: int) -> Vectors:
        """The vectors of a passage, the first one that of the whole; shape (vectors, dimension)."""
        begin, end = np.searchsorted(self._owners, [passage, passage + 1])
        return np.asarray(self._faiss.reconstruct_n(int(begin), int(end - begin)), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write vectors.faiss and owners.npy."""
        faiss.write_index(self._faiss, str(folder / "vectors.faiss"))
        np.save(folder / "owners.npy", self._owners, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, passages: int, encoder: Encoder) -> DenseIndex:
        """The index that ``save`` wrote."""
        return cls(
            faiss.read_index(str(folder / "vectors.faiss")), np.load(folder / "owners.npy", allow_pickle=False), passages, encoder
        )
