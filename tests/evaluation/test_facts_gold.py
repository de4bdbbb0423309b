import csv
import re
from collections import Counter
from typing import get_args

import pytest

from conftest import IDS
from evaluation.gold import GOLD
from ingest.facts import Kind
from ingest.norms import Modality
from ingest.parties import USUAL
from ingest.prose import clause_prose

with (GOLD / "facts.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

LENGTH = r"P(?:T?\d+(?:\.\d+)?[HMS]|\d+(?:\.\d+)?(?:Y|M|W|D|BD))"
FORMS = {
    "period": rf"{LENGTH}(?:\+{LENGTH})*|M[+-]\d(?::(?:last|\d+))?|M:(?:last|\d+)|B?D\+\d|Y\+\d",
    "rate": r"\d+(?:\.\d+)?%(?:/yr|/mo)?",
    "share": r"\d+(?:\.\d+)?x|\d+/\d+",
    "amount": r"JPY \d+",
    "date": r"\d{4}-\d\d(?:-\d\d)?|--\d\d-\d\d",
    "court": r"\S+裁判所",
    "law": r"\S+:\d{4}-\d+|\S+",
}


def of(document):
    rows = [row for row in ROWS if row["clause"].startswith(f"{document}:")]
    assert rows
    return rows


@pytest.mark.parametrize("document", IDS)
def test_each_fact_stands_where_the_gold_says(document, documents):
    reading = documents[document].reading
    clauses = {c.address: c for c in reading.outline.walk() if c.address is not None}
    for row in of(document):
        clause = clauses[row["clause"]]
        assert clause.level in ("paragraph", "preamble"), row
        text = clause_prose(clause, reading.source).text
        assert row["text"], row
        assert text[int(row["start"]) : int(row["end"])] == row["text"], row


@pytest.mark.parametrize("document", IDS)
def test_facts_stand_in_the_order_of_the_text(document, documents):
    order = {c.address: i for i, c in enumerate(documents[document].reading.outline.walk())}
    places = [(order[row["clause"]], int(row["start"])) for row in of(document)]
    assert places == sorted(set(places))


def test_kinds_and_modalities_are_known_ones():
    assert {row["kind"] for row in ROWS} == set(get_args(Kind))
    assert {row["modality"] for row in ROWS} - {""} <= set(get_args(Modality))


def test_parties_are_those_of_a_manifest_or_the_usual_ones(documents):
    for document in IDS:
        known = {role.party for role in documents[document].manifest.roles} | {*USUAL.values(), "both", ""}
        assert {row["party"] for row in of(document)} <= known


def test_a_norm_has_a_modality_and_a_value_a_normal_form():
    for row in ROWS:
        if row["kind"] == "norm":
            assert row["modality"], row
            assert not row["normalized"], row
        else:
            assert re.fullmatch(FORMS[row["kind"]], row["normalized"]), row
            assert not row["modality"], row
            assert not row["party"], row


def test_the_part_for_choosing_is_one_whole_document():
    """A document is for choosing rules or for judging them, never for both."""
    parts = {document: {row["part"] for row in of(document)} for document in IDS}
    assert all(len(part) == 1 for part in parts.values())
    assert Counter(part for found in parts.values() for part in found) == {"dev": 1, "test": 4}
