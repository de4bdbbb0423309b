"""What differs between two clauses, by words: party names and marks of style count as the same."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.folding import fold
from ingest.manifest import Role
from ingest.model import Span
from ingest.numerals import integer
from ingest.parties import Parties
from ingest.tokens import tokenize

ALIKE = 0.4  # likeness from which on marked words say something
_MARK = re.compile(r"[\s、。，．,.()（）「」『』・:：;；\-~]+")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千]+")


@dataclass(frozen=True, slots=True)
class Differences:
    """The places of the words of two texts that the other one does not have there."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    likeness: float  # 0 nothing alike to 1 the same words

    @property
    def marks(self) -> tuple[Span, ...]:
        """The places worth a mark on the right; none when the texts have so little in common that all would be marked."""
        return self.right if self.likeness >= ALIKE else ()


class _Word(NamedTuple):
    key: str
    span: Span


def differences(left: str, left_roles: Iterable[Role], right: str, right_roles: Iterable[Role]) -> Differences:
    """Compare two clause texts word by word (MeCab). 甲 here and お客様 there are no difference when both are the customer,
    nor are width of characters, 第3条 and 第三条, or punctuation.
    """
    a, b = _words(left, Parties(left_roles)), _words(right, Parties(right_roles))
    matcher = difflib.SequenceMatcher(None, [w.key for w in a], [w.key for w in b], autojunk=False)
    only_left: list[Span] = []
    only_right: list[Span] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            only_left.extend(w.span for w in a[i:j])
            only_right.extend(w.span for w in b[k:m])
    return Differences(_joined(only_left, left), _joined(only_right, right), matcher.ratio())


def _words(text: str, parties: Parties) -> list[_Word]:
    form = fold(text)
    mentions = parties.mentions(form.text)
    words: list[_Word] = []
    at = 0
    for mention in (*mentions, None):
        stop = mention.start if mention else len(form.text)
        for start, end in _tokens(form.text[at:stop]):
            words.append(_Word(_key(form.text[at + start : at + end]), form.source_span(at + start, at + end)))
        if mention:
            words.append(_Word(f"<{mention.party}>", form.source_span(mention.start, mention.end)))
            at = mention.end
    return words


def _tokens(text: str) -> list[Span]:
    """The words of a text; the tokens of one kanji number (第三十五条) are one word, marks are none."""
    spans: list[Span] = []
    number = False
    for token in tokenize(text):
        kanji = _KANJI_NUMBER.fullmatch(token.surface) is not None
        if kanji and number and spans[-1].end == token.start:
            spans[-1] = Span(spans[-1].start, token.end)
        elif not _MARK.fullmatch(token.surface):
            spans.append(Span(token.start, token.end))
        number = kanji
    return spans


def _key(surface: str) -> str:
    value = integer(surface) if _KANJI_NUMBER.fullmatch(surface) else None
    return surface if value is None else str(value)


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans with those that only marks or blanks part made one."""
    out: list[Span] = []
    for span in spans:
        between = text[out[-1].end : span.start] if out else "x"
        if out and (not between or _MARK.fullmatch(between)):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)
