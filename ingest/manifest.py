"""What is known of a document beside its text: provider, service, roles, versions, base terms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.errors import YakkanError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Names:
    """A name in both languages; a text that does not give one leaves it None."""

    ja: str | None
    en: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """What a party is called in the text (甲, 当社, 契約者) and which party that is, in one word."""

    name: str
    party: str
    english: str | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class BaseTerms:
    """Terms this document stands on: what it does not say itself, they say."""

    name: str
    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One dated text of a document. ``folder`` is its folder, ``effective`` the day it came into force, if known."""

    folder: str
    effective: date | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest.toml of a document."""

    id: str
    provider: Names
    service: Names
    title: str
    aliases: tuple[str, ...]
    notes: tuple[str, ...]
    roles: tuple[Role, ...]
    base_terms: tuple[BaseTerms, ...]
    versions: tuple[Version, ...]

    @property
    def in_force(self) -> Version:
        """The newest version."""
        return max(self.versions, key=lambda v: (v.effective or date.min, v.folder))


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file. Raises YakkanError that names the file and the key that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise YakkanError(f"{path} does not exist; write a manifest (see CONTRIBUTING.md)") from None
    except OSError as error:
        raise YakkanError(f"{path} cannot be read: {error.strerror}; check it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(f"{path} is not valid TOML: {error}; correct it") from None
    reader = _Table(path, raw, "")
    identity = reader.text("id")
    if not _ID.fullmatch(identity):
        raise YakkanError(f"{path}: id {identity!r} must be small letters and digits with hyphens, such as mdr-ndr")
    if identity != path.parent.name:
        raise YakkanError(f"{path}: id {identity!r} differs from its folder {path.parent.name!r}; rename one of them")
    versions = tuple(_version(table) for table in reader.tables("version", required=True))
    return Manifest(
        id=identity,
        provider=_names(reader.table("provider")),
        service=_names(reader.table("service")),
        title=reader.text("title"),
        aliases=reader.texts("aliases"),
        notes=reader.texts("notes"),
        roles=tuple(
            Role(t.text("name"), t.text("party"), t.optional("english"), t.optional("clause")) for t in reader.tables("role")
        ),
        base_terms=tuple(
            BaseTerms(t.text("name"), t.text("title"), t.texts("clauses")) for t in reader.tables("base_terms")
        ),
        versions=versions,
    )  # fmt: skip


def _names(table: _Table) -> Names:
    return Names(table.optional("ja"), table.optional("en"))


def _version(table: _Table) -> Version:
    folder = table.text("folder")
    if Path(folder).name != folder or folder.startswith("."):
        raise YakkanError(f"{table.path}: version folder {folder!r} must be the plain name of a folder beside the manifest")
    effective = table.raw.get("effective")
    if effective is not None and (not isinstance(effective, date) or isinstance(effective, datetime)):
        raise YakkanError(f"{table.path}: effective of version {folder} must be a date such as 2024-04-01")
    return Version(folder, effective, table.optional("label"))


class _Table:
    """A table of TOML whose missing or wrong keys give errors that say where."""

    def __init__(self, path: Path, raw: Mapping[str, Any], place: str) -> None:
        self.path = path
        self.raw = raw
        self.place = place

    def text(self, key: str) -> str:
        value = self.raw.get(key)
        if value is None:
            raise YakkanError(f"{self.path}: key {self.place}{key} is missing; add it (see CONTRIBUTING.md)")
        if not isinstance(value, str) or not value:
            raise YakkanError(f"{self.path}: key {self.place}{key} must be a text")
        return value

    def optional(self, key: str) -> str | None:
        return self.text(key) if self.raw.get(key) is not None else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise YakkanError(f"{self.path}: key {self.place}{key} must be a list of texts")
        return tuple(value)

    def table(self, key: str) -> _Table:
        value = self.raw.get(key)
        if not isinstance(value, dict):
            raise YakkanError(f"{self.path}: table [{self.place}{key}] is missing; add it (see CONTRIBUTING.md)")
        return _Table(self.path, value, f"{self.place}{key}.")

    def tables(self, key: str, required: bool = False) -> tuple[_Table, ...]:
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value) or (required and not value):
            raise YakkanError(f"{self.path}: [[{self.place}{key}]] is missing; add at least one (see CONTRIBUTING.md)")
        return tuple(_Table(self.path, v, f"{self.place}{key}.") for v in value)
