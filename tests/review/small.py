"""A desk over a few lines of text, for what no real terms say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conftest import CORPUS, BigramEncoder
from index.build import build_index
from index.search import Searcher
from review.clause_types import read_clause_types
from review.desk import Desk

MANIFEST = """
id = "{id}"
title = "{id}の規約"
{more}
[provider]
[service]
[[role]]
name = "甲"
party = "customer"
[[role]]
name = "乙"
party = "provider"
[[version]]
folder = "2024-01-01"
effective = 2024-02-03
"""


def small_desk(folder: Path, texts: Mapping[str, str], more: str = "") -> Desk:
    corpus = folder / "corpus"
    for identity, text in texts.items():
        place = corpus / identity / "2024-01-01"
        place.mkdir(parents=True)
        (place / "source.txt").write_text(text, encoding="utf-8")
        (corpus / identity / "manifest.toml").write_text(MANIFEST.format(id=identity, more=more), encoding="utf-8")
    (corpus / "glossary.tsv").write_text("裁判所\tcourt\n", encoding="utf-8")
    encoder = BigramEncoder()
    build_index(corpus, folder / "index", encoder)
    return Desk(Searcher.open(folder / "index", encoder), read_clause_types(CORPUS / "clause_types.toml"), encoder)
