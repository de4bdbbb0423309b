"""FAISS at 10 k, 100 k and 1 M vectors: python -m evaluation.faiss_bench --parallel FILE.tsv.gz --work DIR

Vectors are those of real Japanese sentences up to 100 k; beyond, mixtures of two of them with noise. Queries are
real English sentences that are not among them.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import sys
import time
from pathlib import Path

import faiss
import numpy as np

from index.dense import make_faiss
from index.encoder.encoder import SentenceEncoder, Vectors

REAL, QUERIES, K = 100_000, 200, 10
SIZES = (10_000, 100_000, 1_000_000)
NOISE = 0.02


def main() -> None:
    """Print a line a size: build time, memory, latency, recall against exact search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=Path, required=True, help="gzipped file with a Japanese-English pair a line")
    parser.add_argument("--work", type=Path, required=True, help="folder in which the vectors are kept")
    options = parser.parse_args()
    real, queries = _real(options.parallel, options.work)
    sys.stdout.write("| vectors | kind | build s | memory MB | p50 ms | p95 ms | recall@10 |\n|---|---|---|---|---|---|---|\n")
    for size in SIZES:
        vectors = _grown(real, size)
        exact = faiss.IndexFlatIP(vectors.shape[1])
        exact.add(vectors)
        _, truth = exact.search(queries, K)
        del exact
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        index = make_faiss(vectors)
        built = time.perf_counter() - began
        del before
        faiss.omp_set_num_threads(1)
        taken, hits = [], 0
        for query, true in zip(queries, truth, strict=True):
            began = time.perf_counter()
            _, found = index.search(query[None, :], K)
            taken.append((time.perf_counter() - began) * 1000)
            hits += len(set(found[0].tolist()) & set(true.tolist()))
        faiss.omp_set_num_threads(2)
        memory = len(faiss.serialize_index(index)) / 1e6
        p50, p95 = np.percentile(taken, [50, 95])
        row = (
            f"{size:,}",
            type(faiss.downcast_index(index)).__name__,
            f"{built:.1f}",
            f"{memory:.0f}",
            f"{p50:.2f}",
            f"{p95:.2f}",
        )
        sys.stdout.write(f"| {' | '.join(row)} | {hits / (K * QUERIES):.3f} |\n")
        sys.stdout.flush()
        del vectors, index


def _real(path: Path, work: Path) -> tuple[Vectors, Vectors]:
    """Vectors of real sentences and of real queries, encoded once."""
    work.mkdir(parents=True, exist_ok=True)
    kept = work / "faiss-vectors.npy"
    if not kept.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            pairs = [line.split("\t")[:2] for line in file]
        chosen = np.random.default_rng(0).choice(len(pairs), REAL + QUERIES, replace=False)
        encoder = SentenceEncoder()
        texts = [pairs[i][0] for i in chosen[:REAL]] + [pairs[i][1] for i in chosen[REAL:]]
        np.save(kept, encoder.encode_passages(texts), allow_pickle=False)
    vectors = np.load(kept, allow_pickle=False)
    return vectors[:REAL], vectors[REAL:]


def _grown(real: Vectors, size: int) -> Vectors:
    if size <= len(real):
        return np.ascontiguousarray(real[:size])
    rng = np.random.default_rng(0)
    out = np.empty((size, real.shape[1]), dtype=np.float32)
    out[: len(real)] = real
    for begin in range(len(real), size, 50_000):
        end = min(begin + 50_000, size)
        share = rng.uniform(0.2, 0.8, (end - begin, 1)).astype(np.float32)
        one, other = (real[rng.integers(0, len(real), end - begin)] for _ in range(2))
        mixed = share * one + (1 - share) * other + rng.normal(0, NOISE, (end - begin, real.shape[1])).astype(np.float32)
        out[begin:end] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return out


if __name__ == "__main__":
    main()
