"""The encoder that ships, the setting for another one, and that nothing asks the network."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from conftest import ROOT
from index.encoder.encoder import SHIPPED, SentenceEncoder
from ingest.errors import YakkanError


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder(str(SHIPPED))


def test_vectors_have_length_one(encoder):
    vectors = encoder.encode_passages(["解約の予告期間", "late payment interest"])
    assert vectors.shape == (2, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


NEARER = [
    ("late payment interest", "料金の支払を怠ったときは、遅延損害金を支払うものとします。", "裁判所は東京地方裁判所とします。"),
    ("which court has jurisdiction", "東京地方裁判所を専属的合意管轄裁判所とします。", "利用料金は翌月末日までに支払います。"),
    (
        "解約はいつまでに言えばいい?",
        "契約者は、1か月前までに通知することで解約することができる。",
        "当社は、個人情報を適切に取り扱います。",
    ),
    ("force majeure", "天災地変その他の不可抗力による損害について責任を負いません。", "お客様は、ID及びパスワードを管理します。"),
]


@pytest.mark.parametrize(("query", "near", "far"), NEARER)
def test_meaning_crosses_languages(query, near, far, encoder):
    one, other = encoder.encode_passages([near, far]) @ encoder.encode_query(query)
    assert one > other + 0.05


def test_the_model_is_small_and_safe():
    files = [p for p in SHIPPED.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) <= 60_000_000
    assert {p.suffix for p in files} <= {".json", ".safetensors", ".md", ".txt", ""}
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert all(word in card for word in ("all-MiniLM-L6-v2", "Apache-2.0", "CC BY", "NTREX", "Tatoeba"))


def test_a_name_that_cannot_be_had_says_how_to_go_back():
    with pytest.raises(YakkanError) as caught:
        SentenceEncoder("/nowhere/model").encode_query("解約")
    assert "unset YAKKAN_ENCODER" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_setting_names_another_encoder(monkeypatch):
    monkeypatch.setenv("YAKKAN_ENCODER", "intfloat/multilingual-e5-small")
    assert SentenceEncoder().name == "intfloat/multilingual-e5-small"
    assert SentenceEncoder().fingerprint == "intfloat/multilingual-e5-small"
    monkeypatch.delenv("YAKKAN_ENCODER")
    assert SentenceEncoder().name == str(SHIPPED)
    assert SentenceEncoder().fingerprint.startswith("model-")


CUT_OFF = """
import socket
def refuse(*arguments, **named):
    raise AssertionError(f"asked the network: {arguments}")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import sys
from pathlib import Path
from index.encoder.encoder import SentenceEncoder
from index.search import Searcher
result = Searcher.open(Path(sys.argv[1]), SentenceEncoder()).search("late payment interest")
print(result.hits[0].clause)
"""


def test_search_with_the_network_cut_off(index_folder):
    command = [sys.executable, "-c", CUT_OFF, str(index_folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert ":" in done.stdout
