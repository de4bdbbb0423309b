import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import english_words, language_of, query_terms, text_terms

LANGUAGES = [("解約", "ja"), ("NDR 解約", "ja"), ("ﾈｯﾄﾜｰｸ", "ja"), ("cancel NDR", "en"), ("14.6%", "en"), ("", "en")]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language_of(text, language):
    assert language_of(text) == language


def test_compounds_stand_beside_their_parts():
    keys = {t.key for t in text_terms("遅延損害金を支払う")}
    assert {"遅延", "損害", "遅延損害", "損害金", "遅延損害金"} <= keys


def test_without_compounds_only_the_parts():
    assert "遅延損害金" not in {t.key for t in text_terms("遅延損害金を支払う", with_compounds=False)}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("サーバ", "サーバー", "long vowel"),
        ("申込", "申し込み", "okurigana"),
        ("ＩＤ", "id", "width and case"),
        ("ﾈｯﾄﾜｰｸ", "ネットワーク", "half-width kana"),
        ("支払った", "支払う", "inflection"),
    ],
)
def test_variants_share_a_term(one, other, why):
    assert set(query_terms(one)) & set(query_terms(other)), why


def test_katakana_is_found_by_its_english_word():
    assert {t.key for t in english_words("network")} & {t.key for t in text_terms("ネットワークの障害")}


def test_english_words_are_stemmed_and_stop_words_dropped():
    assert [t.key for t in english_words("The Company's cancellations of the contracts")] == ["compani", "cancel", "contract"]


@given(st.text(alphabet="解約は遅延損害金をＩＤ ID①サーバ。、a-z\n　㈱ｶﾞ", max_size=60))
def test_terms_lie_where_they_say(text):
    for term in text_terms(text):
        assert 0 <= term.start < term.end <= len(text)
        assert not text[term.start : term.end].isspace()
