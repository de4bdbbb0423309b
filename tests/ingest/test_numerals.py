import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import numerals

INTEGERS = [
    ("12", 12, "half-width"),
    ("１２", 12, "full-width"),
    ("十", 10, "ten alone"),
    ("二十", 20, "tens"),
    ("百二十三", 123, "hundreds"),
    ("千五", 1005, "thousand with a gap"),
    ("一二三", 123, "positional kanji"),
    ("二〇", 20, "kanji zero"),
    ("弐拾参", 23, "formal kanji"),
    ("十百", None, "units must fall"),
    ("二三十", None, "two digits before a unit"),
    ("", None, "nothing"),
    ("条", None, "no digit"),
    ("９" * 30, None, "beyond any article"),
]


@pytest.mark.parametrize(("text", "value", "why"), INTEGERS, ids=[w for _, _, w in INTEGERS])
def test_integer(text, value, why):
    assert numerals.integer(text) == value


NUMBERED = [
    ("第百二十三条の二", (123, 2), "kanji with a branch"),
    ("第 ３ 章", (3,), "full-width with blanks"),
    ("第25条の2の3", (25, 2, 3), "two branches"),
    ("第1-2条", (1, 2), "hyphen branch"),
    ("第１－２条", (1, 2), "full-width hyphen"),
    ("第条", None, "no number"),
    ("前条", None, "relative"),
]


@pytest.mark.parametrize(("text", "value", "why"), NUMBERED, ids=[w for _, _, w in NUMBERED])
def test_numbered(text, value, why):
    assert numerals.numbered(text) == value


MARKS = [
    (numerals.circled, "①", 1),
    (numerals.circled, "⑳", 20),
    (numerals.circled, "㊿", 50),
    (numerals.circled, "❸", 3),
    (numerals.circled, "㊤", None),
    (numerals.circled, "1", None),
    (numerals.parenthesized, "⑴", 1),
    (numerals.parenthesized, "⒇", 20),
    (numerals.parenthesized, "㈠", 1),
    (numerals.parenthesized, "①", None),
    (numerals.roman, "ii", 2),
    (numerals.roman, "Ⅳ", 4),
    (numerals.roman, "xlix", 49),
    (numerals.roman, "iiii", None),
    (numerals.roman, "abc", None),
]


@pytest.mark.parametrize(("read", "text", "value"), MARKS)
def test_marks(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("char", "row", "place"),
    [
        ("イ", numerals.IROHA, 1),
        ("ロ", numerals.IROHA, 2),
        ("ハ", numerals.IROHA, 3),
        ("イ", numerals.GOJUON, 2),
        ("ｱ", numerals.GOJUON, 1),
        ("", numerals.IROHA, None),
    ],
)
def test_place(char, row, place):
    assert numerals.place(char, row) == place


def kanji(n: int) -> str:
    """A number up to 9999 as it is written in kanji."""
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("" if digit == 1 and name else "一二三四五六七八九"[digit - 1]) + name
    return out


@given(st.integers(1, 9999))
def test_every_way_to_write_a_number_reads_the_same(n):
    assert (
        numerals.integer(str(n)) == numerals.integer(str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == n
    )
    assert numerals.integer(kanji(n)) == n


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for read in (numerals.integer, numerals.numbered, numerals.circled, numerals.parenthesized, numerals.roman):
        read(text)
