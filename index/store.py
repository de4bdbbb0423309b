"""Clauses and what belongs to them in one SQLite file, written once and then only read."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.passages import Passage
from index.terms import Term
from ingest.document import Document
from ingest.facts import Fact, read_facts
from ingest.manifest import BaseTerms, Manifest, Names, Role
from ingest.model import Clause, Reference, Span
from ingest.parties import Parties
from ingest.prose import Prose, clause_prose
from ingest.tables import table_columns

_SCHEMA = """
CREATE TABLE documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, provider_ja TEXT, provider_en TEXT, service_ja TEXT, service_en TEXT,
  names TEXT NOT NULL, version TEXT, effective TEXT, notes TEXT NOT NULL, base_terms TEXT NOT NULL, roles TEXT NOT NULL,
  articles INTEGER NOT NULL, paragraphs INTEGER NOT NULL, items INTEGER NOT NULL, problems INTEGER NOT NULL
);
CREATE TABLE clauses (
  address TEXT PRIMARY KEY, document TEXT NOT NULL, level TEXT NOT NULL, label TEXT NOT NULL, title TEXT, title_en TEXT,
  parent TEXT, article TEXT, position INTEGER NOT NULL, text TEXT NOT NULL, english TEXT, columns INTEGER
);
CREATE INDEX clauses_by_parent ON clauses (parent, position);
CREATE TABLE passages (number INTEGER PRIMARY KEY, clause TEXT NOT NULL, document TEXT NOT NULL, terms TEXT NOT NULL);
CREATE TABLE clause_references (
  clause TEXT NOT NULL, paragraph TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  targets TEXT NOT NULL, external TEXT
);
CREATE INDEX references_by_clause ON clause_references (clause);
CREATE TABLE definitions (document TEXT NOT NULL, term TEXT NOT NULL, meaning TEXT NOT NULL, clause TEXT NOT NULL);
CREATE INDEX definitions_by_document ON definitions (document);
CREATE TABLE facts (
  clause TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  normalized TEXT, party TEXT, modality TEXT
);
CREATE INDEX facts_by_clause ON facts (clause, start);
"""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What is known of an indexed document."""

    id: str
    title: str
    provider: Names
    service: Names
    names: tuple[str, ...]
    version: str | None
    effective: str | None
    notes: tuple[str, ...]
    base_terms: tuple[BaseTerms, ...]
    roles: tuple[Role, ...]
    problems: int
    articles: int
    paragraphs: int
    items: int


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A reference: ``text[start:end]`` of the paragraph it stands in."""

    text: str
    paragraph: str
    start: int
    end: int
    targets: tuple[str, ...]
    external: str | None


@dataclass(frozen=True, slots=True)
class StoredDefinition:
    """A defined term, its meaning, and the clause that defines it."""

    term: str
    meaning: str
    clause: str


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause as it is shown. ``article`` is the address of the article or 附則 it stands in. ``english`` is its
    unofficial translation, None where there is none. The text of a table has a cell a line, ``columns`` of them a row.
    """

    address: str
    document: str
    level: str
    label: str
    title: Names
    parent: str | None
    article: str | None
    text: str
    english: str | None
    columns: int | None


def service_names(manifest: Manifest) -> tuple[str, ...]:
    """What people call the service of a document."""
    return tuple(dict.fromkeys(n for n in (manifest.service.ja, manifest.service.en, *manifest.aliases) if n))


class StoreWriter:
    """Writes the SQLite file of a new generation."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.executescript(_SCHEMA)
        self._position = 0
        self._number = 0

    def add(self, document: Document) -> int:
        """Store a document with all its clauses; the number of clauses is returned."""
        clauses = [c for c in document.reading.outline.walk() if c.address is not None]
        self._add_document(document, clauses)
        before = self._position
        references: dict[str, list[Reference]] = defaultdict(list)
        for reference in document.reading.references:
            references[reference.clause].append(reference)
        parties = Parties(document.manifest.roles)
        for clause in document.reading.outline.clauses:
            self._add_clause(document, clause, None, None, references, parties)
        self._base.executemany(
            "INSERT INTO definitions VALUES (?,?,?,?)",
            [(document.id, d.term, d.meaning, d.clause) for d in document.reading.definitions],
        )
        return self._position - before

    def add_passage(self, passage: Passage, terms: Iterable[Term]) -> None:
        """Store a passage; passages are numbered from 0 in the order they come."""
        places = json.dumps([list(term) for term in terms], ensure_ascii=False, separators=(",", ":"))
        self._base.execute("INSERT INTO passages VALUES (?,?,?,?)", (self._number, passage.clause, passage.document, places))
        self._number += 1

    def close(self) -> None:
        """Finish the file."""
        self._base.commit()
        self._base.execute("VACUUM")
        self._base.close()

    def _add_document(self, document: Document, clauses: Sequence[Clause]) -> None:
        manifest, version = document.manifest, document.version
        counts = [sum(c.level == level for c in clauses) for level in ("article", "paragraph", "item")]
        row = (
            document.id, manifest.title, manifest.provider.ja, manifest.provider.en, manifest.service.ja, manifest.service.en,
            json.dumps(service_names(manifest), ensure_ascii=False), version.folder, version.effective and version.effective.isoformat(), json.dumps(manifest.notes, ensure_ascii=False),
            json.dumps([asdict(b) for b in manifest.base_terms], ensure_ascii=False),
            json.dumps([asdict(r) for r in manifest.roles], ensure_ascii=False), *counts,
            len(document.reading.outline.problems),
        )  # fmt: skip
        self._base.execute(f"INSERT INTO documents VALUES ({','.join('?' * len(row))})", row)

    def _add_clause(
        self,
        document: Document,
        clause: Clause,
        parent: str | None,
        article: str | None,
        references: Mapping[str, Sequence[Reference]],
        parties: Parties,
    ) -> None:
        if clause.address is None:
            return
        if clause.level in ("article", "supplement", "appendix", "schedule", "preamble"):
            article = clause.address
        prose, english = clause_prose(clause, document.reading.source), document.translation
        self._base.execute(
            "INSERT INTO clauses VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                clause.address, document.id, clause.level, clause.label, clause.title, english and english.title(clause.address),
                parent, article, self._position, prose.text, english and english.text(clause), table_columns(clause, document.reading.source) if clause.level == "table" else None,
            ),
        )  # fmt: skip
        self._position += 1
        if clause.level in ("paragraph", "preamble"):
            inside = [r for c in clause.walk() if c.address for r in references.get(c.address, ())]
            self._add_references(clause, prose, inside)
            self._base.executemany(
                "INSERT INTO facts VALUES (?,?,?,?,?,?,?,?)",
                [
                    (clause.address, f.kind, f.text, *f.span, f.normalized, f.party, f.modality)
                    for f in read_facts(prose.text, parties)
                ],
            )
        for child in clause.children:
            self._add_clause(document, child, clause.address, article, references, parties)

    def _add_references(self, clause: Clause, prose: Prose, references: Sequence[Reference]) -> None:
        """Store the references of a paragraph and what stands in it, by their places in its text."""
        for reference in references:
            start, last = prose.text_at(reference.span.start), prose.text_at(reference.span.end - 1)
            if start is not None and last is not None:
                targets = json.dumps(reference.targets)
                row = (reference.clause, clause.address, reference.text, start, last + 1, targets, reference.external)
                self._base.execute("INSERT INTO clause_references VALUES (?,?,?,?,?,?,?)", row)


def title_of(store: Store, clause: StoredClause) -> Names:
    """The title a clause is shown under: its own, or that of the article or 附則 it stands in."""
    around = store.clause(clause.article) if clause.article else None
    if clause.title.ja or around is None:
        return clause.title
    return around.title if around.title.ja else Names(around.label or None, None)


_CLAUSE = "address, document, level, label, title, title_en, parent, article, text, english, columns"


def _stored(row: Sequence[Any]) -> StoredClause:
    address, document, level, label, title, title_en, *rest = row
    return StoredClause(address, document, level, label, Names(title, title_en), *rest)


class Store:
    """Reads the SQLite file of a generation; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, by id."""
        rows = self._base.execute(
            "SELECT id, title, provider_ja, provider_en, service_ja, service_en, names, version, effective, notes, base_terms, roles, "
            "problems, articles, paragraphs, items FROM documents ORDER BY id"
        )
        return tuple(
            StoredDocument(
                r[0], r[1], Names(r[2], r[3]), Names(r[4], r[5]), tuple(json.loads(r[6])), r[7], r[8], tuple(json.loads(r[9])),
                tuple(BaseTerms(b["name"], b["title"], tuple(b["clauses"])) for b in json.loads(r[10])),
                tuple(Role(**role) for role in json.loads(r[11])), *r[12:],
            )
            for r in rows
        )  # fmt: skip

    def clause(self, address: str) -> StoredClause | None:
        """The clause at an address, or None."""
        row = self._base.execute(f"SELECT {_CLAUSE} FROM clauses WHERE address = ?", (address,)).fetchone()
        return _stored(row) if row else None

    def children(self, address: str) -> tuple[StoredClause, ...]:
        """What stands directly in a clause, in the order of the text."""
        rows = self._base.execute(f"SELECT {_CLAUSE} FROM clauses WHERE parent = ? ORDER BY position", (address,))
        return tuple(map(_stored, rows))

    def roots(self, document: str) -> tuple[StoredClause, ...]:
        """The top of a document, in the order of the text."""
        rows = self._base.execute(
            f"SELECT {_CLAUSE} FROM clauses WHERE document = ? AND parent IS NULL ORDER BY position", (document,)
        )
        return tuple(map(_stored, rows))

    def level(self, document: str, level: str) -> tuple[StoredClause, ...]:
        """The clauses of a document on one level, such as its articles, in the order of the text."""
        rows = self._base.execute(
            f"SELECT {_CLAUSE} FROM clauses WHERE document = ? AND level = ? ORDER BY position", (document, level)
        )
        return tuple(map(_stored, rows))

    def passages(self) -> tuple[tuple[str, str], ...]:
        """Clause and document of every passage, in the order of their numbers."""
        return tuple(self._base.execute("SELECT clause, document FROM passages ORDER BY number"))

    def is_passage(self, address: str) -> bool:
        """Whether a clause is ranked on its own."""
        return self._base.execute("SELECT 1 FROM passages WHERE clause = ?", (address,)).fetchone() is not None

    def passage_terms(self, number: int) -> list[Term]:
        """The terms of a passage with their places in its text."""
        (places,) = self._base.execute("SELECT terms FROM passages WHERE number = ?", (number,)).fetchone()
        return [Term(*place) for place in json.loads(places)]

    def references(self, address: str) -> tuple[StoredReference, ...]:
        """The references in a clause and all that stands in it, in the order of the text."""
        rows = self._base.execute(
            "WITH RECURSIVE inside(address) AS (VALUES (?) UNION ALL SELECT c.address FROM clauses c JOIN inside i ON c.parent = i.address) "
            "SELECT r.text, r.paragraph, r.start, r.end, r.targets, r.external FROM clause_references r JOIN inside i ON r.clause = i.address "
            "JOIN clauses p ON p.address = r.paragraph ORDER BY p.position, r.start",
            (address,),
        )
        return tuple(StoredReference(r[0], r[1], r[2], r[3], tuple(json.loads(r[4])), r[5]) for r in rows)

    def facts(self, address: str) -> tuple[Fact, ...]:
        """The facts of a paragraph with what stands in it, by their places in its text."""
        rows = self._base.execute(
            "SELECT kind, text, start, end, normalized, party, modality FROM facts WHERE clause = ? ORDER BY start", (address,)
        )
        return tuple(Fact(r[0], r[1], Span(r[2], r[3]), *r[4:]) for r in rows)

    def definitions(self, document: str) -> tuple[StoredDefinition, ...]:
        """The terms a document defines, in the order of its text."""
        rows = self._base.execute("SELECT term, meaning, clause FROM definitions WHERE document = ? ORDER BY rowid", (document,))
        return tuple(StoredDefinition(*row) for row in rows)
