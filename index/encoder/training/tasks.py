"""Second stage: questions find clauses, in all four directions of the two languages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from index.encoder.training.pairs import Pair
from index.encoder.training.student import Encoder

BATCH = 32
GROUP = 8  # neighbours in the file, which are of one kind, that stay together as each other's negatives
EPOCHS = 3
RATE = 4e-5
TEMPERATURE = 0.05
GENERAL = 32  # general sentence pairs beside each batch
KEPT = 2.5  # weight of their distance to the teacher, which keeps what distillation taught
RELATIONS = 20.0  # weight of the squared difference between the cosines of their English sides and those the teacher gives


class Record(NamedTuple):
    """A clause and a question it answers, in both languages."""

    clause_ja: str
    clause_en: str
    question_ja: str
    question_en: str


def read_records(folder: Path) -> list[Record]:
    """The records of all files of a folder, in their order: neighbours are of one kind."""
    records = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            records.append(Record(*line.split("\t")))
    return records


def teach(
    student: Encoder, teacher: Encoder, records: Sequence[Record], pairs: Sequence[Pair], seed: int, say: Callable[[str], None]
) -> None:
    """Train ``student`` in place to bring a question near its clause, away from clauses of the same kind."""
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.01)
    rng = random.Random(seed)
    steps = EPOCHS * (len(records) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1.0, (s + 1) / 50) * max(0.05, 1 - s / steps))
    step = 0
    for epoch in range(EPOCHS):
        student.train()
        running = 0.0
        for batch in _batches(records, rng):
            general = rng.sample(pairs, GENERAL)
            # Apart, so that short questions are not padded to the length of clauses.
            questions = student(student.ids([r.question_ja for r in batch] + [r.question_en for r in batch]))
            clauses = student(student.ids([r.clause_ja for r in batch] + [r.clause_en for r in batch]))
            loss = _loss(*questions.split(len(batch)), *clauses.split(len(batch)))
            with torch.no_grad():
                goal = teacher(teacher.ids([p.en for p in general]))
            japanese, english = student(student.ids([p.ja for p in general] + [p.en for p in general])).split(len(general))
            loss = loss + KEPT * (2 - (japanese * goal).sum(-1).mean() - (english * goal).sum(-1).mean()) / 2
            loss = loss + RELATIONS * ((english @ english.T) - (goal @ goal.T)).square().mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            running = loss.item() if not running else 0.95 * running + 0.05 * loss.item()
            step += 1
            if step % 25 == 0:
                say(f"task step {step}/{steps}  loss {running:.3f}")
        say(f"task epoch {epoch + 1}/{EPOCHS}  loss {running:.3f}")


def _loss(question_ja: torch.Tensor, question_en: torch.Tensor, clause_ja: torch.Tensor, clause_en: torch.Tensor) -> torch.Tensor:
    """Contrast of each question with all clauses of the batch, over the four directions of the two languages."""
    own = torch.arange(len(question_ja), device=question_ja.device)
    total = question_ja.new_zeros(())
    for question in (question_ja, question_en):
        for clause in (clause_ja, clause_en):
            logits = question @ clause.T / TEMPERATURE
            total = (
                total + torch.nn.functional.cross_entropy(logits, own) + 0.5 * torch.nn.functional.cross_entropy(logits.T, own)
            )
    return total / 4


def _batches(records: Sequence[Record], rng: random.Random) -> Iterator[list[Record]]:
    """Batches of a few groups of neighbours each, groups in random order with a random start."""
    start = rng.randrange(GROUP)
    groups = [list(records[i : i + GROUP]) for i in range(start, len(records), GROUP)]
    rng.shuffle(groups)
    flat = [record for group in groups for record in group]
    for i in range(0, len(flat) - BATCH + 1, BATCH):
        yield flat[i : i + BATCH]
