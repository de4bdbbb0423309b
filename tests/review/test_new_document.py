"""Terms of another kind of business, the house rules of a fitness club, put into the corpus as a user puts them there.

Nothing in the program knows of them, nobody translated them; the expected values were read from tests/data/documents/fitness.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from written import read_sheets, words_of

import cli
from conftest import CORPUS, DATA, IDS, tight
from index.build import build_index
from index.encoder.encoder import SentenceEncoder
from index.search import Searcher
from ingest.document import read_document
from review.chart import point
from review.compare import compare_type, coverage
from review.desk import Desk
from review.reports.report import write_report
from review.reports.request import FORMATS, Request

FITNESS = DATA / "documents" / "fitness"
TYPES = ("late-charge", "jurisdiction", "customer-cancellation", "fees")


class Place(NamedTuple):
    corpus: Path
    index: Path


@pytest.fixture(scope="module")
def place(index_folder, tmp_path_factory):
    """The six documents and their index, which began as that of the five: only the new text is encoded."""
    folder = tmp_path_factory.mktemp("six")
    corpus, index = folder / "corpus", folder / ".yakkan"
    for identity in IDS:
        shutil.copytree(CORPUS / identity, corpus / identity)
    shutil.copytree(FITNESS, corpus / "fitness")
    for name in ("glossary.tsv", "clause_types.toml"):
        shutil.copy(CORPUS / name, corpus)
    shutil.copytree(index_folder, index)
    assert build_index(corpus, index, SentenceEncoder()).documents == 6
    return Place(corpus, index)


@pytest.fixture(scope="module")
def six(place):
    encoder = SentenceEncoder()
    return Desk.open(place.corpus, Searcher.open(place.index, encoder), encoder)


def cell(desk, identity):
    return compare_type(desk, identity).cells["fitness"]


def clauses(desk, identity):
    return [p.clause.partition(":")[2] for p in cell(desk, identity).paragraphs]


def test_the_text_is_read_whole():
    outline = read_document(FITNESS).reading.outline
    levels = [clause.level for clause in outline.walk()]
    assert outline.problems == ()
    assert (levels.count("chapter"), levels.count("article"), levels.count("supplement"), levels.count("schedule")) == (
        6,
        27,
        1,
        2,
    )
    assert [c.title for c in outline.walk() if c.address in ("fitness:12", "fitness:15", "fitness:19")] == [
        "休会",
        "除名",
        "ロッカー",
    ]


def test_what_it_refers_to_is_found():
    found = {(r.clause, r.text): (r.targets, r.external) for r in read_document(FITNESS).reading.references}
    assert found["fitness:1.2", "第２０条"] == (("fitness:20",), None)
    assert found["fitness:5.2", "別表２"] == (("fitness:schedule-2",), None)
    assert found["fitness:15.1.4", "第３条第６号"] == (("fitness:3.1.6",), None)
    assert found["fitness:18.2", "前項第１号"] == (("fitness:18.1.1",), None)
    assert found["fitness:26.1", "民法第５４８条の４"] == ((), "民法")


SAID = [
    ("late-charge", ["11.1"], [("年１２パーセント", "12%/yr"), ("翌日", "D+1")], "第１１条 遅延損害金"),
    ("jurisdiction", ["27.1"], [("大阪地方裁判所", "大阪地方裁判所"), ("大阪簡易裁判所", "大阪簡易裁判所")], "第２７条 合意管轄"),
    ("customer-cancellation", ["14.1", "14.2", "14.3"], [("１か月前まで", "P1M")], "第１４条 退会"),
    (
        "fees", ["9.1", "9.2", "9.3", "9.4", "12.3", "schedule-2.1"],
        [("２か月前まで", "P2M"), ("１，６５０円", "JPY 1650"), ("１０，４５０円", "JPY 10450"), ("２，７５０円", "JPY 2750")],
        "第９条 会費, 休会中の在籍料 and 別表２",
    ),
    ("payment", ["10.1", "10.2"], [("毎月２７日", "M:27"), ("翌営業日", "BD+1"), ("５５０円", "JPY 550")], "第１０条 支払方法"),
    ("change-of-details", ["7.1"], [("１４日以内", "P14D")], "第７条 届出事項の変更"),
    ("eligibility", ["3.1", "4.1", "4.2"], [], "入会資格, and 法定代理人の同意 for the young"),
    ("refusal", ["5.3"], [], "申込みを承諾しないことができます"),
    ("assignment", ["8.1"], [], "第８条 譲渡の禁止"),
    ("refund", ["9.5", "18.3"], [("３か月前まで", "P3M")], "返還しません, and what is paid back when the club closes"),
    ("provider-termination", ["15.1", "15.2"], [("３か月以上", "P3M")], "第１５条 除名"),
    ("discontinuation", ["18.3"], [("３か月前まで", "P3M")], "本クラブを廃止するとき"),
    ("exclusions", ["19.3", "23.1"], [], "lockers, and the company's liability"),
    ("prohibited-conduct", ["21.1"], [], "第２１条 禁止行為"),
    ("customer-liability", ["24.1"], [], "第２４条 会員の損害賠償責任"),
    ("personal-data", ["25.1"], [("個人情報の保護に関する法律（平成１５年法律第５７号）", "Act:2003-57")], "第２５条 個人情報"),
    ("amendment", ["26.1"], [("民法", "民法"), ("１か月前まで", "P1M")], "第２６条 規約の変更"),
]  # fmt: skip


@pytest.mark.parametrize(("identity", "expected", "values", "why"), SAID, ids=[f"{row[0]}: {row[-1]}" for row in SAID])
def test_what_it_says_is_found(identity, expected, values, why, six):
    found = cell(six, identity)
    assert (found.status, found.defers_to) == ("present", None)
    assert set(clauses(six, identity)) >= set(expected)
    assert {(placed.fact.text, placed.fact.normalized) for placed in found.facts} >= set(values)


@pytest.mark.parametrize(("identity", "clause"), [("late-charge", "11.1"), ("jurisdiction", "27.1")])
def test_what_one_clause_says_is_found_in_that_clause_only(identity, clause, six):
    assert clauses(six, identity) == [clause]


BOUND = [
    ("late-charge", "11.1", "customer", "must", "会員は…支払うものとします"),
    ("customer-cancellation", "14.1", "customer", "must", "会員は…退会届を提出するものとします"),
    ("provider-termination", "15.1", "provider", "may", "当社は…除名することができます"),
    ("refusal", "5.3", "provider", "may", "当社は…承諾しないことができます"),
    ("refusal", "5.3", "provider", "not_liable", "理由を開示する義務を負いません"),
    ("assignment", "8.1", "customer", "must_not", "会員は…担保に供することができません"),
    ("prohibited-conduct", "21.1", "customer", "must_not", "会員は…してはなりません"),
    ("amendment", "26.1", "provider", "must", "当社は…知らせるものとします"),
]


@pytest.mark.parametrize(("identity", "clause", "party", "modality", "why"), BOUND, ids=[row[-1] for row in BOUND])
def test_who_must_or_may(identity, clause, party, modality, why, six):
    norms = {(placed.clause, placed.fact.party, placed.fact.modality) for placed in cell(six, identity).facts}
    assert (f"fitness:{clause}", party, modality) in norms


def test_facts_stand_where_they_say(six):
    facts = [(p.text, f) for p in six.paragraphs("fitness") for f in p.facts]
    assert len(facts) > 50
    assert all(text[slice(*fact.span)] == fact.text for text, fact in facts)


ABSENT = [
    "secrecy-of-communications", "ip-ownership", "subcontracting", "audit", "export-control", "data-backup", "deposit",
    "service-level", "traffic-control", "governing-law", "confidentiality",
]  # fmt: skip


@pytest.mark.parametrize("identity", ABSENT)
def test_what_it_does_not_say_is_not_mentioned(identity, six):
    found = cell(six, identity)
    assert (found.status, found.paragraphs, found.facts) == ("not_mentioned", (), ())
    assert found.defers_to is None  # the club stands on no other terms


@pytest.mark.parametrize("identity", TYPES)
def test_the_other_documents_say_what_they_said_without_it(identity, six, desk):
    with_it, without = compare_type(six, identity).cells, compare_type(desk, identity).cells
    assert list(with_it) == sorted([*IDS, "fitness"])
    for document in IDS:
        assert [p.clause for p in with_it[document].paragraphs] == [p.clause for p in without[document].paragraphs]
        assert with_it[document].facts == without[document].facts


def test_its_column_of_the_coverage(six):
    found = coverage(six)
    column = found.cells["fitness"]
    assert [d.id for d in found.documents] == sorted([*IDS, "fitness"])
    assert column["late-charge"] == ("fitness:11.1",)
    assert column["jurisdiction"] == ("fitness:27.1",)
    assert column["traffic-control"] == ()
    assert set(column["customer-cancellation"]) >= {"fitness:14.1", "fitness:14.2", "fitness:14.3"}
    known = {c.address for c in read_document(FITNESS).reading.outline.walk()}
    assert {clause for named in column.values() for clause in named} <= known


CHARTED = [
    ("late-charge", "fitness:11.1", "年１２パーセント", 12.0),
    ("customer-cancellation", "fitness:14.1", "１か月前まで", 30.0),
]


@pytest.mark.parametrize(("identity", "clause", "text", "amount"), CHARTED, ids=[row[0] for row in CHARTED])
def test_its_number_in_the_chart(identity, clause, text, amount, six):
    compared = compare_type(six, identity)
    found = point(compared.type, compared.cells["fitness"])
    assert (found.clause, found.text, found.amount) == (clause, text, amount)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_everything(form, six, tmp_path):
    written = write_report(six, Request(form, tmp_path / f"report.{form}"))
    words = words_of(written.output)
    assert (written.types, written.documents) == (len(six.types), 6)
    for paragraph in six.paragraphs("fitness"):
        if paragraph.types:
            assert paragraph.clause in words
            assert tight(paragraph.text) in words
    for expected in ("フィットネスクラブミナトリア", "株式会社ミナトリア健康企画", "2025-04-01", "年１２パーセント[12%/yr]"):
        assert expected in words
    assert "大阪簡易裁判所[OsakaSummaryCourt]" in words


@pytest.mark.parametrize(
    ("languages", "court"), [(("ja",), "大阪地方裁判所[大阪地方裁判所]"), (("en",), "大阪地方裁判所[OsakaDistrictCourt]")]
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_report_in_one_language(form, languages, court, six, tmp_path):
    words = words_of(write_report(six, Request(form, tmp_path / f"r.{form}", TYPES, ("fitness", "ngn-vpn"), languages)).output)
    assert court in words
    assert ("FitnessClubMinatoria" in words) is (languages == ("en",))


def test_its_rows_of_the_workbook(six, tmp_path):
    sheets = read_sheets(write_report(six, Request("xlsx", tmp_path / "r.xlsx", ("late-charge",))).output)
    sheet = next(sheet for name, sheet in sheets.items() if name.endswith("Late charge"))
    (row,) = [sheet.row(n) for n in range(5, 40) if sheet.row(n)[:1] == ["fitness"]]
    assert row[2:5] == ["2025-04-01", "fitness:11.1", "遅延損害金"]
    assert row[5].endswith("年１２パーセントの割合による遅延損害金を当社に支払うものとします。")
    assert row[6] == ""  # no translation
    assert "年１２パーセント [12%/yr]" in row[7].split("\n")
    assert row[8] == "契約者 / the customer: 義務 / must"


def test_the_command_compares_it(place, monkeypatch, capsys):
    options = ["--document", "fitness", "--corpus", str(place.corpus), "--index", str(place.index), "--json"]
    monkeypatch.setattr(sys, "argv", ["yakkan", "compare", "late-charge", *options])
    cli.main()
    (answer,) = json.loads(capsys.readouterr().out)["documents"].values()
    assert (answer["status"], answer["clauses"], answer["defers_to"]) == ("present", ["fitness:11.1"], None)
    assert {"12%/yr", "D+1"} <= {fact["normalized"] for fact in answer["facts"]}


FOUND = [
    ("退会はいつまでに届け出るか", "a question in Japanese"),
    ("フィットネスクラブ 退会", "the name of the service in the query"),
    ("withdrawal from membership notice", "English, without a translation of the text"),
]


@pytest.mark.parametrize(("query", "why"), FOUND, ids=[row[-1] for row in FOUND])
def test_search_finds_it(query, why, six):
    assert "fitness:14.1" in [hit.clause for hit in six.searcher.search(query, ["fitness"], 5).hits]
