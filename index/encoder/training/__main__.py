"""Make the encoder: python -m index.encoder.training --parallel DIR --teacher DIR --work DIR --output DIR"""

from __future__ import annotations

import argparse
import random
import string
import time
from pathlib import Path

import numpy as np
import torch

from index.encoder.training.distillation import ENGLISH_SHARES, distill
from index.encoder.training.pairs import read_pairs
from index.encoder.training.student import Encoder
from index.encoder.training.tasks import read_records, teach
from index.encoder.training.vocabulary import build_tokenizer, choose_vocabulary, first_embeddings

RECORDS = Path(__file__).parent / "records"


def main() -> None:
    """Read options, run the stages; a stage whose result lies in the work folder is not run again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=Path, required=True, help="folder of the parallel text")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--benchmarks", type=Path, help="folder of the public test sets, to keep away from and to measure with")
    parser.add_argument("--work", type=Path, required=True, help="folder for states between the stages")
    parser.add_argument("--output", type=Path, required=True, help="folder of the finished model")
    parser.add_argument("--seed", type=int, default=20261120)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tests = sorted(options.benchmarks.glob("*.tsv")) if options.benchmarks else []
    passes = read_pairs(options.parallel, tests, options.seed)
    say(" + ".join(f"{len(pairs):,}" for pairs in passes) + " pairs")
    teacher = Encoder.from_folder(options.teacher).to(device)
    first = options.work / "first"
    if not (first / "modules.json").exists():
        vocabulary = choose_vocabulary(passes[0], teacher.tokenizer)
        say(f"{len(vocabulary)} tokens")
        tokenizer = build_tokenizer(vocabulary)
        weights = teacher.bert.embeddings.word_embeddings.weight.detach().cpu().numpy()
        embeddings = first_embeddings(passes[0], tokenizer, teacher.tokenizer, weights)
        Encoder.from_teacher(teacher, tokenizer, embeddings).save(first)
    student = Encoder.from_folder(first).to(device)

    def measure(encoder: Encoder) -> str:
        return "  ".join(f"{path.stem} {_accuracy(encoder, path)}" for path in tests)

    say(f"untrained: {measure(student)}")
    for number, (pairs, share) in enumerate(zip(passes, ENGLISH_SHARES, strict=True), 1):
        distilled = options.work / f"distilled-{number}"
        if not (distilled / "modules.json").exists():
            state = options.work / f"distillation-{number}.pt"
            distill(student, teacher, pairs, share, state, options.seed + number - 1, say, measure)
            student.save(distilled)
        student = Encoder.from_folder(distilled).to(device)
    records = read_records(RECORDS)
    teach(student, teacher, records, passes[0], options.seed, say)
    measures = measure(student)
    say(f"finished: {measures}")
    student.save(options.output)
    facts = {"seed": options.seed, "tokens": student.bert.config.vocab_size, "pairs": f"{sum(map(len, passes)):,}"}
    _write_card(options.output, facts | {"records": f"{len(records):,}", "measures": measures or "not measured"})


def say(line: str) -> None:
    """Print a line with the time."""
    print(time.strftime("%H:%M:%S"), line, flush=True)  # noqa: T201


def _write_card(output: Path, facts: dict[str, object]) -> None:
    """README.md and NOTICE of the model."""
    card = (RECORDS.parent / "card.md").read_text(encoding="utf-8")
    (output / "README.md").write_text(string.Template(card).substitute(facts), encoding="utf-8")
    (output / "NOTICE.txt").write_text((RECORDS.parent / "notice.txt").read_text(encoding="utf-8"), encoding="utf-8")


def _accuracy(encoder: Encoder, path: Path) -> str:
    """How often a sentence's translation is its nearest, ja→en / en→ja, over the first thousand pairs."""
    rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()[:1000]]
    ja, en = encoder.encode([r[0] for r in rows]), encoder.encode([r[1] for r in rows])
    cosines = ja @ en.T
    own = np.arange(len(rows))
    return f"{(cosines.argmax(1) == own).mean():.3f}/{(cosines.argmax(0) == own).mean():.3f}"


if __name__ == "__main__":
    main()
