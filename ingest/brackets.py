"""Brackets of a text in pairs, where full-width and half-width ones may be mixed: （…)."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

_OPEN, _CLOSE = "（(", "）)"


class Bracket(NamedTuple):
    """A pair of round brackets: ``text[start:end]`` with both of them, ``depth`` 0 outermost."""

    start: int
    end: int
    depth: int


def bracket_pairs(text: str) -> tuple[Bracket, ...]:
    """All closed pairs, in the order of their opening; what stays open gives none.

    >>> [text[b.start:b.end] for text in ["甲（乙（丙)）"] for b in bracket_pairs(text)]
    ['（乙（丙)）', '（丙)']
    """
    pairs, open_at = [], []
    for i, c in enumerate(text):
        if c in _OPEN:
            open_at.append(i)
        elif c in _CLOSE and open_at:
            pairs.append(Bracket(open_at.pop(), i + 1, len(open_at)))
    return tuple(sorted(pairs))


def outer_text(text: str, start: int, end: int, pairs: tuple[Bracket, ...]) -> str:
    """``text[start:end]`` with whatever stands in brackets inside it blanked out, at the same length.

    ``pairs`` are those of the whole text, in their order.
    """
    out, at = [], start
    i = bisect_left(pairs, start, key=lambda pair: pair.start)
    while i < len(pairs) and pairs[i].start < end:
        pair = pairs[i]
        if pair.end <= end:
            out += [text[at : pair.start], " " * (pair.end - pair.start)]
            at = pair.end
            i = bisect_left(pairs, pair.end, lo=i, key=lambda pair: pair.start)
        else:
            i += 1
    return "".join([*out, text[at:end]])
