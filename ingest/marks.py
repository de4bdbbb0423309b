"""List marks: the number a paragraph, item or subitem begins with, as it stands in a line.

A mark is only a possibility here. Whether ``2 契約者は`` opens a paragraph or goes on with a
sentence that a page break cut before a ``2`` is decided where the lists are built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest import numerals


class Style(StrEnum):
    """Kinds of list marks. Marks of one list share a style."""

    PARAGRAPH = "第2項"
    DIGIT = "2"
    DIGIT_CLOSED = "2)"
    BRACKET = "(2)"
    CIRCLED = "②"
    KANJI = "二"
    KANJI_BRACKET = "(二)"
    IROHA = "ロ"
    GOJUON = "イ"
    IROHA_BRACKET = "(ロ)"
    GOJUON_BRACKET = "(イ)"
    LATIN = "b."
    LATIN_BRACKET = "(b)"
    ROMAN = "ii."
    ROMAN_BRACKET = "(ii)"


@dataclass(frozen=True, slots=True)
class Mark:
    """A possible list mark: ``length`` characters of the line, its value, and how sure its form is.

    ``firm`` marks carry a sign of their own (``2.``, ``(2)``, ``②``); the others are a number
    and a blank, or a number alone, and could be the middle of a sentence, all the more when what
    follows can be ``counted`` (``2 年間``).
    """

    style: Style
    ordinal: int
    length: int
    firm: bool
    counted: bool = False


_D = numerals.DIGITS
_K = numerals.KANJI
# What may follow a number that counts something: 2 項, 1 年間, 24 時間, 6か月.
_COUNTER = re.compile(
    r"[項条號号章編節款円倍％%‰℃]|[かヶカヵケ]月|時間|営業日|ページ|アカウント|ライセンス|[kKMGT]?(?:bps|[bB]yte|B\b)|"
    r"[年月日時分秒名人回台件個つ者社週歳枚割位点度次階本行字桁箇](?=[間以前後目未内]|[をのにではが、。）)]|$)"
)
# What follows a number that is quoted in a sentence: (1)の規定, 2から4まで.
_GRAMMAR = re.compile(r"[のにをはがでとへもや、，,]|から|まで|より|及び|又は|並びに|若しくは|乃至|ないし")
_OPEN, _CLOSE = r"[（(〔［\[]", r"[)）〕］\]]"
_BRACKETED = re.compile(rf"{_OPEN}\s*([{_D}]{{1,3}}|[{_K}]{{1,4}}|[ア-ンｱ-ﾝ]|[a-zａ-ｚivxⅰ-ⅻ]{{1,5}})\s*{_CLOSE}")
_NUMBERED = re.compile(rf"([{_D}]{{1,3}})(\s*[.．](?![{_D}])|\s*、|\s*[)）])?")
_KO = re.compile(rf"第\s*([{_D}]{{1,3}}|[{_K}]{{1,4}})\s*[項號号]")
_LONE = re.compile(rf"([{_K}]{{1,4}}|[ア-ンｱ-ﾝ]|[a-zａ-ｚivxⅰ-ⅻ]{{1,5}})(\s*[.．、)）]|(?=\s))")


def read_marks(text: str) -> tuple[Mark, ...]:
    """The marks that ``text``, a line without bullet, may begin with; several where イ could be
    the first of イロハ or the second of アイウ, none for plain text.

    >>> [(m.style.name, m.ordinal, m.firm) for m in read_marks("（10）当社の")]
    [('BRACKET', 10, True)]
    >>> [(m.style.name, m.ordinal, m.firm) for m in read_marks("2 契約者は")]
    [('DIGIT', 2, False)]
    >>> read_marks("2 年間の")[0].counted, read_marks("150日間は"), read_marks("（１）の規定")
    (True, (), ())
    """
    return _enclosed(text) or _bracketed(text) or _ko(text) or _numbered(text) or _lone(text)


def _enclosed(text: str) -> tuple[Mark, ...]:
    first = text[:1]
    value = numerals.circled(first)
    if value is not None:
        return (Mark(Style.CIRCLED, value, 1, True),)
    value = numerals.parenthesized(first)
    if value is not None:
        return (Mark(Style.BRACKET, value, 1, True),)
    return ()


def _bracketed(text: str) -> tuple[Mark, ...]:
    m = _BRACKETED.match(text)
    if not m or _GRAMMAR.match(text, m.end()):
        return ()
    styles = (Style.BRACKET, Style.KANJI_BRACKET, Style.IROHA_BRACKET, Style.GOJUON_BRACKET)
    return _of_kind(m[1], m.end(), True, (*styles, Style.LATIN_BRACKET, Style.ROMAN_BRACKET))


def _ko(text: str) -> tuple[Mark, ...]:
    m = _KO.match(text)
    value = numerals.integer(m[1]) if m else None
    if not m or value is None or not text[m.end() :][:1].isspace():
        return ()
    return (Mark(Style.PARAGRAPH, value, m.end(), True),)


def _numbered(text: str) -> tuple[Mark, ...]:
    m = _NUMBERED.match(text)
    value = numerals.integer(m[1]) if m else None
    if not m or not value:
        return ()
    rest = text[m.end() :]
    if m[2]:
        closed = m[2].strip() in ")）"
        style = Style.DIGIT_CLOSED if closed else Style.DIGIT
        return (Mark(style, value, m.end(), m[2].strip() != "、"),) if rest.strip() else ()
    following = rest.lstrip()
    if not following or _GRAMMAR.match(following) or following[0] in ".．,，:：/／~〜～-－−×)）":
        return ()
    counted = _COUNTER.match(following) is not None
    if counted and following == rest:
        return ()
    return (Mark(Style.DIGIT, value, m.end(), False, counted),)


def _lone(text: str) -> tuple[Mark, ...]:
    m = _LONE.match(text)
    if not m or not text[m.end() :].strip():
        return ()
    styles = (None, Style.KANJI, Style.IROHA, Style.GOJUON, Style.LATIN, Style.ROMAN)
    if m[1].isascii() and not m[2].strip():
        return ()  # an English word, not a mark
    return _of_kind(m[1], m.end(), bool(m[2].strip()), styles)


def _of_kind(inner: str, length: int, firm: bool, styles: tuple[Style | None, ...]) -> tuple[Mark, ...]:
    """One mark for each reading of ``inner``: digits, kanji, イロハ, アイウ, a b c, i ii iii."""
    digit, kanji, iroha, gojuon, latin, roman = styles
    readings: list[tuple[Style | None, int | None]] = []
    value = numerals.integer(inner)
    if value is not None:
        is_digit = re.fullmatch(rf"[{_D}]+", inner) is not None
        readings.append((digit if is_digit else kanji, value))
    elif re.fullmatch(r"[ア-ンｱ-ﾝ]", inner):
        readings.append((iroha, numerals.place(inner, numerals.IROHA)))
        readings.append((gojuon, numerals.place(inner, numerals.GOJUON)))
    else:
        if len(inner) == 1:
            readings.append((latin, numerals.place(inner.lower(), "abcdefghijklmnopqrstuvwxyz")))
        readings.append((roman, numerals.roman(inner)))
    return tuple(Mark(style, v, length, firm) for style, v in readings if style and v)
