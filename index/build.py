"""Documents become a generation of the index."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.dense import DenseIndex
from index.encoder.encoder import Encoder
from index.generations import Generations, read_manifest_json, write_manifest_json
from index.glossary import read_entries
from index.lexical import LexicalIndex, passage_keys
from index.passages import read_passages
from index.store import StoreWriter
from index.terms import text_terms
from index.vectors import VectorCache, save_vectors, vector_texts
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


def build_index(corpus: Path, index: Path, encoder: Encoder, progress: Progress = lambda _: None) -> Built:
    """Read every document of a corpus and make a new generation of it; ``progress`` gets a line a step.

    Text that the generation before holds with the same encoder is not encoded again. Raises YakkanError when a document, the glossary or the index folder is not as it must be; what
    was indexed before stays in use then.
    """
    began = time.perf_counter()
    folders = document_folders(corpus)
    entries = read_entries(corpus / "glossary.tsv")
    generations = Generations(index)
    known = _known_vectors(generations, encoder)
    clauses = 0
    texts: list[str] = []
    owners: list[int] = []
    bags: list[list[str]] = []
    with generations.new() as folder:
        writer = StoreWriter(folder / "clauses.sqlite")
        versions = {}
        for number, place in enumerate(folders, 1):
            document = read_document(place)
            versions[document.id] = document.version.folder
            clauses += writer.add(document)
            for passage in read_passages(document):
                writer.add_passage(passage, text_terms(passage.prose.text))
                encoded = list(vector_texts(passage))
                texts.extend(encoded)
                owners.extend([len(bags)] * len(encoded))
                bags.append(passage_keys(passage))
            progress(f"[{number}/{len(folders)}] {document.id}: {len(document.reading.outline.problems)} problems")
        writer.close()
        progress(f"ranking {len(bags)} passages")
        LexicalIndex.from_terms(bags, entries).save(folder / "lexical")
        keys, vectors = known.encode(texts, encoder, progress)
        DenseIndex.from_vectors(vectors, owners, len(bags), encoder).save(folder)
        save_vectors(folder, keys, vectors)
        facts = {"documents": versions, "passages": len(bags), "vectors": len(keys), "encoder": encoder.fingerprint}
        write_manifest_json(folder, facts)
    current = generations.current()
    assert current is not None
    return Built(int(current.name), len(folders), clauses, len(bags), time.perf_counter() - began)


def _known_vectors(generations: Generations, encoder: Encoder) -> VectorCache:
    """The vectors of the generation in use; a damaged one has none to give."""
    try:
        folder = generations.current()
        fingerprint = None if folder is None else read_manifest_json(folder).get("encoder")
    except YakkanError:
        return VectorCache({})
    return VectorCache.load(folder, encoder, fingerprint)
