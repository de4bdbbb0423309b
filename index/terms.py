"""What is matched: lemmas and compounds of Japanese text, stems of English words, with their places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import snowballstemmer

from ingest.folding import fold, folded
from ingest.tokens import Token, compounds, tokenize

Language = Literal["ja", "en"]

_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯々ｦ-ﾝ]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "接頭辞", "接尾辞", "副詞", "代名詞"}
# Words of grammar that stand in every clause; they say nothing about its subject.
_JA_STOP = frozenset(
    [
        "為る",
        "有る",
        "居る",
        "成る",
        "因る",
        "於く",
        "事",
        "物",
        "者",
        "時",
        "為",
        "等",
        "其れ",
        "此れ",
        "其の",
        "此の",
        "御",
        "本",
        "当",
        "該",
        "的",
        "無い",
        "出来る",
        "得る",
        "様",
        "又",
        "致す",
        "頂く",
        "下さる",
        "貰う",
        "くれる",
        "良い",
        "行う",
        "行なう",
        "関する",
        "係る",
        "基づく",
        "対する",
        "定める",
    ]
)
_EN_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "can",
        "could",
        "may",
        "shall",
        "will",
        "would",
        "should",
        "must",
        "i",
        "we",
        "you",
        "they",
        "he",
        "she",
        "it",
        "my",
        "our",
        "your",
        "their",
        "its",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "if",
        "when",
        "what",
        "which",
        "who",
        "whom",
        "how",
        "why",
        "where",
        "there",
        "any",
        "some",
        "have",
        "has",
        "had",
        "not",
        "no",
        "about",
        "into",
        "than",
        "then",
        "so",
        "us",
        "me",
        "them",
        "s",
        "t",
    ]
)


class Term(NamedTuple):
    """One thing to match: its key, and its place in the text it was read from."""

    key: str
    start: int
    end: int


def language_of(text: str) -> Language:
    """``ja`` when the text holds a Japanese character, else ``en``.

    >>> language_of("NDR 解約"), language_of("cancel NDR")
    ('ja', 'en')
    """
    return "ja" if _JAPANESE.search(text) else "en"


@cache
def stem(word: str) -> str:
    """The Snowball stem of an English word in small letters.

    >>> stem("cancellation"), stem("cancelled")
    ('cancel', 'cancel')
    """
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def english_words(text: str) -> list[Term]:
    """The stems of the words of an English text, stop words left out."""
    form = fold(text)
    terms = []
    for m in _WORD.finditer(form.text):
        word = m.group().removesuffix("'s")
        if word not in _EN_STOP:
            terms.append(Term(stem(word), *form.source_span(*m.span())))
    return terms


def text_terms(text: str, with_compounds: bool = True) -> list[Term]:
    """All terms of a Japanese or mixed text: lemmas, the pairs and runs of compounds, the English words
    that stand in it, and the English words its katakana words come from.
    """
    tokens = tokenize(text)
    terms = [term for token in tokens for term in _token_terms(token)]
    if with_compounds:
        for compound in compounds(tokens):
            terms.extend(_compound_terms(compound.parts))
    return terms


def query_terms(text: str, with_compounds: bool = True) -> list[str]:
    """The keys a Japanese query is matched by, each once, in order."""
    tokens = tokenize(text)
    keys = [key for token in tokens if (key := _key(token))]
    if with_compounds:
        keys.extend(t.key for c in compounds(tokens) for t in _compound_terms(c.parts))
    return list(dict.fromkeys(keys))


def compound_key(text: str) -> str | None:
    """The key of a text that is one compound as a whole, or None.

    >>> compound_key("遅延損害金"), compound_key("解約"), compound_key("責任を負わない")
    ('遅延損害金', None, None)
    """
    found = list(compounds(tokenize(text)))
    return folded(text) if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None


def _token_terms(token: Token) -> Iterator[Term]:
    key = _key(token)
    if key:
        yield Term(key, token.start, token.end)
        if token.foreign and stem(token.foreign) != key:
            yield Term(stem(token.foreign), token.start, token.end)


def _key(token: Token) -> str | None:
    """The key of a token, or None for words of grammar and punctuation."""
    surface = folded(token.surface)
    if _WORD.fullmatch(surface):
        return None if surface in _EN_STOP else stem(surface)
    if token.pos not in _CONTENT or (token.kind in ("非自立可能", "助動詞語幹") and token.pos == "動詞"):
        return None
    key = folded(token.lemma)
    return None if key in _JA_STOP or not any(c.isalnum() for c in key) else key


def _compound_terms(parts: tuple[Token, ...]) -> Iterator[Term]:
    """The pairs of neighbours in a compound, and the compound itself."""
    for first, second in itertools.pairwise(parts):
        yield Term(folded(first.surface + second.surface), first.start, second.end)
    if len(parts) > 2:
        yield Term(folded("".join(p.surface for p in parts)), parts[0].start, parts[-1].end)
