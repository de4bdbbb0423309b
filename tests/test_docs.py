"""The documentation is held against the program."""

from __future__ import annotations

import re

import pytest

import cli
from conftest import IDS, ROOT
from ingest.citations import document_of, is_address

README = (ROOT / "README.md").read_text(encoding="utf-8")
PARSING = (ROOT / "docs" / "parsing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_every_command_is_in_the_readme_and_explains_itself(name):
    assert f"`yakkan {name}" in README
    assert cli.cli.commands[name].help


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/parsing.md", "docs/index.md", "corpus/README.md"])
def test_files_and_links_that_are_named_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    files = re.findall(r"`((?:ingest|index|ui|evaluation|tests|docs|corpus)/[\w./-]+\.\w+)`", text)
    for target in links:
        assert (ROOT / name).parent.joinpath(target).exists(), target
    for target in files:
        assert (ROOT / target).exists(), target


def test_addresses_named_in_the_docs_exist(documents):
    known = {c.address for d in documents.values() for c in d.reading.outline.walk()}
    named = {
        a for a in re.findall(r"\b[a-z]+(?:-[a-z]+)?:[\w./-]*\w", README + PARSING) if is_address(a) and document_of(a) in IDS
    }
    assert len(named) > 25
    assert named <= known


def test_the_tour_shows_what_the_command_prints(searcher):
    hit = searcher.search("late payment interest", limit=1).hits[0]
    assert f"{hit.clause}  Art. 21, para. 1  {hit.title.ja}  ({hit.score:.2f}, {' + '.join(hit.found_by)})" in README
    assert hit.text in README


def test_the_size_of_the_glossary_is_the_one_named():
    rows = len((ROOT / "corpus" / "glossary.tsv").read_text(encoding="utf-8").splitlines())
    assert f"glossary of {rows:,} terms" in README
