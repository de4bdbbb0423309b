"""A clause as clean text: wraps and page breaks joined, items on their own lines, offsets back to the source."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.model import Clause, Span

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Prose:
    """Clean ``text`` and where it comes from.

    ``pieces`` are (place in the text, place in the source, length), in the order of the text; what
    lies between two pieces (a joint, a line break) stands in no source.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def source_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The source of ``text[start:end]``, one span for each piece it touches."""
        spans = []
        for at, source, length in self.pieces:
            a, b = max(start, at), min(end, at + length)
            if a < b:
                spans.append(Span(source + a - at, source + b - at))
        return tuple(spans)

    def text_at(self, source: int) -> int | None:
        """The place in the text of a character of the source, or None when it is not in the text."""
        for at, begin, length in self.pieces:
            if begin <= source < begin + length:
                return at + source - begin
        return None


class _Writer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0
        self.begun = False

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def quote(self, span: Span) -> None:
        if span.start == span.end:
            return
        self.pieces.append((self.length, span.start, span.end - span.start))
        self.put(self.source[span.start : span.end])

    def joint(self) -> None:
        """Begin a line; the first one needs no break before it."""
        if self.begun:
            self.put(BREAK)
        self.begun = True

    def block(self, pieces: tuple[Span, ...]) -> None:
        for i, piece in enumerate(pieces):
            if i and self._apart(pieces[i - 1], piece):
                self.put(" ")
            self.quote(piece)

    def _apart(self, before: Span, after: Span) -> bool:
        """Whether a wrap fell between two words of a language that parts words by blanks."""
        if after.start - before.end == 1 and self.source[before.end] == "\\":
            return False
        last, first = self.source[before.end - 1], self.source[after.start]
        return last.isascii() and first.isascii() and (last.isalnum() or last in ",.;:)") and (first.isalnum() or first == "(")


def clause_prose(clause: Clause, source: str) -> Prose:
    """The clean text of a clause with all below it. Its own label and title are left out; those of what
    stands in it begin their lines.
    """
    writer = _Writer(source)
    _write(writer, clause)
    return Prose("".join(writer.parts), tuple(writer.pieces))


def own_prose(clause: Clause, source: str) -> Prose:
    """The clean text of a clause without what stands in it."""
    writer = _Writer(source)
    for block in clause.body:
        writer.joint()
        writer.block(block)
    return Prose("".join(writer.parts), tuple(writer.pieces))


def _write(writer: _Writer, clause: Clause, on_line: bool = False) -> None:
    """Write a clause; ``on_line`` says that its label stands already and its first block follows it."""
    parts: list[tuple[int, tuple[Span, ...] | Clause]] = [(block[0].start, block) for block in clause.body]
    parts.extend((child.start, child) for child in clause.children)
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, Clause):
            if part.label_span is not None:
                writer.joint()
                writer.quote(part.label_span)
                if part.title:
                    writer.put(f" {part.title}")
            _write(writer, part, on_line=part.label_span is not None and not part.title)
        else:
            if on_line:
                writer.put(" ")
            else:
                writer.joint()
            writer.block(part)
        on_line = False
