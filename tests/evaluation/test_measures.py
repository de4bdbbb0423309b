import numpy as np
import pytest

from conftest import rows
from evaluation.gold import Need, read_needs
from evaluation.measures import difference, mean, measure, wrong_document
from ingest.citations import document_of

NEEDS = (
    Need("a", "test", None, "解約", "cancel", {"x:1.1": 2, "x:2.1": 1, "y:1.1": 2}),
    Need("b", "test", "x", "料金", "fee", {"x:3.1": 2}),
)

MEASURED = [
    ({"a": {"x:1.1": 3, "y:1.1": 2, "x:2.1": 1}, "b": {"x:3.1": 1}}, [1, 1], [1, 1], "perfect"),
    ({"a": {"z:9.1": 3}, "b": {}}, [0, 0], [0, 0], "nothing found"),
    ({"a": {"x:1.1": 3}}, [None, 0], [0.5, 0], "a need without a ranking counts 0"),
]


@pytest.mark.parametrize(("rankings", "ndcg", "recall", "why"), MEASURED, ids=[w for *_, w in MEASURED])
def test_measure(rankings, ndcg, recall, why):
    values = measure(rankings, NEEDS)
    assert values["recall@10"].tolist() == recall
    for got, expected in zip(values["nDCG@10"], ndcg, strict=True):
        assert expected is None or got == pytest.approx(expected)


def test_an_interval_holds_its_mean():
    found = mean(np.array([0.0, 0.5, 1.0, 1.0]))
    assert found.low < found.value == 0.625 < found.high
    assert mean(np.array([1.0, 1.0])).low == 1.0


def test_a_difference_counts_wins_and_losses():
    d = difference(np.array([1.0, 1.0, 0.5, 0.0]), np.array([0.0, 0.5, 0.5, 1.0]))
    assert (d.wins, d.ties, d.losses) == (2, 1, 1)
    assert d.mean.value == pytest.approx(0.125)
    assert 0 < d.p <= 1


def test_the_first_hit_from_another_service():
    assert wrong_document({"a": {}, "b": {"y:1.1": 2, "x:3.1": 1}}, NEEDS) == 1.0
    assert wrong_document({"a": {}, "b": {"x:3.1": 1}}, NEEDS) == 0.0


def test_the_gold_data_hold_together(documents):
    known = {c.address for d in documents.values() for c in d.reading.outline.walk()}
    needs = read_needs()
    assert len(needs) >= 150
    assert sum(n.service is not None for n in needs) >= 40
    assert len({n.id for n in needs}) == len(needs)
    dev = [n for n in needs if n.part == "dev"]
    assert len(dev) == pytest.approx(len(needs) / 3, abs=2)
    for need in needs:
        assert need.documents, need.id
        assert set(need.judgments) <= known, need.id
        if need.service:
            assert {document_of(c) for c in need.judgments} == {need.service}


def test_the_queries_for_judging_are_no_dev_needs():
    judged = {row["query"] for row in rows("queries.tsv")}
    assert not judged & {text for need in read_needs("dev") for text in (need.ja, need.en)}
