"""One verb: a request becomes a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from review.clause_types import chosen_types
from review.desk import Desk
from review.reports.excel import write_excel
from review.reports.markdown import write_markdown
from review.reports.request import Head, Request, replacing, today
from review.reports.stream import Progress, rows
from review.reports.web import write_web
from review.reports.word import write_word

_WRITERS = {"xlsx": write_excel, "docx": write_word, "html": write_web, "md": write_markdown}


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written, and how much it compares."""

    output: Path
    types: int
    documents: int


def write_report(desk: Desk, request: Request, progress: Progress = lambda done, of, document: None) -> Written:
    """Write the report; what was at its place stays until the new one is whole.

    Raises YakkanError for unknown types or documents, or when the file cannot be written.
    """
    types = chosen_types(desk.types, request.types)
    head = Head(types, desk.documents(request.documents), request.languages, today())
    with replacing(request.output) as path:
        _WRITERS[request.format](path, head, rows(desk, types, request.documents, progress))
    return Written(request.output, len(head.types), len(head.documents))
