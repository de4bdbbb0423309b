"""Passages: what is ranked. One is a paragraph with its items, headed by where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Document
from ingest.model import Clause
from ingest.prose import Prose, clause_prose

RANKED = ("paragraph", "preamble")


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause to be ranked. ``title`` is that of its article, ``context`` the chapter and service around it."""

    clause: str
    document: str
    title: str
    context: str
    prose: Prose


def read_passages(document: Document) -> Iterator[Passage]:
    """The passages of a document in the order of its text; clauses without words give none."""
    manifest = document.manifest
    names = " ".join(n for n in (manifest.service.ja, manifest.service.en, *manifest.aliases) if n)

    def walk(clause: Clause, title: str, chapter: str) -> Iterator[Passage]:
        ranked = clause.level in RANKED or (clause.level in ("part", "chapter", "section") and clause.body)
        if clause.level in ("part", "chapter", "section"):
            chapter = clause.title or ""
        elif clause.title or clause.level in ("supplement", "appendix", "schedule"):
            title = clause.title or clause.label
        if ranked and clause.address is not None:
            prose = clause_prose(clause if clause.level in RANKED else _alone(clause), document.reading.source)
            if prose.text:
                yield Passage(clause.address, document.id, title, f"{chapter} {names}".strip(), prose)
        if clause.level != "paragraph":
            for child in clause.children:
                yield from walk(child, title, chapter)

    for clause in document.reading.outline.clauses:
        yield from walk(clause, "", "")


def _alone(clause: Clause) -> Clause:
    """A chapter with its own words only; what stands in it has passages of its own."""
    return Clause(
        clause.address, clause.level, clause.number, clause.label, clause.title, clause.spans, clause.body, clause.label_span
    )
