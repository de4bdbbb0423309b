"""Which lines that look like headings are headings: contents tables out, the best number sequence in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.headings import Heading
from ingest.lines import Line

# Gain of taking a line as an article heading, by form; cost of what its number does to the sequence.
FIRM, LOOSE, DANGLING = 1.0, 0.3, 0.1
START, GAP, GAP_EACH, DOUBLED, RESTART, BACKWARD = 0.2, 0.6, 0.05, 0.6, 0.8, 1.5
WINDOW = 40  # candidates looked back at; keeps the choice linear in the length of the text

_DANGLING = re.compile(r"(?:[、，,のにをはがでと]|及び|又は|並びに|若しくは|乃至|ないし|から|より|し)$")
_LEADER = re.compile(r"(?:[.．・…‥·⋯]|\s)\s*\d{1,4}$|[.．・…‥·⋯]{2}$")
_RESTARTS = ("part", "supplement", "appendix", "schedule")


def contents_range(lines: Sequence[Line]) -> range:
    """The indices of the lines that make up the table of contents; empty where there is none.

    A table of contents is a run of headings without text between them, three at least, that begins
    at 目次 or at a heading and ends where its own headings begin to repeat.
    """
    begin = next((i for i, line in enumerate(lines) if line.kind == "contents"), None)
    if begin is None:
        begin = next((i for i, line in enumerate(lines) if line.heading), None)
    if begin is None:
        return range(0)
    seen: list[tuple[str, tuple[int, ...]]] = []
    last = begin
    for i in range(begin + (lines[begin].kind == "contents"), len(lines)):
        line = lines[i]
        if line.kind == "blank" or line.text.isdecimal():
            continue
        if line.heading is None or line.heading.body:
            if line.closes or not line.opens or not _LEADER.search(line.text):
                break
        else:
            key = (line.heading.level, line.heading.number)
            if key in seen:
                return range(begin, _own_start(lines, i, last, seen) + 1) if len(seen) >= 3 else range(0)
            seen.append(key)
        last = i
    return _recurring(lines, begin, last, seen)


def _own_start(lines: Sequence[Line], repeat: int, last: int, seen: list[tuple[str, tuple[int, ...]]]) -> int:
    """The last line of the contents, before headings that already open the body (a 第1章 the contents lack)."""
    for i in range(repeat - 1, -1, -1):
        heading = lines[i].heading
        if heading is None:
            continue
        above = [key for key in seen if key[0] == heading.level]
        if heading.level in ("part", "chapter") and len(above) == 1 and heading.number == (1,) and len(seen) > 3:
            last = i - 1
            continue
        break
    return last


def _recurring(lines: Sequence[Line], begin: int, last: int, seen: list[tuple[str, tuple[int, ...]]]) -> range:
    """The run is a table of contents when text ended it and most of its headings come again."""
    later = {(h.level, h.number) for line in lines[last + 1 :] if (h := line.heading)}
    again = sum(key in later for key in seen)
    return range(begin, last + 1) if len(seen) >= 3 and again >= len(seen) * 0.8 else range(0)


def follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether an article number is the next one: 25 → 26, 25 → 25の2, 25の2 → 25の3 or 26.

    >>> follows((25,), (26,)), follows((25,), (25, 2)), follows((25, 2), (26,)), follows((3,), (5,))
    (True, True, True, False)
    """
    if number == (before[0] + 1,) or number == (*before, 2) or number == (*before, 1):
        return True
    return any(number == (*before[:i], before[i] + 1) for i in range(1, len(before)))


def hangs(text: str) -> bool:
    """Whether a line stops where its sentence must go on: …及び, …、, …の."""
    return _DANGLING.search(text) is not None


def article_lines(lines: Sequence[Line]) -> set[int]:
    """The indices of the lines that are article headings: the set whose numbers run best.

    Each candidate gains by its form; each step of the sequence costs what its numbers lack. A line
    that would break the sequence for more than it gains is left to the text.
    """
    candidates: list[tuple[int, Heading, float, int]] = []
    region = 0
    before: Line | None = None
    for line in lines:
        heading = line.heading
        if heading and heading.level in _RESTARTS:
            region += 1
        elif heading and heading.level == "article":
            gain = FIRM if heading.firm else LOOSE
            if before and before.kind == "text" and hangs(before.text):
                gain = DANGLING
            candidates.append((line.index, heading, gain, region))
        before = before if line.kind == "blank" else line
    best: list[float] = []
    back: list[int | None] = []
    for i, (_, heading, gain, place) in enumerate(candidates):
        score, origin = -(0.0 if heading.number == (1,) else START), None
        for j in range(max(0, i - WINDOW), i):
            step = best[j] - _cost(candidates[j][1].number, heading.number, place != candidates[j][3])
            if step > score:
                score, origin = step, j
        best.append(score + gain)
        back.append(origin)
    chosen: set[int] = set()
    at: int | None = max(range(len(best)), key=best.__getitem__, default=None)
    while at is not None:
        chosen.add(candidates[at][0])
        at = back[at]
    return chosen


def _cost(before: tuple[int, ...], number: tuple[int, ...], crossing: bool) -> float:
    if follows(before, number) or (crossing and number == (1,)):
        return 0.0
    if number == before:
        return DOUBLED
    if number > before:
        return GAP + GAP_EACH * min(number[0] - before[0], 20)
    return RESTART if number == (1,) else BACKWARD
