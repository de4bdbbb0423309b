import pytest

from conftest import IDS, rows, tight
from ingest.document import read_source

ROWS = rows("references.tsv")


@pytest.mark.parametrize("document", IDS)
def test_references_as_read(document, documents):
    """Every reference of a text, found where it stands and resolved to the clauses a reader would turn to."""
    reading = documents[document].reading
    flagged = {(p.start, p.end) for p in reading.outline.problems}
    found = sorted(
        (r.clause.partition(".table")[0], tight(r.text), " ".join(r.targets), (r.span.start, r.span.end) in flagged)
        for r in reading.references
    )
    expected = sorted(
        (row["clause"], tight(row["text"]), row["targets"], row["problem"] == "yes")
        for row in ROWS
        if row["clause"].startswith(f"{document}:")
    )
    assert found == expected


EXTERNAL = [
    ("cwpp", "cwpp:6.3", "基本約款"),
    ("cwpp", "cwpp:13.1", "電気通信事業法"),
    ("masters-one", "masters-one:2.1", "民法"),
    ("ngn-vpn", "ngn-vpn:37.1.5", "不正アクセス行為の禁止等に関する法律"),
]


@pytest.mark.parametrize(("document", "clause", "name"), EXTERNAL)
def test_references_elsewhere_are_named(document, clause, name, documents):
    assert name in [r.external for r in documents[document].reading.references if r.clause == clause]


TEXT = "第1条（目的）\n甲は払う。\n2 乙は受け取る。\n第2条（手順）\n{}\n2 次による。\n(1) 丙\n(2) 丁\n3 {}\n"
SMALL = [
    ("前条の定めによる。", "前項による。", ["前条→1", "前項→2.2"], "relative"),
    ("次条の定めによる。", "前2項による。", ["次条→", "前2項→2.1 2.2"], "the article after the last; two paragraphs"),
    (
        "第1条第1項及び第2項による。",
        "第2項各号による。",
        ["第1条第1項→1.1", "第2項→1.2", "第2項各号→2.2.1 2.2.2"],
        "the article is inherited when joined",
    ),
    ("第1条から第2条までによる。", "第2項第2号による。", ["第1条から第2条→1 2", "第2項第2号→2.2.2"], "a range"),
    (
        "民法第90条及び第91条による。",
        "同法第92条による。",
        ["民法第90条→", "第91条→", "同法第92条→"],
        "a law, then joined to it, then 同法",
    ),
    (
        "本規約第1条による。",
        "同条による。",
        ["第1条→1", "同条→"],
        "its own name is no other document; 同条 needs one named in the same clause",
    ),
]


@pytest.mark.parametrize(("first", "last", "expected", "why"), SMALL, ids=[w for *_, w in SMALL])
def test_small(first, last, expected, why):
    reading = read_source(TEXT.format(first, last))
    assert [f"{tight(r.text)}→{' '.join(r.targets)}" for r in reading.references if r.clause in ("2.1", "2.3")] == expected


COMPLAINTS = [
    ("前項による。", "there is no paragraph before this one"),
    ("第9条による。", "no such article in this text"),
    ("第1条（手続）による。", "its title is 目的 there"),
    ("第1条第5項による。", "no such paragraph in this text"),
    ("別表1による。", "this text has no 別表1"),
    ("第3章による。", "no such chapter in this text"),
]


@pytest.mark.parametrize(("text", "complaint"), COMPLAINTS)
def test_what_cannot_be_right_is_reported(text, complaint):
    problems = read_source(TEXT.format(text, "払う。")).outline.problems
    assert any(p.message.endswith(complaint) for p in problems)
