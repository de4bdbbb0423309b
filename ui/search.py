"""The Search page: a query in either language, the clauses that answer it, and each clause in its article."""

from __future__ import annotations

import dataclasses
from html import escape

import streamlit as st

from index.search import LONGEST_QUERY, Hit, Searcher
from index.store import StoredClause, StoredDocument
from index.view import find_clause, terms_used
from ingest.citations import cite
from ingest.errors import YakkanError
from ui import page
from ui.link import MOST, View, read_view
from ui.markup import STYLE, anchor, marked_table, marked_text, plain
from ui.text import EXAMPLES, words

DIVISIONS = ("part", "chapter", "section")
STEP = 10  # hits a click on "Show more" adds
BRIEF = 400  # characters of a clause shown among the results


def search_page() -> None:
    """Draw the page for the view its link asks for."""
    view = read_view("search")
    st.html(STYLE)
    page.header(view)
    try:
        searcher = page.open_searcher(view.language)
    except YakkanError as error:
        st.error(plain(str(error)))
        return
    documents = {d.id: d for d in searcher.store.documents()}
    unknown = [d for d in view.documents if d not in documents]
    if unknown:
        st.warning(words("bad document", view.language, names=plain(", ".join(unknown))))
        view = dataclasses.replace(view, documents=tuple(d for d in view.documents if d in documents))
    if view.clause:
        _clause_view(view, searcher, documents)
    else:
        _search_form(view, documents)
        _results(view, searcher, documents)


def _search_form(view: View, documents: dict[str, StoredDocument]) -> None:
    def submit() -> None:
        page.go(View(view.language, st.session_state["query"].strip(), tuple(st.session_state["documents"])))

    st.session_state["query"] = view.query
    st.session_state["documents"] = list(view.documents)
    with st.form("search", border=False):
        st.text_input(
            words("query", view.language),
            key="query",
            placeholder=words("placeholder", view.language),
            max_chars=LONGEST_QUERY,
        )
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.multiselect(
            words("services", view.language),
            options=list(documents),
            format_func=lambda d: page.service(documents[d], view.language),
            key="documents",
            placeholder=words("all services", view.language),
        )
        right.form_submit_button(words("search", view.language), type="primary", width="stretch", on_click=submit)


def _results(view: View, searcher: Searcher, documents: dict[str, StoredDocument]) -> None:
    if not view.query.strip():
        st.write(words("start", view.language))
        links = " ".join(anchor(View(view.language, example), example) for example in EXAMPLES[view.language])
        st.html(f'<p class="yk-examples">{escape(words("examples", view.language))}: {links}</p>')
        return
    try:
        with st.spinner(words("searching", view.language)):  # the first search of a server loads the encoder
            result = searcher.search(view.query, view.documents, view.limit + 1)
    except YakkanError as error:
        st.error(plain(str(error)))
        return
    hits = result.hits[: view.limit]
    if not hits:
        st.info(words("none", view.language, query=plain(view.query)) + "  \n" + words("none hint", view.language))
        return
    found = "best" if len(result.hits) > view.limit else "found one" if len(hits) == 1 else "found"
    st.caption(words(found, view.language, n=len(hits)))
    for hit in hits:
        _hit(view, hit, documents[hit.document], searcher)
    if len(result.hits) > view.limit < MOST:
        more = dataclasses.replace(view, limit=min(view.limit + STEP, MOST))
        st.html(f'<p class="yk-more">{anchor(more, words("more", view.language))}</p>')
    with st.expander(words("search link", view.language)):
        st.code(page.absolute(view), language=None, wrap_lines=True)


def _hit(view: View, hit: Hit, document: StoredDocument, searcher: Searcher) -> None:
    target = dataclasses.replace(view, clause=hit.clause)
    with st.container(border=True):
        st.html(
            f'<p class="yk-source">{escape(page.source(document, view.language))}'
            f'<span class="yk-why">{escape(words("+".join(hit.found_by), view.language))}</span></p>'
            f'<p class="yk-head">{anchor(target, page.heading(hit.clause, hit.title, view.language))}</p>'
            f'<p class="yk-text">{_brief(hit, searcher, view)}</p>' + _english(hit.english, view)
        )
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.html(f'<p class="yk-crumb">{anchor(target, words("open article", view.language))} →</p>')
        right.code(hit.clause, language=None)


def _brief(hit: Hit, searcher: Searcher, view: View) -> str:
    """The text of a hit; a long one only as far as its first highlights reach."""
    end = len(hit.text)
    if end > BRIEF * 1.3:
        end = max([BRIEF, *(e for _, e in hit.highlights if e <= BRIEF * 2)])
    text = marked_text(hit.text, hit.highlights, searcher.store.references(hit.clause), view, end=end)
    return text + ("…" if end < len(hit.text) else "")


def _english(text: str | None, view: View) -> str:
    """The unofficial English of a hit for readers of English, a long one cut."""
    if text is None or view.language != "en":
        return ""
    shown = text if len(text) <= BRIEF * 2 else text[: BRIEF * 2].rsplit(" ", 1)[0] + "…"
    return f'<p class="yk-en">{escape(shown)} <small>({escape(words("unofficial", view.language))})</small></p>'


def _clause_view(view: View, searcher: Searcher, documents: dict[str, StoredDocument]) -> None:
    assert view.clause is not None
    back = dataclasses.replace(view, clause=None)
    st.html(f'<p class="yk-crumb">← {anchor(back, words("back" if view.query else "home", view.language))}</p>')
    try:
        clause = find_clause(searcher.store, view.clause)
    except YakkanError:
        st.error(words("bad link", view.language, address=plain(view.clause)))
        return
    document = documents[clause.document]
    whole = searcher.store.clause(clause.article) if clause.article else None
    whole = whole or clause
    st.html(
        f'<p class="yk-source">{escape(page.source(document, view.language))}</p>'
        f'<p class="yk-head">{escape(page.heading(whole.address, whole.title, view.language))}</p>'
    )
    keys = searcher.highlighter(view.query)
    own = (whole,) if whole.level in DIVISIONS and searcher.store.is_passage(whole.address) else ()
    parts = (*own, *searcher.store.children(whole.address)) or (whole,)
    body = "".join(_paragraph(part, clause, view, searcher, keys) for part in parts)
    with st.container(border=True):
        st.html(body)
    _references(view, searcher, whole)
    _terms(view, searcher, whole)
    left, right = st.columns(2)
    left.caption(words("address", view.language))
    left.code(clause.address, language=None)
    right.caption(words("link", view.language))
    right.code(page.absolute(View(view.language, clause=clause.address)), language=None)
    with st.expander(words("notes", view.language)):
        st.html(_about(document, view))


def _about(document: StoredDocument, view: View) -> str:
    """What is known of a document: who is who, what it stands on, what to mind."""
    rows = [f"<dt>{escape(r.name)}</dt><dd>{escape(words(r.party, view.language))}</dd>" for r in document.roles]
    for base in document.base_terms:
        places = ", ".join(anchor(dataclasses.replace(view, clause=c), cite(c, view.language)) for c in base.clauses)
        rows.append(
            f"<dt>{escape(base.name)}</dt><dd>{escape(words('base terms', view.language, title=base.title))} ({places})</dd>"
        )
    notes = "".join(f"<p>{escape(note)}</p>" for note in document.notes)
    return f'<dl class="yk-terms">{"".join(rows)}</dl>{notes}'


def _paragraph(part: StoredClause, clause: StoredClause, view: View, searcher: Searcher, keys: frozenset[str]) -> str:
    """A paragraph of the article; the one the link means stands out."""
    here = part.address == clause.address or clause.address.startswith(f"{part.address}.")
    label = f'<span class="yk-label">{escape(part.label)}</span>' if part.label and part.level == "paragraph" else ""
    if part.level in (*DIVISIONS, "article") and part.parent is not None and part.address != clause.address:
        target = dataclasses.replace(view, clause=part.address)
        return f'<p class="yk-text yk-para">{anchor(target, page.heading(part.address, part.title, view.language))}</p>'
    text = _body(part, view, searcher, keys)
    english = ""
    if part.english and view.language == "en":
        english = f'<p class="yk-en">{escape(part.english)} <small>({escape(words("unofficial", view.language))})</small></p>'
    return f'<div class="yk-para{" yk-here" if here else ""}">{label}{text}{english}</div>'


def _body(part: StoredClause, view: View, searcher: Searcher, keys: frozenset[str]) -> str:
    """The text of a paragraph, tables in it as tables."""
    marks = searcher.highlights(part.address, keys), searcher.store.references(part.address), view
    tables = [part] if part.level == "table" else [c for c in searcher.store.children(part.address) if c.level == "table"]
    out, at = [], 0
    for table in tables:
        start = part.text.index(table.text, at)
        if start > at:
            out.append(f'<span class="yk-text">{marked_text(part.text, *marks, at, start)}</span>')
        at = start + len(table.text)
        out.append(marked_table(part.text, table.columns or 1, *marks, start, at))
    if at < len(part.text):
        out.append(f'<span class="yk-text">{marked_text(part.text, *marks, at)}</span>')
    return "".join(out)


def _references(view: View, searcher: Searcher, clause: StoredClause) -> None:
    references = searcher.store.references(clause.address)
    if not references:
        return
    rows = []
    for text in dict.fromkeys(r.text for r in references):
        reference = next(r for r in references if r.text == text)
        if reference.targets:
            to = ", ".join(anchor(dataclasses.replace(view, clause=t), cite(t, view.language)) for t in reference.targets)
        elif reference.external:
            to = f"{escape(reference.external)} ({escape(words('elsewhere', view.language))})"
        else:
            to = escape(words("unresolved", view.language))
        rows.append(f"<dt>{escape(text)}</dt><dd>{to}</dd>")
    with st.expander(f"{words('references', view.language)} ({len(rows)})"):
        st.html(f'<dl class="yk-terms">{"".join(rows)}</dl>')


def _terms(view: View, searcher: Searcher, clause: StoredClause) -> None:
    definitions = terms_used(searcher.store, clause)
    if not definitions:
        return
    rows = "".join(
        f"<dt>{escape(d.term)}</dt><dd>{escape(d.meaning)} "
        f"({anchor(dataclasses.replace(view, clause=d.clause), cite(d.clause, view.language))})</dd>"
        for d in definitions
    )
    with st.expander(f"{words('terms', view.language)} ({len(definitions)})"):
        st.html(f'<dl class="yk-terms">{rows}</dl>')
