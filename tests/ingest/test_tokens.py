import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tokens import compounds, tokenize

COMPOUNDS = [
    ("遅延損害金を支払う", ["遅延損害金"], "a run of nouns"),
    ("専属的合意管轄裁判所とする", ["専属的合意管轄裁判所"], "with a suffix inside"),
    ("お客様が申込書を出す", ["お客様", "申込書"], "お客様 begins with a prefix"),
    ("遅延損害金等を支払う", ["遅延損害金"], "等 adds nothing"),
    ("解約するとき東京地方裁判所", ["東京地方裁判所"], "とき is grammar"),
    ("甲は払う", [], "single words"),
]


@pytest.mark.parametrize(("text", "expected", "why"), COMPOUNDS, ids=[w for *_, w in COMPOUNDS])
def test_compounds(text, expected, why):
    assert [c.surface for c in compounds(tokenize(text))] == expected


@pytest.mark.parametrize(
    ("word", "lemma", "foreign"),
    [("ネットワーク", "ネットワーク", "network"), ("サーバ", "サーバー", "server"), ("解約", "解約", None)],
)
def test_katakana_words_know_their_english(word, lemma, foreign):
    (token,) = tokenize(word)
    assert (token.lemma, token.foreign) == (lemma, foreign)


def test_readings():
    assert "".join(t.reading for t in tokenize("解約")) == "カイヤク"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_offsets_are_those_of_the_text(text):
    at = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.surface or "\x00" in text
        assert at <= token.start < token.end <= len(text)
        at = token.end
