import pytest

from conftest import IDS, rows, tight
from ingest.document import read_source

ROWS = rows("definitions.tsv")


@pytest.mark.parametrize("document", IDS)
def test_definitions_as_read(document, documents):
    """Every defined term of a text, where it is defined, and no other; its meaning holds the words a reader marked."""
    definitions = documents[document].reading.definitions
    expected = [row for row in ROWS if row["clause"].startswith(f"{document}:")]
    assert sorted((d.clause, tight(d.term)) for d in definitions) == sorted((r["clause"], tight(r["term"])) for r in expected)
    for row in expected:
        meanings = [tight(d.meaning) for d in definitions if d.clause == row["clause"] and tight(d.term) == tight(row["term"])]
        assert any(tight(row["meaning_has"]) in meaning for meaning in meanings), row


@pytest.mark.parametrize("document", IDS)
def test_spans_lead_to_the_term(document, documents):
    reading = documents[document].reading
    for definition in reading.definitions:
        assert tight(reading.source[definition.span.start : definition.span.end]) == tight(definition.term)


SMALL = [
    ("当社（以下「甲」という。）は払う。", [("甲", "当社")], "以下「」"),
    ("株式会社山田（以下、運営者という）は払う。", [("運営者", "株式会社山田")], "以下 without brackets"),
    ("「会員」とは、入会を承認された者をいう。", [("会員", "入会を承認された者をいう")], "とは"),
    ("会員とは、入会を承認された者をいう。", [("会員", "入会を承認された者をいう")], "とは without brackets"),
    ("機器（付属品を含み、以下同じ。）を貸す。", [("機器", "付属品を含み")], "以下同じ"),
    (
        "甲（乙（以下「丙」という。）の子会社をいう。以下同じ。）は払う。",
        [("甲", "乙（以下「丙」という。）の子会社をいう"), ("丙", "乙")],
        "one inside another",
    ),
    ("本契約において「端末」とは、電話機をいう。", [("端末", "電話機をいう")], "とは behind where it holds"),
    (
        "山田社（以下「甲」という。）と佐藤社（以下「乙」という。）は払う。",
        [("甲", "山田社"), ("乙", "佐藤社")],
        "two parties joined by と",
    ),
    ("会員とは、当社が認めた者。なお、月額の料金は千円である。", [], "a meaning does not run over a sentence"),
    ("料金（消費税を含む。）を払う。", [], "a remark in brackets defines nothing"),
    ("甲とは異なる者が払う。", [], "とは that defines nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SMALL, ids=[w for *_, w in SMALL])
def test_small(text, expected, why):
    reading = read_source(f"第1条（定義）\n{text}\n")
    assert [(d.term, d.meaning) for d in reading.definitions] == expected
