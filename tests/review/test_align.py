import pytest
from small import small_desk

from conftest import IDS
from ingest.errors import YakkanError
from review.align import THRESHOLD, align, equivalents

ARTICLES = {"netmeister": 19, "mdr-ndr": 35, "masters-one": 69, "ngn-vpn": 57, "cwpp": 14}
COURT = "規約\n\n第１条（管轄）\n東京地方裁判所を第一審の専属的合意管轄裁判所とする。\n"
LETTER = "拝啓\n条文はありません。\n"
WITHOUT_WORDS = "第１条（削除）\n"
PAIRS = [(a, b) for a in IDS for b in IDS if a != b]


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=[f"{a} {b}" for a, b in PAIRS])
def test_every_article_stands_there_once_in_order(source, target, desk):
    links = align(desk, source, target)
    assert [link.source for link in links] == [f"{source}:{n}" for n in range(1, ARTICLES[source] + 1)]
    known = {f"{target}:{n}" for n in range(1, ARTICLES[target] + 1)}
    for link in links:
        assert set(link.targets) <= known
        assert len(set(link.targets)) == len(link.targets)
        assert (link.score is None) is (not link.targets)
        assert link.score is None or THRESHOLD <= link.score <= 1


READ = [
    ("mdr-ndr:33", "ngn-vpn:55", "jurisdiction"),
    ("mdr-ndr:29", "ngn-vpn:50", "subcontracting"),
    ("mdr-ndr:28", "ngn-vpn:44", "secrecy of communications"),
    ("mdr-ndr:33", "masters-one:68", "jurisdiction, the other one with the governing law"),
]


@pytest.mark.parametrize(("one", "other", "why"), READ, ids=[f"{a} {b}" for a, b, _ in READ])
def test_equivalents_find_each_other(one, other, why, desk):
    for source, target in ((one, other), (other, one)):
        links = {link.source: link for link in align(desk, source.partition(":")[0], target.partition(":")[0])}
        assert links[source].targets[0] == target


def test_what_the_other_does_not_have_has_no_equivalent(desk):
    links = {link.source: link for link in align(desk, "mdr-ndr", "cwpp")}
    assert (links["mdr-ndr:33"].targets, links["mdr-ndr:33"].score) == ((), None)


@pytest.mark.parametrize("document", IDS)
def test_an_article_is_its_own_first_equivalent(document, desk):
    assert [link.targets[:1] for link in align(desk, document, document)] == [
        (f"{document}:{n}",) for n in range(1, ARTICLES[document] + 1)
    ]


def test_unknown_documents(desk):
    for source, target in (("nobody", "cwpp"), ("cwpp", "nobody")):
        with pytest.raises(YakkanError, match="there is no document 'nobody'"):
            align(desk, source, target)


def test_documents_without_articles_and_with_one(tmp_path):
    desk = small_desk(tmp_path, {"letter": LETTER, "one": COURT, "two": COURT})
    assert align(desk, "letter", "one") == ()
    assert align(desk, "letter", "letter") == ()
    (none,) = align(desk, "one", "letter")
    assert (none.source, none.targets, none.score) == ("one:1", (), None)
    (same,) = align(desk, "one", "two")
    assert (same.source, same.targets) == ("one:1", ("two:1",))


def test_an_article_without_words_is_there_and_has_no_equivalent(tmp_path):
    desk = small_desk(tmp_path, {"gone": WITHOUT_WORDS, "one": COURT})
    (link,) = align(desk, "gone", "one")
    assert (link.source, link.targets) == ("gone:1", ())
    (link,) = align(desk, "one", "gone")
    assert (link.source, link.targets) == ("one:1", ())


def test_paragraphs_in_the_place_of_nothing(desk):
    assert equivalents(desk, (), "cwpp") == ()


def test_paragraphs_of_a_document_that_has_none(tmp_path):
    desk = small_desk(tmp_path, {"gone": WITHOUT_WORDS, "one": COURT})
    assert equivalents(desk, desk.paragraphs("one"), "gone") == ()
