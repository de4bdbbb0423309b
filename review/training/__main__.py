"""Learn what words say of clause types: python -m review.training --corpus DIR --dev FILE --output FILE

Words are learned from the labelled clauses and terms beside this file. How they weigh against titles, cues and meaning is learned from
these terms, each read with words learned from the others, and from the dev part of the gold data (FILE, a table of part,
clause and types); so is the threshold.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.encoder.encoder import Encoder, SentenceEncoder
from index.passages import Passage, read_passages
from index.vectors import vector_texts
from ingest.document import document_folders, read_document
from ingest.prose import Prose
from review.classifier import FEATURES, MODEL, Classifier, Model, Text, Words, word_keys
from review.clause_types import ClauseType, read_clause_types

LABELS = Path(__file__).parent / "labels.tsv"
TERMS = Path(__file__).parent / "terms.tsv"
FOLDS = 4
RECORDS = Path(__file__).resolve().parents[2] / "index" / "encoder" / "training" / "records"
SOFTNESS = 20.0  # inverse regularisation of the words, 0.3 of the combination
COMBINED = 0.3
LEAST = 2  # clauses a word must stand in
LONGEST_TITLE = 24  # characters before the first 。 that can be a title

Bools = NDArray[np.bool_]
Array = NDArray[np.float64]
Arrays = dict[str, NDArray[Any]]
Types = Mapping[str, frozenset[str]]
Say = Callable[[str], None]


class Labelled(NamedTuple):
    """A clause with its types; ``group`` is its document and article, empty for a clause that stands alone."""

    text: str
    title: str
    types: frozenset[str]
    group: str = ""

    @property
    def document(self) -> str:
        """The document it stands in."""
        return self.group.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Example:
    """A document to learn from: its paragraphs, their features (paragraphs, types, FEATURES), and which types they have."""

    name: str
    clauses: tuple[str, ...]
    features: Array
    truth: Bools


def read_labels(labels: Path = LABELS, records: Path = RECORDS) -> list[Labelled]:
    """The clauses of the training records with the types that were given to them by reading."""
    clauses: dict[str, str] = {}
    for path in sorted(records.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            clauses[f"{path.stem}/{number}"] = line.split("\t")[0]
    out = []
    for line in labels.read_text(encoding="utf-8").splitlines():
        key, types = line.split("\t")
        head, _, rest = clauses[key].partition("。")
        titled = rest and len(head) <= LONGEST_TITLE and not head.endswith(("す", "る", "い"))
        out.append(Labelled(rest if titled else clauses[key], head if titled else "", frozenset(types.split()) - {"-"}))
    return out


def read_terms(path: Path = TERMS) -> list[Labelled]:
    """The paragraphs of the terms that were written for training, with their types."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        group, title, text, types = line.split("\t")
        out.append(Labelled(text, title, frozenset(types.split()) - {"-"}, group))
    return out


def learn_words(clauses: Sequence[Labelled], types: Sequence[str]) -> Arrays:
    """Terms, idf, weights (terms, types) and bias: one logistic regression a type."""
    bags = [word_keys(c.text, c.title) for c in clauses]
    counts = Counter(key for bag in bags for key in bag)
    terms = sorted(key for key, count in counts.items() if count >= LEAST)
    places = {term: n for n, term in enumerate(terms)}
    idf = np.array([np.log((1 + len(bags)) / (1 + counts[t])) + 1 for t in terms])
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, bag in enumerate(bags):
        known = np.array(sorted(places[key] for key in bag if key in places), dtype=np.intp)
        rows.extend([row] * len(known))
        columns.extend(known)
        values.extend(idf[known] / max(float(np.linalg.norm(idf[known])), 1e-9))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(bags), len(terms)))
    weights, bias = np.zeros((len(terms), len(types))), np.full(len(types), -8.0)
    for n, kind in enumerate(types):
        has = np.array([kind in c.types for c in clauses])
        if has.any():
            model = LogisticRegression(C=SOFTNESS, solver="liblinear", max_iter=300).fit(matrix, has)
            weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    return {
        "terms": np.array(terms), "idf": idf.astype(np.float32), "weights": weights.astype(np.float16),
        "bias": bias.astype(np.float32), "types": np.array(types),
    }  # fmt: skip


def learn_combination(examples: Sequence[Example]) -> Arrays:
    """Weights of the FEATURES, and the threshold with the best micro-F1."""
    width = len(FEATURES)
    features = np.concatenate([e.features.reshape(-1, width) for e in examples])
    truth = np.concatenate([e.truth.ravel() for e in examples])
    model = LogisticRegression(C=COMBINED, max_iter=5000).fit(features, truth)
    scores = model.predict_proba(features)[:, 1]
    threshold = max(np.arange(0.2, 0.6, 0.01), key=lambda t: micro_f1(scores >= t, truth))
    return {"combination": model.coef_[0], "intercept": np.asarray(model.intercept_[0]), "threshold": np.asarray(threshold)}


def micro_f1(found: Bools, gold: Bools) -> float:
    """F1 over all pairs of paragraph and type."""
    return float(2 * (found & gold).sum() / max(found.sum() + gold.sum(), 1))


def read_texts(folder: Path, encoder: Encoder, gold: Types) -> dict[str, Text]:
    """The paragraphs of a document that gold knows, by clause, ready to be typed; all of them when one is known."""
    document = read_document(folder)
    passages = list(read_passages(document)) if any(c.startswith(f"{document.id}:") for c in gold) else []
    articles = {c.address: a.address for a in document.reading.outline.walk() if a.level in _GROUPS for c in a.walk()}
    out = {}
    for passage in passages:
        vectors = encoder.encode_passages(list(vector_texts(passage)))
        out[passage.clause] = Text(passage.prose.text, passage.title, articles.get(passage.clause) or passage.clause, vectors)
    return out


_GROUPS = ("article", "supplement", "appendix", "schedule", "preamble")


def read_examples(
    types: Sequence[ClauseType],
    corpus: Path,
    gold: Types,
    clauses: Sequence[Labelled],
    terms: Sequence[Labelled],
    encoder: Encoder,
    say: Say,
) -> tuple[Arrays, list[Example]]:
    """The learned words, and the features of every document that is known: the terms, each with words learned from the other ones,
    then the documents of the corpus that gold knows.
    """
    ids = [kind.id for kind in types]
    examples = []

    def add(name: str, words: Arrays, texts: Sequence[Text], known: Sequence[frozenset[str]], addresses: Sequence[str]) -> None:
        features = Classifier(types, encoder, _unweighed(words)).features(texts)
        truth = np.array([[i in own for i in ids] for own in known])
        examples.append(Example(name, tuple(addresses), features, truth))

    names = sorted({t.document for t in terms})
    for number in range(FOLDS):
        fold = names[number::FOLDS]
        words = learn_words([*clauses, *(t for t in terms if t.document not in fold)], ids)
        for name in fold:
            own = [t for t in terms if t.document == name]
            add(name, words, [_text(t, encoder) for t in own], [t.types for t in own], [t.group for t in own])
        say(f"fold {number + 1} of {FOLDS}")
    words = learn_words([*clauses, *terms], ids)
    for folder in document_folders(corpus):
        texts = read_texts(folder, encoder, gold)
        if texts:
            add(folder.name, words, list(texts.values()), [gold[c] for c in texts], list(texts))
    return words, examples


def train(corpus: Path, gold: Types, output: Path, encoder: Encoder, say: Say) -> None:
    """Learn from labelled clauses, from terms, and from gold paragraphs (types by clause), and write the model."""
    clauses, terms = read_labels(), read_terms()
    types = read_clause_types(corpus / "clause_types.toml")
    words, examples = read_examples(types, corpus, gold, clauses, terms, encoder, say)
    combination = learn_combination(examples)
    _save(output, words | combination)
    say(
        f"{len(clauses)} clauses, {len(terms)} paragraphs of terms, {len(gold)} of gold, threshold {float(combination['threshold']):.2f}"
    )


def _unweighed(words: Arrays) -> Model:
    return Model(
        Words(words["terms"].tolist(), words["idf"], words["weights"].astype(float), words["bias"], words["types"].tolist()),
        np.zeros(0),
        0.0,
        0.5,
    )


def _text(clause: Labelled, encoder: Encoder) -> Text:
    passage = Passage("", "", clause.title, "", Prose(clause.text, ()))
    return Text(clause.text, clause.title, clause.group, encoder.encode_passages(list(vector_texts(passage))))


def _save(path: Path, arrays: Arrays) -> None:
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def read_gold(path: Path, part: str | None = None) -> dict[str, frozenset[str]]:
    """The types of each clause in one part of a gold table, or in all of it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {r["clause"]: frozenset(r["types"].split()) - {"-"} for r in rows if part in (None, r["part"])}


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> None:
    """Read options, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the documents")
    parser.add_argument("--dev", type=Path, required=True, help="table of gold types; only its dev part is read")
    parser.add_argument("--output", type=Path, default=MODEL, help="file of the model")
    options = parser.parse_args()
    train(options.corpus, read_gold(options.dev, "dev"), options.output, SentenceEncoder(), _say)


if __name__ == "__main__":
    main()
