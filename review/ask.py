"""A question in, the terms' own words out: a quote with its clause, or the honest answer that the terms do not say.

Clauses are found by the index, their sentences and items read one by one, and the best of each document is taken. What speaks for an
answer (nearness of meaning, words of the question that stand there, a fact of the kind that is asked for, how much better
it is than the rest) becomes one confidence; below the threshold nothing is answered. Weights and threshold were chosen on the
dev part of the gold questions (``python -m evaluation.asking``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.search import Hit, Ranked
from index.store import StoredDocument
from index.terms import Language
from index.vectors import part_spans
from ingest.citations import cite, document_of
from ingest.facts import Fact
from ingest.model import Span
from review.desk import Desk, Paragraph
from review.quantities import in_english
from review.questions import AnswerKind, Question, read_question

READ = 12  # clauses whose sentences are read, in each document asked
NEAREST = 5  # clauses shown where nothing is answered

# What kind of fact answers what kind of question.
_FACTS: dict[AnswerKind, tuple[str, ...]] = {
    "period": ("period",), "rate": ("rate",), "share": ("share", "rate"), "amount": ("amount", "share", "rate"), "date": ("date",),
    "court": ("court",), "law": ("law",), "who": ("norm",), "permission": ("norm",), "existence": (), "definition": (),
    "procedure": (), "reason": (), "list": (), "open": (),
}  # fmt: skip
_YES_NO: dict[str, str] = {"may": "yes", "must": "yes", "must_not": "no", "not_liable": "no", "deemed": "yes", "presumed": "yes"}

_WORDS = {
    "yes": ("はい（次のとおり）", "Yes, as follows"), "no": ("いいえ（次のとおり）", "No, as follows"),
    "provider": ("提供者", "The provider"), "customer": ("契約者（お客様）", "The customer"), "applicant": ("申込者", "The applicant"),
    "user": ("利用者", "The user"), "operator": ("運営元", "The operator"), "supplier": ("提供事業者", "The supplier"),
    "third_party": ("第三者", "A third party"), "both": ("双方", "Both parties"),
}  # fmt: skip

FEATURES = (
    "cosine of the best sentence", "cosine of the clause", "words of the question in the clause", "words of the question in the sentence",
    "a fact of the kind asked for", "no such fact though one is needed", "behind the best clause elsewhere", "before the next document's best",
    "fused score", "types the question is about",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """How FEATURES weigh, and the confidence from which on something is answered."""

    features: tuple[float, ...]
    intercept: float
    threshold: float


SHIPPED = Weights((0.166, 3.899, 3.029, 0.732, 0.586, -0.481, 0.446, -0.002, 6.695, 1.108), -10.81, 0.22)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one document answers. ``quote`` is ``text[span.start:span.end]`` of the clause; ``marks`` are the places in that
    text of the words that carry the value.
    """

    document: str
    clause: str
    quote: str
    span: Span
    marks: tuple[Span, ...]
    english: str | None
    value: str | None
    normalized: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Reply:
    """The answers found, best first; the documents that say nothing; and, without an answer, the nearest clauses."""

    question: str
    language: Language
    kind: AnswerKind
    status: Literal["answered", "not_found"]
    answers: tuple[Answer, ...]
    not_mentioned: tuple[str, ...]
    nearest: tuple[Hit, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or item that may answer, with what speaks for it."""

    paragraph: Paragraph
    span: Span
    fact: Fact | None
    features: tuple[float, ...]


def ask(desk: Desk, question: str, documents: Collection[str] = (), weights: Weights = SHIPPED) -> Reply:
    """Answer a question from these documents, or those it names, or all. Raises YakkanError for an empty question or
    an unknown document.
    """
    desk.searcher.check_documents(documents)
    understood = read_question(question, desk.documents())
    hits = desk.searcher.search(question, documents, NEAREST).hits
    found = desk.searcher.rank(question)
    asked = tuple(documents) or _meant(desk, understood, question) or tuple(d.id for d in desk.documents())
    best = best_candidates(desk, understood, found, asked, weights)
    answers = []
    for candidate in best.values():
        confidence = sureness(candidate, weights)
        if confidence >= weights.threshold:
            answers.append(_answer(understood, candidate, confidence))
    answers.sort(key=lambda a: -a.confidence)
    silent = tuple(d for d in asked if d not in {a.document for a in answers})
    surest = max((sureness(c, weights) for c in best.values()), default=0.0)
    nearest = () if answers else hits
    confidence = surest if answers else 1 - surest
    return Reply(
        question,
        understood.language,
        understood.kind,
        "answered" if answers else "not_found",
        tuple(answers),
        silent,
        nearest,
        confidence,
    )


def short_answer(answer: Answer, document: StoredDocument, language: Language) -> str:
    """The answer in a line: its value, where it stands, of which service and version."""
    name = (document.service.en if language == "en" else None) or document.service.ja or document.title
    dated = document.effective or document.version or ""
    return f"{_said(answer, language)}{': ' if language == 'en' else '：'}{cite(answer.clause, language)}, {name} ({dated})"


def _said(answer: Answer, language: Language) -> str:
    value = answer.normalized
    if value in _WORDS:
        return _WORDS[value][language == "en"]
    if value is None:
        return "The terms say" if language == "en" else "約款の定め"
    if language == "en":
        return f"{in_english(value)} ({answer.value})"
    return answer.value or value


def sureness(candidate: Candidate, weights: Weights) -> float:
    """How sure it is that a candidate answers, 0 to 1."""
    logit = float(np.dot(candidate.features, weights.features)) + weights.intercept
    return float(1 / (1 + np.exp(-logit)))


def best_candidates(
    desk: Desk, question: Question, found: Sequence[Ranked], documents: Sequence[str], weights: Weights
) -> dict[str, Candidate]:
    """The best sentence of each document that was found to have one, by document."""
    every = all_candidates(desk, question, found, documents)
    return {d: max(own, key=lambda c: sureness(c, weights)) for d, own in every.items() if own}


def all_candidates(
    desk: Desk, question: Question, found: Sequence[Ranked], documents: Sequence[str]
) -> dict[str, list[Candidate]]:
    """The sentences of the clauses found in each document."""
    query, kinds = desk.searcher.encoded(question.text), desk.question_types(question.text)
    tops: dict[str, float] = dict.fromkeys(documents, 0.0)
    for ranked in found:
        tops[ranked.document] = max(tops.get(ranked.document, 0.0), ranked.score)
    out: dict[str, list[Candidate]] = {}
    for document in documents:
        elsewhere = max((score for other, score in tops.items() if other != document), default=0.0)
        lead = tops[document] - elsewhere
        out[document] = []
        for hit in [r for r in found if r.document == document][:READ]:
            paragraph = desk.paragraph(hit.clause)
            if paragraph is not None:
                out[document].extend(_candidates(desk, question, hit, paragraph, query, kinds, lead))
    return out


def _candidates(
    desk: Desk,
    question: Question,
    hit: Ranked,
    paragraph: Paragraph,
    query: NDArray[np.float32],
    kinds: NDArray[np.float64],
    lead: float,
) -> list[Candidate]:
    cosines = desk.searcher.vectors(hit.clause) @ query
    spans = part_spans(paragraph.text)
    parts = list(zip(spans, map(float, cosines[1:]), strict=True)) or [(Span(0, len(paragraph.text)), float(cosines[0]))]
    in_clause = desk.searcher.coverage(question.text, hit.clause, None)
    about = float(kinds @ paragraph.scores)
    wanted = _FACTS[question.kind]
    out = []
    for span, cosine in parts:
        facts = [f for f in paragraph.facts if f.kind in wanted and span.start <= f.span.start and f.span.end <= span.end]
        needed = bool(wanted) and wanted != ("norm",) and not facts
        in_span = desk.searcher.coverage(question.text, hit.clause, span)
        features = (
            cosine, float(cosines[0]), in_clause, in_span, float(bool(facts)), float(needed),
            min(0.0, lead), max(0.0, lead), hit.score, about,
        )  # fmt: skip
        out.append(Candidate(paragraph, span, facts[0] if facts else None, features))
    return out


def _meant(desk: Desk, question: Question, text: str) -> tuple[str, ...]:
    """The documents a question names, rightly written or nearly so."""
    return desk.searcher.named(text) or question.documents


def _answer(question: Question, candidate: Candidate, confidence: float) -> Answer:
    paragraph, span, fact = candidate.paragraph, candidate.span, candidate.fact
    value = normalized = None
    if fact is not None and fact.kind != "norm":
        value, normalized = fact.text, fact.normalized
    elif question.kind == "who" and fact is not None:
        value = normalized = fact.party
    elif question.kind in ("permission", "existence"):
        norm = fact or next(
            (f for f in paragraph.facts if f.modality and span.start <= f.span.start and f.span.end <= span.end), None
        )
        value = normalized = _YES_NO.get(norm.modality or "", "yes") if norm else "yes"
    marks = (fact.span,) if fact is not None else ()
    return Answer(
        document_of(paragraph.clause), paragraph.clause, paragraph.text[span.start : span.end], span, marks, paragraph.english, value, normalized, confidence
    )  # fmt: skip
