"""Answers are the terms' own words, at their place, or nothing."""

import pytest

from evaluation.asking import GoldQuestion, read_questions, verdict
from ingest.errors import YakkanError
from review.ask import FEATURES, SHIPPED, Answer, Reply, Weights, ask, short_answer
from review.quantities import in_english

QUESTIONS = [
    ("How far ahead must NDR be cancelled?", ("mdr-ndr",)),
    ("支払いが遅れたら年何%取られますか", ()),
    ("どこの裁判所になりますか", ()),
    ("解約したい いつまでに言う?", ("cwpp",)),
    ("Do you sell cookies?", ()),
]


@pytest.mark.parametrize(("question", "documents"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_every_quote_stands_in_its_clause(desk, question, documents):
    reply = ask(desk, question, documents, Weights(SHIPPED.features, SHIPPED.intercept, 0.0))
    assert reply.answers
    for answer in reply.answers:
        clause = desk.searcher.store.clause(answer.clause)
        assert clause.text[slice(*answer.span)] == answer.quote
        assert all(answer.span.start <= m.start < m.end <= answer.span.end for m in answer.marks)


def test_each_document_asked_answers_once_or_is_said_to_be_silent(desk):
    reply = ask(desk, "どこの裁判所になりますか")
    answered = [a.document for a in reply.answers]
    assert len(answered) == len(set(answered))
    assert {*answered, *reply.not_mentioned} == {d.id for d in desk.documents()}
    assert not {*answered} & {*reply.not_mentioned}


def test_below_the_threshold_nothing_is_answered_and_the_nearest_clauses_are_shown_as_such(desk):
    reply = ask(desk, "どこの裁判所になりますか", (), Weights(SHIPPED.features, SHIPPED.intercept, 1.1))
    assert (reply.status, reply.answers) == ("not_found", ())
    assert 0 < len(reply.nearest) <= 5
    assert 0 <= reply.confidence <= 1


def test_the_service_a_question_names_is_the_one_that_is_asked(desk):
    reply = ask(desk, "NDRの裁判管轄は?", (), Weights(SHIPPED.features, SHIPPED.intercept, 0.0))
    assert {a.document for a in reply.answers} == {"mdr-ndr"}


@pytest.mark.parametrize(("question", "documents"), [("", ()), ("   ", ()), ("解約", ("nobody",))])
def test_what_cannot_be_asked(desk, question, documents):
    with pytest.raises(YakkanError):
        ask(desk, question, documents)


def test_the_court_is_found(desk):
    assert len(SHIPPED.features) == len(FEATURES)
    reply = ask(desk, "Which court would hear a dispute?", ("mdr-ndr",), Weights(SHIPPED.features, SHIPPED.intercept, 0.0))
    assert reply.answers[0].clause == "mdr-ndr:33.1"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("P1M", "1 month"), ("P2M", "2 months"), ("P1M+P5BD", "1 month and 5 business days"), ("PT24H", "24 hours"),
        ("M+1:last", "the last day of the next month"), ("M+0:last", "the last day of that month"), ("M:last", "the last day of every month"),
        ("D+1", "the next day"), ("14.6%/yr", "14.6% a year"), ("2x", "2 times"), ("東京地方裁判所", "Tokyo District Court"), ("1/12", "1/12"),
    ],
)  # fmt: skip
def test_values_as_english_says_them(value, said):
    assert in_english(value) == said


def test_the_short_answer_names_value_place_service_and_version(desk):
    (document,) = desk.documents(("mdr-ndr",))
    answer = Answer("mdr-ndr", "mdr-ndr:17.1", "…", (0, 1), (), None, "２か月間前まで", "P2M", 0.9)
    assert (
        short_answer(answer, document, "en") == "2 months (２か月間前まで): Art. 17, para. 1, MDR Service, NDR Menu (2023-06-01)"
    )
    assert short_answer(answer, document, "ja") == "２か月間前まで：第17条 第1項, MDRサービス NDRメニュー (2023-06-01)"


def gold(**values):
    given = {
        "id": "q",
        "part": "dev",
        "language": "ja",
        "text": "?",
        "document": "x",
        "answerable": True,
        "kind": "period",
        "value": "P1M",
        "clauses": ("x:1.1.2",),
        "hard": "",
    }
    return GoldQuestion(**(given | values))


def reply(clause="x:1.1", normalized="P1M", found=True):
    answer = Answer("x", clause, "quote", (0, 5), (), None, normalized, normalized, 0.9)
    answers = (answer,) if found else ()
    return Reply("?", "ja", "period", "answered" if found else "not_found", answers, (), (), 0.9)


@pytest.mark.parametrize(
    ("question", "given", "verdict_"),
    [
        (gold(), reply(), "right"),
        (gold(), reply(normalized="P2M"), "wrong value"),
        (gold(), reply(clause="x:2.1"), "wrong clause"),
        (gold(), reply(found=False), "wrongly refused"),
        (gold(answerable=False, clauses=(), value=""), reply(found=False), "right"),
        (gold(answerable=False, clauses=(), value=""), reply(), "answered what the terms do not say"),
        (gold(kind="procedure", value="書面"), reply(normalized=None), "wrong value"),
    ],
)
def test_verdicts(question, given, verdict_):
    assert verdict(question, given, "電話による") == verdict_


def test_the_gold_questions_are_as_they_should_be(documents):
    questions = read_questions()
    known = {c.address for d in documents.values() for c in d.reading.outline.walk()}
    assert len(questions) == 300
    assert sum(q.answerable for q in questions) == 210
    assert sum(q.language == "ja" for q in questions) == 150
    assert 95 <= sum(q.part == "dev" for q in questions) <= 100
    assert {c for q in questions for c in q.clauses} <= known
    assert all(bool(q.clauses) == q.answerable for q in questions)
