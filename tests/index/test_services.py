import pytest

from index.services import ServiceNames

NAMES = ServiceNames(
    [("mdr-ndr", ["MDRサービス", "NDR", "MDR NDR"]), ("masters-one", ["Master'sONE", "マスターズワン"]), ("x", [])]
)

SPLIT = [
    ("NDR 解約いつまで", ("mdr-ndr",), "解約いつまで", "an alias"),
    ("how do I cancel MDR NDR?", ("mdr-ndr",), "how do I cancel ?", "the longest alias, blanks inside"),
    ("ｍｄｒｻｰﾋﾞｽの料金", ("mdr-ndr",), "の料金", "half-width kana"),
    ("Master's ONE と NDR", ("mdr-ndr", "masters-one"), "と", "two of them"),
    ("vendor liability", (), "vendor liability", "not inside a word"),
    ("NDR", ("mdr-ndr",), "NDR", "nothing else is left"),
    ("解約", (), "解約", "no name"),
]


@pytest.mark.parametrize(("query", "documents", "rest", "why"), SPLIT, ids=[w for *_, w in SPLIT])
def test_split(query, documents, rest, why):
    assert NAMES.split(query) == (documents, rest)
