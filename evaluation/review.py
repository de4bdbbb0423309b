"""Facts, clause types, alignments and answers measured against gold, for the report. Run: python -m evaluation.review"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from evaluation.alignment import align_score, fit, read_links
from evaluation.asking import judge, read_questions
from evaluation.facts import read_gold_facts, score_facts
from evaluation.gold import GOLD, Part
from evaluation.types import agreement
from index.build import build_index
from index.encoder.encoder import Encoder, SentenceEncoder
from index.folders import corpus_folder
from index.search import Searcher
from review.clause_types import read_clause_types
from review.desk import Desk
from review.training.__main__ import Example, learn_combination, read_examples, read_gold, read_labels, read_terms

PARTS: tuple[Part, Part] = ("dev", "test")


def review_report(corpus: Path, encoder: Encoder) -> str:
    """The measures of facts, types and alignments in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(corpus, Path(folder), encoder)
        desk = Desk.open(corpus, Searcher.open(Path(folder), encoder), encoder)
        return "\n".join(
            [*_intro(), *_facts(desk), "", *_types(desk, corpus, encoder), "", *_alignments(desk), "", *_asking(desk)]
        )


def _intro() -> Iterator[str]:
    yield "## Facts, clause types and alignments"
    yield ""
    yield (
        "Gold was written by reading, before the code. The dev part is Master'sONE (for alignments: the pairs with it); the four other "
        "documents, or the pairs among them, are the test part: rules and weights were chosen without them."
    )
    yield ""


def _facts(desk: Desk) -> Iterator[str]:
    yield "| facts | part | in gold | precision | recall | value or modality exact | party exact |"
    yield "|---|---|---|---|---|---|---|"
    for part in PARTS:
        gold = read_gold_facts(part)
        documents = [d.id for d in desk.documents() if (d.id == "masters-one") == (part == "dev")]
        found = {p.clause: p.facts for d in documents for p in desk.paragraphs(d)}
        for norms, name in ((False, "values"), (True, "who must or may")):
            s = score_facts(found, gold, norms)
            party = f"{s.party / max(s.right, 1):.3f}" if norms else "–"
            yield f"| {name} | {part} | {s.wanted} | {s.precision:.3f} | {s.recall:.3f} | {s.value / max(s.right, 1):.3f} | {party} |"


def _types(desk: Desk, corpus: Path, encoder: Encoder) -> Iterator[str]:
    gold = read_gold(GOLD / "clause_types.tsv")
    found = {p.clause: frozenset(t.type for t in p.types) for d in desk.documents() for p in desk.paragraphs(d.id)}
    yield "| clause types | part | paragraphs | precision | recall | micro-F1 |"
    yield "|---|---|---|---|---|---|"
    for part in PARTS:
        own = read_gold(GOLD / "clause_types.tsv", part)
        a = agreement(found, own)
        yield f"| shipped | {part} | {len(own)} | {a.precision:.3f} | {a.recall:.3f} | {a.f1:.3f} |"
    second = read_gold(GOLD / "clause_types_second.tsv")
    a = agreement(second, {c: gold[c] for c in second})
    yield f"| a second reader against the first | test | {len(second)} | {a.precision:.3f} | {a.recall:.3f} | {a.f1:.3f} |"
    types = read_clause_types(corpus / "clause_types.toml")
    _, examples = read_examples(types, corpus, gold, read_labels(), read_terms(), encoder, _say)
    documents = {clause.partition(":")[0] for clause in gold}
    for left_out in sorted(documents):
        yield _left_out(left_out, examples)


def _left_out(left_out: str, examples: Sequence[Example]) -> str:
    """A row for one document when the weights are chosen on the four others."""
    others = [e for e in examples if e.name != left_out]
    model = learn_combination(others)
    own = next(e for e in examples if e.name == left_out)
    scores = 1 / (1 + np.exp(-(own.features @ model["combination"] + model["intercept"])))
    found = scores >= model["threshold"]
    right, given, wanted = int((found & own.truth).sum()), int(found.sum()), int(own.truth.sum())
    f1 = 2 * right / max(given + wanted, 1)
    return f"| {left_out} left out | – | {len(own.clauses)} | {right / max(given, 1):.3f} | {right / max(wanted, 1):.3f} | {f1:.3f} |"


def _alignments(desk: Desk) -> Iterator[str]:
    yield "| alignments | part | articles | precision | recall | F1 over links | “none” said to be none |"
    yield "|---|---|---|---|---|---|---|"
    for part in PARTS:
        a = align_score(desk, read_links(part))
        yield f"| shipped | {part} | {a.articles} | {a.precision:.3f} | {a.recall:.3f} | {a.f1:.3f} | {a.none:.1%} |"
    links = read_links()
    for document in sorted({link.document for link in links}):
        own = [link for link in links if document in (link.document, link.source.partition(":")[0])]
        weights = fit(desk, [link for link in links if link not in own])
        a = align_score(desk, own, weights)
        yield f"| {document} left out | – | {a.articles} | {a.precision:.3f} | {a.recall:.3f} | {a.f1:.3f} | {a.none:.1%} |"


def _asking(desk: Desk) -> Iterator[str]:
    yield "## Answers"
    yield ""
    yield (
        "300 questions written by reading, a third of them dev; right means the right value and an acceptable clause in the first "
        "answer, or no answer where the terms do not say. Intervals are 95 % (Wilson)."
    )
    yield ""
    yield "| part | questions | right | refused | wrong clause | wrong value | answered what the terms do not say |"
    yield "|---|---|---|---|---|---|---|"
    for part in PARTS:
        for group, counts in sorted(judge(desk, read_questions(part)).items()):
            total = sum(counts.values())
            low, high = wilson(counts["right"], total)
            cells = [counts[v] for v in ("wrongly refused", "wrong clause", "wrong value", "answered what the terms do not say")]
            shown = " | ".join(f"{n / total:.1%}" for n in cells)
            yield f"| {part} | {group}, {total} | {counts['right'] / total:.1%} [{low:.1%}, {high:.1%}] | {shown} |"


def wilson(right: int, of: int) -> tuple[float, float]:
    """The ends of the 95 % interval of a share."""
    interval = binomtest(right, of).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Print it."""
    sys.stdout.write(review_report(corpus_folder(), SentenceEncoder()) + "\n")


if __name__ == "__main__":
    main()
