"""What any system ranks among its first ten and nobody judged yet: python -m evaluation.pool > pairs.tsv"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from evaluation.gold import read_needs
from evaluation.systems import Collection, all_systems
from index.encoder.encoder import SentenceEncoder
from index.folders import corpus_folder


def main() -> None:
    """Print need, clause and both queries, a line a pair to judge."""
    collection = Collection.read(corpus_folder())
    before = os.environ.get("YAKKAN_ENCODER_BEFORE")
    earlier = SentenceEncoder(before) if before and Path(before).is_dir() else None
    pairs: dict[tuple[str, str], None] = {}
    needs = read_needs()
    for _, ranker in all_systems(collection, SentenceEncoder(), earlier):
        for need in needs:
            for language in ("ja", "en"):
                for clause in collection.ranking(ranker(need.query(language))):
                    if clause not in need.judgments and (need.service is None or clause.startswith(f"{need.service}:")):
                        pairs[(need.id, clause)] = None
    by_id = {need.id: need for need in needs}
    for need_id, clause in sorted(pairs):
        need = by_id[need_id]
        sys.stdout.write(f"{need_id}\t{clause}\t{need.ja}\t{need.en}\n")


if __name__ == "__main__":
    main()
