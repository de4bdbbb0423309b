"""A clause as it is shown: its text with references and the defined terms it uses."""

from __future__ import annotations

from dataclasses import dataclass

from index.store import Store, StoredClause, StoredDefinition, StoredReference, title_of
from ingest.citations import is_address
from ingest.errors import YakkanError
from ingest.manifest import Names


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with what a reader needs beside it. ``english`` is None where there is no translation."""

    address: str
    title: Names
    text: str
    english: str | None
    references: tuple[StoredReference, ...]
    definitions: tuple[StoredDefinition, ...]


def view_clause(store: Store, address: str) -> ClauseView:
    """The clause at an address. Raises YakkanError when there is none."""
    clause = find_clause(store, address)
    title = title_of(store, clause)
    return ClauseView(clause.address, title, clause.text, clause.english, store.references(address), terms_used(store, clause))


def find_clause(store: Store, address: str) -> StoredClause:
    """The clause at an address. Raises YakkanError that says what is wrong with it."""
    if not is_address(address):
        raise YakkanError(f"{address!r} is no clause address; one looks like masters-one:32.1.3")
    document, _, place = address.partition(":")
    document, _, version = document.partition("@")
    known = {d.id: d.version for d in store.documents()}
    if version and known.get(document) not in (None, version):
        raise YakkanError(f"there is no version {version} of {document}; the one here is {known[document]}")
    clause = store.clause(f"{document}:{place}")
    if clause is None:
        raise YakkanError(f"there is no clause {address}; see the documents with: yakkan documents")
    return clause


def terms_used(store: Store, clause: StoredClause) -> tuple[StoredDefinition, ...]:
    """The defined terms of its document that stand in the text of a clause, in the order of their definitions."""
    text = "".join(clause.text.split())
    return tuple(d for d in store.definitions(clause.document) if "".join(d.term.split()) in text)
