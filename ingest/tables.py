"""Tables of terms and meanings: Markdown rows, or rows that a text export flattened to lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.lines import LINE_END, Line
from ingest.model import Clause, Span

# A term is a noun phrase: no stop, and hiragana only as お/ご before and okurigana behind kanji.
_TERM = re.compile(
    r"[おごみ]?(?:[^\s、。，．ぁ-ん「」（）()]|(?<=[一-龯々])[いみりえけしちきれせ](?![ぁ-ん])|[ \u3000](?=\S)|[（(][^（）()]*[)）])+"
)
_LONGEST_TERM = 40


def flattened_cells(lines: Sequence[Line], source: str) -> list[list[Span]]:
    """The cells of a flattened table, head row first, each as the pieces of its lines.

    A term stands on a line of its own or before the first blank of its meaning; a meaning goes on
    until a sentence, or the printed cell, ends and a term follows.
    """
    cells: list[list[Span]] = []
    head = lines[0]
    gap = re.search(r"\s+", head.text)
    assert gap is not None  # the form of a table head
    start = head.content.start
    cells.append([Span(start, start + gap.start())])
    cells.append([Span(start + gap.end(), head.content.end)])
    ended = [_cell_ends(line, source) for line in lines]
    told = any(ended) and not all(ended)  # only then does a blank at the end of a line say anything
    in_term, before = False, head
    for line, after in zip(lines[1:], ended, strict=False):
        rested = before.closes or (told and after) or before is head
        place = _split_place(line.text)
        if in_term and is_term(line.text) and told and not after:
            cells[-1].append(line.content)
        elif in_term:
            cells.append([line.content])
            in_term = False
        elif place:
            at = line.content.start
            cells.append([Span(at, at + place[0])])
            cells.append([Span(at + place[1], line.content.end)])
        elif is_term(line.text) and rested:
            cells.append([line.content])
            in_term = True
        else:
            cells[-1].append(line.content)
        before = line
    return cells


def table_rows(clause: Clause, source: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of a table node without its head row; each has as many cells as the head."""
    width = table_columns(clause, source)
    cells = clause.body[width:]
    for i in range(0, len(cells) - width + 1, width):
        yield cells[i : i + width]


def table_columns(clause: Clause, source: str) -> int:
    """How many cells the head row of a table node has: those that stand on its first line."""
    width = 1
    while width < len(clause.body) and not LINE_END.search(source, clause.body[width - 1][-1].end, clause.body[width][0].start):
        width += 1
    return width


def is_term(text: str) -> bool:
    """Whether a text is a noun phrase such as can be defined: 契約者設備, NGN-VPN サービス用設備."""
    return len(text) <= _LONGEST_TERM and _TERM.fullmatch(text) is not None


def _split_place(text: str) -> tuple[int, int] | None:
    """Where a line ``TERM MEANING`` is to be cut: end of the term, start of the meaning.

    Of several blanks the last counts behind which a meaning, and no noun alone, begins; but a term
    names no word twice, so a word of the line that comes again opens the meaning.
    """
    best = None
    for gap in re.finditer(r"\s+", text):
        term, meaning = text[: gap.start()], text[gap.end() :]
        words = term.split()
        if is_term(term) and not is_term(meaning) and len(set(words)) == len(words):
            best = gap.span()
    return best


def _cell_ends(line: Line, source: str) -> bool:
    """Whether a blank ends the line, as PDF exports print it at the end of a cell or paragraph."""
    return source[line.content.end : line.content.end + 1] in (" ", "\u3000")
