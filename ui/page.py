"""What every page has: the header with the way to the other pages, and the index it shows."""

from __future__ import annotations

import dataclasses
from html import escape

import streamlit as st

from index.build import build_index
from index.encoder.encoder import SentenceEncoder
from index.folders import corpus_folder, index_folder
from index.generations import Generations
from index.search import Searcher
from index.store import StoredDocument
from ingest.citations import cite
from ingest.manifest import Names
from review.desk import Desk
from ui.link import PAGES, Page, View
from ui.text import LANGUAGES, Language, words


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(folder: str, generation: str) -> Searcher:
    """One searcher a generation, shared by all visitors."""
    return Searcher.open(index_folder(folder), _encoder())


@st.cache_resource(show_spinner=False)
def _encoder() -> SentenceEncoder:
    """The encoder, loaded once for all visitors."""
    return SentenceEncoder()


def open_searcher(language: Language) -> Searcher:
    """The searcher of the index in use, built first where there is none. Raises YakkanError."""
    folder = index_folder()
    generations = Generations(folder)
    if not generations.made_with(_encoder().fingerprint):
        with st.status(words("building", language)) as status:
            build_index(corpus_folder(), folder, _encoder(), status.write)
    current = generations.current()
    assert current is not None
    return _open(str(folder), current.name)


def go(view: View) -> None:
    """Make a view the one the link shows."""
    st.query_params.from_dict(view.parameters())


@st.cache_resource(max_entries=2, show_spinner=False)
def _desk(folder: str, corpus: str, generation: str) -> Desk:
    return Desk.open(corpus_folder(corpus), _open(folder, generation), _encoder())


def open_desk(language: Language) -> Desk:
    """The desk of the index in use. Raises YakkanError."""
    return _desk(str(index_folder()), str(corpus_folder()), str(open_searcher(language).generation))


def header(view: View) -> None:
    """Draw the name, the way to the pages, and the switch of language."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    home = View(view.language)
    left.html(
        f'<p class="yk-title"><a href="{escape(home.href)}" target="_self">Yakkan<small>約款</small></a></p>'
        f'<p class="yk-tag">{escape(words("tagline", view.language))}</p>'
        f'<p class="yk-nav">{"".join(_way(view, other) for other in PAGES)}</p>'
    )

    def switch() -> None:
        chosen = st.session_state["language"]
        if chosen:
            go(dataclasses.replace(view, language=chosen))

    st.session_state["language"] = view.language
    right.segmented_control(
        words("language", view.language),
        options=list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language",
        on_change=switch,
        label_visibility="collapsed",
    )


def _way(view: View, page: Page) -> str:
    """The link to a page; the one that is open stands out."""
    href = View(view.language, documents=view.documents, page=page).href
    here = ' class="yk-open" aria-current="page"' if page == view.page else ""
    return f'<a href="{escape(href, quote=True)}" target="_self"{here}>{escape(words(page, view.language))}</a>'


def service(document: StoredDocument, language: Language) -> str:
    """The service of a document in the language of the page."""
    names = (document.service.ja, document.service.en)
    return names[language == "en"] or names[0] or document.title


def source(document: StoredDocument, language: Language) -> str:
    """Service, provider and version of a document in one line."""
    provider = (document.provider.en if language == "en" else None) or document.provider.ja
    dated = (
        f"{words('in force', language)} {document.effective}"
        if document.effective
        else f"{words('version', language)} {document.version}"
    )
    return " · ".join((service(document, language), provider or words("provider unnamed", language), dated))


def heading(address: str, title: Names, language: Language) -> str:
    """Citation and title; readers of English see the Japanese title behind the English one."""
    shown = f"{title.en} ({title.ja})" if language == "en" and title.en else title.ja or ""
    return f"{cite(address, language)}  {shown}".strip()


def absolute(view: View) -> str:
    """The link with the address of this app before it."""
    base = (st.context.url or "").partition("?")[0].rstrip("/")
    base = base.removesuffix(f"/{view.page}") if view.page != PAGES[0] else base.removesuffix("/search")
    return f"{base}/{view.href.removeprefix('./')}"
