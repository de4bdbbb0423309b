import pytest

from conftest import IDS, rows
from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.view import view_clause
from ingest.errors import YakkanError

FOUND = [
    ("反社会的勢力", {"mdr-ndr:32.1", "ngn-vpn:42.1"}),
    ("遅延損害金", {"mdr-ndr:14.3", "ngn-vpn:21.1"}),
    ("jurisdiction", {"mdr-ndr:33.1", "masters-one:68.1", "ngn-vpn:55.1"}),
    ("late payment interest", {"ngn-vpn:21.1"}),
    ("NetMeister 解約", {"netmeister:18.1"}),
    ("governing law", {"mdr-ndr:34.1", "masters-one:68.1"}),
]


@pytest.mark.parametrize(("query", "clauses"), FOUND)
def test_plain_queries_find_their_clauses(query, clauses, searcher):
    assert clauses <= {hit.clause for hit in searcher.search(query).hits}


@pytest.mark.parametrize("query", ["解約", "termination", "ＩＤ パスワード"])
def test_hits_are_in_order_and_lead_to_their_text(query, searcher):
    result = searcher.search(query, limit=20)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
    for hit in result.hits:
        view = view_clause(searcher.store, hit.clause)
        assert view.text == hit.text
        assert set(hit.scores) == {LexicalIndex.name, DenseIndex.name}
        assert 0 < hit.score <= 1
        assert list(hit.highlights) == sorted(hit.highlights)
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


def test_highlights_are_the_words_of_the_query(searcher):
    hit = searcher.search("遅延損害金", ["ngn-vpn"]).hits[0]
    assert "遅延損害金" in [hit.text[start:end] for start, end in hit.highlights]


@pytest.mark.parametrize("document", IDS)
def test_the_document_filter(document, searcher):
    result = searcher.search("契約 サービス 損害", [document])
    assert result.hits
    assert {hit.document for hit in result.hits} == {document}


def test_two_documents_and_a_limit(searcher):
    result = searcher.search("解約", ["cwpp", "netmeister"], limit=3)
    assert len(result.hits) == 3
    assert {hit.document for hit in result.hits} <= {"cwpp", "netmeister"}


def test_nothing_found_is_no_error(searcher):
    assert searcher.search("！？").hits == ()


BAD = [
    ("", (), "the query is empty"),
    (" 　", (), "the query is empty"),
    ("長" * 1001, (), "at most 1000"),
    ("解約", ("nobody",), "there is no document 'nobody'"),
]


@pytest.mark.parametrize(("query", "documents", "message"), BAD)
def test_bad_queries(query, documents, message, searcher):
    with pytest.raises(YakkanError, match=message):
        searcher.search(query, documents)


def test_every_clause_of_the_tree_is_stored(searcher, documents):
    for document in documents.values():
        for clause in document.reading.outline.walk():
            if clause.address is not None:
                stored = searcher.store.clause(clause.address)
                assert (stored.level, stored.label, stored.title.ja) == (clause.level, clause.label, clause.title)


def test_counts(searcher):
    counts = {d.id: (d.articles, d.paragraphs, d.items) for d in searcher.store.documents()}
    assert counts["mdr-ndr"] == (35, 98, 78)
    assert counts["ngn-vpn"] == (57, 106, 88)
    assert counts["masters-one"][0] == 69


def test_a_clause_with_references_and_definitions(searcher):
    view = view_clause(searcher.store, "ngn-vpn:22")
    assert [r.targets for r in view.references] == [
        ("ngn-vpn:19.2",),
        ("ngn-vpn:18",),
        ("ngn-vpn:18",),
        ("ngn-vpn:20",),
        ("ngn-vpn:21",),
    ]
    assert view.title.ja == "割増金等の支払方法"
    item = view_clause(searcher.store, "masters-one:57.1.3")
    assert [r.targets for r in item.references] == [("masters-one:56",)]
    assert item.title.ja == "ソフトウェア等の管理"
    assert "提供ソフトウェア等" in [d.term for d in item.definitions]


def test_references_stand_where_they_say(searcher, documents):
    for document in documents.values():
        for clause in document.reading.outline.walk():
            if clause.level == "paragraph":
                text = searcher.store.clause(clause.address).text
                for r in searcher.store.references(clause.address):
                    assert "".join(text[r.start : r.end].split()) == "".join(r.text.split())


@pytest.mark.parametrize(
    ("address", "message"),
    [("nonsense", "is no clause address"), ("x:1", "there is no clause x:1"), ("mdr-ndr:99", "there is no clause")],
)
def test_bad_addresses(address, message, searcher):
    with pytest.raises(YakkanError, match=message):
        view_clause(searcher.store, address)


def test_the_judged_queries_name_clauses_that_exist(searcher):
    table = rows("queries.tsv")
    assert [sum(r["language"] == language for r in table) for language in ("ja", "en")] == [30, 30]
    for row in table:
        for address in row["clauses"].split():
            assert searcher.store.clause(address) is not None, row
