import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.folding import fold, folded

FOLDED = [
    ("ＡＢＣ", "abc", "full-width letters, case"),
    ("ﾈｯﾄﾜｰｸ", "ネットワーク", "half-width kana"),
    ("ｶﾞｽ", "ガス", "half-width voicing"),
    ("か\u3099", "が", "decomposed kana"),
    ("①⑴", "1(1)", "enclosed digits, for matching only"),
    ("損害〜賠償～", "損害~賠償~", "tildes"),
    ("A－B‐C−D―E", "a-b-c-d-e", "dashes"),
    ("舊國會學", "旧国会学", "old forms"),
    ("㈱", "(株)", "one character becomes several"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FOLDED, ids=[w for _, _, w in FOLDED])
def test_folded(text, expected, why):
    assert folded(text) == expected


@pytest.mark.parametrize(("text", "found", "source"), [("甲㈱乙", "株", "㈱"), ("ｶﾞｽ料金", "ガス", "ｶﾞｽ"), ("第①号", "1", "①")])
def test_offsets_lead_back_to_the_source(text, found, source):
    form = fold(text)
    at = form.text.index(found)
    start, end = form.source_span(at, at + len(found))
    assert text[start:end] == source


@given(st.text())
def test_the_map_is_monotone_and_covers_the_source(text):
    form = fold(text)
    assert len(form.text) == len(form.starts) == len(form.ends)
    assert list(form.starts) == sorted(form.starts)
    assert list(form.ends) == sorted(form.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(form.starts, form.ends, strict=True))
    assert form.source_span(0, 0).start <= len(text)
