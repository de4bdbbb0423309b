"""The comparison as Markdown: for reading in a terminal, a wiki or a review."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from index.store import StoredDocument
from ingest.citations import cite
from review.reports.request import Head
from review.reports.sections import Sections
from review.reports.stream import Row
from review.reports.text import fact_lines, label, name, provider, service

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_AT_THE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")  # would make a list, a rule or a heading of the line before


def write_markdown(path: Path, head: Head, stream: Iterable[tuple[StoredDocument, tuple[Row, ...]]]) -> None:
    """Write the report; every sign of Markdown in the terms is escaped."""
    languages = head.languages
    matrix = [("document", *(kind.id for kind in head.types))]
    with path.open("w", encoding="utf-8", newline="\n") as out, Sections(kind.id for kind in head.types) as sections:
        for kind in head.types:
            names = " / ".join(kind.en if language == "en" else kind.ja for language in languages)
            definition = " ".join(kind.definition_en if language == "en" else kind.definition_ja for language in languages)
            sections.write(kind.id, f"\n## {escaped(names)}\n\n{escaped(definition)}\n")
        out.write(f"# {label('title', languages)}\n\n{label('made on', languages)}: {head.made.isoformat()}\n\n")
        out.write(f"> {label('unofficial', languages)}\n>\n> {label('no advice', languages)}\n\n")
        columns = ("document", "service", "provider", "version", "effective")
        out.write(_line([label(key, languages) for key in columns]) + _line(["---"] * len(columns)))
        for document in head.documents:
            values = (
                document.id,
                service(document, languages),
                provider(document, languages),
                document.version or "",
                document.effective or "",
            )
            out.write(_line([escaped(v) for v in values]))
        for document, rows in stream:
            matrix.append((document.id, *(str(len(row.cell.paragraphs) or "—") for row in rows)))
            for row in rows:
                sections.write(row.type.id, _section(head, row))
        out.write(f"\n## {label('coverage', languages)}\n\n")
        for number, line in enumerate(zip(*matrix, strict=True)):
            out.write(_line(list(line)))
            if number == 0:
                out.write(_line(["---"] * len(line)))
        sections.copy(out)


def escaped(text: str) -> str:
    """A text with the signs of Markdown and HTML made plain, on one line."""
    plain = _SIGNS.sub(r"\\\1", " ".join(text.split("\n")))
    return _AT_THE_START.sub(lambda m: m[1] + (f"\\{m[2]}" if not m[2].isdigit() else f"{m[2]}\\"), plain)


def _section(head: Head, row: Row) -> str:
    languages = head.languages
    out = [f"\n### {escaped(service(row.document, languages[:1]))}\n\n"]
    if not row.cell.paragraphs:
        text = label("not mentioned", languages)
        if row.cell.defers_to:
            text = label("see base", languages, clause=cite(row.cell.defers_to, languages[0]))
        return "".join([*out, f"*{text}*\n"])
    for paragraph in row.cell.paragraphs:
        where = " / ".join(cite(paragraph.clause, language) for language in languages)
        out.append(f"**{where}** {escaped(name(paragraph.title, languages))} `{paragraph.clause}`\n\n")
        if paragraph.shows_japanese(languages):
            out.append("".join(f"> {escaped(line)}  \n" for line in paragraph.text.split("\n")) + "\n")
        if "en" in languages and paragraph.english:
            out.append("".join(f"> *{escaped(line)}*  \n" for line in paragraph.english.split("\n")) + "\n")
        facts = fact_lines(row.cell.facts_of(paragraph.clause), languages)
        out.extend(f"- {escaped(fact)}\n" for fact in facts)
        out.append("\n" if facts else "")
    return "".join(out)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
