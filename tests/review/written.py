"""Reports read back as a reader would: the words of a file, and what in it is more than words."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from docx import Document
from markdown_it import MarkdownIt

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass
class Sheet:
    """A sheet of a workbook: the text of its cells, where its links lead, and its XML."""

    cells: dict[str, str]
    links: dict[str, str]
    xml: ElementTree.Element

    def row(self, number: int) -> list[str]:
        return [text for place, text in self.cells.items() if re.sub(r"[A-Z]+", "", place) == str(number)]

    def find(self, text: str) -> str:
        return next(place for place, value in self.cells.items() if value == text)


def read_sheets(path: Path) -> dict[str, Sheet]:
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = ["".join(i.itertext()) for i in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        targets = {r.get("Id"): r.get("Target") for r in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
        sheets = {}
        for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_S}sheet"):
            root = ElementTree.fromstring(book.read(f"xl/{targets[sheet.get(f'{_R}id')]}"))
            cells = {}
            for cell in root.iter(f"{_S}c"):
                text = "".join(t.text or "" for t in cell.iter(f"{_S}t"))
                value = cell.find(f"{_S}v")
                if value is not None:
                    text = shared[int(value.text)] if cell.get("t") == "s" else value.text
                cells[cell.get("r")] = text
            links = {link.get("ref"): link.get("location") for link in root.iter(f"{_S}hyperlink")}
            sheets[sheet.get("name")] = Sheet(cells, links, root)
        return sheets


@dataclass
class Page(HTMLParser):
    """The tags, attributes and words of an HTML text; style and script are no words."""

    html: str
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str | None]] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)  # innermost tag, words

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes.extend(attributes)
        if tag not in ("meta", "br", "hr", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, words):
        if not {"style", "script"} & set(self._open):
            self.pieces.append((self._open[-1] if self._open else "", words))

    def handle_decl(self, declaration):
        assert declaration == "doctype html"

    def handle_comment(self, words):
        raise AssertionError(f"a comment: {words}")

    @property
    def words(self) -> str:
        return "".join(words for _, words in self.pieces)

    def inside(self, tag: str) -> list[str]:
        return [words for inner, words in self.pieces if inner == tag]


def read_page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def read_markdown(path: Path) -> Page:
    """As it is shown, with tables and struck words, as in a wiki."""
    return Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(path.read_text(encoding="utf-8")))


def read_word(path: Path) -> list[str]:
    word = Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [p.text for p in word.paragraphs] + cells


def words_of(path: Path) -> str:
    """All words of a report without blanks, whatever its format."""
    if path.suffix == ".xlsx":
        text = "\n".join(value for sheet in read_sheets(path).values() for value in sheet.cells.values())
    elif path.suffix == ".docx":
        text = "\n".join(read_word(path))
    else:
        text = (read_page if path.suffix == ".html" else read_markdown)(path).words
    return "".join(text.split())
