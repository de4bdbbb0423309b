"""Headings: what a line that begins with 第n条, 第n章, 附則, 別紙 or 別表 says, judged by its form.

A heading's form is not proof: a hard wrap can put 「第３８条（サービスの廃止）」 alone on a line. Which
candidates are headings is decided by their sequence (``ingest.sequence``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import numerals
from ingest.model import Level, Span

LONGEST_TITLE = 60  # characters; a longer rest of a line is the body

_UNITS: dict[str, Level] = {
    "編": "part",
    "章": "chapter",
    "節": "section",
    "款": "section",
    "条": "article",
    "條": "article",
}
_N = numerals.NUMBER
_UNIT = re.compile(
    rf"第\s*{_N}(?:\s*[-－−‐]\s*{_N})?\s*(?P<unit>[編章節款条條])(?:\s*の\s*{_N}(?![{numerals.DIGITS}項号つ年月日]))*"
)
_SUPPLEMENT = re.compile(r"附\s*則|付\s*則")
_APPENDIX = re.compile(rf"(?:別\s*紙|別\s*添|別\s*記)\s*(?:第?\s*{_N}\s*号?)?")
_SCHEDULE = re.compile(rf"(?:別\s*表|料\s*金\s*表)\s*(?:第?\s*{_N}\s*号?)?")
_OPENING, _CLOSING = "（(【〔［[「『《〈<＜", "）)】〕］]」』》〉>＞"
_ANNEXES: tuple[tuple[re.Pattern[str], Level], ...] = (
    (_SUPPLEMENT, "supplement"),
    (_APPENDIX, "appendix"),
    (_SCHEDULE, "schedule"),
)
# After the number or the closing bracket these go on with a sentence, so the line is a reference.
_SENTENCE = re.compile(
    r"[のにをはがでとへもや、，,・。)）]|から|まで|より|及び|および|又は|または|並びに|若しくは|もしくは|乃至|ないし|"
    rf"[-－~〜～]|第\s*{_N}\s*[項号条条章]|但し|ただし|各号|各項|本文|前段|後段|所定|記載|規定|等"
)
# The same behind a blank, where a title could stand: only what no title begins with.
_SENTENCE_APART = re.compile(
    r"[のにをはがでと、，,・。](?![ァ-ヴ])|及び|又は|または|並びに|若しくは|もしくは|乃至|ないし|"
    rf"第\s*{_N}\s*[項号条章]|各号|に定め|の規定"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line read as a heading: its level, number, and the places of label, title and body.

    ``body`` is the rest of the line when the text of the clause begins in it. ``firm`` says that the
    form leaves little doubt.
    """

    level: Level
    number: tuple[int, ...]
    label: Span
    title: Span | None
    body: Span | None
    firm: bool


def read_heading(source: str, content: Span) -> Heading | None:
    """The heading that ``source[content]``, a line without bullet, may be, or None."""
    text = source[content.start : content.end]
    unit = _UNIT.match(text)
    if unit:
        number = numerals.numbered(unit.group())
        return None if number is None or 0 in number else _titled(source, content, _UNITS[unit["unit"]], number, unit.end())
    for pattern, level in _ANNEXES:
        m = pattern.match(text)
        if m:
            digits = re.search(_N, m.group())
            value = numerals.integer(digits.group()) if digits else None
            length = len(m.group().rstrip())
            found = _titled(source, content, level, () if value is None else (value,), length)
            return found if found and (found.body is None or level == "supplement") else None
    return None


def _titled(source: str, content: Span, level: Level, number: tuple[int, ...], length: int) -> Heading | None:
    start, end = content
    label = Span(start, start + length)
    rest = source[label.end : end]
    stops = len(rest) - len(rest.lstrip("．.：:"))
    rest = rest[stops:]
    apart = rest[:1].isspace() or stops > 0
    at = stops + label.end + len(rest) - len(rest.lstrip())
    if at >= end:
        return Heading(level, number, label, None, None, True)
    bracket = _bracket(source, at, end)
    if bracket:
        title = _trim(source, at + 1, bracket - 1)
        after = _trim(source, bracket, end)
        if after.start == after.end:
            return Heading(level, number, label, title, None, True)
        if _SENTENCE.match(source, after.start, end) or source[after.start] in _OPENING[4:]:
            return None
        return Heading(level, number, label, title, after, bracket < after.start)
    if (_SENTENCE_APART if apart else _SENTENCE).match(source, at, end):
        return None
    words = _trim(source, at, end)
    if words.end - words.start <= LONGEST_TITLE and "。" not in source[words.start : words.end]:
        return Heading(level, number, label, words, None, apart)
    return Heading(level, number, label, None, words, apart and level in ("article", "supplement"))


def is_caption(text: str) -> bool:
    """Whether a line is a bracketed caption alone, such as （目的）, that can title the next article."""
    text = text.strip()
    if text[:1] not in ("（", "(", "【", "〔", "［", "[") or "。" in text or len(text) > LONGEST_TITLE:
        return False
    return _bracket(text, 0, len(text)) == len(text)


def caption_title(source: str, content: Span) -> Span:
    """The words of a caption, without its brackets."""
    return _trim(source, content.start + 1, content.end - 1)


def _bracket(source: str, start: int, end: int) -> int | None:
    """The end of the bracket that opens at ``start``, brackets inside it counted, or None. Any kind closes any."""
    if source[start] not in _OPENING:
        return None
    depth = 0
    for i in range(start, min(end, start + 2 * LONGEST_TITLE)):
        if source[i] in _OPENING:
            depth += 1
        elif source[i] in _CLOSING:
            depth -= 1
            if depth == 0:
                return i + 1
    return None


def _trim(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)
