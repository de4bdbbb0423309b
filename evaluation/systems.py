"""The systems that are compared: each ranks the clauses of the corpus for a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder, Vectors
from index.fusion import convex_combination
from index.glossary import Glossary, read_entries
from index.lexical import K1, TITLE_WEIGHT, B, LexicalIndex, passage_keys
from index.passages import Passage, read_passages
from index.search import OTHER_SERVICE
from index.services import ServiceNames
from index.store import service_names
from index.vectors import vector_texts
from ingest.document import Document, document_folders, read_document
from ingest.folding import folded

DEPTH = 10
CHUNK = 500  # characters of a fixed chunk, what general retrieval toolkits cut by default

Scores = NDArray[np.float32]
Ranker = Callable[[str], Scores]  # a score for each passage
Ranking = Mapping[str, float]  # the first clauses with their scores


@dataclass(frozen=True, slots=True)
class Collection:
    """The passages that are ranked, with what rankers are made from."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    glossary: Path

    @classmethod
    def read(cls, corpus: Path) -> Collection:
        """All passages of a corpus."""
        documents = tuple(read_document(folder) for folder in document_folders(corpus))
        return cls(documents, tuple(p for d in documents for p in read_passages(d)), corpus / "glossary.tsv")

    def ranking(self, scores: Scores, depth: int = DEPTH) -> Ranking:
        """The best clauses by score."""
        order = np.argsort(-scores, kind="stable")[:depth]
        return {self.passages[n].clause: float(scores[n]) for n in order if scores[n] > 0}


def lexical(collection: Collection, with_compounds: bool = True, with_glossary: bool = True) -> Ranker:
    """BM25 over lemmas, with or without compounds and glossary."""
    bags = [passage_keys(passage, with_compounds) for passage in collection.passages]
    index = LexicalIndex.from_terms(bags, read_entries(collection.glossary) if with_glossary else ())
    return lambda query: index.scores(index.concepts(query, with_compounds))


def bigrams(collection: Collection) -> Ranker:
    """BM25 over pairs of characters, what search engines do with Japanese when they know nothing of it."""

    def cut(text: str) -> list[str]:
        plain = "".join(c for c in folded(text) if c.isalnum())
        return [plain[i : i + 2] for i in range(len(plain) - 1)] or [plain]

    bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
    bm25.index([cut(p.prose.text + p.title * TITLE_WEIGHT + p.context) for p in collection.passages], show_progress=False)
    index = LexicalIndex(bm25, Glossary({}, {}))
    return lambda query: index.scores(Glossary({}, {}).japanese_concepts([t for t in dict.fromkeys(cut(query)) if t]))


def dense(collection: Collection, encoder: Encoder, with_heading: bool = True) -> Ranker:
    """The cosine of the best vector of each passage."""
    texts, owners = [], []
    for number, passage in enumerate(collection.passages):
        own = list(vector_texts(passage, with_heading))
        texts.extend(own)
        owners.extend([number] * len(own))
    return _nearest(encoder, encoder.encode_passages(texts), owners, len(collection.passages))


def chunks(collection: Collection, encoder: Encoder) -> Ranker:
    """Fixed chunks of 500 characters of the running text, whatever clauses they cut; a chunk found gives each
    clause that it touches its score, so that only which chunk is found counts.
    """
    texts: list[str] = []
    owners: list[list[int]] = []
    for document in collection.documents:
        own = [(n, p) for n, p in enumerate(collection.passages) if p.document == document.id]
        running, ends = "", []
        for _, passage in own:
            running += passage.prose.text + "\n"
            ends.append(len(running))
        for begin in range(0, len(running), CHUNK):
            end = begin + CHUNK
            touched = [n for (n, _), stop, start in zip(own, ends, [0, *ends], strict=False) if start < end and stop > begin]
            texts.append(running[begin:end])
            owners.append(touched)
    vectors = encoder.encode_passages(texts)

    def rank(query: str) -> Scores:
        best = np.zeros(len(collection.passages), dtype=np.float32)
        for cosine, touched in zip(vectors @ encoder.encode_query(query), owners, strict=True):
            for number in touched:
                best[number] = max(best[number], cosine)
        return best

    return rank


def hybrid(words: Ranker, meaning: Ranker) -> Ranker:
    """Both rankers, fused as the index does it."""
    return lambda query: convex_combination(words(query), meaning(query))


def aware(collection: Collection, ranker: Ranker) -> Ranker:
    """A ranker that knows, as the index does, which service a query names."""
    services = ServiceNames((d.id, service_names(d.manifest)) for d in collection.documents)
    documents = np.array([p.document for p in collection.passages])

    def rank(query: str) -> Scores:
        named = services.split(query)
        scores = ranker(named.rest)
        if not named.documents:
            return scores
        return np.where(np.isin(documents, named.documents), scores, scores * np.float32(OTHER_SERVICE))

    return rank


def _nearest(encoder: Encoder, vectors: Vectors, owners: Sequence[int], passages: int) -> Ranker:
    places = np.asarray(owners)

    def rank(query: str) -> Scores:
        best = np.zeros(passages, dtype=np.float32)
        np.maximum.at(best, places, vectors @ encoder.encode_query(query))
        return best

    return rank


def all_systems(collection: Collection, encoder: Encoder, before: Encoder | None) -> Iterator[tuple[str, Ranker]]:
    """Every system by name, the shipped one first; ``before`` is the encoder as it was before task training."""
    words, meaning = lexical(collection), dense(collection, encoder)
    yield "hybrid (shipped)", aware(collection, hybrid(words, meaning))
    yield "hybrid, service names not known", hybrid(words, meaning)
    yield "dense alone", aware(collection, meaning)
    yield "BM25, lemmas and compounds", aware(collection, words)
    yield "BM25, lemmas", aware(collection, lexical(collection, with_compounds=False))
    yield "BM25, character bigrams", aware(collection, bigrams(collection))
    yield "hybrid without heading", aware(collection, hybrid(words, dense(collection, encoder, with_heading=False)))
    without = lexical(collection, with_glossary=False)
    yield "BM25 without glossary", aware(collection, without)
    yield "hybrid without glossary", aware(collection, hybrid(without, meaning))
    yield f"dense, {CHUNK}-character chunks", aware(collection, chunks(collection, encoder))
    if before is not None:
        earlier = dense(collection, before)
        yield "dense before task training", aware(collection, earlier)
        yield "hybrid before task training", aware(collection, hybrid(words, earlier))
