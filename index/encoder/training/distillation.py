"""First stage: Japanese sentences learn the place of their English translation in the teacher's space."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch

from index.encoder.training.pairs import Pair
from index.encoder.training.student import Encoder

BATCH = 128
TEMPERATURE = 0.05
EMBEDDING_RATE, BODY_RATE = 1e-3, 1e-4
WARM_UP = 300  # steps
ENGLISH_SHARES = (0.15, 0.3)  # of the batches of each pass in which the student reads the English side, to keep its English
AVERAGED = 0.3  # the last part of the run whose weights are averaged
SAVED_EVERY = 150  # steps

Measure = Callable[[Encoder], str]


def distill(
    student: Encoder,
    teacher: Encoder,
    pairs: Sequence[Pair],
    english_share: float,
    state_file: Path,
    seed: int,
    say: Callable[[str], None],
    measure: Measure,
) -> None:
    """Train ``student`` in place on every pair once; after a stop it goes on from the last state in ``state_file``."""
    batches = list(_batches(student, pairs, seed))
    groups = [
        {"params": [p for n, p in student.named_parameters() if "word_embeddings" in n], "lr": EMBEDDING_RATE},
        {"params": [p for n, p in student.named_parameters() if "word_embeddings" not in n], "lr": BODY_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: _rate(s, len(batches)))
    average: dict[str, torch.Tensor] = {}
    averaged = 0
    begin = 0
    if state_file.exists():
        state = torch.load(state_file, weights_only=True)
        student.load_state_dict(state["student"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, averaged, begin = state["average"], state["averaged"], state["step"]
        say(f"going on from step {begin}")
    teacher.eval()
    started, done = time.perf_counter(), 0
    running = 0.0
    for step in range(begin, len(batches)):
        student.train()
        english = random.Random(seed * 1_000_003 + step).random() < english_share
        batch = [pairs[i] for i in batches[step]]
        with torch.no_grad():
            goal = teacher(teacher.ids([p.en for p in batch]))
        found = student(student.ids([p.en if english else p.ja for p in batch]))
        loss = _loss(found, goal)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        running = loss.item() if step == begin else 0.98 * running + 0.02 * loss.item()
        done += len(batch)
        if step >= len(batches) * (1 - AVERAGED) and step % 20 == 0:
            averaged += 1
            for name, value in student.state_dict().items():
                kept = average.setdefault(name, value.detach().clone().float())
                kept += (value.float() - kept) / averaged
        if (step + 1) % 50 == 0:
            rate = done / (time.perf_counter() - started)
            left = (len(batches) - step - 1) * BATCH / rate / 60
            say(f"step {step + 1}/{len(batches)}  loss {running:.3f}  {rate:.0f} pairs/s  {left:.0f} min left")
        if (step + 1) % 600 == 0:
            say(measure(student))
        if (step + 1) % SAVED_EVERY == 0:
            _save(state_file, student, optimizer, schedule, average, averaged, step + 1)
    if average:
        student.load_state_dict(average)
    say(measure(student))


def _loss(found: torch.Tensor, goal: torch.Tensor) -> torch.Tensor:
    """Distance to the teacher's vector, and contrast with the other sentences of the batch in both directions."""
    cosine = 1 - (found * goal).sum(-1).mean()
    logits = found @ goal.T / TEMPERATURE
    own = torch.arange(len(found), device=found.device)
    contrast = (torch.nn.functional.cross_entropy(logits, own) + torch.nn.functional.cross_entropy(logits.T, own)) / 2
    return 5 * cosine + contrast


def _rate(step: int, steps: int) -> float:
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / max(steps - WARM_UP, 1)))


def _batches(student: Encoder, pairs: Sequence[Pair], seed: int) -> Iterator[list[int]]:
    """Batches of pairs of like length, in a random order."""
    rng = random.Random(seed)
    order = list(range(len(pairs)))
    rng.shuffle(order)
    pool = BATCH * 60
    batches = []
    for begin in range(0, len(order), pool):
        part = sorted(order[begin : begin + pool], key=lambda i: len(pairs[i].ja) + len(pairs[i].en) / 3)
        batches.append([part[i : i + BATCH] for i in range(0, len(part), BATCH)])
    for group in batches:
        rng.shuffle(group)
        yield from (b for b in group if len(b) > 1)


def _save(
    path: Path,
    student: Encoder,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    average: dict[str, torch.Tensor],
    averaged: int,
    step: int,
) -> None:
    state = {
        "student": student.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(),
        "average": average, "averaged": averaged, "step": step,
    }  # fmt: skip
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
