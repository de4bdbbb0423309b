"""The comparison as a Word document: a section a type, each document's clauses with citations, differing words marked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from index.store import StoredDocument
from ingest.citations import cite
from ingest.errors import YakkanError
from ingest.model import Span
from review.reports.request import Head
from review.reports.stream import Row
from review.reports.text import fact_lines, label, name, provider, service

MOST_CELLS = 3_000  # documents times types; a longer document opens slowly and nobody reads it
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # characters that XML cannot hold
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the time of every entry, so that the same input gives the same bytes


def write_word(path: Path, head: Head, stream: Iterable[tuple[StoredDocument, tuple[Row, ...]]]) -> None:
    """Write the document. Raises YakkanError when it would be too long to be read in Word."""
    cells = len(head.types) * len(head.documents)
    if cells > MOST_CELLS:
        raise YakkanError(
            f"{len(head.documents)} documents and {len(head.types)} types are too many for Word; "
            "choose some with --document and --type, or write xlsx, html or md"
        )
    by_type: dict[str, list[Row]] = {kind.id: [] for kind in head.types}
    for _, rows in stream:
        for row in rows:
            by_type[row.type.id].append(row)
    word = Document()
    _layout(word)
    made = datetime.combine(head.made, datetime.min.time(), UTC)
    properties = word.core_properties
    properties.title, properties.author = label("title", head.languages), "Yakkan"
    properties.created = properties.modified = made
    _front(word, head)
    for kind in head.types:
        word.add_heading(" / ".join(kind.en if language == "en" else kind.ja for language in head.languages), 1)
        word.add_paragraph(
            " ".join(kind.definition_en if language == "en" else kind.definition_ja for language in head.languages),
            style="Intense Quote",
        )
        for row in by_type[kind.id]:
            _row(word, head, row)
    word.save(str(path))
    _fix_times(path)


def _layout(word: WordDocument) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    for style in ("Normal", "Heading 1", "Heading 2", "Title", "Intense Quote", "List Bullet"):
        font = word.styles[style].font
        font.name = "Yu Gothic"
        word.styles[style].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Yu Gothic")
    word.styles["Normal"].font.size = Pt(10)


def _front(word: WordDocument, head: Head) -> None:
    languages = head.languages
    word.add_heading(label("title", languages), 0)
    word.add_paragraph(f"{label('made on', languages)}: {head.made.isoformat()}")
    for key in ("unofficial", "no advice"):
        word.add_paragraph(label(key, languages))
    columns = ("document", "service", "provider", "version", "effective")
    table = word.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    for cell, key in zip(table.rows[0].cells, columns, strict=True):
        cell.text = label(key, languages)
    for document in head.documents:
        values = (
            document.id,
            service(document, languages),
            provider(document, languages),
            document.version or "",
            document.effective or "",
        )
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = _held(value)


def _row(word: WordDocument, head: Head, row: Row) -> None:
    languages = head.languages
    word.add_heading(_held(service(row.document, languages[:1])), 2)
    if not row.cell.paragraphs:
        text = label("not mentioned", languages)
        if row.cell.defers_to:
            text = label("see base", languages, clause=cite(row.cell.defers_to, languages[0]))
        word.add_paragraph().add_run(text).font.color.rgb = RGBColor(0x8A, 0x1C, 0x1C)
        return
    for paragraph in row.cell.paragraphs:
        citation = word.add_paragraph()
        citation.add_run(f"{' / '.join(cite(paragraph.clause, language) for language in languages)}  ").bold = True
        citation.add_run(_held(f"{name(paragraph.title, languages)}  [{paragraph.clause}]"))
        if paragraph.shows_japanese(languages):
            _marked(word, paragraph.text, row.differing.get(paragraph.clause, ()))
        if "en" in languages and paragraph.english:
            word.add_paragraph().add_run(_held(paragraph.english)).italic = True
        facts = fact_lines(row.cell.facts_of(paragraph.clause), languages)
        for fact in facts:
            word.add_paragraph(_held(fact), style="List Bullet")


def _marked(word: WordDocument, text: str, spans: Sequence[Span]) -> None:
    written = word.add_paragraph()
    text = _held(text)
    at = 0
    for start, end in spans:
        if start > at:
            written.add_run(text[at:start])
        written.add_run(text[start:end]).font.highlight_color = WD_COLOR_INDEX.YELLOW
        at = end
    written.add_run(text[at:])


def _held(text: str) -> str:
    """A text with the characters that a Word file cannot hold replaced, one for one."""
    return _NO_XML.sub("\ufffd", text)


def _fix_times(path: Path) -> None:
    """Give every entry of a zip file the same time."""
    with zipfile.ZipFile(path) as old:
        entries = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, data in entries:
            info = zipfile.ZipInfo(entry, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
