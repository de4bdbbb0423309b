"""Addresses as people say them: 第32条 第1項 第3号, Art. 32, para. 1, item 3."""

from __future__ import annotations

import re
from typing import Literal

_PLACE = re.compile(
    r"(?P<document>[a-z0-9-]+)(?:@(?P<version>[0-9-]+))?:"
    r"(?:part-(?P<part>\d+(?:-\d+)*[a-z]*)/)?"
    r"(?:s(?P<supplement>\d+)(?:/(?P<inner>\d+(?:-\d+)*[a-z]*))?"
    r"|(?P<annex>appendix|schedule|chapter|part)-(?P<number>\d+(?:-\d+)*[a-z]*)"
    r"|(?P<article>\d+(?:-\d+)*)(?P<letter>[a-z]*))"
    r"(?P<below>(?:\.[a-z0-9-]+)*)"
)
_ANNEX = {
    "appendix": ("別紙{}", "Appendix {}"),
    "schedule": ("別表{}", "Schedule {}"),
    "chapter": ("第{}章", "Chapter {}"),
    "part": ("第{}編", "Part {}"),
}
_BELOW_JA = ("第{}項", "第{}号", "({})")
_BELOW_EN = ("para. {}", "item {}", "sub-item {}")


def is_address(text: str) -> bool:
    """Whether a text has the form of a clause address."""
    return _PLACE.fullmatch(text) is not None


def document_of(address: str) -> str:
    """The document id an address begins with."""
    return address.partition(":")[0].partition("@")[0]


def cite(address: str, language: Literal["ja", "en"]) -> str:
    """An address in words, without its document. Raises ValueError for what is no address.

    >>> cite("masters-one:32.1.3", "ja"), cite("masters-one:32.1.3", "en")
    ('第32条 第1項 第3号', 'Art. 32, para. 1, item 3')
    """
    m = _PLACE.fullmatch(address)
    if not m:
        raise ValueError(f"{address!r} is no clause address such as masters-one:32.1.3")
    ja = language == "ja"
    parts: list[str] = []
    if m["part"]:
        parts.append(f"第{m['part']}編" if ja else f"Part {m['part']}")
    if m["supplement"]:
        count = "" if m["supplement"] == "1" else m["supplement"]
        parts.append(f"附則{count}" if ja else f"Suppl. Prov. {count}".strip())
        if m["inner"]:
            parts.append(_article(m["inner"], ja))
    elif m["annex"] and m["number"] == "0":
        pass  # a section outside any chapter
    elif m["annex"]:
        parts.append(_ANNEX[m["annex"]][0 if ja else 1].format(m["number"]))
    elif m["article"] == "0":
        parts.append("前文" if ja else "Preamble")
    else:
        parts.append(_article(m["article"] + m["letter"], ja))
    start = 0
    for depth, name in enumerate(m["below"].split(".")[1:]):
        kind, _, number = name.partition("-")
        if number:
            word = {"table": ("表{}", "table {}"), "section": ("第{}節", "Section {}")}.get(kind)
            parts.append(word[0 if ja else 1].format(number) if word else _article(number, ja))
            start = depth + 1
        else:
            parts.append((_BELOW_JA if ja else _BELOW_EN)[min(depth - start, 2)].format(name))
    return (" " if ja else ", ").join(parts)


def _article(number: str, ja: bool) -> str:
    digits = re.match(r"[\d-]+", number)
    assert digits is not None
    letter = number[digits.end() :]
    first, *branches = digits.group().split("-")
    if ja:
        return f"第{first}条{''.join(f'の{b}' for b in branches)}" + (f"({letter})" if letter else "")
    return f"Art. {digits.group()}{letter}"
