"""Who a text speaks of: 甲, 当社, お客様, 契約者 … as the parties they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.folding import folded
from ingest.manifest import Role

# What these words mean where a manifest does not say otherwise.
USUAL = {
    "当社": "provider", "弊社": "provider", "当行": "provider", "当組合": "provider", "当協会": "provider", "当会": "provider",
    "当クラブ": "provider", "運営者": "provider", "事業者": "provider", "サービス提供者": "provider",
    "お客様": "customer", "お客さま": "customer", "契約者": "customer", "会員": "customer", "加入者": "customer", "ユーザー": "customer",
    "ユーザ": "customer", "購入者": "customer", "利用者": "user", "申込者": "applicant", "第三者": "third_party",
}  # fmt: skip
BOTH = ("両当事者", "当事者双方", "双方当事者", "各当事者", "双方")


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party named at ``text[start:end]``."""

    party: str
    start: int
    end: int


class Parties:
    """Finds the parties in folded text: those of the manifest, and the usual words where it is silent."""

    def __init__(self, roles: Iterable[Role] = ()) -> None:
        given = {"".join(folded(role.name).split()): role.party for role in roles}
        self._parties = {**USUAL, **given, **dict.fromkeys(BOTH, "both")}
        longest = sorted(self._parties, key=len, reverse=True)
        # 契約者設備 and 当社所定 are no parties; blanks may stand inside a name.
        names = "|".join(r"\s*".join(map(re.escape, name)) for name in longest)
        self._pattern = re.compile(rf"(?<![一-龯])(?P<name>{names})(?:ら|等)?(?!(?![及又並若等双])[一-龯ァ-ヶ])")

    def mentions(self, text: str) -> tuple[PartyMention, ...]:
        """The parties of a folded text, in order."""
        return tuple(
            PartyMention(self._parties["".join(m["name"].split())], m.start(), m.end()) for m in self._pattern.finditer(text)
        )
