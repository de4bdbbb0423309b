from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest

from conftest import CORPUS, ROOT, BigramEncoder
from index.encoder.encoder import SentenceEncoder
from review.classifier import FEATURES, UNKNOWN, Classifier, Model, Text, Words, read_model, word_keys
from review.clause_types import ClauseType, read_clause_types

TYPES = read_clause_types(CORPUS / "clause_types.toml")
IDS = {kind.id for kind in TYPES}
TRAINING = ROOT / "review" / "training"
ENCODER = BigramEncoder()

LOG = ClauseType(
    "ship-log", "航海日誌", "Ship's log", "船長が航海日誌を備え置くことを定める。", "States that the master keeps a log book.",
    ("航海日誌", "日誌"), ("航海日誌 & 備え置", "Log Book", "第548条の4"), ("飛行日誌",), (),
)  # fmt: skip


def clause(text, title="", group="x:1", encoder=ENCODER):
    return Text(text, title, group, encoder.encode_passages([f"{title}。{text}", *(s for s in text.split("。") if s)]))


def feature(name, text, title="", kind=LOG):
    found = Classifier([kind], ENCODER).features([clause(text, title)])
    return float(found[0, 0, FEATURES.index(name)])


KEYS = [
    ("料金を支払う", "", {"text:料金", "text:支払う"}, {"text:を", "title:料金"}, "words of the text, those of grammar left out"),
    ("支払った", "", {"text:支払う"}, {"text:支払っ"}, "in their dictionary form"),
    ("遅延損害金", "", {"text:遅延損害金", "text:損害"}, set(), "compounds and their parts"),
    ("支払う", "料金", {"text:支払う", "text:料金", "title:料金"}, {"title:支払う"}, "those of the title as such and as words"),
    ("ｻｰﾋﾞｽ", "", {"text:サービス"}, {"text:ｻｰﾋﾞｽ"}, "whatever their width"),
]


@pytest.mark.parametrize(("text", "title", "among", "not_among", "why"), KEYS, ids=[w for *_, w in KEYS])
def test_word_keys(text, title, among, not_among, why):
    keys = word_keys(text, title)
    assert among <= keys
    assert not keys & not_among


def test_no_words_have_no_keys():
    assert word_keys("", "") == set()


CUES = [
    ("船長は、航海日誌を船内に備え置く。", 1, "both parts in one sentence"),
    ("船長が備え置く航海日誌は次のとおり。", 1, "the parts in another order"),
    ("船長は航海日誌を読む。図面は船内に備え置く。", 0, "the parts in two sentences"),
    ("船長は航海日誌を読む｡図面は船内に備え置く。", 0, "two sentences parted by a half-width mark"),
    ("図面を備え置く。船長は航海日誌を備え置く。", 1, "both parts in the second sentence"),
    ("船長は図面を備え置く。", 0, "one part alone"),
    ("航海\n日誌を 備え 置く", 1, "blanks and line ends inside"),
    ("航海日誌\n備え置くもの", 1, "a line end is no end of a sentence"),
    ("the log book", 1, "whatever the case, and blanks inside a cue"),
    ("ＬＯＧ　ＢＯＯＫ", 1, "full-width letters and blank"),
    ("民法第５４８条の４の規定", 1, "full-width digits"),
    ("民法第548条の5の規定", 0, "another number"),
    ("", 0, "no text"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CUES, ids=[w for *_, w in CUES])
def test_a_cue_stands_there(text, expected, why):
    assert feature("a cue stands there", text) == expected


TITLES = [
    ("航海日誌", 1, "the title itself"),
    ("航　海 日 誌の備置き", 1, "a part of a title, blanks inside"),
    ("業務日誌", 1, "another title of the type"),
    ("料金", 0, "another title"),
    ("", 0, "no title"),
]


@pytest.mark.parametrize(("title", "expected", "why"), TITLES, ids=[w for *_, w in TITLES])
def test_a_title_of_the_type(title, expected, why):
    assert feature("title has a title of the type", "以下のとおり。", title) == expected


def test_the_longest_title_counts_with_its_share():
    assert feature("share of the title it takes", "以下のとおり。", "航海日誌の備置") == pytest.approx(4 / 7)
    assert feature("share of the title it takes", "以下のとおり。", "業務日誌") == pytest.approx(2 / 4)


def test_the_first_cue_is_the_surest():
    first = feature("how sure the surest cue is", "航海日誌を備え置く。")
    second = feature("how sure the surest cue is", "log book")
    none = feature("how sure the surest cue is", "料金")
    assert first > second > none == 0
    assert feature("how sure the surest cue is", "航海日誌を備え置く。log book") == first


AGAINST = [
    ("航海日誌を備え置くが、飛行日誌は備え置かない。", 0, "a word against it"),
    ("航海日誌を備え置く。飛行\n日誌は別に定める。", 0, "blanks inside"),
    ("航海日誌を備え置く。", 1, "none"),
]


@pytest.mark.parametrize(("text", "expected", "why"), AGAINST, ids=[w for *_, w in AGAINST])
def test_cues_count_for_nothing_beside_a_word_against_the_type(text, expected, why):
    assert feature("a cue stands there", text) == expected


def test_words_against_a_type_make_it_less_sure():
    with_it, without = replace(LOG, id="with"), replace(LOG, id="without", against=())
    scores = Classifier([with_it, without], ENCODER).scores([clause("航海日誌を備え置く。飛行日誌は別に定める。", "日誌")])
    assert scores[0, 0] < scores[0, 1]


def test_features_have_the_shape_they_say():
    texts = [clause("船長は航海日誌を備え置く。"), clause("料金を支払う。", "料金", "x:2"), clause("", "", "x:3")]
    classifier = Classifier([LOG, *TYPES[:4]], ENCODER)
    assert classifier.features(texts).shape == (3, 5, len(FEATURES))
    assert classifier.scores(texts).shape == (3, 5)
    assert np.isfinite(classifier.features(texts)).all()
    assert ((classifier.scores(texts) >= 0) & (classifier.scores(texts) <= 1)).all()


def test_an_article_is_looked_at_as_a_whole():
    texts = [
        clause("航海日誌を備え置く。", group="x:1"),
        clause("料金を支払う。", group="x:1"),
        clause("料金を支払う。", group="x:2"),
    ]
    found = Classifier([LOG], ENCODER).features(texts)[:, 0]
    best, mean = FEATURES.index("surest cue, best of the article"), FEATURES.index("surest cue, mean of the article")
    assert found[:, best].tolist() == [1, 1, 0]
    assert found[:, mean].tolist() == [0.5, 0.5, 0]


def test_a_document_without_paragraphs():
    classifier = Classifier(TYPES, ENCODER)
    assert classifier.classify([]) == []
    assert classifier.scores([]).shape == (0, len(TYPES))


def test_the_explanation_names_title_cues_and_words():
    text = "本契約に関する訴訟は、東京地方裁判所を第一審の専属的合意管轄裁判所とする。"
    (found,) = Classifier(TYPES, ENCODER).classify([clause(text, "合意管轄")])
    typed = found[0]
    assert typed.type == "jurisdiction"
    assert typed.title == "合意管轄"
    assert {"専属的合意管轄", "第一審", "訴訟 & 裁判所"} <= set(typed.cues)
    assert "仲裁機関" not in typed.cues
    assert typed.words
    assert len(typed.words) == len(set(typed.words))
    assert all(word in {key.partition(":")[2] for key in word_keys(text, "合意管轄")} for word in typed.words)
    assert -1 <= typed.nearness <= 1
    assert [t.score for t in found] == sorted((t.score for t in found), reverse=True)


def test_without_title_and_cues_none_are_named():
    always = Model(read_model().words, np.zeros(len(FEATURES)), 0.0, 0.5)
    ((typed,),) = Classifier([LOG], ENCODER, always).classify([clause("料金を支払う。", "料金")])
    assert (typed.type, typed.score, typed.title, typed.cues) == ("ship-log", 0.5, None, ())


def test_from_the_threshold_on_a_paragraph_has_a_type():
    weights = np.zeros(len(FEATURES))
    weights[FEATURES.index("a cue stands there")] = 2.0
    texts = [clause("航海日誌を備え置く。"), clause("料金を支払う。")]
    for threshold, expected in ((0.5, [1, 0]), (0.2, [1, 1]), (0.99, [0, 0])):
        model = Model(read_model().words, weights, -1.0, threshold)  # 1/(1+e⁻¹) = 0.73 with a cue, 0.27 without
        assert [len(found) for found in Classifier([LOG], ENCODER, model).classify(texts)] == expected


def test_a_type_without_learned_words_is_told_by_title_and_cues():
    encoder = SentenceEncoder()
    text = clause("船長は、航海日誌を船内に備え置かなければならない。", "航海日誌", encoder=encoder)
    other = clause("契約者は、料金を支払わなければならない。", "料金", "x:2", encoder)
    classifier = Classifier([*TYPES, LOG], encoder)
    found, rest = classifier.classify([text, other])
    typed = next(t for t in found if t.type == "ship-log")
    assert (typed.title, typed.cues, typed.words) == ("航海日誌", ("航海日誌 & 備え置",), ())
    assert "ship-log" not in {t.type for t in rest}
    assert (classifier.features([text, other])[:, -1, FEATURES.index("learned words")] == UNKNOWN).all()


def test_learned_words_that_speak_for_a_type_come_strongest_first():
    words = Words(
        ["text:料金", "text:支払う", "title:料金", "text:解除"], np.ones(4), np.array([[1.0], [3.0], [-2.0], [5.0]]), np.array([-1.0]), ["fees"]
    )  # fmt: skip
    assert words.reasons("料金を支払う", "", "fees") == ("支払う", "料金")
    assert words.reasons("支払う", "料金", "fees") == ("支払う", "料金")
    assert words.reasons("料金を支払う", "", "ship-log") == ()
    assert words.logits("何もない空", "").tolist() == [-1.0]
    assert words.logits("料金を支払う", "") == pytest.approx([-1 + 4 / np.sqrt(2)])


def lines(name):
    return (TRAINING / name).read_text(encoding="utf-8").splitlines()


def test_every_label_is_of_a_record_and_names_known_types():
    counts = {
        p.stem: len(p.read_text(encoding="utf-8").splitlines()) for p in (ROOT / "index/encoder/training/records").glob("*.tsv")
    }
    keys = []
    for line in lines("labels.tsv"):
        key, types = line.split("\t")
        name, _, number = key.rpartition("/")
        keys.append(key)
        assert 1 <= int(number) <= counts[name], key
        assert types == "-" or (types.split() and set(types.split()) <= IDS), line
    assert len(keys) == len(set(keys)) > 1000


def test_every_term_has_four_columns_and_names_known_types():
    groups = []
    for line in lines("terms.tsv"):
        group, title, text, types = line.split("\t")
        groups.append(group)
        assert group.rpartition("-")[0], line
        assert text.strip(), line
        assert title == title.strip(), line
        assert types == "-" or (types.split() and set(types.split()) <= IDS), line
    assert len(groups) > 1000


def test_no_paragraph_of_the_terms_stands_there_twice():
    places = [tuple(line.split("\t")[:3]) for line in lines("terms.tsv")]
    assert len(set(places)) == len(places)


def test_what_is_learned_from_is_read_as_it_stands():
    from review.training.__main__ import read_gold, read_labels, read_terms

    labels, terms = read_labels(), read_terms()
    assert len(labels) == len(lines("labels.tsv"))
    assert len(terms) == len(lines("terms.tsv"))
    assert all(c.types <= IDS and c.text for c in (*labels, *terms))
    assert all(t.document and t.group.startswith(t.document) for t in terms)
    table = ROOT / "evaluation" / "gold" / "clause_types.tsv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    dev = read_gold(table, "dev")
    assert set(dev) == {r["clause"] for r in rows if r["part"] == "dev"}
    assert 0 < len(dev) < len(read_gold(table)) == len(rows)
    assert set().union(*dev.values()) <= IDS
