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


NAME = {"ja", "en"}
ANSWER = {"document", "clause", "quote", "span", "english", "value", "normalized"}
HIT = {"clause", "document", "title", "text", "english", "score", "scores", "highlights"}
REPLY = {"question", "language", "status", "answers", "not_mentioned", "nearest", "confidence"}


def check_reply(reply):
    """The shape of an answer, whatever it says."""
    assert set(reply) >= REPLY
    assert reply["language"] in ("ja", "en")
    assert reply["status"] == ("answered" if reply["answers"] else "not_found")
    assert 0 <= reply["confidence"] <= 1
    assert not {answer["document"] for answer in reply["answers"]} & set(reply["not_mentioned"])
    for answer in reply["answers"]:
        assert set(answer) >= ANSWER
        assert answer["clause"].startswith(f"{answer['document']}:")
        assert answer["span"][1] - answer["span"][0] == len(answer["quote"]) > 0
    for hit in reply["nearest"]:
        assert set(hit) >= HIT
        assert set(hit["title"]) == NAME
        assert all(0 <= start < end <= len(hit["text"]) for start, end in hit["highlights"])


def test_ask(run):
    status, out, err = run("ask", "Which court would hear a dispute?", "--json")
    reply = json.loads(out)
    check_reply(reply)
    assert (status, err) == (0, "")
    assert (reply["question"], reply["language"]) == ("Which court would hear a dispute?", "en")
    answers = {answer["clause"]: answer for answer in reply["answers"]}
    assert sorted(answers) == ["masters-one:68.1", "mdr-ndr:33.1", "ngn-vpn:55.1"]
    assert {answer["value"] for answer in reply["answers"]} == {"東京地方裁判所"}
    assert {answer["normalized"] for answer in reply["answers"]} == {"東京地方裁判所"}
    assert answers["mdr-ndr:33.1"]["english"].endswith("agreed court of exclusive jurisdiction for the first instance.")
    assert sorted(reply["not_mentioned"]) == ["cwpp", "netmeister"]
    assert reply["nearest"] == []
    sureness = [answer["confidence"] for answer in reply["answers"]]
    assert sureness == sorted(sureness, reverse=True)


QUOTED = [
    (("NDRは何か月前に言えば解約できますか?",), "mdr-ndr:17.1", "２か月間前まで", "P2M", "the service is named in the question"),
    (
        ("どこの裁判所になりますか?", "--document", "ngn-vpn"), "ngn-vpn:55.1", "東京地方裁判所", "東京地方裁判所",
        "a sentence of a longer paragraph",
    ),
    (("遅延損害金は年利何%ですか?", "--document", "masters-one"), "masters-one:51.1", "年14.5%", "14.5%/yr", "a rate"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "clause", "value", "normalized", "why"), QUOTED, ids=[row[-1] for row in QUOTED])
def test_a_quote_is_the_text_of_its_clause(arguments, clause, value, normalized, why, run):
    _, out, _ = run("ask", *arguments, "--json")
    reply = json.loads(out)
    check_reply(reply)
    (answer,) = reply["answers"]
    assert (answer["clause"], answer["value"], answer["normalized"]) == (clause, value, normalized)
    assert value in answer["quote"]
    _, out, _ = run("show", answer["clause"], "--json")
    assert json.loads(out)["text"][slice(*answer["span"])] == answer["quote"]
    assert reply["not_mentioned"] == []


def test_what_the_terms_do_not_say(run):
    status, out, _ = run("ask", "どこの裁判所になりますか?", "--document", "netmeister", "--json")
    reply = json.loads(out)
    check_reply(reply)
    assert (status, reply["status"], reply["answers"]) == (0, "not_found", [])
    assert (reply["language"], reply["not_mentioned"]) == ("ja", ["netmeister"])
    assert "netmeister:14.1" in [hit["clause"] for hit in reply["nearest"]]
    assert {hit["document"] for hit in reply["nearest"]} == {"netmeister"}


def test_ask_for_people(run):
    status, out, _ = run("ask", "NDRは何か月前に言えば解約できますか?")
    assert (status, out.splitlines()) == (
        0,
        [
            "２か月間前まで：第17条 第1項, MDRサービス NDRメニュー (2023-06-01)",
            "    mdr-ndr:17.1  「お客様及び当社は、２か月間前までに当社所定の方法で相手方に通知することにより、利用契約を中途解約することができます。」",
        ],
    )
    status, out, _ = run("ask", "Which court would hear a dispute?", "--document", "mdr-ndr", "--document", "netmeister")
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "Tokyo District Court (東京地方裁判所): Art. 33, para. 1, MDR Service, NDR Menu (2023-06-01)"
    assert lines[-1].startswith("not mentioned: netmeister")


SILENT = [
    ("どこの裁判所になりますか?", "約款には見つかりませんでした。", "in Japanese"),
    ("Which court would hear a dispute?", "The terms do not say, as far as could be found.", "in English"),
]


@pytest.mark.parametrize(("question", "said", "why"), SILENT, ids=[row[-1] for row in SILENT])
def test_what_the_terms_do_not_say_for_people(question, said, why, run):
    status, out, _ = run("ask", question, "--document", "netmeister")
    first, *others = out.splitlines()
    assert (status, first) == (0, said)
    assert any(line.startswith("    nearest: netmeister:14.1  ") for line in others)


def test_a_batch_of_questions(run, tmp_path):
    court, pets, ndr = "どこの裁判所になりますか?", "May I bring my dog?", "NDRは何か月前に言えば解約できますか?"
    questions = tmp_path / "questions.txt"
    lines = [ndr, f"{court}\tnetmeister", "", f"{court}\tnobody", "裁判" * 501, pets, f"{court}\tmdr-ndr"]
    questions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    status, out, err = run("ask", "--batch", questions, "--json")
    replies = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (1, "")
    assert [reply["question"] for reply in replies] == [line.partition("\t")[0] for line in lines]
    assert [reply.get("status") for reply in replies] == ["answered", "not_found", None, None, None, "not_found", "answered"]
    for reply in replies:
        if "error" not in reply:
            check_reply(reply)
    assert "the line is empty; give one question a line" in replies[2]["error"]
    assert "no document 'nobody'" in replies[3]["error"]
    assert "1002 characters" in replies[4]["error"]
    assert [replies[i]["answers"][0]["clause"] for i in (0, 6)] == ["mdr-ndr:17.1", "mdr-ndr:33.1"]
    assert replies[1]["not_mentioned"] == ["netmeister"]
    assert replies[5]["not_mentioned"] == sorted(IDS)


def test_a_batch_of_good_questions_is_asked_of_the_chosen_documents(run, tmp_path):
    questions = tmp_path / "questions.txt"
    questions.write_text("どこの裁判所になりますか?\nどこの裁判所になりますか?\tngn-vpn\n", encoding="utf-8")
    status, out, _ = run("ask", "--batch", questions, "--document", "masters-one")
    assert status == 0
    assert [[answer["clause"] for answer in json.loads(line)["answers"]] for line in out.splitlines()] == [
        ["masters-one:68.1"],
        ["ngn-vpn:55.1"],
    ]


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
    (["ask"], "give a question or --batch FILE"),
    (["ask", "解約", "--batch", "{tmp}/none.txt"], "give a question or --batch FILE"),
    (["ask", ""], "is empty"),
    (["ask", " 　"], "is empty"),
    (["ask", "裁判" * 501], "has 1002 characters; at most 1000 are read"),
    (["ask", "解約", "--document", "nobody"], "there is no document 'nobody'"),
    (["ask", "--batch", "{tmp}/none.txt"], "does not exist"),
    (["ask", "--batch", "{tmp}/empty.txt"], "is empty"),
    (["ask", "解約", "--limit", "3"], "No such option"),
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


@pytest.mark.parametrize(("arguments", "message"), ERRORS, ids=[" ".join(a)[:60] for a, _ in ERRORS])
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
