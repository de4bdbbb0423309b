"""The Ask page: a customer's question in, a quotable answer with its clause out, or the honest word that the terms do not say."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from index.search import LONGEST_QUERY
from index.store import StoredDocument
from ingest.citations import cite
from ingest.errors import YakkanError
from ingest.model import Span
from review.ask import Answer, Reply, ask, short_answer
from review.desk import Desk
from ui import page
from ui.link import View, read_view
from ui.markup import STYLE, anchor, marked_text, plain
from ui.text import LANGUAGES, QUESTIONS, Language, words

KEPT = 20  # questions of a visit that are remembered


def ask_page() -> None:
    """Draw the page for the view its link asks for."""
    view = read_view("ask")
    st.html(STYLE)
    page.header(view)
    try:
        desk = page.open_desk(view.language)
        documents = {d.id: d for d in desk.documents()}
        chosen = tuple(d for d in view.documents if d in documents)
        _form(view, documents, chosen)
        if not view.query.strip():
            _start(view)
            return
        with st.spinner(words("searching", view.language)):
            reply = ask(desk, view.query, chosen)
    except YakkanError as error:
        st.error(plain(str(error)))
        return
    _remember(view)
    if reply.answers:
        _answered(view, reply, desk, documents)
    else:
        _not_found(view, reply, documents)
    with st.expander(words("search link", view.language)):
        st.code(page.absolute(view), language=None, wrap_lines=True)
    _history(view)


def _form(view: View, documents: dict[str, StoredDocument], chosen: Sequence[str]) -> None:
    def submit() -> None:
        state = st.session_state
        page.go(View(view.language, state["question"].strip(), tuple(state["documents"]), page="ask"))

    st.session_state["question"] = view.query
    st.session_state["documents"] = list(chosen)
    with st.form("ask", border=False):
        st.text_input(
            words("question", view.language),
            key="question",
            placeholder=words("question placeholder", view.language),
            max_chars=LONGEST_QUERY,
        )
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.multiselect(
            words("services", view.language), list(documents), key="documents", placeholder=words("all services", view.language),
            format_func=lambda d: page.service(documents[d], view.language),
        )  # fmt: skip
        right.form_submit_button(words("ask button", view.language), type="primary", width="stretch", on_click=submit)


def _start(view: View) -> None:
    st.write(words("ask start", view.language))
    links = " ".join(anchor(View(view.language, q, page="ask"), q) for q in QUESTIONS[view.language])
    st.html(f'<p class="yk-examples">{escape(words("examples", view.language))}: {links}</p>')
    st.caption(words("advice note", view.language))


def _answered(view: View, reply: Reply, desk: Desk, documents: dict[str, StoredDocument]) -> None:
    first, others = reply.answers[0], reply.answers[1:]
    _card(view, first, desk, documents[first.document])
    if others or len(reply.not_mentioned) > 0:
        rows = [_row(view, answer, documents[answer.document]) for answer in others]
        rows += [_silent(view, documents[d]) for d in reply.not_mentioned]
        head = "".join(f"<th>{escape(words(key, view.language))}</th>" for key in ("services", "answer", "quote"))
        st.html(
            f'<p class="yk-head">{escape(words("other services", view.language))}</p>'
            f'<table class="yk-matrix"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        )
    st.caption(f"{words('english note', view.language)} {words('advice note', view.language)}")


def _card(view: View, answer: Answer, desk: Desk, document: StoredDocument) -> None:
    paragraph = desk.paragraph(answer.clause)
    assert paragraph is not None
    target = View(view.language, clause=answer.clause)
    marks = [Span(max(s.start, answer.span.start), min(s.end, answer.span.end)) for s in answer.marks]
    before = "…" if answer.span.start else ""
    after = "…" if answer.span.end < len(paragraph.text) else ""
    quote = marked_text(paragraph.text, marks, start=answer.span.start, end=answer.span.end)
    with st.container(border=True):
        english = (
            f'<p class="yk-en">{escape(answer.english)} <small>({escape(words("unofficial", view.language))})</small></p>'
            if answer.english
            else ""
        )
        st.html(
            f'<p class="yk-source">{escape(page.source(document, view.language))}'
            f'<span class="yk-why">{escape(words("sure", view.language, percent=f"{answer.confidence:.0%}"))}</span></p>'
            f'<p class="yk-title">{escape(short_answer(answer, document, view.language))}</p>'
            f'<p class="yk-head">{anchor(target, page.heading(answer.clause, paragraph.title, view.language))}</p>'
            f'<p class="yk-text" lang="ja">{before}{quote}{after}</p>{english}'
        )
        with st.expander(words("email", view.language)):
            for language, name in LANGUAGES.items():
                st.caption(name)
                st.code(email(answer, document, language), language=None, wrap_lines=True)


def email(answer: Answer, document: StoredDocument, language: Language) -> str:
    """The answer as the text of a mail to a customer."""
    said = short_answer(answer, document, language)
    quote = " ".join(answer.quote.split())
    english = (
        f"\n({words('unofficial', language)}) {' '.join(answer.english.split())}" if answer.english and language == "en" else ""
    )
    return f"{said}\n\n{words('mail quote', language)}\n「{quote}」 ({cite(answer.clause, language)}){english}\n\n{words('mail end', language)}"


def _row(view: View, answer: Answer, document: StoredDocument) -> str:
    where = anchor(View(view.language, clause=answer.clause), cite(answer.clause, view.language))
    said = escape(short_answer(answer, document, view.language))
    return f"<tr><th>{escape(page.service(document, view.language))}</th><td>{said}</td><td>{escape(answer.quote)} ({where})</td></tr>"


def _silent(view: View, document: StoredDocument) -> str:
    base = next((c for b in document.base_terms for c in b.clauses), None)
    text = escape(words("not mentioned", view.language))
    if base:
        text = f"{escape(words('see base', view.language))} {anchor(View(view.language, clause=base), cite(base, view.language))}"
    return f'<tr><th>{escape(page.service(document, view.language))}</th><td class="yk-absent" colspan="2">{text}</td></tr>'


def _not_found(view: View, reply: Reply, documents: dict[str, StoredDocument]) -> None:
    names = ", ".join(page.service(documents[d], view.language) for d in reply.not_mentioned)
    st.warning(words("terms silent", view.language, question=plain(reply.question), names=plain(names)))
    bases = [_silent(view, documents[d]) for d in reply.not_mentioned if documents[d].base_terms]
    if bases:
        st.html(f'<table class="yk-matrix"><tbody>{"".join(bases)}</tbody></table>')
    if reply.nearest:
        st.html(f'<p class="yk-head">{escape(words("nearest", view.language))}</p>')
    for hit in reply.nearest:
        target = View(view.language, clause=hit.clause)
        with st.container(border=True):
            st.html(
                f'<p class="yk-source">{escape(page.source(documents[hit.document], view.language))}</p>'
                f'<p class="yk-head">{anchor(target, page.heading(hit.clause, hit.title, view.language))}</p>'
                f'<p class="yk-text">{escape(hit.text[:200])}</p>'
            )


def _remember(view: View) -> None:
    asked: list[View] = st.session_state.setdefault("asked", [])
    if view not in asked:
        asked.insert(0, view)
        del asked[KEPT:]


def _history(view: View) -> None:
    asked: list[View] = [v for v in st.session_state.get("asked", []) if v != view]
    if asked:
        links = " ".join(anchor(v, v.query) for v in asked)
        st.html(f'<p class="yk-examples">{escape(words("history", view.language))}: {links}</p>')
