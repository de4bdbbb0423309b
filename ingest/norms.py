"""Norms: who must, may or must not do something, is deemed to, or does not answer for it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.brackets import bracket_pairs, outer_text
from ingest.parties import Parties, PartyMention
from ingest.tokens import tokenize

Modality = Literal["must", "may", "must_not", "deemed", "presumed", "mutatis_mutandis", "not_liable"]


@dataclass(frozen=True, slots=True)
class Norm:
    """A predicate that binds: its ending at ``text[start:end]``, and the party it speaks of, if the text names one."""

    modality: Modality
    party: str | None
    start: int
    end: int


_END = r"(?=\s*(?:。|[)）」]?\s*(?:$|\n|。)|[(（][^()（）]*[)）]\s*(?:。|$|\n)))"
_AS = r"(?:ものとする|ものとします|ものといたします|ものと致します|ものとし+ます)"
# In the order in which they are tried: できるものとする is a permission, not a duty.
_ENDINGS: tuple[tuple[Modality, str], ...] = (
    (
        "not_liable",
        rf"(?:責任|責め?|義務|負担)[をも]?(?:一切|何ら)?\s*(?:負わない|負いません|負担しない|負担しません|有しない|有しません){_AS}?"
        rf"|(?:賠償|補償|返還|返金|払い?戻[しさ]?|返却)(?:は|を)?(?:し|致し|いたし|行わ|行い)?(?:ない|ません){_AS}?"
        rf"|(?:請求|要求|要請)には?(?:一切)?応じ(?:ない|ません|られない|られません){_AS}?|応じ(?:ない|ません){_AS}?",
    ),
    ("must_not", rf"(?:ては|では)(?:ならない|なりません|いけません|いけない){_AS}?|(?:ことが|ことは|ことも)?でき(?:ない|ません){_AS}?|することを?(?:禁止|禁じ)(?:する|します|ます){_AS}?"),
    (
        "may",
        rf"(?:ことが|ことも|ことの)?(?:できる|できます|出来る|出来ます){_AS}?|ことが(?:あります|ある){_AS}?|ことも(?:あります|ある){_AS}?|場合が?も?(?:あります|ある){_AS}?",
    ),
    ("deemed", rf"(?:と|とは)?(?:見做|みな|看做)(?:す|します|される|されます){_AS}?"),
    ("presumed", rf"推定(?:する|します|される|されます){_AS}?"),
    ("mutatis_mutandis", rf"準用(?:する|します|される|されます){_AS}?"),
    ("must", rf"なければ(?:ならない|なりません){_AS}?|なくては(?:ならない|なりません){_AS}?|(?:義務|責任|責め?)を(?:負う|負います){_AS}?|(?:ことを|を)要(?:する|します){_AS}?|必要が(?:ある|あります){_AS}?|{_AS}"),
)  # fmt: skip
_ENDING = re.compile("|".join(f"(?P<{modality}>{pattern})" for modality, pattern in _ENDINGS))
_PREDICATE = re.compile(rf"(?:{_ENDING.pattern}){_END}")
_SENTENCE = re.compile(r"[^。\n]+(?:。|\n|$)")
_JOINT = re.compile(r"\s*(?:及び|および|又は|または|並びに|ならびに|、|・|と)\s*")
_BURDEN = re.compile(
    r"\s*の\s*(?:費用|負担|責任)(?:(?:と|及び|並びに|、)(?:費用|負担|責任))?\s*(?:において|にて|で|により|をもって)"
)
_CONSENT = re.compile(r"\s*の[^、。]{0,12}(?:承諾|同意|許可|許諾|承認)(?:なく|なし|を得|がある場合を除|を受け)")
_DATIVE = re.compile(r"\s*(?:に対して|に対し|に|へ)\s*(?:、|[^は])")
# 当社が別途定める方法により: this が belongs to the noun behind its verb, not to the sentence.
_RELATIVE = re.compile(
    r"\s*が[、\s]*(?:別途|別に|特に|必要と|相当と|適当と|予め|あらかじめ|事前に|指定|定め|認め|規定|提供|判断|要求|請求|承諾|負う|保有|開示|公開|掲載|運営)"
)
_PAYS = re.compile(r"(?:支払|負担)[^、。]{0,14}$")
_EFFECT = re.compile(r"(?:影響を(?:及ぼさ|与え|受け)|有効|適用(?:され|し)|効力を|含まれ|含む|帰属)[^、。]{0,10}$")
_OPPOSITE = {"provider": "customer", "customer": "provider", "user": "provider", "applicant": "provider"}


def read_norms(text: str, parties: Parties) -> Iterator[Norm]:
    """The norms of a folded clause text, in its order; sentences in brackets are read on their own."""
    pairs = bracket_pairs(text)
    yield from _read(text, 0, len(text), parties)
    for pair in pairs:
        if pair.depth == 0 and text.find("。", pair.start, pair.end) >= 0:
            yield from _read(text, pair.start + 1, pair.end - 1, parties)


def _read(text: str, begin: int, end: int, parties: Parties) -> Iterator[Norm]:
    pairs = tuple(p for p in bracket_pairs(text) if begin <= p.start and p.end <= end)
    plain = " " * begin + outer_text(text, begin, end, pairs)  # who is named in brackets does not act
    before: str | None = None
    for sentence in _SENTENCE.finditer(plain, begin, end):
        predicates = list(_PREDICATE.finditer(plain, *sentence.span()))
        last = predicates[-1] if predicates else None
        modality = _modality(last) if last else None
        stop = last.start() if last else sentence.end()
        acts = _actor(plain[sentence.start() : stop], parties, modality)
        party = before if acts is None else acts.party
        if last and modality:
            yield Norm(modality, party, last.start(), last.end())
        before = party or before


def _modality(predicate: re.Match[str]) -> Modality:
    return next(modality for modality, _ in _ENDINGS if predicate[modality] is not None)


class _Actor(NamedTuple):
    """Who a sentence says acts; None for a thing."""

    party: str | None


def _actor(sentence: str, parties: Parties, modality: Modality | None) -> _Actor | None:
    """Who the predicate at the end of ``sentence`` speaks of, None when that must be known from the sentence before."""
    mentions = _joined(parties.mentions(sentence), sentence)
    topics, things = _topics(sentence, mentions)
    if topics:
        return _Actor(topics[-1].party)
    bearers = [m for m in mentions if _BURDEN.match(sentence, m.end)]
    if bearers:
        return _Actor(bearers[-1].party)
    subjects = [m for m in mentions if re.match(r"\s*が", sentence[m.end :]) and not _RELATIVE.match(sentence, m.end)]
    if things:
        pays = [m for m in subjects if m.start > things[-1]]
        if _PAYS.search(sentence):
            return _Actor(pays[-1].party if pays else "customer")
        return None if modality == "not_liable" else _Actor(None)
    if modality in ("deemed", "presumed"):
        named = [m for m in mentions if re.match(r"\s*が", sentence[m.end :])]  # 契約者が承諾したものとみなす
        if named:
            return _Actor(named[-1].party)
    if subjects:
        return _Actor(subjects[0].party)
    if _EFFECT.search(sentence):
        return _Actor(None)
    asked = [m for m in mentions if _CONSENT.match(sentence, m.end) or _DATIVE.match(sentence, m.end)]
    if asked and asked[-1].party in _OPPOSITE:
        return _Actor(_OPPOSITE[asked[-1].party])
    return _Actor("customer") if _PAYS.search(sentence) else None


def _topics(sentence: str, mentions: Sequence[PartyMention]) -> tuple[list[PartyMention], list[int]]:
    """The parties and the places of the things that は or も makes the topic of a sentence."""
    tokens = tokenize(sentence)
    topics, things = [], []
    for before, token in itertools.pairwise(tokens):
        if token.surface not in ("は", "も") or token.pos != "助詞":
            continue
        named = next((m for m in mentions if m.end <= token.start and not sentence[m.end : token.start].strip()), None)
        if named:
            topics.append(named)
        elif token.surface == "は" and before.pos in ("名詞", "代名詞", "接尾辞") and before.surface not in _WHEN:
            things.append(token.start)
    return topics, things


_WHEN = {
    "場合",
    "とき",
    "時",
    "際",
    "限り",
    "上",
    "中",
    "間",
    "後",
    "前",
    "もの",
    "こと",
    "ため",
    "又",
    "また",
    "合",
    "原則",
    "通常",
    "以外",
}


def _joined(mentions: Sequence[PartyMention], text: str) -> list[PartyMention]:
    """Parties named together as one: 甲及び乙 are both."""
    out: list[PartyMention] = []
    for mention in mentions:
        if out and _JOINT.fullmatch(text, out[-1].end, mention.start):
            party = out[-1].party if out[-1].party == mention.party else "both"
            out[-1] = PartyMention(party, out[-1].start, mention.end)
        else:
            out.append(mention)
    return out
