"""What a report is asked for, and where it is written."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.store import StoredDocument
from ingest.errors import YakkanError
from review.clause_types import ClauseType
from review.reports.text import Languages

Format = Literal["xlsx", "docx", "html", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
LANGUAGES: dict[str, Languages] = {"both": ("ja", "en"), "ja": ("ja",), "en": ("en",)}
_KEYS = {"format", "output", "types", "documents", "languages"}


@dataclass(frozen=True, slots=True)
class Request:
    """A report to write. No types or no documents mean all of them."""

    format: Format
    output: Path
    types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    languages: Languages = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a report."""

    types: tuple[ClauseType, ...]
    documents: tuple[StoredDocument, ...]
    languages: Languages
    made: date


def read_request(path: Path) -> Request:
    """The request in a report.toml. Raises YakkanError that names the file and the key that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; check it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(f"{path} is not valid TOML: {error}; correct it") from None
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise YakkanError(f"{path}: unknown key {unknown[0]!r}; those known are {', '.join(sorted(_KEYS))}")
    output = raw.get("output")
    if not isinstance(output, str) or not output:
        raise YakkanError(f"{path}: output must be the name of the file to write")
    languages = raw.get("languages", "both")
    if not isinstance(languages, str) or languages not in LANGUAGES:
        raise YakkanError(f"{path}: languages must be ja, en or both")
    place = path.parent / output  # beside the file that names it, whatever the current folder
    return Request(
        known_format(raw.get("format", place.suffix.removeprefix("."))), place, _texts(path, raw, "types"), _texts(path, raw, "documents"), LANGUAGES[languages]
    )  # fmt: skip


def known_format(text: object) -> Format:
    """One of the formats. Raises YakkanError for another."""
    for known in FORMATS:
        if text == known:
            return known
    raise YakkanError(f"{text!r} is no format of a report; those are {', '.join(FORMATS)}")


def today() -> date:
    """The day that stands on reports: SOURCE_DATE_EPOCH where it is set, so that the same input gives the same bytes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise YakkanError(f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a number of seconds") from None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file in the folder of ``path`` that takes its place once it is whole; what was there stays until then.

    Raises YakkanError when it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise YakkanError(f"{path} cannot be written: {error.strerror}; choose another place with --output") from None
    new = Path(name)
    try:
        yield new
        new.chmod(0o644)
        new.replace(path)
    except OSError as error:
        raise YakkanError(f"{path} cannot be written: {error.strerror}; choose another place with --output") from None
    finally:
        new.unlink(missing_ok=True)


def _texts(path: Path, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise YakkanError(f"{path}: {key} must be a list of texts")
    return tuple(value)
