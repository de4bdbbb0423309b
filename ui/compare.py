"""The Compare page: one kind of clause, or the place of one clause, across providers, in columns."""

from __future__ import annotations

import dataclasses
import io
import tempfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from index.store import StoredDocument
from ingest.citations import cite
from ingest.errors import YakkanError
from ingest.model import Span
from review.clause_types import ClauseType
from review.compare import Cell, Comparison, compare_clause, compare_type
from review.desk import Desk, Paragraph
from review.differences import differences
from review.reports.report import write_report
from review.reports.request import Format, Request
from review.reports.text import fact_lines
from ui import page
from ui.link import SHOWN, View, read_view
from ui.markup import STYLE, WIDE, anchor, marked_text, plain
from ui.text import Language, words

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def compare_page() -> None:
    """Draw the page for the view its link asks for."""
    view = read_view("compare")
    st.html(STYLE + WIDE)
    page.header(view)
    try:
        with st.spinner(words("working", view.language)):
            desk = page.open_desk(view.language)
            documents = {d.id: d for d in desk.documents()}
            view = dataclasses.replace(view, documents=tuple(d for d in view.documents if d in documents))
            _choices(view, desk, documents)
            compared = _compared(view, desk)
    except YakkanError as error:
        st.error(plain(str(error)))
        return
    if compared is None:
        st.info(words("pick type", view.language))
        return
    _head(view, compared)
    st.html(_columns(view, compared, documents))
    st.caption(f"{words('english note', view.language)} {words('advice note', view.language)}")
    if compared.type:
        _downloads(view, desk, compared.type)
    with st.expander(words("search link", view.language)):
        st.code(page.absolute(view), language=None, wrap_lines=True)


def _choices(view: View, desk: Desk, documents: dict[str, StoredDocument]) -> None:
    kinds = {kind.id: kind for kind in desk.types}

    def change() -> None:
        state = st.session_state
        clause = view.clause if state["type"] is None else None
        page.go(
            dataclasses.replace(
                view, type=state["type"], clause=clause, documents=tuple(state["documents"]), shown=state["shown"] or SHOWN[0]
            )
        )

    st.session_state["type"] = view.type if view.type in kinds else None
    st.session_state["documents"] = list(view.documents)
    st.session_state["shown"] = view.shown
    left, middle, right = st.columns([3, 3, 2], vertical_alignment="bottom")
    left.selectbox(
        words("type", view.language), list(kinds), key="type", format_func=lambda i: _named(kinds[i], view.language),
        placeholder=words("type placeholder", view.language), on_change=change,
    )  # fmt: skip
    middle.multiselect(
        words("services", view.language), list(documents), key="documents", placeholder=words("all services", view.language),
        format_func=lambda d: page.service(documents[d], view.language), on_change=change,
    )  # fmt: skip
    right.segmented_control(
        words("texts", view.language), list(SHOWN), key="shown", format_func=lambda s: words(s, view.language), on_change=change
    )


def _compared(view: View, desk: Desk) -> Comparison | None:
    if view.type:
        if view.type not in {kind.id for kind in desk.types}:
            raise YakkanError(words("bad type", view.language, type=view.type))
        return compare_type(desk, view.type, view.documents)
    if view.clause is None:
        return None
    try:
        return compare_clause(desk, view.clause, view.documents)
    except YakkanError:
        raise YakkanError(words("bad link", view.language, address=view.clause)) from None


def _head(view: View, compared: Comparison) -> None:
    if compared.type:
        definition = compared.type.definition_en if view.language == "en" else compared.type.definition_ja
        st.html(
            f'<p class="yk-head">{escape(_named(compared.type, view.language))}</p><p class="yk-tag">{escape(definition)}</p>'
        )
    elif compared.clause:
        link = anchor(View(view.language, clause=compared.clause), cite(compared.clause, view.language))
        text = escape(words("clause compared", view.language, clause="\0")).replace("\0", link)
        st.html(f'<p class="yk-head">{text}</p>')


def _columns(view: View, compared: Comparison, documents: dict[str, StoredDocument]) -> str:
    """A column a document; words that the first one with the subject does not have are marked."""
    first = next((c for c in compared.cells.values() if c.paragraphs), None)
    if compared.clause:
        first = compared.cells.get(compared.clause.partition(":")[0], first)
    note = ""
    if first and sum(bool(c.paragraphs) for c in compared.cells.values()) > 1:
        base = page.service(documents[first.document], view.language)
        note = f'<p class="yk-source">{escape(words("differing", view.language, service=base))}</p>'
    columns = [_column(view, compared, cell, first, documents) for cell in compared.cells.values()]
    return f'{note}<div class="yk-columns">{"".join(columns)}</div>'


def _column(view: View, compared: Comparison, cell: Cell, first: Cell | None, documents: dict[str, StoredDocument]) -> str:
    document = documents[cell.document]
    out = [
        f'<p class="yk-head">{escape(page.service(document, view.language))}</p><p class="yk-source">{escape(page.source(document, view.language))}</p>'
    ]
    if not cell.paragraphs:
        out.append(_absent(view, cell))
    for paragraph in cell.paragraphs:
        marks: tuple[Span, ...] = ()
        if first and first.document != cell.document:
            base = documents[first.document]
            marks = max(
                (differences(p.text, base.roles, paragraph.text, document.roles) for p in first.paragraphs),
                key=lambda d: d.likeness,
            ).marks
        out.append(_paragraph(view, compared, cell, paragraph, marks))
    return f'<div class="yk-column">{"".join(out)}</div>'


def _absent(view: View, cell: Cell) -> str:
    if not cell.defers_to:
        return f'<p class="yk-none">{escape(words("not mentioned", view.language))}</p>'
    link = anchor(View(view.language, clause=cell.defers_to), cite(cell.defers_to, view.language))
    return f'<p class="yk-none">{escape(words("see base", view.language))} {link}</p>'


def _paragraph(view: View, compared: Comparison, cell: Cell, paragraph: Paragraph, marks: Sequence[Span]) -> str:
    target = View(view.language, clause=paragraph.clause)
    languages: tuple[Language, ...] = (view.language,)
    facts = fact_lines(cell.facts_of(paragraph.clause), languages)
    chips = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    out = [f'<p class="yk-head">{anchor(target, page.heading(paragraph.clause, paragraph.title, view.language))}</p>']
    out.append(f'<ul class="yk-facts">{chips}</ul>' if chips else "")
    if view.shown != "en" or paragraph.english is None:
        out.append(f'<p class="yk-text" lang="ja">{marked_text(paragraph.text, marks)}</p>')
    if view.shown != "ja":
        english = (
            escape(paragraph.english) if paragraph.english else f"<small>{escape(words('no english', view.language))}</small>"
        )
        out.append(f'<p class="yk-en" lang="en">{english}</p>')
    if compared.type:
        out.append(_why(view, compared.type, paragraph))
    else:
        out.append(
            f'<p class="yk-crumb">{anchor(dataclasses.replace(view, clause=paragraph.clause), words("compare clause", view.language))}</p>'
        )
    return "".join(out)


def _why(view: View, kind: ClauseType, paragraph: Paragraph) -> str:
    """What made the classifier give a paragraph its type."""
    typed = next(t for t in paragraph.types if t.type == kind.id)
    reasons = [words("why score", view.language, score=typed.score, near=typed.nearness)]
    if typed.title:
        reasons.append(words("why title", view.language, title=typed.title))
    if typed.cues:
        reasons.append(words("why cues", view.language, cues="、".join(typed.cues)))
    if typed.words:
        reasons.append(words("why words", view.language, words="、".join(typed.words)))
    return f'<details class="yk-crumb"><summary>{escape(words("why", view.language))}</summary>{escape("; ".join(reasons))}</details>'


def _downloads(view: View, desk: Desk, kind: ClauseType) -> None:
    left, right, _ = st.columns([1, 1, 3])
    for column, form, key in ((left, "xlsx", "excel"), (right, "docx", "word")):
        column.download_button(
            words(key, view.language), _maker(view, desk, kind, "xlsx" if form == "xlsx" else "docx"),
            file_name=f"yakkan-{kind.id}.{form}", mime=MIME[form], key=f"download {form}", on_click="ignore", width="stretch",
        )  # fmt: skip


def _maker(view: View, desk: Desk, kind: ClauseType, form: Format) -> Callable[[], io.BytesIO]:
    """Writes the report when it is asked for."""

    def make() -> io.BytesIO:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"report.{form}"
            languages: dict[str, tuple[Language, ...]] = {"both": ("ja", "en"), "ja": ("ja",), "en": ("en",)}
            write_report(desk, Request(form, path, (kind.id,), view.documents, languages[view.shown]))
            return io.BytesIO(path.read_bytes())

    return make


def _named(kind: ClauseType, language: Language) -> str:
    return f"{kind.ja} / {kind.en}" if language == "ja" else f"{kind.en} / {kind.ja}"
