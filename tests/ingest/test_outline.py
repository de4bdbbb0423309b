"""The clause tree: golden outlines written by reading, small texts a rule each, and what must always hold."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import DATA, IDS, tight
from ingest.citations import cite
from ingest.document import read_source
from ingest.model import Clause, Outline
from ingest.outline import read_outline
from ingest.prose import clause_prose


def own_words(clause: Clause, source: str) -> str:
    return tight("".join(source[start:end] for block in clause.body for start, end in block))


def printed(outline: Outline, source: str) -> list[tuple[int, str, str, str, str, str]]:
    """One row a node: depth, level, address, label, title, own words."""
    rows = []

    def walk(clause: Clause, depth: int) -> None:
        row = (
            depth,
            clause.level,
            clause.address or "-",
            tight(clause.label),
            tight(clause.title or ""),
            own_words(clause, source),
        )
        rows.append(row)
        for child in clause.children:
            walk(child, depth + 1)

    for clause in outline.clauses:
        walk(clause, 0)
    return rows


def golden(document: str) -> list[tuple[int, str, str, str, str, str, str]]:
    """The rows of a golden outline: depth, level, address, label, title, first words, last words (or all of them, and …)."""
    rows = []
    for line in (DATA / "outlines" / f"{document}.txt").read_text(encoding="utf-8").splitlines():
        head, label, title, text = [*(field.strip() for field in re.split(r" \|(?: |$)", line)), "", "", ""][:4]
        level, address = head.split()
        first, dots, last = text.partition("…")
        depth = (len(line) - len(line.lstrip())) // 2
        rows.append((depth, level, address, tight(label), tight(title), tight(first), tight(last) if dots else "whole"))
    return rows


@pytest.mark.parametrize("document", IDS)
def test_golden_outline(document, documents):
    reading = documents[document].reading
    found = printed(reading.outline, reading.source)
    expected = golden(document)
    assert [row[:5] for row in found] == [row[:5] for row in expected]
    for row, (*_, first, last) in zip(found, expected, strict=True):
        words = row[5]
        clean_first = first.replace("\\", "")
        if last == "whole":
            assert words == clean_first, row[2]
        else:
            assert words.startswith(clean_first), row[2]
            assert words.endswith(last), row[2]


COUNTS = [("netmeister", 19, 0), ("mdr-ndr", 35, 0), ("masters-one", 69, 9), ("ngn-vpn", 57, 11), ("cwpp", 14, 0)]


@pytest.mark.parametrize(("document", "articles", "chapters"), COUNTS)
def test_articles_and_chapters(document, articles, chapters, documents):
    levels = [clause.level for clause in documents[document].reading.outline.walk()]
    assert (levels.count("article"), levels.count("chapter")) == (articles, chapters)


def short(source: str) -> list[str]:
    """``address label title: words`` of every node."""
    outline = read_outline(source)
    return [f"{a} {label} {title}: {words}".replace("  ", " ") for _, _, a, label, title, words in printed(outline, source)]


RULES = [
    (
        "第1条（目的）\n甲は支払う。\n2 乙は払わない。\n",
        ["1 第1条 目的: ", "1.1 : 甲は支払う。", "1.2 2 : 乙は払わない。"],
        "an unnumbered first paragraph",
    ),
    (
        "第1条（目的）\n次のとおりとする。\n(1) 甲\n(2) 乙\n2 丙は払う。\n",
        ["1 第1条 目的: ", "1.1 : 次のとおりとする。", "1.1.1 (1) : 甲", "1.1.2 (2) : 乙", "1.2 2 : 丙は払う。"],
        "items, then a paragraph",
    ),
    (
        "第1条（目的）\n次のとおりとする。\n一　甲\n二　乙\n　イ　丙\n　ロ　丁\n三　戊\n",
        ["1 第1条 目的: ", "1.1 : 次のとおりとする。", "1.1.1 一 : 甲", "1.1.2 二 : 乙", "1.1.2.1 イ : 丙", "1.1.2.2 ロ : 丁", "1.1.3 三 : 戊"],
        "kanji items with イロハ below",
    ),
    (
        "第1条（目的）\n次のとおりとする。\nア 甲\nイ 乙\nウ 丙\n",
        ["1 第1条 目的: ", "1.1 : 次のとおりとする。", "1.1.1 ア : 甲", "1.1.2 イ : 乙", "1.1.3 ウ : 丙"],
        "アイウ, where イ is second",
    ),
    (
        "（目的）\n第一条　この規約は目的を定める。\n２　甲は払う。\n（定義）\n第二条　乙は受け取る。\n",
        ["1 第一条 目的: ", "1.1 : この規約は目的を定める。", "1.2 ２ : 甲は払う。", "2 第二条 定義: ", "2.1 : 乙は受け取る。"],
        "captions before the article, body in its line, as in laws",
    ),
    (
        "目次\n第1章 総則\n第1条 目的\n第2条 定義\n附則\n第1章 総則\n第1条 目的\n甲は払う。\n第2条 定義\n乙は受け取る。\n附則\nこの規約は2024年4月1日から施行する。\n",
        [
            "- 目次 : 第1章総則第1条目的第2条定義附則", "chapter-1 第1章 総則: ", "1 第1条 目的: ", "1.1 : 甲は払う。",
            "2 第2条 定義: ", "2.1 : 乙は受け取る。", "s1 附則 : ", "s1.1 : この規約は2024年4月1日から施行する。",
        ],
        "a table of contents that repeats every heading",
    ),
    (
        "第1条（甲）\n払う。\n第1条の2（乙）\n受け取る。\n第2条（丙）\n貸す。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "1-2 第1条の2 乙: ", "1-2.1 : 受け取る。", "2 第2条 丙: ", "2.1 : 貸す。"],
        "branch numbers",
    ),
    (
        "第1条（甲）\n払う。\n第1条（乙）\n受け取る。\n第2条（丙）\n貸す。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "1b 第1条 乙: ", "1b.1 : 受け取る。", "2 第2条 丙: ", "2.1 : 貸す。"],
        "a doubled article number gets a letter",
    ),
    (
        "第1編 総則\n第1条（甲）\n払う。\n第2編 各則\n第1条（乙）\n受け取る。\n",
        ["part-1 第1編 総則: ", "1 第1条 甲: ", "1.1 : 払う。", "part-2 第2編 各則: ", "part-2/1 第1条 乙: ", "part-2/1.1 : 受け取る。"],
        "a part that restarts the numbering",
    ),
    (
        "第1条（甲）\n払う。\n附則\n第1条（施行）\n2024年から施行する。\n第2条（経過措置）\nなお従前の例による。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "s1 附則 : ", "s1/1 第1条 施行: ", "s1/1.1 : 2024年から施行する。", "s1/2 第2条 経過措置: ", "s1/2.1 : なお従前の例による。"],
        "articles inside a 附則",
    ),
    (
        "第1条（甲）\n① 払う。\n② 受け取る。\n",
        ["1 第1条 甲: ", "1.1 ① : 払う。", "1.2 ② : 受け取る。"],
        "circled paragraphs",
    ),
    (
        "第1条（甲）\n払う。\n受け取る。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "1.2 : 受け取る。"],
        "no numbers anywhere: each sentence line is a paragraph",
    ),
    (
        "第1条（甲）\n次のとおり。\n(1) 払う場合\n※翌月に限る\n(2) 貸す場合\n",
        ["1 第1条 甲: ", "1.1 : 次のとおり。", "1.1.1 (1) : 払う場合※翌月に限る", "1.1.2 (2) : 貸す場合"],
        "a note belongs to its item",
    ),
    (
        "第1条（甲）\n次の者は入会できない。\n(1) 未成年者\n(2) 法人\nただし、次の場合は、この限りでない。\n(1) 同意したとき\n(2) 届け出たとき\n2 乙は払う。\n",
        ["1 第1条 甲: ", "1.1 : 次の者は入会できない。ただし、次の場合は、この限りでない。", "1.1.1 (1) : 未成年者", "1.1.2 (2) : 法人",
         "1.1.3 (1) : 同意したとき", "1.1.4 (2) : 届け出たとき", "1.2 2 : 乙は払う。"],
        "a second list in one paragraph",
    ),
    (
        "第1条（甲）\n次の行為を禁じる。\n(1) 複製\n(2) 再配布\n利用者が違反したときは、当社は、契約を解除する。\n2 乙は払う。\n",
        ["1 第1条 甲: ", "1.1 : 次の行為を禁じる。利用者が違反したときは、当社は、契約を解除する。", "1.1.1 (1) : 複製", "1.1.2 (2) : 再配布", "1.2 2 : 乙は払う。"],
        "a sentence behind items without full stops is the paragraph's",
    ),
    (
        "第1条（甲）\n払う。\n附則\n（実施期日）\nこの約款は2024年から実施する。\n2 乙は従前の例による。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "s1 附則 : ", "s1.1 : （実施期日）この約款は2024年から実施する。", "s1.2 2 : 乙は従前の例による。"],
        "a 附則 with numbered paragraphs under captions",
    ),
    (
        "第1条（甲）\n払う。\n附則 この規約は、2020年4月1日から施行する。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "s1 附則 : ", "s1.1 : この規約は、2020年4月1日から施行する。"],
        "a 附則 with its sentence in the same line",
    ),
    (
        "第1条（甲）\n払う。\n別紙1 料金\n1 基本料 100円\n2 通話料 200円\n別紙2 品目\n1 乙\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "appendix-1 別紙1 料金: ", "appendix-1.1 1 : 基本料100円", "appendix-1.2 2 : 通話料200円",
         "appendix-2 別紙2 品目: ", "appendix-2.1 1 : 乙"],
        "a second 別紙 behind a list without full stops",
    ),
    (
        "第1条（甲）\n払う。\n別紙 手順\n手順は次による。\n第1条（乙）\n貸す。\n",
        ["1 第1条 甲: ", "1.1 : 払う。", "appendix-1 別紙 手順: ", "appendix-1.1 : 手順は次による。", "appendix-1.article-1 第1条 乙: ", "appendix-1.article-1.1 : 貸す。"],
        "a 別紙 with a lead and articles of its own",
    ),
    (
        "第1条（甲）\n取得した情報を\n- 1 -\n利用する。\n",
        ["1 第1条 甲: ", "1.1 : 取得した情報を利用する。", "- : -1-"],
        "a page number in mid-sentence is noise",
    ),
    ("**第1条（甲）**\n払う。\n", ["1 第1条 甲: ", "1.1 : 払う。"], "a heading in bold"),
    ("第1条《甲》\n払う。\n第2条：乙\n貸す。\n", ["1 第1条 甲: ", "1.1 : 払う。", "2 第2条 乙: ", "2.1 : 貸す。"], "other brackets, a colon"),
    ("ただの文章です。条文はありません。\n", ["0 : ただの文章です。条文はありません。"], "no article at all"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected", "why"), RULES, ids=[w for *_, w in RULES])
def test_rule(source, expected, why):
    assert [line.strip() for line in short(source)] == [line.strip() for line in expected]


PROBLEMS = [
    ("第1条（甲）\n払う。\n第3条（乙）\n貸す。\n", "number 3 follows 1: a number is missing", "a missing article"),
    ("第1条（甲）\n払う。\n第1条（乙）\n貸す。\n", "number 1 is printed twice", "a doubled article"),
    ("第1条（甲）\n払う。\n2 貸す。\n2 売る。\n", "number 2 is printed twice", "a doubled paragraph"),
    ("第1条（甲）\n2. 払う。\n", "the first paragraph is printed with the number 2", "a first paragraph printed 2."),
    ("第1条（甲）\n次のとおり。\n(1) 払う\n(3) 貸す\n", "number 2 is missing before this one", "a missing item"),
    ("条文なし。\n", "no article (第n条) was found in this text", "no article"),
    ("第1条（甲）\n払う。2 貸す。また\n第2条（乙）\n売る。\n", "the text breaks off here", "text that stops in mid-sentence"),
]


@pytest.mark.parametrize(("source", "message", "why"), PROBLEMS, ids=[w for *_, w in PROBLEMS])
def test_problem(source, message, why):
    assert message in [p.message for p in read_outline(source).problems]


@pytest.mark.parametrize("document", IDS)
def test_clean_text_is_quoted_from_the_source(document, documents):
    source = documents[document].reading.source
    for clause in documents[document].reading.outline.walk():
        prose = clause_prose(clause, source)
        for at, start, length in prose.pieces:
            assert prose.text[at : at + length] == source[start : start + length]
        quoted = "".join(source[a:b] for a, b in prose.source_spans(0, len(prose.text)))
        assert tight(quoted) == tight("".join(prose.text[a : a + n] for a, _, n in prose.pieces))


def check_outline(source: str) -> None:
    """Nothing is lost: each non-blank character is in the own text of exactly one node; addresses are unique;
    spans and children are in order; a second reading gives the same."""
    outline = read_outline(source)
    owned = [0] * len(source)
    addresses = []
    for clause in outline.walk():
        assert list(clause.spans) == sorted(clause.spans)
        for start, end in clause.spans:
            assert 0 <= start <= end <= len(source)
            for i in range(start, end):
                owned[i] += 1
        for start, end in (piece for block in clause.body for piece in block):
            assert any(a <= start and end <= b for a, b in clause.spans)
        starts = [child.start for child in clause.children]
        assert starts == sorted(starts)
        if clause.address is not None:
            addresses.append(clause.address)
        clause_prose(clause, source)
    for i, char in enumerate(source):
        assert owned[i] == 1 if not char.isspace() else owned[i] <= 1, (i, source[max(0, i - 20) : i + 20])
    assert len(addresses) == len(set(addresses))
    assert all(0 <= p.start <= p.end <= len(source) for p in outline.problems)
    assert read_outline(source) == outline
    reading = read_source(source, "x")
    known = set(addresses)
    for reference in reading.references:
        assert {target.partition(":")[2] for target in reference.targets} <= known
    for address in addresses:
        assert cite(f"x:{address}", "ja")
        assert cite(f"x:{address}", "en")


@pytest.mark.parametrize("document", IDS)
def test_nothing_is_lost(document, documents):
    check_outline(documents[document].reading.source)


WIDTHS = str.maketrans("0123456789０１２３４５６７８９（）", "０１２３４５６７８９0123456789()")


def mutated(source: str, seed: int) -> str:
    """A piece of a text with lines dropped, doubled, joined or swapped, and digits changed in width."""
    rng = random.Random(seed)
    lines = source.splitlines(keepends=True)
    start = rng.randrange(len(lines))
    lines = lines[start : start + rng.randrange(10, 160)]
    for _ in range(rng.randrange(1, 12)):
        if not lines:
            break
        i = rng.randrange(len(lines))
        change = rng.randrange(6)
        if change == 0:
            del lines[i]
        elif change == 1:
            lines.insert(i, lines[i])
        elif change == 2:
            lines[i] = lines[i].rstrip("\n")
        elif change == 3:
            lines[i] = lines[i].translate(WIDTHS)
        elif change == 4:
            j = rng.randrange(len(lines))
            lines[i], lines[j] = lines[j], lines[i]
        else:
            cut = rng.randrange(len(lines[i]) + 1)
            lines[i] = lines[i][:cut] + "\n" + lines[i][cut:]
    return "".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=st.sampled_from(IDS), seed=st.integers(0, 10**6))
def test_nothing_is_lost_in_mutated_texts(document, seed, documents):
    check_outline(mutated(documents[document].reading.source, seed))


PIECES = st.sampled_from(
    ["第1条", "第２条", "第三条の二", "第1章", "附則", "別紙1", "別表", "目次", "以上", "（目的）", "(1)", "（２）", "2 ", "２．", "①", "一　", "イ　", "- ", "## ", "| a | b |",
     "|---|---|", "用語 用語の意味", "※", "。", "、", "\n", "\n", "\n\n", " ", "　", "甲は払う", "次の各号", "及び", "\\_", "\r\n", "\x0c", "a", "1.", "(i)", "第1編の2 編", "第2編", "第〇条", "第1節", "別紙1 料金", "前章による。", "本節",
     "第1項から第3項まで", "民法第2条及び第3条", "（以下「甲」という。）", "「乙」とは、丙をいう。", "| | b |", "- 3 -", "（参考）"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@example("第1章 総則\n|---|---|\n甲は払う")
@example("第1章の2 補則\n第1条（甲）\n前章による。")
@example("別紙1 料金\n料金は次のとおりとする。\n第1条（乙）\n払う。\n")
@example("第1条（あ）\nい。\n以上\n（参考）\n別紙1\n1. い\n")
@example("第1編の2 甲\n第1条（乙）\n払う。\n第2編 丙\n第1条（丁）\n払う。\n")
@given(st.lists(PIECES, max_size=60).map("".join))
def test_nothing_is_lost_in_any_text(source):
    check_outline(source)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read(source):
    check_outline(source)
