"""Which service a query names: NDR 解約いつまで is about mdr-ndr, and asks for 解約いつまで."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ingest.folding import fold, folded


class Named(NamedTuple):
    """The documents a query names, and the query without their names; all of it when nothing else is left."""

    documents: tuple[str, ...]
    rest: str


class ServiceNames:
    """The names and aliases of the services, matched over width, case and blanks."""

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._patterns = [(document, _pattern(own)) for document, given in names if (own := [n for n in given if n.strip()])]

    def split(self, query: str) -> Named:
        """What a query names and asks for.

        >>> ServiceNames([("mdr-ndr", ["NDR", "MDRサービス"])]).split("ＮＤＲの解約 いつまで")
        Named(documents=('mdr-ndr',), rest='の解約 いつまで')
        """
        form = fold(query)
        documents, kept = [], [True] * len(query)
        for document, pattern in self._patterns:
            for m in pattern.finditer(form.text):
                start, end = form.source_span(*m.span())
                kept[start:end] = [False] * (end - start)
                if document not in documents:
                    documents.append(document)
        rest = "".join(c if keep else " " for c, keep in zip(query, kept, strict=True))
        rest = " ".join(rest.split())
        return Named(tuple(documents), rest if any(c.isalnum() for c in rest) else query)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, longest first, blanks optional, not inside a longer English word."""
    plain = sorted({"".join(folded(name).split()) for name in names}, key=len, reverse=True)
    choices = "|".join(r"\s*".join(map(re.escape, name)) for name in plain)
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9])")
