"""A file becomes a document: source, clause tree, references, definitions, problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.definitions import read_definitions
from ingest.errors import YakkanError
from ingest.manifest import Manifest, Version, read_manifest
from ingest.model import Definition, Outline, Reference
from ingest.outline import read_outline
from ingest.readers import read_text
from ingest.references import read_references
from ingest.translation import Translation, read_translation

# 約款（以下「本約款」）を定め: what a document calls itself.
_NAMES_ITSELF = re.compile(r"[^（(]{0,12}[）)]\s*を定め")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of itself: its outline, with the problems of references too, references and definitions."""

    source: str
    outline: Outline
    references: tuple[Reference, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document, read. Addresses carry the document id."""

    manifest: Manifest
    version: Version
    reading: Reading
    translation: Translation | None

    @property
    def id(self) -> str:
        """The document id, such as mdr-ndr."""
        return self.manifest.id


def read_source(source: str, document: str | None = None) -> Reading:
    """What the text says of itself; addresses begin with ``document:`` when one is given."""
    outline = read_outline(source)
    if document is not None:
        outline = outline.addressed(document)
    definitions = read_definitions(outline, source)
    names = tuple(d.term for d in definitions if _NAMES_ITSELF.match(source, d.span.end))
    references, problems = read_references(outline, source, names)
    every = tuple(sorted({*outline.problems, *problems}, key=lambda p: (p.start, p.end, p.message)))
    return Reading(source, Outline(outline.clauses, every), references, definitions)


def read_document(folder: Path) -> Document:
    """The version in force of the document in a folder with a manifest.toml.

    Raises YakkanError when the manifest or the source is missing or cannot be read.
    """
    manifest = read_manifest(folder / "manifest.toml")
    version = manifest.in_force
    place = folder / version.folder
    reading = read_source(read_text(_source_file(place)), manifest.id)
    return Document(manifest, version, reading, read_translation(place / "english.toml"))


def document_folders(corpus: Path) -> tuple[Path, ...]:
    """The folders of a corpus that hold a document, by name. Raises YakkanError when there are none."""
    if not corpus.is_dir():
        raise YakkanError(f"{corpus} is no folder; name the folder of the documents with --corpus")
    folders = tuple(sorted(p for p in corpus.iterdir() if p.is_dir() and not p.name.startswith(".")))
    if not folders:
        raise YakkanError(f"{corpus} holds no documents; name the folder of the documents with --corpus")
    return folders


def _source_file(folder: Path) -> Path:
    for name in ("source.txt", "source.md"):
        if (folder / name).is_file():
            return folder / name
    raise YakkanError(f"{folder} holds no source.txt or source.md; put the text of the terms there")
