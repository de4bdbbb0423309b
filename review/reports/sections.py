"""Parts of a report that are written a type at a time while the stream brings a document at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from types import TracebackType
from typing import IO


class Sections:
    """One temporary file a section; together they are the body of the report, in the order of their ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = tuple(ids)
        self._files: dict[str, IO[str]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Sections:
        for identity in self._ids:
            self._files[identity] = self._stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def write(self, identity: str, text: str) -> None:
        """Add to a section."""
        self._files[identity].write(text)

    def copy(self, out: IO[str]) -> None:
        """Write all sections to ``out``."""
        for identity in self._ids:
            self._files[identity].seek(0)
            shutil.copyfileobj(self._files[identity], out)
