"""Lines become the clause tree. Total: any text gives an outline, and what is odd gives a problem.

The assumptions behind each step are numbered in docs/parsing.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.addresses import ANNEXES, RANK, Addresses
from ingest.lines import Line, read_lines
from ingest.lists import ListReader, Node, is_note
from ingest.marks import Style
from ingest.model import Clause, Level, Outline, Problem, Span
from ingest.tables import flattened_cells
from ingest.units import Unit, read_units

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_CELL = re.compile(r"((?:[^|\\]|\\.)*)\|")
_RULE = re.compile(r":?-+:?")
_BROKEN_OFF = re.compile(r"(?:また|なお|ただし|及び|又は|ここで|この場合)[、，]?")
_BELOW: tuple[Level, ...] = ("paragraph", "item", "subitem")


def read_outline(source: str) -> Outline:
    """The clause tree of a text, addresses without document, and the problems found on the way."""
    lines = read_lines(source)
    tree = _Tree(source, lines)
    clauses = tree.clauses(read_units(source, lines, tree.problems))
    return Outline(clauses, tuple(sorted(tree.problems, key=lambda p: (p.start, p.end))))


class _Tree:
    """Gives units their addresses and their place in the tree."""

    def __init__(self, source: str, lines: Sequence[Line]) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.numbered = sum(map(_opens_second, lines)) >= 2

    def clauses(self, units: Sequence[Unit]) -> tuple[Clause, ...]:
        """The top of the tree, in the order of the text."""
        roots: list[Clause] = []
        stack: list[tuple[Clause, list[Clause]]] = []  # open parts, chapters, sections and annexes
        addresses = Addresses(self.problems)

        def close(rank: int) -> None:
            while stack and RANK[stack[-1][0].level] >= rank:
                clause, children = stack.pop()
                (stack[-1][1] if stack else roots).append(replace(clause, children=tuple(children)))

        for unit in units:
            if unit.heading is None:
                if unit.own or unit.body:
                    roots.append(self._preamble(unit) if unit.level == "preamble" else self._leaf(unit))
            elif unit.level == "article":
                address, in_annex = addresses.article(unit.heading)
                close(RANK["article"] if in_annex or not stack or stack[0][0].level not in ANNEXES else 0)
                (stack[-1][1] if stack else roots).append(self._article(unit, address))
            else:
                close(RANK[unit.level])
                clause = self._above(unit, addresses.above(unit.level, unit.heading))
                stack.append((clause, list(clause.children)))
        close(0)
        if not any(clause.level == "article" for root in roots for clause in root.walk()):
            self.problems.append(Problem("no article (第n条) was found in this text", 0, len(self.source)))
        return tuple(sorted(roots, key=lambda clause: clause.start))

    # One clause each

    def _leaf(self, unit: Unit) -> Clause:
        """A table of contents or an end mark."""
        label = unit.own[0].content if unit.own[0].kind == "contents" else None
        words = tuple((line.content,) for line in unit.own[label is not None :])
        return Clause(None, unit.level, None, self._slice(label), None, self._spans(unit.own), words, label)

    def _preamble(self, unit: Unit) -> Clause:
        spans = self._spans([*unit.own, *unit.body])
        body = self._blocks(unit.body, lambda line, _: not line.flows)
        return Clause("0", "preamble", None, "", self._slice(unit.title) or None, spans, body)

    def _article(self, unit: Unit, address: str) -> Clause:
        children = self._paragraphs(unit.body, address, self.numbered)
        return self._headed(unit, address, self._spans(unit.own), (), children)

    def _above(self, unit: Unit, address: str) -> Clause:
        """A part, chapter, section, 附則, 別紙 or 別表, with what stands in it before its first article."""
        if unit.level in ANNEXES:
            children = self._paragraphs(unit.body, address, numbered=False)
            return self._headed(unit, address, self._spans(unit.own), (), children)
        body = self._blocks(unit.body, _begins_block)
        return self._headed(unit, address, self._spans([*unit.own, *unit.body]), body, ())

    def _headed(
        self,
        unit: Unit,
        address: str,
        spans: tuple[Span, ...],
        body: tuple[tuple[Span, ...], ...],
        children: tuple[Clause, ...],
    ) -> Clause:
        assert unit.heading is not None
        number = "-".join(map(str, unit.heading.number)) or None
        label, title = self._slice(unit.heading.label), self._slice(unit.title) or None
        return Clause(address, unit.level, number, label, title, spans, body, unit.heading.label, children)

    def _paragraphs(self, body: Sequence[Line], address: str, numbered: bool) -> tuple[Clause, ...]:
        reader = ListReader(numbered or any(map(_opens_second, body)))
        nodes = reader.read(body)
        self.problems.extend(reader.problems)
        for node in nodes:
            self._check_end(node)
        return tuple(self._node(node, f"{address}.{n}") for n, node in enumerate(nodes, 1))

    def _node(self, node: Node, address: str) -> Clause:
        counts: Counter[bool] = Counter()
        children: list[Clause] = []
        for child in node.children:
            counts[child.is_table] += 1
            name = f"table-{counts[True]}" if child.is_table else str(counts[False])
            children.append(self._node(child, f"{address}.{name}"))
        level: Level = "table" if node.is_table else _BELOW[min(node.depth, 2)]
        label = None
        if node.skip:
            start = node.lines[0].content.start
            label = Span(start, start + len(node.lines[0].text[: node.skip].rstrip()))
        starts = [child.start for child in children]
        if node.is_table and node.lines[0].kind == "table head":
            body = tuple(map(tuple, flattened_cells(node.lines, self.source)))
        else:
            body = self._blocks(node.lines, _begins_block, label.end if label else 0, starts)
        spans = self._spans(node.lines) or (Span(starts[0], starts[0]),)
        number = str(node.mark.ordinal) if node.mark else None
        return Clause(address, level, number, self._slice(label), None, spans, body, label, tuple(children))

    def _check_end(self, node: Node) -> None:
        """Report a paragraph that stops in mid-sentence behind a complete one (…とします。また)."""
        last = node.lines[-1].text if node.lines and not node.children else ""
        _before, stop, rest = last.rpartition("。")
        if stop and _BROKEN_OFF.fullmatch(rest.strip()):
            end = node.lines[-1].content.end
            self.problems.append(Problem("the text breaks off here", end - len(rest), end))

    # Places in the source

    def _slice(self, span: Span | None) -> str:
        return self.source[span.start : span.end] if span else ""

    def _spans(self, own: Iterable[Line]) -> tuple[Span, ...]:
        """The ink of these lines, one span for each run of them that nothing else interrupts."""
        spans: list[Span] = []
        for line in sorted(own, key=lambda line: line.ink.start):
            if spans and not self.source[spans[-1].end : line.ink.start].strip():
                spans[-1] = Span(spans[-1].start, line.ink.end)
            else:
                spans.append(line.ink)
        return tuple(spans)

    def _blocks(
        self,
        own: Sequence[Line],
        begins: Callable[[Line, Line], bool],
        first: int = 0,
        children: Sequence[int] = (),
    ) -> tuple[tuple[Span, ...], ...]:
        """The words of these lines from ``first`` on, in blocks; a child between two lines parts them too."""
        blocks: list[list[Span]] = []
        previous: Line | None = None
        width = 0
        for line in sorted(own, key=lambda line: line.ink.start):
            if line.kind == "table":
                cells = self._cells(line)
                width = width or len(cells)
                blocks.extend(_as_wide(cells, width))
                previous = line
                continue
            pieces = self._words(max(line.content.start, first), line.content.end)
            if not pieces:
                continue
            if (
                previous is None
                or not blocks
                or any(previous.ink.start < child < line.ink.start for child in children)
                or begins(line, previous)
            ):
                blocks.append(pieces)
            else:
                blocks[-1].extend(pieces)
            previous = line
        return tuple(map(tuple, blocks))

    def _words(self, start: int, end: int) -> list[Span]:
        """The words between two places of a line: outer blanks and the backslash of an escape left out."""
        while start < end and self.source[start].isspace():
            start += 1
        escapes = [m.span() for m in _ESCAPE.finditer(self.source, start, end)]
        bounds = [start, *(edge for span in escapes for edge in span), end]
        return [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]

    def _cells(self, line: Line) -> list[Span]:
        """The cells of a Markdown row, an empty one as an empty span; none for the rule below the head."""
        cells = []
        for m in _CELL.finditer(self.source, line.content.start + 1, line.content.end):
            start = m.start() + len(m[1]) - len(m[1].lstrip())
            cells.append(Span(start, start + len(m[1].strip())))
        rule = all(_RULE.fullmatch(self.source, *cell) for cell in cells)
        return [] if rule else cells


def _as_wide(cells: Sequence[Span], width: int) -> list[list[Span]]:
    """The cells of a row as wide as the head: a short row ends with empty cells, the last takes what is too much."""
    if not cells:
        return []
    end = Span(cells[-1].end, cells[-1].end)
    row = [[cell] for cell in (*cells[:width], *([end] * (width - len(cells))))]
    row[-1].extend(cells[width:])
    return row


def _begins_block(line: Line, before: Line) -> bool:
    return line.listed or is_note(line.text) or (line.opens and before.closes)


def _opens_second(line: Line) -> bool:
    styles = (Style.DIGIT, Style.PARAGRAPH)
    return any(m.style in styles and m.ordinal == 2 and (m.firm or line.rested) for m in line.marks)
