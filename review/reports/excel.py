"""The comparison as an Excel workbook: a coverage matrix with links, and one sheet a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from index.store import StoredDocument
from ingest.citations import cite
from ingest.model import Span
from review.clause_types import ClauseType
from review.reports.request import Head
from review.reports.stream import Row
from review.reports.text import fact_lines, label, name, provider, service

LONGEST_CELL = 32_000  # characters; Excel takes 32,767
LONGEST_LINK = 250  # characters shown for a link
LINE, HIGHEST = 17, 409  # points; Excel makes no row higher
MOST_RUNS = 400  # marked and unmarked runs in one cell
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def write_excel(path: Path, head: Head, stream: Iterable[tuple[StoredDocument, tuple[Row, ...]]]) -> None:
    """Write the workbook; rows go to disk as they come, whatever their number."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {"title": label("title", head.languages), "created": datetime.combine(head.made, datetime.min.time(), UTC)}
        )
        _Book(book, head).write(stream)


class _Book:
    def __init__(self, book: xlsxwriter.Workbook, head: Head) -> None:
        self.head = head
        top = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D8C9A8", "font_name": "Yu Gothic"}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_name": "Yu Gothic", "valign": "top"})
        self.note = book.add_format(
            {"italic": True, "font_color": "#6B5D45", "font_name": "Yu Gothic", "text_wrap": True, "valign": "top"}
        )
        self.column = book.add_format({**top, "bold": True, "bg_color": "#F3EAD6"})
        self.cell = book.add_format(top)
        self.link = book.add_format({**top, "font_color": "#1B4F8A", "underline": 1})
        self.absent = book.add_format({**top, "font_color": "#8A1C1C", "bg_color": "#FBF1F0"})
        self.differs = book.add_format({"font_color": "#A11212", "bold": True, "font_name": "Yu Gothic"})
        self.plain = book.add_format({"font_name": "Yu Gothic"})
        self.overview = book.add_worksheet("Coverage")
        self.sheets: Mapping[str, Worksheet] = {t.id: book.add_worksheet(_sheet_name(t, n)) for n, t in enumerate(head.types, 1)}
        self.next_row = dict.fromkeys(self.sheets, 4)

    def write(self, stream: Iterable[tuple[StoredDocument, tuple[Row, ...]]]) -> None:
        for kind in self.head.types:
            self._type_head(self.sheets[kind.id], kind)
        # Which clauses, and where their row is: short, so it is kept until the overview is written, a type a row.
        cells: dict[str, list[tuple[str, int]]] = {kind.id: [] for kind in self.head.types}
        for _, rows in stream:
            for row in rows:
                shown = ", ".join(cite(p.clause, self.head.languages[0]) for p in row.cell.paragraphs)
                cells[row.type.id].append((shown, self.next_row[row.type.id]))
                self._type_rows(self.sheets[row.type.id], row)
        for kind in self.head.types:
            last = max(self.next_row[kind.id] - 1, 4)
            self.sheets[kind.id].autofilter(3, 0, last, len(self._columns()) - 1)
        self._overview(cells)

    def _overview(self, cells: Mapping[str, Sequence[tuple[str, int]]]) -> None:
        sheet, languages, documents = self.overview, self.head.languages, self.head.documents
        last = len(documents)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, last, 24)
        self._head(sheet, label("title", languages), [label("unofficial", languages), label("no advice", languages)], last)
        sheet.write_string(3, 0, label("type", languages), self.column)
        for c, document in enumerate(documents, 1):
            dated = " / ".join(dict.fromkeys(filter(None, (document.version, document.effective))))
            lines = (service(document, languages), provider(document, languages), dated, document.id)
            sheet.write_string(3, c, "\n".join(lines), self.column)
        sheet.set_row(3, LINE * 7)
        for line, kind in enumerate(self.head.types, 4):
            longest = max((len(shown[:LONGEST_LINK]) for shown, _ in cells[kind.id]), default=0)
            sheet.set_row(line, LINE * max(2, 1 + longest * 2 // 24))
            place = f"internal:'{self.sheets[kind.id].get_name()}'!A"
            sheet.write_url(line, 0, f"{place}1", self.link, _names(kind, languages))
            for c, (shown, row) in enumerate(cells[kind.id], 1):
                if shown:
                    sheet.write_url(line, c, f"{place}{row + 1}", self.link, shown[:LONGEST_LINK])
                else:
                    sheet.write_string(line, c, "—", self.absent)
        sheet.freeze_panes(4, 1)
        sheet.autofilter(3, 0, 3 + len(self.head.types), last)
        _print(sheet)

    def _columns(self) -> list[tuple[str, int]]:
        columns = [("document", 14), ("service", 26), ("version", 12), ("clause", 18), ("heading", 22)]
        if "ja" in self.head.languages:
            columns.append(("japanese", 60))
        if "en" in self.head.languages:
            columns.append(("english", 60))
        return [*columns, ("facts", 26), ("norms", 24)]

    def _head(self, sheet: Worksheet, title: str, notes: Sequence[str], last: int) -> None:
        """Title and two notes, each over the width of the table so that it prints on its pages."""
        for n, (text, form) in enumerate([(title, self.title), *((note, self.note) for note in notes[:2])]):
            if n == 0:
                sheet.set_row(n, 28)
            else:
                sheet.set_row(n, LINE * min(6, 1 + len(text) // 90))
            if last:
                sheet.merge_range(n, 0, n, min(last, 8), "", form)
            sheet.write_string(n, 0, text, form)

    def _type_head(self, sheet: Worksheet, kind: ClauseType) -> None:
        languages, columns = self.head.languages, self._columns()
        for c, (_, width) in enumerate(columns):
            sheet.set_column(c, c, width)
        definition = " / ".join(kind.definition_en if language == "en" else kind.definition_ja for language in languages)
        self._head(sheet, _names(kind, languages), [definition, label("unofficial", languages)], len(columns) - 1)
        for c, (key, _) in enumerate(columns):
            sheet.write_string(3, c, label(key, languages), self.column)
        sheet.freeze_panes(4, 1)
        _print(sheet)

    def _type_rows(self, sheet: Worksheet, row: Row) -> None:
        languages = self.head.languages
        document = row.document
        dated = " / ".join(dict.fromkeys(filter(None, (document.version, document.effective))))
        lead = [document.id, service(document, languages), dated]
        if not row.cell.paragraphs:
            line = self._next(row)
            absent = label("not mentioned", languages)
            if row.cell.defers_to:
                absent = label("see base", languages, clause=cite(row.cell.defers_to, languages[0]))
            for c, value in enumerate([*lead, absent, *[""] * (len(self._columns()) - 4)]):
                sheet.write_string(line, c, value, self.absent)
            return
        for paragraph in row.cell.paragraphs:
            line = self._next(row)
            facts = row.cell.facts_of(paragraph.clause)
            height = max(len(paragraph.text) / 30, len(paragraph.english or "") / 58 if "en" in languages else 0, len(facts))
            sheet.set_row(line, min(HIGHEST, LINE * (1 + int(height))))
            values = [*lead, paragraph.clause, name(paragraph.title, languages)]
            for c, value in enumerate(values):
                sheet.write_string(line, c, value, self.cell)
            c = len(values)
            if "ja" in languages:
                self._marked(sheet, line, c, paragraph.text, row.differing.get(paragraph.clause, ()))
                c += 1
            if "en" in languages:
                english = paragraph.english or ("" if "ja" in languages else paragraph.text)
                sheet.write_string(line, c, english[:LONGEST_CELL], self.cell)
                c += 1
            for norms in (False, True):
                shown = fact_lines((f for f in facts if (f.modality is not None) is norms), languages)
                sheet.write_string(line, c, "\n".join(shown)[:LONGEST_CELL], self.cell)
                c += 1

    def _marked(self, sheet: Worksheet, line: int, column: int, text: str, spans: Sequence[Span]) -> None:
        """A text with the words that differ in red; a long one plain, since Excel limits both."""
        if not spans or len(text) > LONGEST_CELL or len(spans) * 2 > MOST_RUNS:
            sheet.write_string(line, column, text[:LONGEST_CELL], self.cell)
            return
        runs: list[Any] = []
        at = 0
        for start, end in spans:
            if start > at:
                runs += [self.plain, text[at:start]]
            runs += [self.differs, text[start:end]]
            at = end
        if at < len(text):
            runs += [self.plain, text[at:]]
        if len(runs) == 2:  # Excel's rich strings have two runs at least
            sheet.write_string(line, column, text, self.cell)
        else:
            sheet.write_rich_string(line, column, *runs, self.cell)

    def _next(self, row: Row) -> int:
        line = self.next_row[row.type.id]
        self.next_row[row.type.id] = line + 1
        return line


def _names(kind: ClauseType, languages: Sequence[str]) -> str:
    return " / ".join(kind.en if language == "en" else kind.ja for language in languages)


def _sheet_name(kind: ClauseType, number: int) -> str:
    """A name Excel takes: 31 characters, none of its signs, none twice."""
    return f"{number} {kind.en.translate(_FORBIDDEN)}"[:31]


def _print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.set_footer("&L&A&R&P / &N")
