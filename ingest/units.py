"""Lines become units: each heading with the lines that follow it, before numbers are looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.headings import Heading, caption_title
from ingest.lines import Line, cut_line
from ingest.model import Level, Problem, Span
from ingest.sequence import article_lines, contents_range, hangs

# What dates an amendment: a sentence of a 附則 names one.
_DATED = re.compile(r"施行|実施|適用|改定|改正|改訂|制定|変更|発効|[0-9０-９一二三四五六七八九十元]\s*年")
LONGEST_TITLE_LINE = 30  # characters of a title on the line after its heading


@dataclass(slots=True)
class Unit:
    """A heading with the lines that follow it up to the next one. ``own`` are the lines of the heading."""

    level: Level
    heading: Heading | None
    own: list[Line]
    title: Span | None = None
    body: list[Line] = field(default_factory=list)


def read_units(source: str, lines: Sequence[Line], problems: list[Problem]) -> list[Unit]:
    """The units of a text in order; what looks like a heading and is none is added to ``problems``."""
    contents = contents_range(lines)
    rest = [line for line in lines if line.index not in contents]
    articles = article_lines(rest)
    units: list[Unit] = []
    if contents:
        units.append(Unit("contents", None, [line for line in lines[contents.start : contents.stop] if line.kind != "blank"]))
    current = Unit("preamble", None, [])
    units.append(current)
    waiting: Line | None = None  # a caption that may belong to the next article
    before: Line | None = None
    for line in rest:
        if line.kind == "blank":
            continue
        if line.kind == "page":
            units.append(Unit("noise", None, [line]))
            continue
        heading = line.heading
        if heading and (line.index in articles if heading.level == "article" else _stands(line, heading, before)):
            host, current = current, _unit(source, line, heading)
            units.append(current)
            if waiting is not None:
                if heading.level == "article" and heading.title is None:
                    current.own.insert(0, waiting)
                    current.title = caption_title(source, waiting.content)
                else:
                    host.body.append(waiting)
            waiting = None
        else:
            if heading and heading.level == "article" and heading.firm and line.opens:
                problems.append(Problem("looks like a heading, but its number does not fit here", *line.content))
            if waiting is not None:
                current.body.append(waiting)
                waiting = None
            if line.kind == "end mark":
                units.append(Unit("noise", None, [line]))
            elif line.kind == "caption" and (current.body or current.title or current.level != "article"):
                waiting = line
            else:
                current.body.append(line)
        before = line
    if waiting is not None:
        current.body.append(waiting)
    for unit in units:
        _find_title(source, unit)
    _give_back(units, problems)
    return units


def _unit(source: str, line: Line, heading: Heading) -> Unit:
    if heading.body is None:
        return Unit(heading.level, heading, [line], heading.title)
    head = (heading.title.end + 1) if heading.title else heading.label.end
    own = replace(line, ink=Span(line.ink.start, head), content=Span(line.content.start, head))
    return Unit(heading.level, heading, [own], heading.title, [cut_line(line, source, heading.body.start)])


def _stands(line: Line, heading: Heading, before: Line | None) -> bool:
    """Whether a heading above or beside the articles is one here, not the wrapped end of a sentence."""
    if before is not None and before.kind == "text" and hangs(before.text):
        return False
    if heading.level in ("appendix", "schedule"):
        listed = before is not None and (bool(before.marks) or len(before.text) <= LONGEST_TITLE_LINE)
        return heading.firm and (line.opens or listed)
    return heading.firm and (heading.body is None or (heading.level == "supplement" and line.rested))


def _find_title(source: str, unit: Unit) -> None:
    """A heading without a title takes the caption, or the short line, that follows it."""
    if unit.level == "preamble" and unit.body:
        first = unit.body[0]
        if not first.closes and first.kind == "text":
            unit.title = first.content
            unit.own.append(unit.body.pop(0))
        return
    if unit.heading is None or unit.title is not None or unit.level == "supplement" or len(unit.body) < 2:
        return
    first, second = unit.body[0], unit.body[1]
    if first.kind == "caption":
        unit.title = caption_title(source, first.content)
    elif (
        unit.heading.body is None
        and first.kind == "text"
        and not first.marks
        and len(first.text) <= LONGEST_TITLE_LINE
        and not re.search(r"[、。,]", first.text)
        and (second.closes or second.marks or len(second.text) > len(first.text))
        and not second.flows
    ):
        unit.title = first.content
    else:
        return
    unit.own.append(unit.body.pop(0))


def _give_back(units: Sequence[Unit], problems: list[Problem]) -> None:
    """Return to an article what was printed after a 附則 that stands in the middle of its sentence."""
    for at, unit in enumerate(units):
        host = units[at - 1] if at else None
        if unit.level != "supplement" or host is None or host.level != "article" or not host.body:
            continue
        if host.body[-1].kind != "text" or host.body[-1].closes:
            continue
        resume = next(
            (i for i, line in enumerate(unit.body) if i and line.opens and not line.marks and not _DATED.search(line.text[:40])),
            None,
        )
        if resume is not None:
            torn = unit.body[resume]
            problems.append(Problem("the text before the 附則 goes on here", *torn.content))
            host.body.extend(unit.body[resume:])
            del unit.body[resume:]
