"""The five terms of the corpus, read once, and an index of them, built once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from index.build import build_index
from index.search import Searcher
from ingest.document import Document, document_folders, read_document

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


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    return {d.id: d for d in map(read_document, document_folders(CORPUS))}


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / ".yakkan"
    build_index(CORPUS, folder)
    return folder


@pytest.fixture(scope="session")
def searcher(index_folder: Path) -> Searcher:
    return Searcher.open(index_folder)
