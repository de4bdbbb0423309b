"""Links that reopen exactly what is shown: language, query, services and clause live in the query string."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from index.search import LONGEST_QUERY
from ui.text import LANGUAGES, Language

MOST = 100  # hits a page shows


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows."""

    language: Language
    query: str = ""
    documents: tuple[str, ...] = ()
    clause: str | None = None
    limit: int = 10

    @property
    def href(self) -> str:
        """The link of this view, from ``?`` on."""
        return "?" + urlencode(self.parameters(), doseq=True)

    def parameters(self) -> dict[str, str | Sequence[str]]:
        """The query string as Streamlit keeps it; what has its default is left out."""
        values: dict[str, str | Sequence[str]] = {"lang": self.language}
        if self.query:
            values["q"] = self.query
        if self.documents:
            values["in"] = list(self.documents)
        if self.clause:
            values["clause"] = self.clause
        if self.limit != 10:
            values["limit"] = str(self.limit)
        return values


def read_view() -> View:
    """The view the current link asks for; nonsense in it counts as absent."""
    given = st.query_params
    language = given.get("lang")
    if language not in LANGUAGES:
        language = "ja" if (st.context.locale or "ja").startswith("ja") else "en"
    limit = given.get("limit", "")[:4]
    return View(
        language="en" if language == "en" else "ja",
        query=given.get("q", "")[:LONGEST_QUERY],
        documents=tuple(given.get_all("in")),
        clause=given.get("clause") or None,
        limit=min(max(int(limit), 1), MOST) if limit.isascii() and limit.isdecimal() else 10,
    )
