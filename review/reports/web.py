"""The comparison as one self-contained HTML file: coverage matrix, charts, and a section a type; it prints on paper, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import IO

from index.store import StoredDocument
from ingest.citations import cite
from ingest.model import Span
from review.chart import CHARTED, Point, longest, point
from review.clause_types import ClauseType
from review.reports.request import Head
from review.reports.sections import Sections
from review.reports.stream import Row
from review.reports.text import fact_lines, label, name, provider, service

MOST_BARS = 60  # bars of one chart; of more documents the first are shown

_STYLE = """
body{font-family:"Hiragino Sans","Yu Gothic","Noto Sans CJK JP",system-ui,sans-serif;color:#1f1b16;margin:2rem auto;max-width:1180px;padding:0 1rem;line-height:1.7}
h1{font-size:1.7rem}h2{border-bottom:2px solid #8a1c1c;padding-bottom:.2rem;margin-top:2.6rem}h3{margin:1.2rem 0 .3rem}
a{color:#1b4f8a}.note{color:#6b5d45;margin:.2rem 0}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #d8c9a8;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#f3ead6}
.scroll{overflow-x:auto}.no{color:#8a1c1c;background:#fbf1f0}.definition{color:#6b5d45}
.clause{border-left:3px solid #d8c9a8;padding:.1rem .9rem;margin:.6rem 0}.clause p{white-space:pre-wrap;margin:.3rem 0;overflow-wrap:anywhere}
.en{color:#3c4a5c}.facts{display:flex;flex-wrap:wrap;gap:.3rem;list-style:none;padding:0;margin:.3rem 0}
.facts li{border:1px solid #d8c9a8;border-radius:1rem;padding:0 .6rem;background:#faf6ec;font-size:.85rem}
mark{background:#ffe28a}.address{font-size:.8rem;color:#6b5d45}
.bar{display:grid;grid-template-columns:14rem 1fr 12rem;gap:.6rem;align-items:center;font-size:.9rem;margin:.2rem 0}
.bar span.fill{display:block;height:1rem;background:#8a1c1c;border-radius:2px}
@media print{body{max-width:none;margin:0}h2{break-after:avoid}.clause{break-inside:avoid}a{color:inherit;text-decoration:none}.bar span.fill,mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def write_web(path: Path, head: Head, stream: Iterable[tuple[StoredDocument, tuple[Row, ...]]]) -> None:
    """Write the page; every word of the terms is escaped."""
    points: dict[str, list[Point]] = {identity: [] for identity in CHARTED}
    documents = {d.id: d for d in head.documents}
    ids = [kind.id for kind in head.types]
    with path.open("w", encoding="utf-8", newline="\n") as out, Sections(["matrix", *ids]) as sections:
        for kind in head.types:
            sections.write(kind.id, _type_head(kind, head))
        _front(out, head)
        sections.write("matrix", _matrix_head(head))
        for document, rows in stream:
            sections.write("matrix", _matrix_row(document, rows, head))
            for row in rows:
                sections.write(row.type.id, _section(row, head))
                number = point(row.type, row.cell)
                if number and len(points[number.type]) < MOST_BARS:
                    points[number.type].append(number)
        sections.write("matrix", "</tbody></table></div>\n")
        kinds = {kind.id: kind for kind in head.types}
        for identity, found in points.items():
            if found:
                sections.write("matrix", _chart(kinds[identity], found, documents, head))
        sections.copy(out)
        out.write("</body></html>\n")


def _front(out: IO[str], head: Head) -> None:
    languages = head.languages
    title = escape(label("title", languages))
    columns = ("document", "service", "provider", "version", "effective")
    out.write(
        f'<!doctype html>\n<html lang="{languages[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    )
    out.write(f"<title>{title}</title><style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n")
    out.write(f'<p class="note">{escape(label("made on", languages))}: {head.made.isoformat()}</p>')
    out.write("".join(f'<p class="note">{escape(label(key, languages))}</p>' for key in ("unofficial", "no advice")))
    out.write(
        f'<div class="scroll"><table><thead><tr>{_cells("th", [label(key, languages) for key in columns])}</tr></thead><tbody>'
    )
    for document in head.documents:
        values = (
            document.id,
            service(document, languages),
            provider(document, languages),
            document.version or "",
            document.effective or "",
        )
        out.write(f"<tr>{_cells('td', values)}</tr>")
    out.write("</tbody></table></div>\n")


def _matrix_head(head: Head) -> str:
    links = "".join(f'<th><a href="#{escape(k.id)}">{escape(_names(k, head))}</a></th>' for k in head.types)
    return f'<h2>{escape(label("coverage", head.languages))}</h2><div class="scroll"><table><thead><tr><th></th>{links}</tr></thead><tbody>'


def _matrix_row(document: StoredDocument, rows: Sequence[Row], head: Head) -> str:
    out = [f"<tr><th>{escape(document.id)}</th>"]
    for row in rows:
        if row.cell.paragraphs:
            where = ", ".join(cite(p.clause, head.languages[0]) for p in row.cell.paragraphs)
            out.append(f'<td><a href="#{escape(row.type.id)}--{escape(document.id)}">{escape(where)}</a></td>')
        else:
            out.append('<td class="no">—</td>')
    return "".join([*out, "</tr>\n"])


def _chart(kind: ClauseType, points: Sequence[Point], documents: dict[str, StoredDocument], head: Head) -> str:
    most = longest(points)
    heading = label(f"chart {CHARTED[kind.id]}", head.languages)
    out = [f"<h3>{escape(_names(kind, head))}: {escape(heading)}</h3>"]
    for p in points:
        width = 100 * p.amount / most
        out.append(
            f'<div class="bar"><span>{escape(service(documents[p.document], head.languages[:1]))}</span>'
            f'<span class="fill" style="width:{width:.1f}%"></span><span>{escape(p.text)} [{escape(p.normalized)}]</span></div>'
        )
    return "".join([*out, "\n"])


def _type_head(kind: ClauseType, head: Head) -> str:
    definition = " ".join(kind.definition_en if language == "en" else kind.definition_ja for language in head.languages)
    return f'<h2 id="{escape(kind.id)}">{escape(_names(kind, head))}</h2><p class="definition">{escape(definition)}</p>\n'


def _section(row: Row, head: Head) -> str:
    languages = head.languages
    out = [f'<h3 id="{escape(row.type.id)}--{escape(row.document.id)}">{escape(service(row.document, languages[:1]))}</h3>']
    if not row.cell.paragraphs:
        text = label("not mentioned", languages)
        if row.cell.defers_to:
            text = label("see base", languages, clause=cite(row.cell.defers_to, languages[0]))
        return "".join([*out, f'<p class="no">{escape(text)}</p>\n'])
    if row.reference and any(row.differing.values()):
        out.append(f'<p class="note">{escape(label("differing", languages, document=row.reference))}</p>')
    for paragraph in row.cell.paragraphs:
        where = " / ".join(cite(paragraph.clause, language) for language in languages)
        out.append(
            f'<div class="clause"><strong>{escape(where)}</strong> {escape(name(paragraph.title, languages))} '
            f'<span class="address">{escape(paragraph.clause)}</span>'
        )
        facts = fact_lines(row.cell.facts_of(paragraph.clause), languages)
        if facts:
            out.append(f'<ul class="facts">{_cells("li", facts)}</ul>')
        if paragraph.shows_japanese(languages):
            out.append(f'<p lang="ja">{_marked(paragraph.text, row.differing.get(paragraph.clause, ()))}</p>')
        if "en" in languages and paragraph.english:
            out.append(f'<p class="en" lang="en">{escape(paragraph.english)}</p>')
        out.append("</div>")
    return "".join([*out, "\n"])


def _marked(text: str, spans: Sequence[Span]) -> str:
    out, at = [], 0
    for start, end in spans:
        out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*out, escape(text[at:])])


def _names(kind: ClauseType, head: Head) -> str:
    return " / ".join(kind.en if language == "en" else kind.ja for language in head.languages)


def _cells(tag: str, values: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(value)}</{tag}>" for value in values)
