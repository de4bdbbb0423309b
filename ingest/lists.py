"""The body of an article as paragraphs, items and subitems (項, 号, イロハ), built from its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.lines import Line
from ingest.marks import Mark, Style
from ingest.model import Problem
from ingest.sequence import hangs

_LEAD = re.compile(r"(?:次の|以下の|次に|下記|各号|のいずれか|ときは、|場合は、|通りとする|とおりとする).*$|[:：]$")
_NOTE = re.compile(r"[※＊*]|[（(]?注[)）0-9０-９：:]")
_LINKED = re.compile(r"(?:ただし|但し|なお|また|この場合|その場合|この限り)")
_LIST_END = re.compile(r"(?:こと|とき|場合|もの|行為|事由|事項|者|等|旨|。)[。）)]?$")
_TWICE = re.compile(r"\s*([0-9０-９]{1,3})\s+(?=\S)")
_PARAGRAPH_STYLES = (Style.DIGIT, Style.PARAGRAPH, Style.CIRCLED, Style.BRACKET, Style.KANJI, Style.DIGIT_CLOSED)


@dataclass(slots=True)
class Node:
    """A paragraph, item, subitem or table while it grows. ``lines`` are its own, ``skip`` characters of the
    first of them are its label.
    """

    depth: int
    mark: Mark | None
    lines: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    skip: int = 0
    is_table: bool = False
    tail: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A list that is being read: the style of its marks, the last number, and its newest node."""

    style: Style | None
    last: int
    node: Node


def _stands_alone(node: Node, line: Line) -> bool:
    """Whether a node is one printed line that ends with a noun, as an entry of a list does, before ``line``."""
    text = node.lines[-1].text if len(node.lines) == 1 else ""
    return bool(text) and not line.flows and not hangs(text) and re.search(r"[ぁ-ん]$", text) is None


def is_note(text: str) -> bool:
    """Whether a line is a note (※, 注1) to what stands before it."""
    return _NOTE.match(text) is not None


class ListReader:
    """Reads the lines of one article. ``numbered`` says that this document numbers its paragraphs."""

    def __init__(self, numbered: bool) -> None:
        self.numbered = numbered
        self.paragraphs: list[Node] = []
        self.problems: list[Problem] = []
        self._open: list[_Open] = []

    def read(self, lines: Sequence[Line]) -> list[Node]:
        """The paragraphs of the lines, items below them."""
        table: Node | None = None
        for line in lines:
            if line.kind == "blank":
                continue
            if line.kind in ("table", "table head"):
                table = self._table(line, table)
                continue
            mark = self._accepted(line, in_table=table is not None)
            if mark:
                table = None
                self._begin(line, mark)
            elif table is not None and not (table.lines[0].kind == "table" and line.opens):
                table.lines.append(line)
            else:
                table = None
                self._continue(line)
        self._settle_tails()
        return self.paragraphs

    # Marks

    def _accepted(self, line: Line, in_table: bool) -> tuple[Mark, int] | None:
        """The mark that begins this line with the depth it belongs to, or None where it is text."""
        if not self._open:
            begins = (m for m in line.marks if m.ordinal == 1 or (m.style in (Style.DIGIT, Style.PARAGRAPH) and m.ordinal == 2))
            return next(((mark, 0) for mark in begins), None)
        for mark in line.marks:
            if mark.ordinal == 1 and not in_table and (depth := self._restarting(mark)) is not None:
                return mark, depth
        for mark in line.marks:
            depth = self._continuing(mark, line)
            if depth is not None and (depth == 0 or not in_table):
                return mark, depth
        if not in_table:
            for mark in line.marks:
                if mark.ordinal == 1 and self._may_open(mark, line):
                    return mark, len(self._open)
        return None

    def _restarting(self, mark: Mark) -> int | None:
        """The depth of a list of this style that ended with a new lead (ただし、次の場合は…), so that it begins again."""
        node = self._open[-1].node
        if not node.tail or not _LEAD.search(node.tail[-1].text):
            return None
        depth = next((d for d, listed in enumerate(self._open) if d and listed.style == mark.style), None)
        if depth is not None:
            self._open[depth - 1].node.lines.extend(node.tail)
            node.tail = []
            self._open[depth].last = 0
        return depth

    def _continuing(self, mark: Mark, line: Line) -> int | None:
        for depth in range(len(self._open) - 1, -1, -1):
            listed = self._open[depth]
            unlabelled = listed.style is None and depth == 0 and mark.style in _PARAGRAPH_STYLES
            if listed.style != mark.style and not unlabelled:
                continue
            step = mark.ordinal - listed.last
            entry = depth > 0 or len(self._open) > 1 or _stands_alone(listed.node, line)
            sure = mark.firm or line.rested or (entry and not mark.counted)
            if step == 1 and sure:
                return depth
            if step == 0 and listed.style is not None and line.rested:
                return depth
            if 1 < step <= 3 and listed.style is not None and (mark.firm or line.rested):
                return depth
        return None

    def _may_open(self, mark: Mark, line: Line) -> bool:
        if any(listed.style == mark.style for listed in self._open):
            return False
        if len(self._open) > 5:
            return False
        node = self._open[-1].node
        lead = node.lines[-1].text if node.lines else ""
        below_item = len(self._open) > 1 and mark.style in (Style.IROHA, Style.GOJUON, Style.KANJI)
        return mark.firm or line.rested or below_item or _LEAD.search(lead) is not None

    def _begin(self, line: Line, accepted: tuple[Mark, int]) -> None:
        mark, depth = accepted
        if depth == 0 and not self._open and mark.style not in (Style.DIGIT, Style.PARAGRAPH) and not line.closes:
            self._open.append(_Open(None, 1, self._add(Node(0, None))))  # items without a lead
            depth = 1
        skip = mark.length
        if depth == 0 and (doubled := _TWICE.match(line.text, skip)):
            skip = doubled.end(1)
            self._report(f"paragraph number printed twice: {line.text[:skip].strip()}", line, skip)
        node = Node(depth, mark, [line], skip=skip)
        if depth < len(self._open):
            self._check_step(self._open[depth], mark, line, depth)
            del self._open[depth + 1 :]
            self._open[depth] = _Open(mark.style, mark.ordinal, self._add(node))
        else:
            if mark.ordinal != 1:
                self._report(f"the first paragraph is printed with the number {mark.ordinal}", line, mark.length)
            self._open.append(_Open(mark.style, mark.ordinal, self._add(node)))

    def _check_step(self, listed: _Open, mark: Mark, line: Line, depth: int) -> None:
        step = mark.ordinal - listed.last
        if step == 0:
            self._report(f"number {mark.ordinal} is printed twice", line, mark.length)
        elif step > 1 and not (depth == 0 and self._fill_gap(listed, step - 1)):
            missing = ", ".join(str(n) for n in range(listed.last + 1, mark.ordinal))
            self._report(f"number {missing} is missing before this one", line, mark.length)

    def _add(self, node: Node) -> Node:
        siblings = self._open[node.depth - 1].node.children if node.depth else self.paragraphs
        siblings.append(node)
        return node

    # Lines without a mark

    def _continue(self, line: Line) -> None:
        if not self._open:
            self._open.append(_Open(None, 1, self._add(Node(0, None, [line]))))
            return
        if not self.numbered and line.opens and self._separate(line):
            listed = self._open[0]
            if listed.style is None:
                del self._open[1:]
                self._open[0] = _Open(None, listed.last + 1, self._add(Node(0, None, [line])))
                return
        node = self._open[-1].node
        if node.depth and not node.tail and not self._ends_item(node, line):
            node.lines.append(line)
        elif node.depth:
            node.tail.append(line)  # its place is known once the next mark is seen
        else:
            node.lines.append(line)

    def _separate(self, line: Line) -> bool:
        if all(own.kind == "caption" for own in self._open[0].node.lines):
            return False  # （実施期日） heads the paragraph below it
        return not is_note(line.text) and not _LINKED.match(line.text) and line.closes

    def _ends_item(self, node: Node, line: Line) -> bool:
        if is_note(line.text):
            return False
        last = node.lines[-1].text
        if line.opens:
            return True
        if not line.closes or line.flows or hangs(last):
            return False
        named = re.search(r"[ぁ-ん]$", last) is None and re.search(r"[はが]、", line.text) is not None
        return named or (_LIST_END.search(last) is not None and len(last) < len(line.text))

    def _fill_gap(self, listed: _Open, missing: int) -> bool:
        """Make paragraphs of the unnumbered blocks that stand where ``missing`` numbers are not printed."""
        node = listed.node
        starts = [i for i, line in enumerate(node.lines) if i and line.opens and not is_note(line.text)]
        if node.children or len(starts) < missing:
            return False
        ends = [*starts[-missing:][1:], len(node.lines)]
        blocks = [node.lines[a:b] for a, b in zip(starts[-missing:], ends, strict=True)]
        del node.lines[starts[-missing] :]
        for n, block in enumerate(blocks, listed.last + 1):
            self.paragraphs.append(Node(0, None, block))
            self._report(f"the number {n} of this paragraph is not printed", block[0], len(block[0].text))
        return True

    def _table(self, line: Line, table: Node | None) -> Node:
        if table is not None and (table.lines[0].kind == line.kind == "table"):
            table.lines.append(line)
            return table
        if not self._open:
            self._open.append(_Open(None, 1, self._add(Node(0, None))))
        table = Node(len(self._open), None, [line], is_table=True)
        self._open[-1].node.children.append(table)
        return table

    def _settle_tails(self) -> None:
        """Text after an item stays with it when another item follows; after the last it is the paragraph's."""

        def settle(parent: Node) -> None:
            for position, child in enumerate(parent.children):
                settle(child)
                if child.tail:
                    last = position == len(parent.children) - 1
                    (parent.lines if last else child.lines).extend(child.tail)
                    child.tail = []

        for paragraph in self.paragraphs:
            settle(paragraph)

    def _report(self, message: str, line: Line, length: int) -> None:
        start = line.content.start
        self.problems.append(Problem(message, start, start + length))
