"""How well questions are answered, and how often nothing is answered rightly; `python -m evaluation.asking` fits on the dev part."""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.gold import GOLD, Part
from index.encoder.encoder import SentenceEncoder
from index.folders import corpus_folder, index_folder
from index.search import Searcher
from ingest.citations import document_of
from ingest.folding import folded
from review.ask import FEATURES, SHIPPED, Candidate, Reply, Weights, all_candidates, ask
from review.desk import Desk
from review.questions import read_question

NORMAL = ("period", "rate", "share", "amount", "date", "court", "law", "who")
YES_NO = ("permission", "existence")
REFUSED = 0.06  # of the answerable that may be refused at most


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what answers it; ``document`` is * when all are asked."""

    id: str
    part: Part
    language: str
    text: str
    document: str
    answerable: bool
    kind: str
    value: str
    clauses: tuple[str, ...]
    hard: str

    @property
    def documents(self) -> tuple[str, ...]:
        """What the service picker says."""
        return () if self.document == "*" else (self.document,)

    def accepts(self, clause: str) -> bool:
        """Whether a clause is one that answers: an acceptable one or the paragraph around it."""
        return any(c == clause or c.startswith(f"{clause}.") for c in self.clauses)


def read_questions(part: Part | None = None) -> tuple[GoldQuestion, ...]:
    """The questions of one part, or all."""
    with (GOLD / "questions.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        GoldQuestion(
            r["question_id"], "dev" if r["part"] == "dev" else "test", r["language"], r["question"], r["document"],
            r["answer"] == "yes", r["kind"], r["value"], tuple(r["clauses"].split()), r["hard"],
        )
        for r in rows
        if part in (None, r["part"])
    )  # fmt: skip


def verdict(question: GoldQuestion, reply: Reply, text: str) -> str:
    """right, or what went wrong; ``text`` is that of the first answer's clause."""
    if not question.answerable:
        return "right" if reply.status == "not_found" else "answered what the terms do not say"
    if reply.status == "not_found":
        return "wrongly refused"
    first = reply.answers[0]
    if not question.accepts(first.clause):
        return "wrong clause"
    if question.kind in NORMAL:
        same = first.normalized == question.value
    elif question.kind in YES_NO:
        same = first.normalized == question.value or first.normalized is None
    else:
        same = _plain(question.value) in _plain(text)
    return "right" if same else "wrong value"


def _plain(text: str) -> str:
    return "".join(folded(text).split())


def judge(desk: Desk, questions: Sequence[GoldQuestion], weights: Weights = SHIPPED) -> dict[str, Counter[str]]:
    """Verdicts by language and answerability: keys such as "ja answerable"."""
    out: dict[str, Counter[str]] = {}
    for question in questions:
        reply = ask(desk, question.text, question.documents, weights)
        text = ""
        if reply.answers:
            paragraph = desk.paragraph(reply.answers[0].clause)
            text = paragraph.text if paragraph else ""
            answer = reply.answers[0]
            assert text[slice(*answer.span)] == answer.quote, "a quote must stand in its clause"
        key = f"{question.language} {'answerable' if question.answerable else 'not answerable'}"
        out.setdefault(key, Counter())[verdict(question, reply, text)] += 1
    return out


def fit(desk: Desk, questions: Sequence[GoldQuestion]) -> Weights:
    """Weights that tell sentences of acceptable clauses from others, and the threshold at which fewest questions go wrong."""
    rows, truth, groups = [], [], []
    for question in questions:
        for candidate in _candidates(desk, question):
            rows.append(candidate.features)
            truth.append(question.accepts(candidate.paragraph.clause) and question.answerable)
            groups.append(question.id)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), truth)
    weights = tuple(round(float(w), 3) for w in model.coef_[0])
    scores = 1 / (1 + np.exp(-(np.array(rows) @ np.array(weights) + float(model.intercept_[0]))))
    best = {q.id: max((s for s, g in zip(scores, groups, strict=True) if g == q.id), default=0.0) for q in questions}
    answerable = {q.id: q.answerable for q in questions}

    def wrong(threshold: float) -> float:
        refused = np.mean([best[q] < threshold for q in best if answerable[q]])
        answered = np.mean([best[q] >= threshold for q in best if not answerable[q]])
        return float(refused + answered)

    threshold = min(np.arange(0.02, 0.9, 0.01), key=wrong)
    return Weights(weights, round(float(model.intercept_[0]), 3), round(float(threshold), 2))


def _candidates(desk: Desk, question: GoldQuestion) -> list[Candidate]:
    understood = read_question(question.text, desk.documents())
    ranked = desk.searcher.rank(question.text)
    documents = question.documents or tuple({document_of(c) for c in question.clauses}) or tuple(d.id for d in desk.documents())
    found = all_candidates(desk, understood, ranked, documents)
    return [c for candidates in found.values() for c in candidates]


def main() -> None:
    """Fit on dev, and print verdicts on dev and test with the shipped and the fitted weights."""
    encoder = SentenceEncoder()
    desk = Desk.open(corpus_folder(), Searcher.open(index_folder(), encoder), encoder)
    weights = fit(desk, read_questions("dev"))
    print(dict(zip(FEATURES, weights.features, strict=True)), weights)  # noqa: T201
    for part in ("dev", "test"):
        for name, used in (("shipped", SHIPPED), ("fitted", weights)):
            began = time.perf_counter()
            verdicts = judge(desk, read_questions(part), used)
            print(part, name, f"{time.perf_counter() - began:.1f} s")  # noqa: T201
            for key, counts in sorted(verdicts.items()):
                total = sum(counts.values())
                print("   ", key, {v: f"{n} ({n / total:.0%})" for v, n in counts.most_common()})  # noqa: T201


if __name__ == "__main__":
    main()
