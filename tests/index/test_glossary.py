import pytest

from conftest import CORPUS
from index.glossary import Glossary, read_entries
from ingest.errors import YakkanError

ENTRIES = (
    ("解約", ("cancellation", "cancel", "terminate")),
    ("解除", ("termination", "terminate")),
    ("遅延損害金", ("late payment interest", "late charge")),
    ("下請け", ("subcontract",)),
    ("再委託", ("subcontract", "re-entrust")),
    ("宇宙船", ("spaceship",)),
)
VOCABULARY = {"解約", "解除", "遅延損害金", "遅延", "損害", "再委託", "委託", "再", "下請け", "sla"}


@pytest.fixture
def glossary():
    return Glossary.from_entries(ENTRIES, VOCABULARY)


def terms(concept):
    return {" ".join(a.terms) for a in concept.alternatives}


def test_a_word_brings_its_renderings_and_itself(glossary):
    (concept,) = glossary.english_concepts("cancelling")
    assert terms(concept) == {"cancel", "解約"}


def test_a_rendering_that_several_terms_share_weighs_less():
    rows = (("解約", ("cancel", "end")), ("終了", ("end",)))
    glossary = Glossary.from_entries(rows, {"解約", "終了"})
    (alone,) = glossary.english_concepts("cancel")
    (shared,) = glossary.english_concepts("end")
    assert max(a.weight for a in shared.alternatives[1:]) < alone.alternatives[1].weight <= 1


def test_a_phrase_is_matched_whole_and_its_words_weigh_less(glossary):
    phrase, *words = glossary.english_concepts("the late payment interest")
    assert "遅延損害金" in terms(phrase)
    assert [w.weight for w in words] == [0.6, 0.6, 0.6]


def test_what_the_index_does_not_hold_is_left_out(glossary):
    (concept,) = glossary.english_concepts("spaceship")
    assert terms(concept) == {"spaceship"}


def test_japanese_terms_that_share_a_rendering_find_each_other(glossary):
    (concept,) = glossary.japanese_concepts(["下請け"])
    assert "再委託" in terms(concept)
    best = max(concept.alternatives, key=lambda a: a.weight)
    assert best.terms == ("下請け",)


def test_save_and_load_agree(glossary, tmp_path):
    glossary.save(tmp_path / "g.json")
    loaded = Glossary.load(tmp_path / "g.json")
    for query in ("terminate late payment interest", "spaceship"):
        assert [terms(c) for c in loaded.english_concepts(query)] == [terms(c) for c in glossary.english_concepts(query)]
    assert [terms(c) for c in loaded.japanese_concepts(["下請け", "解約"])] == [
        terms(c) for c in glossary.japanese_concepts(["下請け", "解約"])
    ]


def test_the_glossary_of_the_corpus():
    entries = read_entries(CORPUS / "glossary.tsv")
    japanese = [ja for ja, _ in entries]
    assert len(entries) >= 1200
    assert len(set(japanese)) == len(japanese)
    assert sum(len(en) > 1 for _, en in entries) > len(entries) * 0.9
    by_ja = dict(entries)
    assert {"cancellation", "cancel", "termination"} <= set(by_ja["解約"])


@pytest.mark.parametrize("line", ["解約", "解約\t", "\tcancel"])
def test_a_bad_row_is_named(line, tmp_path):
    path = tmp_path / "glossary.tsv"
    path.write_text(f"解除\tterminate\n{line}\n", encoding="utf-8")
    with pytest.raises(YakkanError, match="line 2"):
        read_entries(path)
