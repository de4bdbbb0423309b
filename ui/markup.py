"""Clause text as HTML. Terms are untrusted: every character of a clause is escaped here, and only here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from html import escape

from index.store import StoredReference
from ingest.model import Span
from ui.link import View

WIDE = "<style>.block-container { max-width: 1500px; }</style>"
STYLE = """
<style>
.block-container { padding-top: 1.6rem; max-width: 880px; }
.yk-title { font-size: 1.9rem; font-weight: 700; letter-spacing: .02em; margin: 0; line-height: 1.2; }
.yk-title a { color: inherit; text-decoration: none; }
.yk-title small { font-size: 1rem; font-weight: 400; opacity: .7; margin-left: .5rem; }
.yk-tag { margin: .1rem 0 .4rem; opacity: .75; }
.yk-nav { margin: .2rem 0 .6rem; }
.yk-nav a { margin-right: 1.1rem; color: #1b4f8a; text-decoration: none; padding-bottom: .1rem; }
.yk-nav a.yk-open { color: #8a1c1c; font-weight: 700; border-bottom: 2px solid #8a1c1c; }
.yk-en { color: #3c4a5c; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; margin: .35rem 0 0; font-size: .95rem; }
.yk-en small { opacity: .7; }
.yk-columns { display: flex; gap: .8rem; overflow-x: auto; align-items: flex-start; padding-bottom: .6rem; }
.yk-column { flex: 1 0 300px; border: 1px solid #d8c9a8; border-radius: 8px; padding: .7rem .9rem; background: #fffdf8; }
.yk-none { color: #8a1c1c; background: #fbf1f0; padding: .3rem .6rem; border-radius: 6px; margin: .4rem 0; }
.yk-facts { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; padding: 0; margin: .3rem 0; }
.yk-facts li { border: 1px solid #d8c9a8; border-radius: 1rem; padding: 0 .55rem; background: #faf6ec; font-size: .82rem; margin: 0; }
.yk-matrix { border-collapse: collapse; font-size: .88rem; }
.yk-matrix th, .yk-matrix td { border: 1px solid #d8c9a8; padding: .25rem .5rem; vertical-align: top; text-align: left; }
.yk-matrix thead th { position: sticky; top: 0; background: #f3ead6; }
.yk-matrix a { color: #1b4f8a; text-decoration: none; }
.yk-matrix td.yk-absent { color: #8a1c1c; background: #fbf1f0; text-align: center; }
.yk-bar { display: grid; grid-template-columns: 13rem 1fr 11rem; gap: .6rem; align-items: center; font-size: .9rem; margin: .15rem 0; }
.yk-bar i { display: block; height: .9rem; background: #8a1c1c; border-radius: 2px; }
.yk-source { font-size: .82rem; opacity: .75; margin: 0; }
.yk-why { float: right; border: 1px solid #d8c9a8; border-radius: 999px; padding: 0 .6rem; margin-left: .5rem; background: #faf6ec; }
.yk-head { font-size: 1.08rem; font-weight: 700; margin: .15rem 0 .35rem; line-height: 1.45; }
.yk-head a { color: #8a1c1c; text-decoration: none; }
.yk-head a:hover { text-decoration: underline; }
.yk-text { line-height: 1.85; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.yk-text mark, .yk-table mark { background: #ffe28a; color: inherit; padding: 0 .08em; border-radius: 2px; }
.yk-text a { color: #1b4f8a; }
.yk-para { padding: .35rem .8rem; border-left: 3px solid transparent; }
.yk-para.yk-here { border-left-color: #8a1c1c; background: #faf3e3; border-radius: 0 6px 6px 0; }
.yk-table { border-collapse: collapse; width: 100%; margin: .4rem 0; }
.yk-table th, .yk-table td { border: 1px solid #d8c9a8; padding: .35rem .6rem; text-align: left; vertical-align: top; line-height: 1.7; overflow-wrap: anywhere; }
.yk-table th:first-child, .yk-table td:first-child { width: 30%; }
.yk-label { font-weight: 700; margin-right: .5em; }
.yk-crumb { font-size: .88rem; opacity: .8; margin: 0 0 .3rem; }
.yk-crumb a, .yk-more a { color: #1b4f8a; }
.yk-terms dt { font-weight: 700; margin-top: .5rem; }
.yk-terms dd { margin: 0 0 0 1rem; line-height: 1.7; overflow-wrap: anywhere; }
.yk-more { text-align: center; margin: .6rem 0; }
.yk-examples a { display: inline-block; margin: .2rem .4rem .2rem 0; padding: .25rem .7rem; border: 1px solid #d8c9a8; border-radius: 999px;
  color: #1f1b16; text-decoration: none; background: #faf6ec; }
.yk-examples a:hover { border-color: #8a1c1c; }
@media (max-width: 640px) { .yk-bar { grid-template-columns: 1fr; gap: .1rem; margin-bottom: .5rem; } .block-container { padding-left: 1rem; padding-right: 1rem; } .yk-title { font-size: 1.5rem; } }
[data-testid="stCode"] pre { padding: .4rem .8rem; }
</style>
"""


def plain(text: str) -> str:
    """Text for Streamlit's own boxes, which read Markdown: every sign of it escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def anchor(view: View, text: str) -> str:
    """A link to another view in this window."""
    return f'<a href="{escape(view.href, quote=True)}" target="_self">{escape(text)}</a>'


def marked_text(
    text: str,
    highlights: Sequence[Span] = (),
    references: Sequence[StoredReference] = (),
    view: View | None = None,
    start: int = 0,
    end: int | None = None,
) -> str:
    """``text[start:end]`` of a clause with highlights marked and resolved references linked."""
    end = len(text) if end is None else end
    links = {} if view is None else {(r.start, r.end): _with_clause(view, r.targets[0]) for r in references if r.targets}
    cuts = sorted({start, end, *(p for s in (*highlights, *links) for p in s if start < p < end)})
    out = []
    for a, b in itertools.pairwise(cuts):
        piece = escape(text[a:b])
        if any(s <= a and b <= e for s, e in highlights):
            piece = f"<mark>{piece}</mark>"
        target = next((v for (s, e), v in links.items() if s <= a and b <= e), None)
        out.append(f'<a href="{escape(target.href, quote=True)}" target="_self">{piece}</a>' if target else piece)
    return "".join(out)


def marked_table(
    text: str, columns: int, highlights: Sequence[Span], references: Sequence[StoredReference], view: View, start: int, end: int
) -> str:
    """``text[start:end]``, a table with a cell a line, as an HTML table; its first row is the head."""
    cells, at = [], start
    for line in text[start:end].split("\n"):
        cells.append(marked_text(text, highlights, references, view, at, at + len(line)))
        at += len(line) + 1
    rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f'<table class="yk-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _with_clause(view: View, clause: str) -> View:
    return View(view.language, view.query, view.documents, clause, view.limit)
