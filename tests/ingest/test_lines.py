import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import IDS
from ingest.lines import read_lines

KINDS = [
    ("目次", "contents"),
    ("第1条 目的", "heading"),
    ("（目的）", "caption"),
    ("| 用語 | 意味 |", "table"),
    ("用語 用語の意味", "table head"),
    ("以上", "end mark"),
    ("　以　上　", "end mark"),
    ("以上の場合", "text"),
    ("- 2.前項", "text"),
    ("", "blank"),
    ("　", "blank"),
    ("-", "text"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text, kind):
    (line,) = read_lines(text + "\n")
    assert line.kind == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [("- 2.前項", "2.前項"), ("## 第1条 定義", "第1条 定義"), ("・甲", "甲"), ("-3度", "-3度"), ("　 甲　", "甲")],
)
def test_bullets_are_not_words(text, words):
    (line,) = read_lines(text)
    assert line.text == words


def test_a_page_wrapped_by_hand_is_noticed():
    wrapped = "第1条（目的）\n" + "当社は、本約款に基づき、お客様に対して本サービスを提供し、お客様は利用し\nます。\n" * 10
    lines = read_lines(wrapped)
    assert lines[2].flows
    assert not lines[3].flows
    assert not any(line.flows for line in read_lines("第1条（目的）\n当社は提供します。\n2 お客様は利用します。\n"))


@given(st.text())
def test_lines_joined_are_the_text(text):
    assert "".join(text[line.span.start : line.span.end] for line in read_lines(text)) == text


@pytest.mark.parametrize("document", IDS)
def test_lines_joined_are_the_corpus(document, documents):
    source = documents[document].reading.source
    assert "".join(source[line.span.start : line.span.end] for line in read_lines(source)) == source
