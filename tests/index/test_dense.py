import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BigramEncoder
from index.dense import EXACT_UP_TO, DenseIndex, make_faiss
from index.fusion import ALPHA, convex_combination, scaled
from index.passages import Passage
from index.vectors import VectorCache, save_vectors, vector_texts
from ingest.prose import Prose

ENCODER = BigramEncoder()


def test_a_passage_counts_by_its_best_vector():
    texts = ["解約の予告", "料金の支払", "解約の効力"]
    index = DenseIndex.from_vectors(ENCODER.encode_passages(texts), [0, 0, 1], 2, ENCODER)
    scores = index.scores("料金の支払")
    cosines = ENCODER.encode_passages(texts) @ ENCODER.encode_query("料金の支払")
    assert scores == pytest.approx([cosines[:2].max(), cosines[2]])


def test_save_and_load_agree(tmp_path):
    index = DenseIndex.from_vectors(ENCODER.encode_passages(["解約", "料金"]), [0, 1], 2, ENCODER)
    index.save(tmp_path)
    assert np.array_equal(DenseIndex.load(tmp_path, 2, ENCODER).scores("解約"), index.scores("解約"))


def test_an_empty_index_finds_nothing():
    assert DenseIndex.from_vectors(ENCODER.encode_passages([]), [], 0, ENCODER).scores("解約").shape == (0,)


def test_the_kind_of_index_follows_the_number_of_vectors(monkeypatch):
    vectors = np.random.default_rng(1).normal(size=(900, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert isinstance(make_faiss(vectors), faiss.IndexFlat)
    monkeypatch.setattr("index.dense.EXACT_UP_TO", 500)
    inverted = make_faiss(vectors)
    assert not isinstance(inverted, faiss.IndexFlat)
    _, found = inverted.search(vectors[:20], 1)
    assert (found[:, 0] == np.arange(20)).mean() >= 0.9
    assert EXACT_UP_TO >= 10_000


FUSED = [
    ([0, 0], [0, 0], [0.5, 0.5], "nothing in words: meaning decides"),
    ([2, 0], [-1, -1], [0.5, 0], "no meaning at all: words decide"),
    ([4, 2], [1, 0], [1, 0.5], "the best of both is 1"),
]


@pytest.mark.parametrize(("lexical", "dense", "fused", "why"), FUSED, ids=[w for *_, w in FUSED])
def test_convex_combination(lexical, dense, fused, why):
    got = convex_combination(np.array(lexical, np.float32), np.array(dense, np.float32), 0.5)
    assert got == pytest.approx(fused)


@given(st.lists(st.tuples(st.floats(0, 50, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=20))
def test_fused_scores_lie_between_0_and_1_and_keep_the_order(pairs):
    lexical, dense = (np.array(side, dtype=np.float32) for side in zip(*pairs, strict=True))
    fused = convex_combination(lexical, dense)
    assert ((fused >= -1e-5) & (fused <= 1 + 1e-5)).all()
    better = (lexical[:, None] >= lexical) & (dense[:, None] >= dense)
    assert (fused[:, None] - fused)[better].min() >= -1e-5


def test_scaled_of_nothing_is_nothing():
    assert scaled(np.zeros(3, np.float32), 0.0).tolist() == [0, 0, 0]
    assert 0 < ALPHA < 1


def passage(text: str, title: str = "解約") -> Passage:
    return Passage("x:1.1", "x", title, "", Prose(text, ()))


VECTORS = [
    ("当社は、契約を解約することができます。", ["解約。当社は、契約を解約することができます。"], "one sentence: one vector"),
    (
        "当社は、契約を解約できます。この場合、当社は通知します。",
        [
            "解約。当社は、契約を解約できます。この場合、当社は通知します。",
            "解約。当社は、契約を解約できます。",
            "解約。この場合、当社は通知します。",
        ],
        "the whole, and each sentence",
    ),
    (
        "次のとおりとします。\n(1) 料金を支払わないとき\n(2) 甲",
        ["解約。次のとおりとします。 (1) 料金を支払わないとき (2) 甲", "解約。(1) 料金を支払わないとき"],
        "items are parts; what is too short is none",
    ),
]


@pytest.mark.parametrize(("text", "texts", "why"), VECTORS, ids=[w for *_, w in VECTORS])
def test_vector_texts(text, texts, why):
    assert list(vector_texts(passage(text))) == texts


def test_vectors_known_by_their_text_are_not_made_again(tmp_path):
    encoder = BigramEncoder()
    keys, vectors = VectorCache({}).encode(["甲", "乙", "甲"], encoder, lambda _: None)
    assert encoder.encoded == ["甲", "乙"]
    assert np.array_equal(vectors[0], vectors[2])
    save_vectors(tmp_path, keys, vectors)
    VectorCache.load(tmp_path, encoder, encoder.fingerprint).encode(["乙", "丙"], encoder, lambda _: None)
    assert encoder.encoded == ["甲", "乙", "丙"]
    VectorCache.load(tmp_path, encoder, "another").encode(["乙"], encoder, lambda _: None)
    assert encoder.encoded[-1] == "乙"
