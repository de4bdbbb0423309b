"""A corpus with a document full of markup, and one without a translation, for the pages that show them."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import CORPUS
from index.build import build_index
from index.encoder.encoder import SentenceEncoder

SCRIPT = "<script>alert(1)</script>"
IMAGE = '<img src="x" onerror="alert(2)">'

MANIFEST = f"""
id = "hostile"
title = "{SCRIPT}規約"
[provider]
ja = "{SCRIPT}株式会社"
en = "{SCRIPT} Inc."
[service]
ja = "{SCRIPT}サービス"
en = "{SCRIPT} Service"
[[role]]
name = "契約者"
party = "customer"
[[version]]
folder = "2024-01-01"
effective = 2024-01-01
"""
SOURCE = f"""第１条（適用）
この規約は、当社と契約者との間の一切の関係に適用されます。
第２条（遅延損害金{SCRIPT}）
契約者は、料金{IMAGE}の支払を怠ったときは、年１０％の遅延損害金{SCRIPT}を支払うものとします。
第３条（合意管轄）
この規約に関する紛争は、京都地方裁判所を第一審の専属的合意管轄裁判所とします。
"""
ENGLISH = f"""[titles]
"2" = "Late charge {SCRIPT}"
[texts]
"2.1" = '''The Subscriber shall pay a late charge of 10% per annum. {IMAGE}{SCRIPT}'''
"""


def hostile_corpus(index_folder: Path, folder: Path) -> tuple[Path, Path]:
    """Corpus and index: the hostile document, cwpp without its translation, ngn-vpn as it is.

    The index begins as a copy of the one of all terms, so that only new texts are encoded.
    """
    corpus, index = folder / "corpus", folder / "index"
    shutil.copytree(CORPUS / "cwpp", corpus / "cwpp", ignore=shutil.ignore_patterns("english.toml"))
    shutil.copytree(CORPUS / "ngn-vpn", corpus / "ngn-vpn")
    for name in ("glossary.tsv", "clause_types.toml"):
        shutil.copy(CORPUS / name, corpus)
    place = corpus / "hostile" / "2024-01-01"
    place.mkdir(parents=True)
    (corpus / "hostile" / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    (place / "source.txt").write_text(SOURCE, encoding="utf-8")
    (place / "english.toml").write_text(ENGLISH, encoding="utf-8")
    shutil.copytree(index_folder, index)
    build_index(corpus, index, SentenceEncoder())
    return corpus, index
