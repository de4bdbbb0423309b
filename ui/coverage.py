"""The Coverage page: which document says something on which kind of clause, and the numbers side by side."""

from __future__ import annotations

import dataclasses
from html import escape

import streamlit as st

from index.store import StoredDocument
from ingest.citations import cite
from ingest.errors import YakkanError
from review.chart import CHARTED, Point, longest, point
from review.clause_types import ClauseType
from review.compare import Coverage, compare_type, coverage
from review.desk import Desk
from ui import page
from ui.link import View, read_view
from ui.markup import STYLE, WIDE, anchor, plain
from ui.text import words


def coverage_page() -> None:
    """Draw the page for the view its link asks for."""
    view = read_view("coverage")
    st.html(STYLE + WIDE)
    page.header(view)
    try:
        with st.spinner(words("working", view.language)):
            desk = page.open_desk(view.language)
            known = {d.id for d in desk.documents()}
            view = dataclasses.replace(view, documents=tuple(d for d in view.documents if d in known))
            found = coverage(desk, view.documents)
    except YakkanError as error:
        st.error(plain(str(error)))
        return
    _charts(view, desk, found)
    st.caption(words("coverage intro", view.language))
    st.html(_matrix(view, found))
    st.caption(words("advice note", view.language))


def _charts(view: View, desk: Desk, found: Coverage) -> None:
    documents = {d.id: d for d in found.documents}
    for kind in (k for k in found.types if k.id in CHARTED):
        cells = compare_type(desk, kind.id, view.documents).cells.values()
        points = [p for cell in cells if (p := point(kind, cell)) is not None]
        if points:
            target = View(view.language, documents=view.documents, page="compare", type=kind.id)
            heading = f"{_name(kind, view)}: {words(f'chart {CHARTED[kind.id]}', view.language)}"
            bars = "".join(_bar(view, p, documents[p.document], longest(points)) for p in points)
            st.html(f'<p class="yk-head">{anchor(target, heading)}</p>{bars}')


def _bar(view: View, p: Point, document: StoredDocument, most: float) -> str:
    where = anchor(View(view.language, clause=p.clause), f"{p.text} ({cite(p.clause, view.language)})")
    return (
        f'<div class="yk-bar"><span>{escape(page.service(document, view.language))}</span>'
        f'<i style="width:{100 * p.amount / most:.1f}%" title="{escape(p.normalized)}"></i><span>{where}</span></div>'
    )


def _matrix(view: View, found: Coverage) -> str:
    heads = "".join(f"<th>{escape(page.service(d, view.language))}</th>" for d in found.documents)
    rows = []
    for kind in found.types:
        target = View(view.language, documents=view.documents, page="compare", type=kind.id)
        cells = []
        for document in found.documents:
            clauses = found.cells[document.id][kind.id]
            if clauses:
                shown = ", ".join(cite(c, view.language) for c in clauses[:3]) + (" …" if len(clauses) > 3 else "")
                cells.append(f"<td>{anchor(target, f'{len(clauses)}')} <small>{escape(shown)}</small></td>")
            else:
                cells.append('<td class="yk-absent">—</td>')
        rows.append(f"<tr><th>{anchor(target, _name(kind, view))}</th>{''.join(cells)}</tr>")
    return f'<div style="overflow-x:auto"><table class="yk-matrix"><thead><tr><th></th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _name(kind: ClauseType, view: View) -> str:
    return kind.en if view.language == "en" else kind.ja
