"""Mentions of clauses in clean text, by their form: 前項, 第９条（…）第１項ただし書き, 基本約款第8条第3項.

What a mention means is decided by the tree (``ingest.references``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest import numerals

_N = rf"\s*{numerals.NUMBER}\s*"
_TITLE = r"\s*[（(](?P<{0}>(?!\s*(?:以下|明治|大正|昭和|平成|令和|同条))[^（）()。]*(?:[（(][^（）()]*[）)][^（）()。]*)*)[）)]"
_TAIL = r"(?:\s*(?:ただし書き?|但し?書き?|各号|各項|本文|前段|後段))?"
_PARAGRAPH = rf"(?:第{_N}項(?!目)|(?<=[）)条])\s*{numerals.NUMBER}\s*項(?!目))"
# Not 様式第1号, 条例第5号, 第302号室: numbers of other things.
_ITEM = rf"(?<!様式)(?<!条例)(?<!告示)(?<!特許)(?<!通達)第{_N}号(?![室棟議被証])"
_ARTICLE = rf"第{_N}条(?:\s*の\s*{numerals.NUMBER}(?![項号つ年月日]))*"
_RANGE = r"\s*(?:乃至|ないし|から|[〜～~])\s*"

_PATTERN = re.compile(
    rf"""
    (?P<lawno>(?:明治|大正|昭和|平成|令和)[^（）()。]{{0,20}}?(?:法律|政令|省令|規則|告示|令|号)\s*第{_N}号)   # no reference
  | (?P<annex>別紙|別表|別添)\s*(?:第?\s*(?P<annexno>{numerals.NUMBER})(?!\s*[条項号]))(?:{_TITLE.format("annextitle")})?
  | (?P<range>(?P<from>{_ARTICLE}|前条|次条)(?:{_TITLE.format("fromtitle")})?{_RANGE}(?P<to>{_ARTICLE})(?:{_TITLE.format("totitle")})?)
  | (?P<article>(?:第{_N}章\s*)?{_ARTICLE}|前条(?!件)|次条(?!件)|同条(?!件)|本条(?!件)|この条(?!件))(?:{_TITLE.format("title")})?
        (?:\s*(?P<ap>{_PARAGRAPH}))?(?:\s*(?P<ai>{_ITEM}))?(?P<atail>{_TAIL})
  | (?P<span>(?P<sfrom>{_PARAGRAPH}|{_ITEM}){_RANGE}(?P<sto>第{_N}[項号]))
  | 前\s*(?P<count>{numerals.NUMBER})\s*(?P<unit>[条項号])
  | (?P<paragraph>{_PARAGRAPH}|前項|次項|同項|本項|この項)(?:\s*(?P<pi>{_ITEM}))?(?P<ptail>{_TAIL})
  | (?P<item>{_ITEM}|前号|次号|同号|本号|この号)
  | (?P<chapter>第{_N}[編章節](?!\s*第)|(?:前|次|同|本|この)[編章節])
  | (?P<each>前各[条項号])
  | (?P<list>(?:次|以下|下記)の(?:各号|各項|場合))
    """,
    re.VERBOSE,
)
# What ends the name of a law or document right before 第n条, its law number in brackets behind it.
_KIND = re.compile(
    r"(?P<word>法律|法|施行令|施行規則|省令|政令|条例|規則|細則|約款|規約|規程|規定|定款|会則|特約|特則|要領|仕様書|方針|ポリシー|覚書|"
    r"ガイドライン|契約書|契約)[」』]?(?:\s*[（(][^（）()]*第\s*[0-9０-９一二三四五六七八九十百]+\s*号[^（）()]*[）)])?の?[^\S\n]*\Z"
)
_NAME_CHARACTER = re.compile(r"[一-龯々ァ-ヶーA-Za-z0-9Ａ-Ｚ０-９]")
_NAME_LINKS = ("等に関する", "に関する", "に係る", "並びに", "及び", "の")
_LONGEST_NAME = 120  # characters of a name with its law number
_SAME = re.compile(r"同(?:法律|法|令|規則|約款|規約)\s*$")
_OWN = re.compile(r"^(?:本|当|この)(?:契約約款|利用規約|利用条件|約款|規約|規程|契約|サービス)")
RANGE_JOINT = re.compile(_RANGE)
JOINT = re.compile(r"\s*(?:及び|および|又は|または|並びに|若しくは|もしくは|、|，|・|と)\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference by its form: ``text[start:end]`` with the groups of the pattern, and where it goes if not here."""

    match: re.Match[str]
    start: int
    end: int
    external: str | None


def find_mentions(text: str, aliases: tuple[str, ...]) -> Iterator[Mention]:
    """The mentions in a text, in order; ``aliases`` are names its document calls itself by."""
    law: str | None = None
    last_end = -1
    last_external: str | None = None
    for m in _PATTERN.finditer(text):
        if m["lawno"]:
            continue
        start, external = m.start(), None
        before = text[max(0, m.start() - _LONGEST_NAME) : m.start()]
        other = _other_name(before)
        same = _SAME.search(before)
        follows = last_external is not None and not m["list"] and JOINT.fullmatch(text[last_end : m.start()]) is not None
        if (m["article"] and m["article"].lstrip().startswith("第")) or m["range"]:
            if law and same:
                start, external = m.start() - len(before) + same.start(), law
            elif follows and not other:
                external = last_external
            elif other and not _OWN.match(other) and other not in aliases:
                start, external = m.start() - len(before) + before.rindex(other), other
                law = external
            last_external = external
        elif follows or (last_external and (m["article"] == "同条" or m["paragraph"] == "同項")):
            external = last_external
        else:
            last_external = last_external if m["paragraph"] or m["item"] else None
        last_end = m.end()
        yield Mention(m, start, m.end(), external)


def _other_name(before: str) -> str | None:
    """The name of a law or document that ``before`` ends with: 不正アクセス行為の禁止等に関する法律, 基本約款."""
    kind = _KIND.search(before)
    if not kind:
        return None
    start = kind.start()
    while start > 0:
        link = next((w for w in _NAME_LINKS if before.endswith(w, 0, start)), "")
        if _NAME_CHARACTER.match(before[start - 1]):
            start -= 1
        elif link and start > len(link) and _NAME_CHARACTER.match(before[start - len(link) - 1]):
            start -= len(link)
        else:
            break
    return before[start : kind.end("word")].strip() or None
