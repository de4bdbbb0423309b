"""Numbers as Japanese terms print them: 12, １２, 十二, 百二十三, ①, ⑴, (ii), イ, ア, a.

Every function reads the characters as printed. NFKC would turn ① into 1 and ⑴ into (1), and so
hide which kind of mark it was.
"""

from __future__ import annotations

import re
import unicodedata

KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "壱": 1, "弐": 2, "参": 3, "壹": 1, "貳": 2, "參": 3, "拾": 10, "両": 2,
}  # fmt: skip
KANJI_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

# Character classes for patterns that look for a number; 一 to 千 need not stand for a number alone.
DIGITS = "0-9０-９"
KANJI = "〇零一二三四五六七八九十百千壱弐参拾"
NUMBER = rf"(?:[{DIGITS}]+|[{KANJI}]+)"


def integer(text: str) -> int | None:
    """The value of a whole number in half-width, full-width or kanji digits, or None.

    >>> integer("１２"), integer("百二十三"), integer("二〇"), integer("千五"), integer("条")
    (12, 123, 20, 1005, None)
    """
    text = text.strip()
    if not text:
        return None
    if all((c.isascii() and c.isdigit()) or "０" <= c <= "９" for c in text):
        return int(unicodedata.normalize("NFKC", text)) if len(text) <= 9 else None
    return _kanji(text)


def _kanji(text: str) -> int | None:
    if any(c not in KANJI_DIGITS and c not in KANJI_UNITS for c in text):
        return None
    if not any(c in KANJI_UNITS for c in text):  # positional: 二〇, 一二三
        return int("".join(str(KANJI_DIGITS[c]) for c in text)) if len(text) <= 9 else None
    total, digit, last_unit = 0, None, 10_000
    for c in text:
        if c in KANJI_UNITS:
            unit = KANJI_UNITS[c]
            if unit >= last_unit:
                return None  # 十百 is no number
            total, digit, last_unit = total + (1 if digit is None else digit) * unit, None, unit
        elif digit is not None:
            return None  # 二三十 is no number
        else:
            digit = KANJI_DIGITS[c]
    return total + (digit or 0)


def numbered(text: str) -> tuple[int, ...] | None:
    """The number in a heading such as 第十二条の二 or 第１－２条, branch numbers behind it, or None.

    >>> numbered("第百二十三条の二"), numbered("第２５条"), numbered("第 3 章"), numbered("第1-2条")
    ((123, 2), (25,), (3,), (1, 2))
    """
    m = re.fullmatch(
        rf"第?\s*({NUMBER})(?:\s*[-－−‐―]\s*({NUMBER}))?\s*[編章節款条條項号號]?((?:\s*の\s*{NUMBER})*)",
        text.strip(),
    )
    if not m:
        return None
    parts = [m[1], *([m[2]] if m[2] else []), *re.findall(NUMBER, m[3])]
    values = tuple(integer(p) for p in parts)
    return None if None in values else tuple(v for v in values if v is not None)


def circled(char: str) -> int | None:
    """The value of one enclosed digit such as ①, ⓵, ❶ or ㉑, or None.

    >>> circled("①"), circled("⑳"), circled("㉑"), circled("❷"), circled("１")
    (1, 20, 21, 2, None)
    """
    name = unicodedata.name(char, "") if len(char) == 1 else ""
    if "CIRCLED" not in name or unicodedata.numeric(char, None) is None or "IDEOGRAPH" in name:
        return None
    return int(unicodedata.numeric(char))


def parenthesized(char: str) -> int | None:
    """The value of one bracketed digit such as ⑴ or ㈠, or None.

    >>> parenthesized("⑴"), parenthesized("㈡"), parenthesized("(")
    (1, 2, None)
    """
    if len(char) != 1 or not unicodedata.name(char, "").startswith("PARENTHESIZED"):
        return None
    return integer(unicodedata.normalize("NFKC", char)[1:-1])


def roman(text: str) -> int | None:
    """The value of a roman numeral in either case, or None.

    >>> roman("ii"), roman("ⅳ"), roman("XIV"), roman("iiii"), roman("")
    (2, 4, 14, None, None)
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    if not plain or not ROMAN.fullmatch(plain):
        return None
    values = [ROMAN_VALUES[c] for c in plain]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def place(char: str, row: str) -> int | None:
    """The place of a mark in a row such as IROHA or GOJUON, from 1, or None.

    >>> place("ハ", IROHA), place("ハ", GOJUON), place("ｲ", GOJUON), place("漢", IROHA)
    (3, 26, 2, None)
    """
    found = row.find(unicodedata.normalize("NFKC", char)) if char else -1
    return found + 1 or None
