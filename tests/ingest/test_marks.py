import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.marks import Style, read_marks

MARKS = [
    ("(1) 乙は", [(Style.BRACKET, 1, True)], "half-width brackets"),
    ("（１０）甲は", [(Style.BRACKET, 10, True)], "full-width brackets"),
    ("⑶甲は", [(Style.BRACKET, 3, True)], "one character"),
    ("②甲は", [(Style.CIRCLED, 2, True)], "circled"),
    ("2. 前項", [(Style.DIGIT, 2, True)], "digit with a stop"),
    ("２　当社は", [(Style.DIGIT, 2, False)], "digit with a blank"),
    ("2甲は", [(Style.DIGIT, 2, False)], "digit alone"),
    ("3) 甲は", [(Style.DIGIT_CLOSED, 3, True)], "digit with a bracket"),
    ("第2項 甲は", [(Style.PARAGRAPH, 2, True)], "named paragraph"),
    ("一　目的", [(Style.KANJI, 1, False)], "kanji with a blank"),
    ("（二）範囲", [(Style.KANJI_BRACKET, 2, True)], "kanji in brackets"),
    ("ロ 範囲", [(Style.IROHA, 2, False), (Style.GOJUON, 43, False)], "イロハ or アイウ"),
    ("(ア) 範囲", [(Style.IROHA_BRACKET, 36, True), (Style.GOJUON_BRACKET, 1, True)], "アイウ in brackets"),
    ("(i) scope", [(Style.LATIN_BRACKET, 9, True), (Style.ROMAN_BRACKET, 1, True)], "letter or roman numeral"),
    ("1.5倍を", [], "a decimal number"),
    ("２項の規定", [], "a reference"),
    ("(1)の規定", [], "a reference to an item"),
    ("12か月分の", [], "a period"),
    ("150日間は", [], "a count"),
    ("108 号）、地方税法", [], "the end of a law number: 号 counts, but see below"),
    ("a contract", [], "an English word"),
    ("一つの基本", [], "a word that begins with a numeral"),
    ("", [], "nothing"),
    ("1.", [], "a number and nothing else"),
]


@pytest.mark.parametrize(("text", "marks", "why"), MARKS, ids=[w for _, _, w in MARKS])
def test_marks(text, marks, why):
    assert [(m.style, m.ordinal, m.firm) for m in read_marks(text) if not m.counted] == marks


def test_a_number_before_a_counter_is_only_a_possibility():
    (mark,) = read_marks("108 号）、地方税法")
    assert mark.counted
    assert not mark.firm


@given(st.text(alphabet="(（)）1２三四アイロai①⑴.．、 　項号甲は"))
def test_marks_lie_in_the_line_and_count_from_one(text):
    for mark in read_marks(text):
        assert 0 < mark.length <= len(text)
        assert mark.ordinal >= 1
