"""Addresses from structure: 12, 25-2, 11b, s1/3, appendix-1, chapter-2, part-2/1."""

from __future__ import annotations

import re
from collections import Counter

from ingest.headings import Heading
from ingest.model import Level, Problem
from ingest.sequence import follows

RANK: dict[Level, int] = {
    "part": 0, "supplement": 0, "appendix": 0, "schedule": 0, "chapter": 1, "section": 2, "article": 3,
}  # fmt: skip
ANNEXES: tuple[Level, ...] = ("supplement", "appendix", "schedule")

_Number = tuple[int, ...]


class Addresses:
    """Hands out addresses in the order of the text and reports numbers that do not run."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self._used: Counter[str] = Counter()
        self._annex: str | None = None
        self._annex_last: _Number | None = None
        self._main_last: _Number | None = None
        self._part: tuple[int, ...] = ()
        self._prefix = ""
        self._chapter = ""
        self._last: dict[tuple[Level, str], _Number] = {}

    def above(self, level: Level, heading: Heading) -> str:
        """The address of a part, chapter, section, 附則, 別紙 or 別表."""
        if level in ANNEXES:
            name = self._annex_name(level, heading)
            self._annex, self._annex_last = name, None
            return name
        self._annex = None
        number = "-".join(map(str, heading.number))
        if level == "part":
            self._check(level, "", heading)
            self._part = heading.number
            self._chapter = ""
            return self._unique(f"part-{number}")
        if level == "chapter":
            if heading.number == (1,) and self._part:
                self._last.pop(("chapter", ""), None)
            self._check(level, "", heading)
            self._chapter = self._unique(f"chapter-{number}")
            return self._chapter
        self._check(level, self._chapter, heading)
        return self._unique(f"{self._chapter or 'chapter-0'}.section-{number}")

    def article(self, heading: Heading) -> tuple[str, bool]:
        """The address of an article, and whether it belongs to the 附則 or 別紙 that is open."""
        number = heading.number
        in_annex = self._annex is not None and not self._resumes(number)
        if in_annex:
            if self._annex_last is not None:
                self._report(self._annex_last, heading)
            self._annex_last = number
            joint = "/" if self._annex and re.fullmatch(r"s\d+", self._annex) else ".article-"
            return self._unique(f"{self._annex}{joint}{'-'.join(map(str, number))}"), True
        self._annex = None
        if self._main_last is not None and number == (1,) and self._part and self._part != (1,):
            self._prefix = f"part-{'-'.join(map(str, self._part))}/"
        elif self._main_last is not None:
            self._report(self._main_last, heading)
        elif number != (1,):
            self._problem(f"the first article is number {'-'.join(map(str, number))}", heading)
        self._main_last = number
        return self._unique(f"{self._prefix}{'-'.join(map(str, number))}"), False

    def _annex_name(self, level: Level, heading: Heading) -> str:
        """s1, s2 … in order; 別紙 and 別表 by their printed number while it is free, else the next free one."""
        number = heading.number[0] if heading.number and level != "supplement" else 1
        stem = "s" if level == "supplement" else f"{level}-"
        while f"{stem}{number}" in self._used:
            number += 1
        return self._unique(f"{stem}{number}")

    def _resumes(self, number: _Number) -> bool:
        """Whether an article behind a 附則 goes on with the main numbering rather than with the 附則's."""
        if number == (1,) or (self._annex_last is not None and follows(self._annex_last, number)):
            return False
        return self._main_last is not None and number > self._main_last

    def _unique(self, name: str) -> str:
        self._used[name] += 1
        count = self._used[name]
        return name if count == 1 else name + _letters(count)

    def _check(self, level: Level, place: str, heading: Heading) -> None:
        last = self._last.get((level, place))
        if last is not None:
            self._report(last, heading)
        self._last[(level, place)] = heading.number

    def _report(self, last: _Number, heading: Heading) -> None:
        if follows(last, heading.number):
            return
        printed, before = "-".join(map(str, heading.number)), "-".join(map(str, last))
        if heading.number == last:
            self._problem(f"number {printed} is printed twice", heading)
        elif heading.number > last:
            self._problem(f"number {printed} follows {before}: a number is missing", heading)
        else:
            self._problem(f"number {printed} follows {before}: out of order", heading)

    def _problem(self, message: str, heading: Heading) -> None:
        self.problems.append(Problem(message, heading.label.start, heading.label.end))


def _letters(count: int) -> str:
    """B for the second, c for the third, … and so on past z."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
