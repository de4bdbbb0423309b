"""How fast it is: parse, build, index size, query latency. Run: make bench"""

from __future__ import annotations

import csv
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch

from index.build import build_index
from index.encoder.encoder import SentenceEncoder
from index.folders import corpus_folder
from index.passages import read_passages
from index.search import Searcher
from ingest.document import document_folders, read_document, read_source
from ingest.manifest import read_manifest
from ingest.readers import read_text
from ingest.tokens import tokenize

QUERIES = 200
GOLD = Path(__file__).parent / "gold" / "search.tsv"


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median time of a piece of work."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Print a line a figure."""
    say = sys.stdout.write
    began = time.perf_counter()
    tokenize("約款")
    say(f"loading MeCab           {time.perf_counter() - began:8.3f} s\n")
    corpus = corpus_folder()
    total = 0.0
    for folder in document_folders(corpus):
        text = read_text(folder / read_manifest(folder / "manifest.toml").in_force.folder / "source.txt")
        taken = seconds(partial(read_source, text, folder.name))
        total += taken
        say(f"parse {folder.name:<18}{taken:8.3f} s  ({len(text):,} characters)\n")
    say(f"parse all               {total:8.3f} s\n")
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as place:
        index = Path(place)
        built = build_index(corpus, index, encoder)
        size = sum(p.stat().st_size for p in index.rglob("*") if p.is_file())
        say(f"build                   {built.seconds:8.3f} s  ({built.passages} passages)\n")
        say(f"index                   {size / 1e6:8.2f} MB\n")
        searcher = Searcher.open(index, encoder)
        with GOLD.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        queries = [row[language] for row in rows for language in ("ja", "en")][:QUERIES]
        searcher.search(queries[0])
        latencies = [seconds(partial(searcher.search, query), 1) * 1000 for query in queries]
        cuts = statistics.quantiles(latencies, n=100)
        say(
            f"query, {len(queries)} of them    p50 {cuts[49]:6.2f} ms   p95 {cuts[94]:6.2f} ms   longest {max(latencies):6.2f} ms\n"
        )
        passages = [p.prose.text for folder in document_folders(corpus) for p in read_passages(read_document(folder))]
        thousand = (passages * (1000 // len(passages) + 1))[:1000]
        say(f"encode 1,000 passages   {seconds(partial(encoder.encode_passages, thousand), 1):8.1f} s\n")
        torch.set_num_threads(1)
        encoding = statistics.quantiles([seconds(partial(encoder.encode_query, q), 1) * 1000 for q in queries], n=100)
        say(f"encode a query, 1 core   p50 {encoding[49]:6.2f} ms   p95 {encoding[94]:6.2f} ms\n")
    say(f"memory of this benchmark {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB\n")


if __name__ == "__main__":
    main()
