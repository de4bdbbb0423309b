"""The five terms of the corpus, read once, and an index of them, built once."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.encoder.encoder import SentenceEncoder, Vectors
from index.search import Searcher
from ingest.document import Document, document_folders, read_document
from review.desk import Desk

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DATA = ROOT / "tests" / "data"
IDS = ("cwpp", "masters-one", "mdr-ndr", "netmeister", "ngn-vpn")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def tight(text: str) -> str:
    """A text without white space, as the hand-written tables quote it."""
    return re.sub(r"\s+", "", text)


class BigramEncoder:
    """A real, tiny encoder for tests of the store: pairs of characters, hashed. Fast, and the same everywhere."""

    fingerprint = "bigrams-64"
    dimension = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for pair in zip(text, text[1:] + " ", strict=True):
            vector[zlib.crc32("".join(pair).encode()) % self.dimension] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.stack([self.encode_query(text) for text in texts]) if texts else np.empty((0, self.dimension), dtype=np.float32)


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    return {d.id: d for d in map(read_document, document_folders(CORPUS))}


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / ".yakkan"
    build_index(CORPUS, folder, SentenceEncoder())
    return folder


@pytest.fixture(scope="session")
def searcher(index_folder: Path) -> Searcher:
    return Searcher.open(index_folder, SentenceEncoder())


@pytest.fixture(scope="session")
def desk(searcher: Searcher) -> Desk:
    return Desk.open(CORPUS, searcher, SentenceEncoder())
