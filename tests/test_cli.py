"""The command as a user meets it: output for people, JSON for programs, one line for what is wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

import cli
from conftest import CORPUS, IDS, ROOT


@pytest.fixture
def run(index_folder, monkeypatch, capsys):
    """Run the command with the index of the tests: run(*arguments) → exit status, output, errors."""
    monkeypatch.setenv("YAKKAN_INDEX", str(index_folder))

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["yakkan", *map(str, arguments)])
        status = 0
        try:
            cli.main()
        except SystemExit as stop:
            status = stop.code or 0
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.mark.parametrize("document", IDS)
def test_parse(document, run, documents):
    source = CORPUS / document / documents[document].version.folder / "source.txt"
    status, out, _ = run("parse", source, "--json")
    answer = json.loads(out)
    assert status == 0
    assert [node["level"] for node in answer["outline"]] == [c.level for c in documents[document].reading.outline.clauses]
    status, out, _ = run("parse", source)
    assert status == 0
    assert "problems" in out


def test_a_text_without_articles_is_no_error(run, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("拝啓\n条文はありません。\n", encoding="utf-8")
    status, out, _ = run("parse", path, "--json")
    answer = json.loads(out)
    assert status == 0
    assert [n["level"] for n in answer["outline"]] == ["preamble"]
    assert "no article" in answer["problems"][0]["message"]


def test_build_and_documents(run, tmp_path):
    status, out, err = run("build", "--index", tmp_path / "new", "--json")
    built = json.loads(out)
    assert (status, built["documents"], built["generation"]) == (0, 5, 1)
    assert "[5/5]" in err
    status, out, _ = run("documents", "--json")
    assert [d["id"] for d in json.loads(out)] == sorted(IDS)
    status, out, _ = run("documents")
    assert "provider not named in the text" in out


def test_search_builds_the_index_when_there_is_none(run, tmp_path):
    status, out, err = run("search", "反社会的勢力", "--index", tmp_path / "none", "--json", "--limit", 2)
    assert status == 0
    assert len(json.loads(out)["hits"]) == 2
    assert "no index in" in err


def test_search_for_people(run):
    status, out, _ = run("search", "late payment interest")
    assert status == 0
    assert "ngn-vpn:21.1  Art. 21, para. 1  遅延損害金" in out
    status, out, _ = run("search", "xyzzy")
    assert (status, out) == (0, "No clause was found. Try other words, or fewer.\n")


def test_show(run):
    status, out, _ = run("show", "masters-one:32.1.3")
    assert status == 0
    assert "第32条 第1項 第3号" in out
    status, out, _ = run("show", "ngn-vpn:22", "--json")
    assert json.loads(out)["references"][0] == {"text": "第１９条 第２項", "targets": ["ngn-vpn:19.2"], "external": None}


def test_compare(run):
    status, out, _ = run("compare", "late-charge", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["type"] == {"id": "late-charge", "ja": "遅延損害金", "en": "Late charge"}
    assert answer["clause"] is None
    assert list(answer["documents"]) == sorted(IDS)
    cell = answer["documents"]["mdr-ndr"]
    assert (cell["status"], cell["defers_to"]) == ("present", None)
    assert "mdr-ndr:14.3" in cell["clauses"]
    (rate,) = [fact for fact in cell["facts"] if fact["kind"] == "rate"]
    assert (rate["clause"], rate["normalized"], rate["party"], rate["modality"]) == ("mdr-ndr:14.3", "14.6%/yr", None, None)
    assert rate["span"][1] - rate["span"][0] == len(rate["text"])
    assert answer["documents"]["cwpp"] == {"status": "not_mentioned", "clauses": [], "facts": [], "defers_to": "cwpp:1.2"}


def test_compare_for_people(run):
    status, out, _ = run("compare", "jurisdiction", "--document", "mdr-ndr", "--document", "netmeister")
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("合意管轄 / Jurisdiction: ")
    assert "    mdr-ndr:33.1  合意管轄裁判所" in lines
    assert any("東京地方裁判所 [Tokyo District Court]" in line for line in lines)
    assert "    not mentioned; see the base terms (netmeister:2.3), which are not here" in lines
    assert "ngn-vpn" not in out


def test_compare_a_clause(run):
    status, out, _ = run("compare", "mdr-ndr:33", "--document", "mdr-ndr", "--json")
    answer = json.loads(out)
    assert status == 0
    assert (answer["type"], answer["clause"]) == (None, "mdr-ndr:33")
    assert answer["documents"]["mdr-ndr"]["clauses"] == ["mdr-ndr:33.1"]


def test_align(run):
    status, out, _ = run("align", "cwpp", "netmeister", "--json")
    links = json.loads(out)
    assert status == 0
    assert [link["from"] for link in links] == [f"cwpp:{n}" for n in range(1, 15)]
    for link in links:
        assert set(link) == {"from", "to", "score"}
        assert all(address.startswith("netmeister:") for address in link["to"])
        assert (link["score"] is None) is (link["to"] == [])
    status, out, _ = run("align", "cwpp", "netmeister")
    lines = out.splitlines()
    assert (status, len(lines)) == (0, 14)
    assert lines[11].startswith("cwpp:12 免責事項  →  ")
    assert [line.endswith("→  none") for line in lines] == [link["to"] == [] for link in links]


def test_coverage(run):
    chosen = ("--type", "jurisdiction", "--document", "mdr-ndr", "--document", "cwpp")
    status, out, _ = run("coverage", *chosen, "--json")
    assert status == 0
    assert json.loads(out) == {
        "types": [{"id": "jurisdiction", "ja": "合意管轄", "en": "Jurisdiction"}],
        "documents": ["cwpp", "mdr-ndr"],
        "cells": {"cwpp": {"jurisdiction": []}, "mdr-ndr": {"jurisdiction": ["mdr-ndr:33.1"]}},
    }
    status, out, _ = run("coverage", *chosen)
    assert status == 0
    assert [line.split() for line in out.splitlines()] == [
        ["jurisdiction", "合意管轄", "/", "Jurisdiction"],
        ["cwpp", "not", "mentioned"],
        ["mdr-ndr", "33.1"],
    ]


def test_report(run, tmp_path):
    path = tmp_path / "r.html"
    status, out, err = run(
        "report", "--output", path, "--type", "jurisdiction", "--document", "cwpp", "--language", "en", "--json"
    )
    assert status == 0
    assert json.loads(out) == {"output": str(path), "types": 1, "documents": 1}
    assert err.splitlines() == ["[1/1] cwpp"]
    page = path.read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "see the base terms (Art. 1, para. 2)" in page


def test_the_format_of_a_report_can_be_named(run, tmp_path):
    status, out, _ = run("report", "--format", "md", "--output", tmp_path / "r.txt", "--type", "tax", "--document", "cwpp")
    assert (status, out) == (0, f"{tmp_path / 'r.txt'}: 1 types, 1 documents\n")
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("# ")


def test_a_report_by_a_file_writes_one_line_a_step(run, tmp_path):
    config = tmp_path / "report.toml"
    config.write_text('output = "r.md"\ntypes = ["tax"]\ndocuments = ["cwpp", "netmeister"]\n', encoding="utf-8")
    status, out, err = run("report", "--config", config)
    assert (status, out) == (0, f"{tmp_path / 'r.md'}: 1 types, 2 documents\n")
    assert err.splitlines() == ["[1/2] cwpp", "[2/2] netmeister"]
    assert (tmp_path / "r.md").is_file()


def test_types_that_cannot_be_read(run, tmp_path):
    status, out, err = run("coverage", "--corpus", tmp_path)
    assert (status, out) == (2, "")
    assert (
        err
        == f"yakkan: {tmp_path / 'clause_types.toml'} does not exist; the corpus needs its clause types (see CONTRIBUTING.md)\n"
    )


def test_batch(run, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("解約\njurisdiction\tmdr-ndr\n\nliability\tnobody\n遅延損害金\n", encoding="utf-8")
    status, out, _ = run("search", "--batch", queries, "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert ["hits" in a for a in answers] == [True, True, False, False, True]
    assert {h["document"] for h in answers[1]["hits"]} == {"mdr-ndr"}
    assert "the line is empty" in answers[2]["error"]
    assert "no document 'nobody'" in answers[3]["error"]


def broken_corpus(tmp_path, change):
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS / "cwpp", corpus / "cwpp")
    shutil.copy(CORPUS / "glossary.tsv", corpus)
    change(corpus)
    return corpus


def no_title(corpus):
    path = corpus / "cwpp" / "manifest.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("title =", "titel ="), encoding="utf-8")


CORPORA = [
    (no_title, "key title is missing"),
    (lambda corpus: (corpus / "cwpp" / "manifest.toml").unlink(), "does not exist"),
    (lambda corpus: (corpus / "cwpp" / "2024-04-01" / "source.txt").unlink(), "holds no source"),
    (lambda corpus: (corpus / "cwpp" / "2024-04-01" / "source.txt").write_bytes(b""), "is empty"),
    (lambda corpus: (corpus / "glossary.tsv").unlink(), "glossary.tsv cannot be read"),
    (lambda corpus: shutil.rmtree(corpus / "cwpp"), "holds no documents"),
    (shutil.rmtree, "is no folder"),
]


@pytest.mark.parametrize(("change", "message"), CORPORA, ids=[m for _, m in CORPORA])
def test_a_bad_corpus(change, message, run, tmp_path, index_folder):
    before = (index_folder / "current").read_text()
    status, out, err = run("build", "--corpus", broken_corpus(tmp_path, change))
    *_, last = err.splitlines()
    assert (status, out) == (2, "")
    assert last.startswith("yakkan: ")
    assert message in last
    assert (index_folder / "current").read_text() == before
    assert run("search", "解約")[0] == 0


ERRORS = [
    (["parse", "{tmp}/none.txt"], "does not exist"),
    (["parse", "{tmp}"], "is a folder"),
    (["parse", "{tmp}/empty.txt"], "is empty"),
    (["parse", "{tmp}/binary.txt"], "is binary"),
    (["parse", "{tmp}/unknown.txt"], "in no encoding known here"),
    (["search"], "give a query or --batch FILE"),
    (["search", ""], "the query is empty"),
    (["search", "解約", "--document", "nobody"], "there is no document 'nobody'"),
    (["search", "解約", "--limit", "0"], "--limit"),
    (["search", "--batch", "{tmp}/none.txt"], "does not exist"),
    (["show", "nonsense"], "is no clause address"),
    (["show", "mdr-ndr:99"], "there is no clause"),
    (["build", "--index", "{tmp}/empty.txt"], "cannot be written"),
    (["compare"], "Missing argument"),
    (["compare", "late-fee"], "there is no clause type 'late-fee'"),
    (["compare", "late-charge", "--document", "nobody"], "there is no document 'nobody'"),
    (["compare", "mdr-ndr:99"], "there is no clause mdr-ndr:99"),
    (["compare", "mdr-ndr:"], "is no clause address"),
    (["align", "mdr-ndr"], "Missing argument"),
    (["align", "mdr-ndr", "nobody"], "there is no document 'nobody'"),
    (["coverage", "--type", "late-fee"], "there is no clause type 'late-fee'"),
    (["coverage", "--document", "nobody"], "there is no document 'nobody'"),
    (["report"], "say where to write the report with --output FILE, or give --config report.toml"),
    (["report", "--output", "{tmp}/r.pdf"], "'pdf' is no format of a report; those are xlsx, docx, html, md"),
    (["report", "--output", "{tmp}/r"], "'' is no format of a report"),
    (["report", "--format", "pdf", "--output", "{tmp}/r"], "--format"),
    (["report", "--output", "{tmp}/r.md", "--language", "fr"], "--language"),
    (["report", "--output", "{tmp}/r.md", "--type", "late-fee"], "there is no clause type 'late-fee'"),
    (["report", "--output", "{tmp}/r.md", "--document", "nobody"], "there is no document 'nobody'"),
    (["report", "--output", "{tmp}/none/r.md"], "none/r.md cannot be written"),
    (["report", "--config", "{tmp}/none.toml"], "none.toml cannot be read"),
    (["report", "--config", "{tmp}/empty.txt"], "output must be the name of the file to write"),
    (["report", "--config", "{tmp}/empty.txt", "--type", "tax"], "--config says what to write; leave out --output"),
    (["nonsense"], "No such command"),
    (["documents", "--nonsense"], "No such option"),
]


@pytest.mark.parametrize(("arguments", "message"), ERRORS, ids=[" ".join(a) for a, _ in ERRORS])
def test_errors_are_one_line_and_exit_2(arguments, message, run, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "unknown.txt").write_bytes(b"\xa0\xff" * 40)
    status, out, err = run(*[a.format(tmp=tmp_path) for a in arguments])
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("yakkan: ")
    assert message in err


def test_an_index_of_another_version(run, tmp_path):
    index = tmp_path / "index"
    run("build", "--index", index)
    manifest = index / "generations" / "1" / "manifest.json"
    manifest.write_text(re.sub(r'"format": \d+', '"format": 0', manifest.read_text(encoding="utf-8")), encoding="utf-8")
    status, _, err = run("search", "解約", "--index", index)
    assert status == 2
    assert "run: yakkan build" in err


def test_the_installed_command_runs_from_any_folder(tmp_path, index_folder):
    command = [sys.executable, str(ROOT / "cli.py"), "search", "解約", "--index", str(index_folder), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["hits"]
