"""The training records are our own: written for Yakkan, and nothing that is used for judging stands in them."""

from __future__ import annotations

import csv

from conftest import CORPUS, DATA, ROOT, tight
from index.encoder.training.pairs import NearTests, Pair, is_clean
from index.encoder.training.tasks import read_records
from ingest.folding import folded

RECORDS = read_records(ROOT / "index" / "encoder" / "training" / "records")
GRAMS = 14  # characters in a row that only a copy shares


def grams(text: str, n: int = GRAMS) -> set[str]:
    plain = tight(folded(text))
    return {plain[i : i + n] for i in range(len(plain) - n + 1)}


def test_there_are_enough_records_and_none_twice():
    assert len(RECORDS) >= 1500
    assert len({r.clause_ja for r in RECORDS}) == len(RECORDS)
    assert all(all(field.strip() for field in record) for record in RECORDS)


def test_no_record_is_taken_from_the_corpus():
    corpus = set()
    for path in CORPUS.glob("*/*/source.txt"):
        corpus |= grams(path.read_text(encoding="utf-8"))
    shares = {r.clause_ja: len(grams(r.clause_ja) & corpus) / max(len(grams(r.clause_ja)), 1) for r in RECORDS}
    assert max(shares.values()) < 0.5, max(shares, key=shares.__getitem__)


def test_no_question_is_taken_from_the_queries_that_judge():
    with (ROOT / "evaluation" / "gold" / "search.tsv").open(encoding="utf-8", newline="") as file:
        gold = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with (DATA / "queries.tsv").open(encoding="utf-8", newline="") as file:
        queries = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    judged = {tight(folded(text)) for row in gold for text in (row["ja"], row["en"])} | {
        tight(folded(q["query"])) for q in queries
    }
    asked = {tight(folded(text)) for r in RECORDS for text in (r.question_ja, r.question_en)}
    assert not judged & asked
    long = set().union(*(grams(text, 18) for text in judged))
    copied = [r for r in RECORDS for text in (r.question_ja, r.question_en) if len(grams(text, 18) & long) > len(text) / 3]
    assert not copied


def test_what_resembles_a_test_sentence_is_kept_out():
    near = NearTests(["He goes to school by bus every day.", "彼は毎日バスで学校へ行く。"])
    assert near.holds(Pair("彼は毎日バスで学校へ行く", "Something else."))
    assert near.holds(Pair("べつの文", "he goes to school by bus every day"))
    assert near.holds(Pair("べつの文", "She goes to school by bus every day."))
    assert not near.holds(Pair("べつの文", "The contract ends after one year."))


def test_clean_pairs():
    assert is_clean(Pair("契約は一年で終了します。", "The contract ends after one year."), short=False)
    assert not is_clean(Pair("The contract ends.", "The contract ends."), short=False)
    assert not is_clean(Pair("契約は一年で終了します。", "契約 ends"), short=False)
    assert not is_clean(Pair("契約", "<b>The contract</b> ends after one year."), short=False)
