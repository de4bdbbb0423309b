import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import StoredReference
from ingest.model import Span
from ui.link import View
from ui.markup import marked_table, marked_text

REFERENCE = StoredReference("前条", "x:2.1", 2, 4, ("x:1",), None)

MARKED = [
    ("甲は払う", [Span(2, 4)], [], "甲は<mark>払う</mark>", "highlight"),
    ("<b>&\"'", [], [], "&lt;b&gt;&amp;&quot;&#x27;", "escaped"),
    ("甲は前条により", [], [REFERENCE], '甲は<a href="./?lang=ja&amp;clause=x%3A1" target="_self">前条</a>により', "reference"),
    (
        "甲は前条により",
        [Span(3, 5)],
        [REFERENCE],
        '甲は<a href="./?lang=ja&amp;clause=x%3A1" target="_self">前</a><a href="./?lang=ja&amp;clause=x%3A1" target="_self"><mark>条</mark></a>'
        "<mark>に</mark>より",
        "highlight across the edge of a reference",
    ),
]


@pytest.mark.parametrize(("text", "highlights", "references", "expected", "why"), MARKED, ids=[w for *_, w in MARKED])
def test_marked_text(text, highlights, references, expected, why):
    assert marked_text(text, highlights, references, View("ja")) == expected


def test_a_part_of_a_text():
    assert marked_text("甲は払う", [Span(1, 3)], start=1, end=4) == "<mark>は払</mark>う"


def test_a_table_has_a_cell_a_line():
    html = marked_table("次のとおり\n用語\n意味\n<甲>\n客", 2, [Span(16, 17)], [], View("ja"), 6, 17)
    assert html == (
        '<table class="yk-table"><thead><tr><th>用語</th><th>意味</th></tr></thead>'
        "<tbody><tr><td>&lt;甲&gt;</td><td><mark>客</mark></td></tr></tbody></table>"
    )


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: Span(min(p), max(p)))))
def test_no_character_of_a_clause_becomes_markup(text, spans):
    inside = [Span(min(s, len(text)), min(e, len(text))) for s, e in spans]
    out = marked_text(text, inside).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in out
    assert ">" not in out
