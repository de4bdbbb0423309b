"""Documents become a generation of the index."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.generations import Generations, write_manifest_json
from index.glossary import read_entries
from index.lexical import TITLE_WEIGHT, LexicalIndex
from index.passages import read_passages
from index.store import StoreWriter
from index.terms import text_terms
from ingest.document import document_folders, read_document
from ingest.errors import YakkanError

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and how long it took."""

    generation: int
    documents: int
    clauses: int
    passages: int
    seconds: float


def build_index(corpus: Path, index: Path, progress: Progress = lambda _: None) -> Built:
    """Read every document of a corpus and make a new generation of it; ``progress`` gets a line a step.

    Raises YakkanError when a document, the glossary or the index folder is not as it must be; what
    was indexed before stays in use then.
    """
    began = time.perf_counter()
    folders = document_folders(corpus)
    entries = read_entries(corpus / "glossary.tsv")
    generations = Generations(index)
    clauses = 0
    bags: list[list[str]] = []
    seen: dict[str, Path] = {}
    with generations.new() as folder:
        writer = StoreWriter(folder / "clauses.sqlite")
        versions = {}
        for number, place in enumerate(folders, 1):
            document = read_document(place)
            if document.id in seen:
                raise YakkanError(f"{place} and {seen[document.id]} have the same id {document.id}; rename one")
            seen[document.id] = place
            versions[document.id] = document.version.folder
            clauses += writer.add(document)
            for passage in read_passages(document):
                terms = text_terms(passage.prose.text)
                writer.add_passage(passage, terms)
                heading = [t.key for t in text_terms(passage.title)] * TITLE_WEIGHT
                bags.append([t.key for t in terms] + heading + [t.key for t in text_terms(passage.context)])
            progress(f"[{number}/{len(folders)}] {document.id}: {len(document.reading.outline.problems)} problems")
        writer.close()
        progress(f"ranking {len(bags)} passages")
        LexicalIndex.from_terms(bags, entries).save(folder / "lexical")
        write_manifest_json(folder, {"documents": versions, "passages": len(bags)})
    current = generations.current()
    assert current is not None
    return Built(int(current.name), len(folders), clauses, len(bags), time.perf_counter() - began)
