"""The values every other room shares. They hold what was found and where; they do nothing.

All offsets count characters of the source as it was read and are half open: ``source[start:end]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Level = Literal[
    "part",  # 編
    "chapter",  # 章
    "section",  # 節
    "article",  # 条
    "paragraph",  # 項
    "item",  # 号
    "subitem",  # ア, イ, (a) … below an item
    "table",
    "preamble",  # 前文, with the title of the document
    "supplement",  # 附則
    "appendix",  # 別紙
    "schedule",  # 別表, 料金表
    "contents",  # 目次
    "noise",  # page furniture and end marks
]


class Span(NamedTuple):
    """A half-open range of characters of the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the source a person should look at: what it is, and where."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of the clause tree.

    ``spans`` hold its own text: label, heading and lead, without its children.
    ``body`` are the parts of ``spans`` that are its words (no label, heading or bullet), in blocks:
    the pieces of a block are printed lines that read on as one, the next block begins on a new line. ``label`` is the number as printed (第１条, （２）, 2.), ``number`` the same
    in plain digits; both follow the print, while ``address`` follows the position.
    """

    address: str | None
    level: Level
    number: str | None
    label: str
    title: str | None
    spans: tuple[Span, ...]
    body: tuple[tuple[Span, ...], ...] = ()
    label_span: Span | None = None
    children: tuple[Clause, ...] = ()

    @property
    def start(self) -> int:
        """First character of its own text."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """End of its own text."""
        return self.spans[-1].end

    def walk(self) -> Iterator[Clause]:
        """The clause and everything below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """A text as a tree of clauses, with the places a person should look at."""

    clauses: tuple[Clause, ...]
    problems: tuple[Problem, ...]

    def walk(self) -> Iterator[Clause]:
        """All clauses, parents before children."""
        for clause in self.clauses:
            yield from clause.walk()

    def addressed(self, document: str) -> Outline:
        """The same outline with ``document:`` before each address."""

        def name(clause: Clause) -> Clause:
            address = None if clause.address is None else f"{document}:{clause.address}"
            return replace(clause, address=address, children=tuple(map(name, clause.children)))

        return Outline(tuple(map(name, self.clauses)), self.problems)


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names another clause: 前項, 第９条第１項, 電気通信事業法第４条.

    ``targets`` are addresses in the same document. ``external`` names the law or document it goes
    to when that is another one; with neither, it could not be resolved.
    """

    clause: str
    text: str
    span: Span
    targets: tuple[str, ...]
    external: str | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term the text defines, with its meaning as printed and the clause that says so."""

    term: str
    meaning: str
    clause: str
    span: Span
