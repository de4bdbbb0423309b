"""Holds the reference translations against the Japanese: `python -m evaluation.translations [CORPUS]`.

Every clause and block must be there; numbers, percentages, periods, dates, law numbers and references must be the same on
both sides; a defined term must be rendered as the translation's own list says. Meaning is for readers to judge.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.folders import corpus_folder
from ingest.document import Document, document_folders, read_document
from ingest.folding import folded
from ingest.model import Clause
from ingest.numerals import KANJI, integer
from ingest.prose import own_prose

Quantities = Counter[str]


class Disagreement(NamedTuple):
    """A clause whose English is not what its Japanese says, and how."""

    clause: str
    message: str


def disagreements(document: Document) -> list[Disagreement]:
    """All disagreements of a document, in the order of its text; none when it has no translation."""
    translation = document.translation
    if translation is None:
        return []
    found: list[Disagreement] = []
    titles, texts = dict(translation.titles), dict(translation.texts)
    terms = _Terms(translation.terms)
    for clause in document.reading.outline.walk():
        if clause.address is None:
            continue
        place = clause.address.partition(":")[2]
        title, text = titles.pop(place, None), texts.pop(place, None)
        if (clause.title is None) != (title is None):
            found.append(Disagreement(clause.address, "the title stands in one language only"))
        if bool(clause.body) != bool(text):
            found.append(Disagreement(clause.address, "the words stand in one language only"))
        elif text is not None:
            japanese = own_prose(clause, document.reading.source).text
            messages = [*_lines(clause, text), *_quantities(japanese, text), *terms.unlike(japanese, text)]
            found.extend(Disagreement(clause.address, message) for message in messages)
    for place in (*titles, *texts):
        found.append(Disagreement(f"{document.id}:{place}", "there is no such clause in the Japanese"))
    return found


def _lines(clause: Clause, english: str) -> Iterator[str]:
    lines = english.split("\n")
    if len(lines) != len(clause.body) or not all(line.strip() for line in lines):
        yield f"{len(clause.body)} lines in Japanese, {len(lines)} in English"


def _quantities(japanese: str, english: str) -> Iterator[str]:
    here, there = japanese_quantities(japanese), english_quantities(english)
    if here != there:
        yield f"only in Japanese: {_listed(here - there)}; only in English: {_listed(there - here)}"


def _listed(quantities: Quantities) -> str:
    return ", ".join(sorted(quantities.elements())) or "nothing"


_YEAR_BEFORE = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}  # the year before its first
_ERAS = ("Meiji", "Taisho", "Showa", "Heisei", "Reiwa")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_N = r"(\d[\d,]*(?:\.\d+)?)"
_K = rf"(\d+|[{KANJI}]+)"

# What a pattern finds is taken out of the text before the next one looks, the most specific first.
_JA: Sequence[tuple[str, str]] = (
    (rf"(明治|大正|昭和|平成|令和){_K}年(?:{_K}月{_K}日)?[^、。（）()\d]{{0,12}}第{_K}号", "law"),
    (rf"(明治|大正|昭和|平成|令和){_K}年{_K}月{_K}日", "era date"),
    (r"(\d{4})年(\d+)月(\d+)日", "date"),
    (rf"第{_K}条((?:の{_K})*)", "article"),
    (rf"(?:第|(?<=[)条])){_K}項", "paragraph"),
    (rf"第{_K}号", "item"),
    (rf"第{_K}章", "chapter"),
    (rf"(?:別紙|別表|別添)第?{_K}", "annex"),
    (rf"{_N}[%％]", "percent"),
    (rf"{_K}分の{_K}", "share"),
    (rf"{_N}倍", "times"),
    (rf"{_N}(?:か|ヶ|ヵ|ケ|カ|箇|ヶ)月", "month"),
    (rf"{_N}営業日", "business day"),
    (rf"{_N}週", "week"),
    (rf"{_N}時間", "hour"),
    (rf"{_N}分", "minute"),
    (rf"{_N}日", "day"),
    (rf"{_N}年", "year"),
    (rf"{_N}円", "yen"),
    (rf"前{_K}?各?(条|項|号)(?![目件])", "preceding"),
    (r"(?:次|以下|下記)の各(号|項)|次(条|項)(?!第)", "following"),
    (_N, "number"),
)
_EN: Sequence[tuple[str, str]] = (
    (rf"No\. (\d+) of (?:(?:{'|'.join(_MONTHS)}) \d+, )?(\d{{4}})(?: \((?:{'|'.join(_ERAS)}) \d+\))?", "law"),
    (rf"({'|'.join(_MONTHS)}) (\d+), (\d{{4}})(?: \((?:{'|'.join(_ERAS)}) \d+\))?", "date"),
    (r"Articles? ((?:\d+(?:-\d+)*(?:, and |, or |, | and | or | to | through )?(?:Articles? )?)+)", "article"),
    (r"Paragraphs? ((?:\d+(?:, and |, or |, | and | or | to | through )?(?:Paragraphs? )?)+)", "paragraph"),
    (r"Items? ((?:\(?\d+\)?(?:, and |, or |, | and | or | to | through )?(?:Items? )?)+)", "item"),
    (r"Chapters? (\d+)", "chapter"),
    (r"(?:Appendix|Appendices|Schedules?|Annex|Attachment|Exhibit|Attached (?:Table|Sheet|Document)|Appended Table) ((?:\d+(?:, and |, or |, | and | or | to | through )?)+)", "annex"),
    (rf"{_N}(?:%| percent)", "percent"),
    (r"(\d+)/(\d+)", "share"),
    (rf"{_N} times|{_N}-fold", "times"),
    (rf"{_N}[- ](?:calendar )?months?", "month"),
    (rf"{_N}[- ]business[- ]days?", "business day"),
    (rf"{_N}[- ]weeks?", "week"),
    (rf"{_N}[- ]hours?", "hour"),
    (rf"{_N}[- ]minutes?", "minute"),
    (rf"{_N}[- ]days?", "day"),
    (rf"{_N}[- ]years?", "year"),
    (rf"{_N}[- ]yen|JPY {_N}|¥{_N}", "yen"),
    (r"preceding (?:(\d+) )?(Article|Paragraph|Item)s?", "preceding"),
    (r"(?:following|next) (Article|Paragraph|Item)s?", "following"),
    (_N, "number"),
)  # fmt: skip


def japanese_quantities(text: str) -> Quantities:
    """The numbers of a Japanese text by kind, references to clauses among them."""
    return _read("".join(folded(text).split()), _JA)


def english_quantities(text: str) -> Quantities:
    """The numbers of an English text by kind, in the form of the Japanese ones."""
    return _read(" ".join(text.split()), _EN)


def _read(text: str, patterns: Sequence[tuple[str, str]]) -> Quantities:
    found: Quantities = Counter()
    for pattern, kind in patterns:
        for m in re.finditer(pattern, text):
            found.update(_named(kind, m))
        text = re.sub(pattern, " # ", text)
    return found


def _named(kind: str, m: re.Match[str]) -> Iterator[str]:
    groups = [g for g in m.groups() if g]
    japanese = not m.group().isascii()
    if kind == "law":
        era, year, number = (groups[0], groups[1], groups[-1]) if japanese else ("", groups[1], groups[0])
        yield f"law {_YEAR_BEFORE.get(era, 0) + _value(year)}-{_value(number)}"
    elif kind == "era date":
        yield f"date {_YEAR_BEFORE[groups[0]] + _value(groups[1])}-{_value(groups[2])}-{_value(groups[3])}"
    elif kind == "date" and not japanese:
        yield f"date {groups[2]}-{_MONTHS.index(groups[0]) + 1}-{groups[1]}"
    elif kind == "date":
        yield f"date {'-'.join(str(int(g)) for g in groups)}"
    elif kind == "preceding":
        yield f"preceding {str(_value(groups[0])) + ' ' if len(groups) > 1 else ''}{_UNITS.get(groups[-1], groups[-1])}"
    elif kind == "following":
        yield f"following {_UNITS.get(groups[0], groups[0])}"
    elif kind == "article" and japanese:
        yield "article " + "-".join(str(_value(n)) for n in re.findall(_K, m.group()))
    elif kind in ("article", "paragraph", "item", "annex") and not japanese:
        for number in re.findall(r"\d+(?:-\d+)*", groups[0]):
            yield f"{kind} {number}"
    elif kind == "share":
        parts = [_value(g) for g in groups]
        yield "share {}/{}".format(*(reversed(parts) if japanese else parts))
    else:
        yield f"{kind} {_plain(groups[0])}"


_UNITS = {"条": "Article", "項": "Paragraph", "号": "Item"}


def _value(text: str) -> int:
    return integer(text) or 0


def _plain(number: str) -> str:
    value = integer(number)
    return str(value) if value is not None else number.replace(",", "").rstrip(".")


class _Terms:
    """The renderings of the terms, matched longest first so that 本サービス is not looked for in 本サービス契約."""

    def __init__(self, terms: dict[str, str] | object) -> None:
        assert isinstance(terms, dict)
        self._renderings = {"".join(folded(term).split()): english for term, english in terms.items()}
        longest = sorted(self._renderings, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def unlike(self, japanese: str, english: str) -> Iterator[str]:
        if self._pattern is None:
            return
        words = _words(english)
        for term in dict.fromkeys(self._pattern.findall("".join(folded(japanese).split()))):
            choices = self._renderings[term].split("; ")
            if not any(_words(choice).strip() in words for choice in choices):
                yield f"{term} is not rendered {' or '.join(choices)}"


def _words(text: str) -> str:
    """Words in small letters, articles left out, plurals as singulars."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return " " + " ".join(_singular(w) for w in words if w not in ("the", "a", "an")) + " "


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def main() -> None:
    """Print every disagreement of a corpus; exit status 1 when there is one."""
    count = 0
    for folder in document_folders(corpus_folder(sys.argv[1] if len(sys.argv) > 1 else None)):
        document = read_document(folder)
        if document.translation is None:
            print(f"{document.id}: no translation")  # noqa: T201
        for disagreement in disagreements(document):
            count += 1
            print(f"{disagreement.clause}: {disagreement.message}")  # noqa: T201
    print(f"{count} disagreements")  # noqa: T201
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
