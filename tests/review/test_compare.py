"""What the five terms say side by side; the expected clauses and values were read from the texts."""

from __future__ import annotations

import pytest
from small import small_desk

from conftest import IDS
from ingest.errors import YakkanError
from review.chart import CHARTED, Point, longest, point
from review.compare import compare_clause, compare_type, coverage, defers_to

BASE = {"netmeister": "netmeister:2.3", "cwpp": "cwpp:1.2"}  # who stands on base terms, and where it says so


def values(cell, kind):
    return [(placed.clause, placed.fact.normalized) for placed in cell.facts if placed.fact.kind == kind]


PRESENT = [
    ("late-charge", "masters-one:51.1", "rate", "14.5%/yr"),
    ("late-charge", "mdr-ndr:14.3", "rate", "14.6%/yr"),
    ("late-charge", "ngn-vpn:21.1", "rate", "14.6%/yr"),
    ("jurisdiction", "mdr-ndr:33.1", "court", "東京地方裁判所"),
    ("jurisdiction", "masters-one:68.1", "court", "東京地方裁判所"),
    ("jurisdiction", "ngn-vpn:55.1", "court", "東京地方裁判所"),
    ("customer-cancellation", "netmeister:18.1", "period", "P1M"),
    ("customer-cancellation", "mdr-ndr:17.1", "period", "P2M"),
    ("customer-cancellation", "masters-one:31.1", "period", "P30D"),
    ("customer-cancellation", "ngn-vpn:41.1", "period", "P1M+P5BD"),
    ("customer-cancellation", "cwpp:9.1", "period", "P1M"),
    ("non-renewal", "mdr-ndr:10.2", "period", "P2M"),
    ("non-renewal", "cwpp:7.2", "period", "P1M"),
]


@pytest.mark.parametrize(("identity", "clause", "kind", "normalized"), PRESENT, ids=[f"{t} {c}" for t, c, *_ in PRESENT])
def test_a_clause_and_its_value(identity, clause, kind, normalized, desk):
    document = clause.partition(":")[0]
    cell = compare_type(desk, identity, [document]).cells[document]
    assert (cell.document, cell.status, cell.defers_to) == (document, "present", None)
    assert clause in [p.clause for p in cell.paragraphs]
    assert (clause, normalized) in values(cell, kind)


NOT_MENTIONED = [
    ("late-charge", "netmeister", "netmeister:2.3"),
    ("late-charge", "cwpp", "cwpp:1.2"),
    ("jurisdiction", "netmeister", "netmeister:2.3"),
    ("jurisdiction", "cwpp", "cwpp:1.2"),
]


@pytest.mark.parametrize(("identity", "document", "base"), NOT_MENTIONED, ids=[f"{t} {d}" for t, d, _ in NOT_MENTIONED])
def test_not_mentioned_with_the_clause_on_base_terms(identity, document, base, desk):
    cell = compare_type(desk, identity).cells[document]
    assert (cell.status, cell.paragraphs, cell.facts, cell.defers_to) == ("not_mentioned", (), (), base)


def test_exactly_three_name_a_court_and_no_other_clause(desk):
    compared = compare_type(desk, "jurisdiction")
    assert {p.clause for c in compared.cells.values() for p in c.paragraphs} == {
        "mdr-ndr:33.1",
        "masters-one:68.1",
        "ngn-vpn:55.1",
    }


@pytest.mark.parametrize("document", IDS)
def test_what_a_document_leaves_to_its_base_terms(document, desk):
    (stored,) = desk.documents([document])
    assert defers_to(stored) == BASE.get(document)


def test_a_comparison_has_every_document_by_id_and_the_type(desk):
    compared = compare_type(desk, "late-charge")
    assert list(compared.cells) == list(IDS)
    assert (compared.type.id, compared.clause) == ("late-charge", None)
    assert list(compare_type(desk, "late-charge", ["ngn-vpn", "cwpp"]).cells) == ["cwpp", "ngn-vpn"]


def test_only_facts_of_the_kinds_of_the_type_stand_there_with_their_places(desk):
    kind = next(t for t in desk.types if t.id == "jurisdiction")
    for cell in compare_type(desk, "jurisdiction").cells.values():
        texts = {p.clause: p.text for p in cell.paragraphs}
        for placed in cell.facts:
            assert kind.compares(placed.fact)
            assert texts[placed.clause][slice(*placed.fact.span)] == placed.fact.text


def test_an_unknown_type_or_document_is_an_error_that_says_what_to_do(desk):
    with pytest.raises(YakkanError, match="there is no clause type 'late-fee'; see them with: yakkan coverage"):
        compare_type(desk, "late-fee")
    with pytest.raises(YakkanError, match="there is no document 'nobody'; the documents are cwpp, masters-one"):
        compare_type(desk, "late-charge", ["cwpp", "nobody"])


UNKNOWN_CLAUSES = [
    ("mdr-ndr:99", "there is no clause mdr-ndr:99"),
    ("nobody:1", "there is no clause nobody:1"),
    ("第33条", "is no clause address"),
    ("mdr-ndr@1999-01-01:33.1", "there is no version 1999-01-01 of mdr-ndr"),
]


@pytest.mark.parametrize(("address", "message"), UNKNOWN_CLAUSES, ids=[a for a, _ in UNKNOWN_CLAUSES])
def test_an_unknown_clause_is_an_error(address, message, desk):
    with pytest.raises(YakkanError, match=message):
        compare_clause(desk, address)


def test_an_unknown_document_beside_a_clause_is_an_error(desk):
    with pytest.raises(YakkanError, match="there is no document 'nobody'"):
        compare_clause(desk, "mdr-ndr:33.1", ["nobody"])


OWN = [
    ("mdr-ndr:33.1", ["mdr-ndr:33.1"], "a paragraph"),
    ("mdr-ndr:33", ["mdr-ndr:33.1"], "an article of one paragraph"),
    ("mdr-ndr:17", ["mdr-ndr:17.1", "mdr-ndr:17.2"], "an article with all its paragraphs"),
    ("mdr-ndr:5.4.2", ["mdr-ndr:5.4"], "an item, with the paragraph around it"),
    ("mdr-ndr@2023-06-01:33.1", ["mdr-ndr:33.1"], "an address with a version"),
    ("mdr-ndr:1.1", ["mdr-ndr:1.1"], "not those that only begin alike (1.10, 11.1)"),
]


@pytest.mark.parametrize(("address", "expected", "why"), OWN, ids=[w for *_, w in OWN])
def test_its_own_document_shows_the_clause_itself(address, expected, why, desk):
    compared = compare_clause(desk, address, ["mdr-ndr"])
    assert list(compared.cells) == ["mdr-ndr"]
    assert [p.clause for p in compared.cells["mdr-ndr"].paragraphs] == expected
    assert (compared.type, compared.clause) == (None, address.replace("@2023-06-01", ""))


def test_a_clause_keeps_all_kinds_of_facts(desk):
    cell = compare_clause(desk, "mdr-ndr:17.1", ["mdr-ndr"]).cells["mdr-ndr"]
    assert values(cell, "period") == [("mdr-ndr:17.1", "P2M")]
    assert [(p.fact.party, p.fact.modality) for p in cell.facts if p.fact.kind == "norm"] == [("both", "may")]


def test_the_court_clauses_stand_beside_each_other(desk):
    cells = compare_clause(desk, "mdr-ndr:33.1").cells
    assert list(cells) == list(IDS)
    assert [p.clause for p in cells["mdr-ndr"].paragraphs] == ["mdr-ndr:33.1"]
    assert cells["ngn-vpn"].paragraphs[0].clause == "ngn-vpn:55.1"
    assert cells["masters-one"].paragraphs[0].clause == "masters-one:68.1"
    for document in ("netmeister", "cwpp"):
        assert (cells[document].status, cells[document].defers_to) == ("not_mentioned", BASE[document])


def test_coverage_has_a_cell_for_each_document_and_type(desk):
    found = coverage(desk)
    assert found.types == desk.types
    assert [d.id for d in found.documents] == list(found.cells) == list(IDS)
    for document, row in found.cells.items():
        assert list(row) == [kind.id for kind in desk.types]
        assert all(clause.startswith(f"{document}:") for clauses in row.values() for clause in clauses)
    assert found.cells["mdr-ndr"]["jurisdiction"] == ("mdr-ndr:33.1",)
    assert found.cells["netmeister"]["jurisdiction"] == ()


def test_coverage_says_what_the_comparison_says(desk):
    found = coverage(desk)
    for identity in ("late-charge", "customer-cancellation", "confidentiality"):
        cells = compare_type(desk, identity).cells
        assert {d: tuple(p.clause for p in c.paragraphs) for d, c in cells.items()} == {
            d: row[identity] for d, row in found.cells.items()
        }


def test_coverage_of_some_types_and_documents(desk):
    found = coverage(desk, ["mdr-ndr", "cwpp"], ["jurisdiction", "governing-law"])
    assert [t.id for t in found.types] == ["jurisdiction", "governing-law"]
    assert found.cells == {
        "cwpp": {"jurisdiction": (), "governing-law": ()},
        "mdr-ndr": {"jurisdiction": ("mdr-ndr:33.1",), "governing-law": ("mdr-ndr:34.1",)},
    }
    with pytest.raises(YakkanError, match="there is no document 'nobody'"):
        coverage(desk, ["nobody"])
    with pytest.raises(YakkanError, match="there is no clause type 'law'"):
        coverage(desk, (), ["law"])


POINTS = [
    ("customer-cancellation", "netmeister:18.1", "1 か月前まで", "P1M", 30),
    ("customer-cancellation", "mdr-ndr:17.1", "２か月間前まで", "P2M", 60),
    ("customer-cancellation", "masters-one:31.1", "30日前まで", "P30D", 30),
    ("customer-cancellation", "ngn-vpn:41.1", "１ヶ月と 5 営業日前まで", "P1M+P5BD", 37),
    ("late-charge", "masters-one:51.1", "年14.5%", "14.5%/yr", 14.5),
    ("late-charge", "mdr-ndr:14.3", "年 14.6％", "14.6%/yr", 14.6),
    ("late-charge", "ngn-vpn:21.1", "年率１４．６％", "14.6%/yr", 14.6),
    ("non-renewal", "mdr-ndr:10.2", "２か月間前まで", "P2M", 60),
    ("non-renewal", "cwpp:7.2", "1か月前まで", "P1M", 30),
]


@pytest.mark.parametrize(("identity", "clause", "text", "normalized", "amount"), POINTS, ids=[f"{t} {c}" for t, c, *_ in POINTS])
def test_the_number_in_the_chart(identity, clause, text, normalized, amount, desk):
    document = clause.partition(":")[0]
    compared = compare_type(desk, identity, [document])
    found = point(compared.type, compared.cells[document])
    assert (found.type, found.document, found.clause) == (identity, document, clause)
    assert "".join(found.text.split()) == "".join(text.split())
    assert (found.normalized, found.amount) == (normalized, pytest.approx(amount))


def test_no_number_where_nothing_is_said_or_nothing_is_charted(desk):
    for identity, document in (("late-charge", "cwpp"), ("non-renewal", "netmeister"), ("jurisdiction", "mdr-ndr")):
        compared = compare_type(desk, identity, [document])
        assert point(compared.type, compared.cells[document]) is None
    assert set(CHARTED) <= {t.id for t in desk.types}


def test_a_rate_that_is_not_per_year_is_not_charted(tmp_path):
    text = "規約\n\n第１条（遅延損害金）\n甲は、料金の支払を怠ったときは、{}の遅延損害金を支払う。\n"
    desk = small_desk(tmp_path, {"flat": text.format("10%"), "monthly": text.format("月1%"), "both": text.format("10%又は年5%")})
    compared = compare_type(desk, "late-charge")
    found = {document: point(compared.type, cell) for document, cell in compared.cells.items()}
    assert found["flat"] is None
    assert found["monthly"].amount == pytest.approx(12)
    assert found["both"].amount == pytest.approx(5)


def test_the_longest_bar_is_never_nothing():
    points = [Point("late-charge", "x", "x:1.1", "年5%", "5%/yr", amount) for amount in (5.0, 14.6)]
    assert longest(points) == 14.6
    assert longest([]) > 0
    assert longest([Point("late-charge", "x", "x:1.1", "年0%", "0%/yr", 0.0)]) > 0


def test_a_document_without_articles_says_nothing(tmp_path):
    desk = small_desk(tmp_path, {"letter": "拝啓\n条文はありません。\n", "empty": "第１条（削除）\n"})
    for cell in compare_type(desk, "jurisdiction").cells.values():
        assert (cell.status, cell.defers_to) == ("not_mentioned", None)
    assert coverage(desk, (), ["jurisdiction"]).cells == {"empty": {"jurisdiction": ()}, "letter": {"jurisdiction": ()}}
