"""A text as classified lines. Nothing is dropped: the lines, joined, are the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from unicodedata import east_asian_width

from ingest.headings import Heading, is_caption, read_heading
from ingest.marks import Mark, read_marks
from ingest.model import Span

Kind = Literal["blank", "contents", "heading", "caption", "table", "table head", "end mark", "page", "text"]

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[・●○■□◆◇▪•‣➢]\s*|\\?[-*+](?:\s+|(?=[（(①-⑳]))|#{1,6}\s+|>\s+")
_CONTENTS = re.compile(r"[【《＜<]?\s*目\s*次\s*[】》＞>]?")
_END_MARK = re.compile(r"[(（]?\s*以\s*上\s*[)）]?")
# Page numbers that no sentence could be: - 3 -, 3/12, P.3, 3 ページ, Page 3 of 12.
_PAGE = re.compile(
    r"[-－‐―]\s*\d{1,4}\s*[-－‐―]|\d{1,4}\s*[/／]\s*\d{1,4}(?:\s*(?:ページ|頁))?|\d{1,4}\s*(?:ページ|頁)|"
    r"[Pp](?:age|\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_TABLE_HEAD = re.compile(r"(?:用\s*語|語\s*句|項\s*目|名\s*称)[\s　]+(?:\S*(?:意\s*味|定\s*義|説\s*明|内\s*容|解\s*説))")
_SENTENCE_END = re.compile(r"[。．!！?？][」』）)]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: ``span`` with its line end, ``ink`` without outer blanks, ``content`` without
    bullet or Markdown mark too.

    ``heading`` and ``marks`` are what its form allows. ``rested``: the line before ends a sentence.
    ``opens``: it does so short of the wrap, or is no text, so that a new block may begin here.
    ``flows``: it goes on with a line that was wrapped by hand. ``listed``: it is one of several entries
    with a bullet.
    """

    index: int
    span: Span
    ink: Span
    content: Span
    kind: Kind
    heading: Heading | None
    marks: tuple[Mark, ...]
    rested: bool
    opens: bool
    flows: bool
    listed: bool
    text: str

    @property
    def closes(self) -> bool:
        """Whether the line ends a sentence."""
        return _SENTENCE_END.search(self.text) is not None


def width(text: str) -> int:
    """Columns the text takes in print: two for a wide character."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def read_lines(source: str) -> tuple[Line, ...]:
    """All lines of the source, in order; their spans cover it from end to end."""
    spans = _split(source)
    inks = [_ink_and_content(source, span) for span in spans]
    wrap = _wrap_width([source[content.start : content.end] for _, content in inks if content.end > content.start])
    lines: list[Line] = []
    previous: Line | None = None
    bulleted = False
    for index, (span, (ink, content)) in enumerate(zip(spans, inks, strict=True)):
        text = source[content.start : content.end]
        heading = read_heading(source, content) if text else None
        rested = previous is None or previous.closes or previous.kind != "text"
        opens = rested and (wrap is None or previous is None or _short(previous, wrap))
        flows = previous is not None and wrap is not None and not opens and width(previous.text) > wrap * 0.8
        bullet = ink.start < content.start and ink.end == content.end
        kind = "blank" if ink.start == ink.end else _kind(text, heading)
        marks = read_marks(text) if kind == "text" else ()
        listed = bullet and previous is not None and bulleted
        line = Line(index, span, ink, content, kind, heading, marks, rested, opens, flows, listed, text)
        lines.append(line)
        if text and kind != "page":
            previous, bulleted = line, bullet
    return tuple(lines)


def cut_line(line: Line, source: str, start: int) -> Line:
    """The rest of a heading's line, from ``start`` on, as a line of text."""
    rest = Span(start, line.content.end)
    text = source[start : rest.end]
    return replace(
        line, ink=rest, content=rest, kind="text", heading=None, marks=read_marks(text), rested=True, opens=True, text=text
    )


def _split(source: str) -> list[Span]:
    spans, start = [], 0
    for m in LINE_END.finditer(source):
        spans.append(Span(start, m.end()))
        start = m.end()
    if start < len(source):
        spans.append(Span(start, len(source)))
    return spans


def _ink_and_content(source: str, span: Span) -> tuple[Span, Span]:
    """A line without outer blanks, and its words without the bullet or Markdown mark before them."""
    start, end = span
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    if _PAGE.fullmatch(source, start, end):
        return Span(start, end), Span(start, end)
    bullet = _BULLET.match(source, start, end)
    first, last = (bullet.end() if bullet else start), end
    for sign in ("**", "__"):  # a line in bold
        if last - first > 4 and source.startswith(sign, first) and source.endswith(sign, first, last):
            first, last = first + 2, last - 2
    if (first, last) != (start, end):
        return Span(start, end), Span(first, last)
    if source[start:end] in ("-", "*", "#"):
        return Span(start, end), Span(end, end)
    return Span(start, end), Span(start, end)


def _kind(text: str, heading: Heading | None) -> Kind:
    if heading:
        return "heading"
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return "table"
    if _CONTENTS.fullmatch(text):
        return "contents"
    if _END_MARK.fullmatch(text):
        return "end mark"
    if _PAGE.fullmatch(text):
        return "page"
    if _TABLE_HEAD.fullmatch(text):
        return "table head"
    return "caption" if is_caption(text) else "text"


def _wrap_width(texts: Sequence[str]) -> int | None:
    """The width at which the text was wrapped by hand, or None when each line is a paragraph.

    Wrapped text has many lines of nearly the same, moderate width that stop in mid-sentence.
    """
    widths = sorted(width(t) for t in texts if not _SENTENCE_END.search(t) and width(t) >= 30)
    if len(widths) < 8 or len(widths) < len(texts) / 4:
        return None
    typical = widths[len(widths) * 2 // 3]
    alike = sum(abs(w - typical) <= typical * 0.15 for w in widths)
    return typical if typical <= 120 and alike * 2 >= len(widths) else None


def _short(line: Line, wrap: int) -> bool:
    """Whether a line that ends a sentence stops short of the wrap, or is no running text."""
    return line.kind != "text" or width(line.text) < wrap * 0.9
