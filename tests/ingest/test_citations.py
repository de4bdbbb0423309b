import pytest

from ingest.citations import cite, document_of, is_address

CITED = [
    ("masters-one:32.1.3", "第32条 第1項 第3号", "Art. 32, para. 1, item 3"),
    ("x:25-2.1", "第25条の2 第1項", "Art. 25-2, para. 1"),
    ("x:0", "前文", "Preamble"),
    ("x:s1.2", "附則 第2項", "Suppl. Prov., para. 2"),
    ("x:s2/3.1", "附則2 第3条 第1項", "Suppl. Prov. 2, Art. 3, para. 1"),
    ("x:appendix-1", "別紙1", "Appendix 1"),
    ("x:schedule-2.1", "別表2 第1項", "Schedule 2, para. 1"),
    ("x:chapter-2", "第2章", "Chapter 2"),
    ("x:part-2/3.1", "第2編 第3条 第1項", "Part 2, Art. 3, para. 1"),
    ("x:2.1.table-1", "第2条 第1項 表1", "Art. 2, para. 1, table 1"),
    ("x:3.1.2.4", "第3条 第1項 第2号 (4)", "Art. 3, para. 1, item 2, sub-item 4"),
    ("x:11b.1", "第11条(b) 第1項", "Art. 11b, para. 1"),
    ("masters-one@2024-03-29:32.1", "第32条 第1項", "Art. 32, para. 1"),
]


@pytest.mark.parametrize(("address", "ja", "en"), CITED)
def test_cite(address, ja, en):
    assert (cite(address, "ja"), cite(address, "en")) == (ja, en)


@pytest.mark.parametrize("text", ["", "masters-one", "masters-one:", ":3", "x:第3条", "x:3..1", "X:3", "x:3.1 ", "../x:3"])
def test_what_is_no_address(text):
    assert not is_address(text)
    with pytest.raises(ValueError, match="is no clause address"):
        cite(text, "ja")


def test_document_of():
    assert document_of("masters-one@2024-03-29:32.1") == "masters-one"


def test_every_address_of_the_corpus_can_be_cited(documents):
    for document in documents.values():
        for clause in document.reading.outline.walk():
            if clause.address is not None:
                assert cite(clause.address, "ja")
                assert document_of(clause.address) == document.id
