"""Links that reopen exactly what is shown: page, language, query, services, clause and type live in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlencode

import streamlit as st

from index.search import LONGEST_QUERY
from ui.text import LANGUAGES, Language

MOST = 100  # hits a page shows
Page = Literal["search", "ask", "compare", "coverage"]
PAGES: tuple[Page, ...] = get_args(Page)
Shown = Literal["both", "ja", "en"]
SHOWN: tuple[Shown, ...] = get_args(Shown)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows."""

    language: Language
    query: str = ""
    documents: tuple[str, ...] = ()
    clause: str | None = None
    limit: int = 10
    page: Page = "search"
    type: str | None = None
    shown: Shown = "both"

    @property
    def href(self) -> str:
        """The link of this view, relative to any page of the app."""
        return ("./" if self.page == PAGES[0] else self.page) + "?" + urlencode(self.parameters(), doseq=True)

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
        if self.type:
            values["type"] = self.type
        if self.shown != SHOWN[0]:
            values["text"] = self.shown
        return values


def read_view(page: Page) -> View:
    """The view the current link asks for on a page; nonsense in it counts as absent."""
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
        page=page,
        type=given.get("type") or None,
        shown=next((s for s in SHOWN if s == given.get("text")), SHOWN[0]),
    )
