"""Text folded for matching, with a way back to the characters it came from.

Width, case, old character forms and the many dashes and tildes are evened out; nothing is ever
displayed folded, and no structure is looked for in it, since ① and 1 are the same here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ingest.model import Span

_OLD = "舊國會學與變廣應發當區廳條處號澤邊邉齋齊齎濱櫻圓寶實寫藝單嚴從戰擔據數體對團圖點傳讀屬賣佛拂讓釋證轉乘豫餘權歡觀譽靜專禮隱獨雜屆歸氣辯瓣辨敕續斷經總營勞榮樣榮龍瀧覺顯驗險劍檢兩滿繼繩脫說稅銳閱鬪淨爭收參惠穗壞懷樂藥鐵鑄"
_NEW = "旧国会学与変広応発当区庁条処号沢辺辺斎斉斎浜桜円宝実写芸単厳従戦担拠数体対団図点伝読属売仏払譲釈証転乗予余権歓観誉静専礼隠独雑届帰気弁弁弁勅続断経総営労栄様栄竜滝覚顕験険剣検両満継縄脱説税鋭閲闘浄争収参恵穂壊懐楽薬鉄鋳"
_MARKS = {
    **dict.fromkeys("‐‑‒–—―−─━﹣－", "-"),
    **dict.fromkeys("〜～∼∾˜", "~"),
    **dict.fromkeys("’‘`´′", "'"),
    **dict.fromkeys("“”″", '"'),
}
_TABLE = {**dict(zip(_OLD, _NEW, strict=True)), **_MARKS}
_VOICING = "ﾞﾟ\u3099\u309a"


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``starts[i]`` and ``ends[i]`` bound the source of its character ``i``."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> Span:
        """The source of ``text[start:end]``; an empty range stays empty."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])


def fold(text: str) -> Folded:
    """The text in NFKC and lower case, 旧字体 as 新字体, each dash as ``-``, each tilde as ``~``.

    >>> fold("ＩＤ〜①ｶﾞ").text
    'id~1ガ'
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    i = 0
    while i < len(text):
        j = i + 1
        while j < len(text) and (text[j] in _VOICING or unicodedata.combining(text[j])):
            j += 1
        cluster = text[i:j]
        folded = _TABLE.get(cluster) or unicodedata.normalize("NFKC", cluster).lower()
        for c in folded:
            out.append(_TABLE.get(c, c))
            starts.append(i)
            ends.append(j)
        i = j
    return Folded("".join(out), tuple(starts), tuple(ends))


def folded(text: str) -> str:
    """Just the folded text."""
    return fold(text).text
