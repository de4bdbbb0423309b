"""MeCab tokens with offsets, and the compounds they make (遅延 + 損害 + 金)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import fugashi


@dataclass(frozen=True, slots=True)
class Token:
    """One UniDic word of a text: ``text[start:end]`` is ``surface``.

    ``lemma`` is the dictionary form (本サービスを → サービス), ``foreign`` the word UniDic says a katakana word
    comes from (network for ネットワーク), or None. ``pos`` is the first part of speech, ``kind`` the second.
    """

    surface: str
    lemma: str
    reading: str
    pos: str
    kind: str
    foreign: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Compound:
    """A run of two nouns or more without a gap: 遅延損害金, 専属的合意管轄裁判所."""

    surface: str
    parts: tuple[Token, ...]
    start: int
    end: int


_HIRAGANA = re.compile(r"[ぁ-ん]")
_PARTS = {"名詞", "接頭辞", "接尾辞", "形状詞"}


class _Taggers(threading.local):
    """One tagger a thread: MeCab's nodes are overwritten by the next text."""

    def __init__(self) -> None:
        self.tagger = fugashi.Tagger()


_taggers = cache(_Taggers)


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of ``text``, blanks left out.

    >>> [t.lemma for t in tokenize("ネットワークを解約した")]
    ['ネットワーク', 'を', '解約', '為る', 'た']
    """
    tokens, at = [], 0
    for word in _taggers().tagger(text.replace("\x00", " ")):
        at += len(word.white_space)
        end = at + len(word.surface)
        feature = word.feature
        lemma, _, foreign = (getattr(feature, "lemma", None) or word.surface).partition("-")
        reading = getattr(feature, "kana", None) or word.surface
        name = foreign.lower() if foreign.isascii() and foreign.isalpha() else None
        if foreign and name is None and word.surface.isascii():
            lemma = word.surface
        tokens.append(Token(word.surface, lemma or word.surface, reading, feature.pos1, feature.pos2, name, at, end))
        at = end
    return tuple(tokens)


def compounds(tokens: Sequence[Token]) -> Iterator[Compound]:
    """The noun runs of a tokenized text, longest only, in order.

    >>> [c.surface for c in compounds(tokenize("遅延損害金を支払うとき東京地方裁判所"))]
    ['遅延損害金', '東京地方裁判所']
    """
    run: list[Token] = []
    for token in (*tokens, None):
        if token is not None and _joins(token) and (not run or run[-1].end == token.start):
            run.append(token)
            continue
        while run and run[0].pos == "接尾辞":
            run.pop(0)
        if len(run) > 1:
            yield Compound("".join(t.surface for t in run), tuple(run), run[0].start, run[-1].end)
        run = [token] if token is not None and _joins(token) else []


def _joins(token: Token) -> bool:
    if _HIRAGANA.match(token.surface):
        return token.surface in ("お", "ご")  # お客様, but not とき, こと, もの: nouns of grammar
    if token.surface in ("等", "及び"):
        return False  # 遅延損害金等 is no other thing than 遅延損害金
    if token.pos == "接尾辞":
        return token.kind in ("名詞的", "形状詞的")
    return token.pos in _PARTS and token.kind != "数詞"
