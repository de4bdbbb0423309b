"""Where the corpus and the index lie: options first, then the environment, then beside the project."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def corpus_folder(option: str | None = None) -> Path:
    """The folder of the documents: ``option``, YAKKAN_CORPUS, or corpus/ of the project."""
    return Path(option or os.environ.get("YAKKAN_CORPUS") or PROJECT / "corpus")


def index_folder(option: str | None = None) -> Path:
    """The folder of the index: ``option``, YAKKAN_INDEX, or .yakkan/ of the project."""
    return Path(option or os.environ.get("YAKKAN_INDEX") or PROJECT / ".yakkan")
