"""Defined terms with their meaning: （以下「…」という）, …（…をいう。以下同じ。）, 「…」とは, tables of terms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.brackets import Bracket, bracket_pairs, outer_text
from ingest.model import Clause, Definition, Outline, Span
from ingest.prose import Prose, own_prose
from ingest.tables import is_term, table_rows
from ingest.tokens import compounds, tokenize

# 以下「X」, 以下、総称して「X」といいます, 以下本条において「X」
_NAMED = re.compile(r"(?:^|[、。，\s])(?:(?:以下|以降)[、,]?[^「」]{0,16}|本[^「」、。]{1,8}において)「(?P<term>[^「」]+)」")
# 以下、運営元という
_NAMED_BARE = re.compile(
    r"^\s*以下[、,]?\s*(?P<term>[^「」、。]{1,40}?)\s*と(?:いう|いいます|言う|言います|呼ぶ|呼びます|称する|称します|略す)[。]?\s*$"
)
_SAME = re.compile(r"[、。]?\s*(?:以下|この[条項章]において)[^「」]{0,12}(?:同じ|同様)[^「」]*$")
_EXPLAINED = re.compile(r"(?:をいう|をいいます|を言う|を言います|を指す|を指します|を意味する|を意味します)。?\s*$")
_TOHA = re.compile(
    r"(?:^|(?<=[。\n]))[ \u3000]*(?:(?:本|この)[^「」、。\n]{1,12}において、?)?(?:「(?P<quoted>[^「」]+)」|(?P<bare>[^\s「」、。]{1,30}?)(?=とは、))とは、?(?P<meaning>[^\n。]+?"
    r"(?:をいう|をいいます|を言う|を指す|を指します|を意味する|を意味します|である|です|であり|のことであり|とする|とします)[^\n。]*?)(?=。|\n|$)"
)
_SENTENCE_START = re.compile(r"[。\n]")
_TOPIC = re.compile(r"は、")
_JOINT = re.compile(r"[をにがはで]?[^、。]{0,8}、|と|及び|並びに|又は|または|および")
LONGEST = 600  # characters of a bracket that defines, and of the phrase before it
# Behind these a noun phrase begins anew: 甲に通知, 利用契約の承継人, 本サービスにかかる基本的サービス
_PHRASE_START = re.compile(r"[、。，「」（）()・\nをがはにと]|で(?!き)|の|かかる|係る|関する|おける|及び|又は|並びに|若しくは")


def read_definitions(outline: Outline, source: str) -> tuple[Definition, ...]:
    """The terms that the clauses define, in the order of the text; ``meaning`` is printed text, cut to the phrase."""
    found: list[Definition] = []
    for root in outline.clauses:
        _walk(root, None, source, found)
    return tuple(found)


def _walk(clause: Clause, parent: Clause | None, source: str, found: list[Definition]) -> None:
    if clause.level == "table" and parent is not None and parent.address:
        found.extend(_table(clause, parent.address, source))
    elif clause.address is not None:
        prose = own_prose(clause, source)
        for term, meaning, start, end in sorted({*_bracketed(prose.text), *_toha(prose.text)}, key=lambda d: d[2]):
            found.append(Definition(_line(term), _line(meaning), clause.address, _source(prose, start, end)))
    for child in clause.children:
        _walk(child, clause, source, found)


def _table(clause: Clause, address: str, source: str) -> Iterator[Definition]:
    for cells in table_rows(clause, source):
        texts = ["".join(source[a:b] for a, b in cell) for cell in cells]
        if len(cells) > 1 and texts[0] and texts[1]:
            yield Definition(_line(texts[0]), _line(texts[1]), address, Span(cells[0][0].start, cells[0][-1].end))


def _line(text: str) -> str:
    return " ".join(text.split())


def _source(prose: Prose, start: int, end: int) -> Span:
    spans = prose.source_spans(start, end)
    return Span(spans[0].start, spans[-1].end)


_Place = tuple[str, str, int, int]  # term, meaning, start and end of the term in the text


def _bracketed(text: str) -> Iterator[_Place]:
    pairs = bracket_pairs(text)
    named: list[int] = []  # ends of the brackets that named something
    for pair in pairs:
        if pair.end - pair.start > LONGEST:
            continue
        inner_start, inner_end = pair.start + 1, pair.end - 1
        inside = outer_text(text, inner_start, inner_end, pairs)
        m = _NAMED.search(inside) or _NAMED_BARE.search(inside)
        if m:
            extra = text[inner_start : inner_start + m.start()].strip()
            meaning = _antecedent(text, pair, pairs, named)
            named.append(pair.end)
            yield (
                m["term"],
                f"{meaning}（{extra}）" if extra else meaning,
                inner_start + m.start("term"),
                inner_start + m.end("term"),
            )
            continue
        same = _SAME.search(inside)
        if same or _EXPLAINED.search(inside):
            meaning = text[inner_start : inner_start + same.start()] if same else text[inner_start:inner_end]
            start = _noun_start(text, pair.start)
            if start < pair.start and meaning.strip():
                yield text[start : pair.start], meaning.strip(), start, pair.start


def _antecedent(text: str, pair: Bracket, pairs: tuple[Bracket, ...], named: list[int]) -> str:
    """The phrase a bracket names: from the start of its sentence, of its bracket, or behind the last topic
    or the last thing named, whichever is nearest and leaves a phrase.
    """
    first = max(0, pair.start - LONGEST)
    near = pairs[bisect_left(pairs, first, key=lambda p: p.start) : bisect_left(pairs, pair.start, key=lambda p: p.start)]
    floor = max((p.start + 1 for p in near if pair.end <= p.end), default=first)
    plain = outer_text(text, first, pair.start, pairs)
    starts = [first + m.end() for m in _SENTENCE_START.finditer(plain) if first + m.end() < pair.start]
    floor = max([floor, *starts])
    for end in reversed(named):
        if end < floor:
            break
        joint = _JOINT.match(plain, end - first)
        if joint and first + joint.end() < pair.start - 1:
            floor = max(floor, first + joint.end())
    topics = [first + m.end() for m in _TOPIC.finditer(plain, floor - first) if pair.start - first - m.end() >= 2]
    return text[topics[-1] if topics else floor : pair.start].strip()


def _noun_start(text: str, end: int) -> int:
    """Where the noun before ``end`` begins: the compound if there is one, else the phrase."""
    if text[end - 1 : end] == "等":
        return _noun_start(text, end - 1)
    first = max(0, end - LONGEST)
    start = max((m.end() for m in _PHRASE_START.finditer(text, first, end) if m.end() < end), default=first)
    line = text.rfind("\n", 0, end) + 1
    window = max(line, end - 60)
    last = None
    for compound in compounds(tokenize(text[window:end])):
        last = compound
    if last is not None and window + last.end == end:
        return window + last.start
    return max(start, line)


def _toha(text: str) -> Iterator[_Place]:
    for m in _TOHA.finditer(text):
        name = "quoted" if m["quoted"] else "bare"
        if not m["quoted"] and not is_term(m["bare"]):
            continue
        yield m[name], m["meaning"], m.start(name), m.end(name)
