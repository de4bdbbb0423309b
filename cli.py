"""The yakkan command: read options, call one function, show what it returns."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from index.build import build_index
from index.encoder.encoder import SentenceEncoder
from index.folders import PROJECT, corpus_folder, index_folder
from index.generations import Generations
from index.search import Hit, Result, Searcher
from index.store import Store
from index.terms import language_of
from index.view import ClauseView, view_clause
from ingest.citations import cite
from ingest.document import Reading, read_source
from ingest.errors import YakkanError
from ingest.model import Clause
from ingest.prose import clause_prose
from ingest.readers import read_text
from review.align import align as align_documents
from review.ask import Reply, short_answer
from review.ask import ask as ask_terms
from review.compare import Comparison, PlacedFact, compare_clause, compare_type
from review.compare import coverage as cover
from review.desk import Desk
from review.reports.report import write_report
from review.reports.request import FORMATS, LANGUAGES, Request, known_format, read_request
from review.reports.text import fact_lines

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, and only JSON, on standard output.")
_corpus = click.option("--corpus", metavar="DIR", help="Folder of the documents. [env: YAKKAN_CORPUS]")
_index = click.option("--index", "index", metavar="DIR", help="Folder of the index. [env: YAKKAN_INDEX]")

_documents = click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document; may be repeated.")
_types = click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this clause type; may be repeated.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yakkan")
def cli() -> None:
    """Find clauses of Japanese service terms, in Japanese or English."""


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@_json
def parse(file: Path, as_json: bool) -> None:
    """Show the clause tree of a text FILE and what looks wrong in it."""
    reading = read_source(read_text(file))
    if as_json:
        problems = [dataclasses.asdict(p) for p in reading.outline.problems]
        _print_json({"outline": [_node(c, reading) for c in reading.outline.clauses], "problems": problems})
        return
    for clause in reading.outline.clauses:
        for node in _outline_lines(clause, reading, 0):
            click.echo(node)
    click.echo(f"\n{len(reading.outline.problems)} problems")
    for problem in reading.outline.problems:
        line = reading.source.count("\n", 0, problem.start) + 1
        click.echo(f"  line {line}: {problem.message}")


@cli.command()
@_corpus
@_index
@_json
def build(corpus: str | None, index: str | None, as_json: bool) -> None:
    """Build the index of all documents."""
    built = build_index(corpus_folder(corpus), index_folder(index), SentenceEncoder(), _notice)
    if as_json:
        _print_json(dataclasses.asdict(built))
    else:
        click.echo(
            f"Generation {built.generation}: {built.documents} documents, {built.clauses} clauses, "
            f"{built.passages} passages in {built.seconds:.1f} s"
        )


@cli.command()
@_corpus
@_index
@_json
def documents(corpus: str | None, index: str | None, as_json: bool) -> None:
    """List the documents in the index."""
    found = _searcher(corpus, index).store.documents()
    if as_json:
        _print_json([dataclasses.asdict(d) for d in found])
        return
    for d in found:
        click.echo(f"{d.id}  {d.service.ja or d.title}")
        click.echo(f"    {d.provider.ja or 'provider not named in the text'}; version {d.version}", nl=False)
        click.echo(f"; {d.articles} articles, {d.paragraphs} paragraphs, {d.items} items")


@cli.command()
@click.argument("address")
@_corpus
@_index
@_json
def show(address: str, corpus: str | None, index: str | None, as_json: bool) -> None:
    """Show the clause at ADDRESS, such as masters-one:32.1.3, with its references and defined terms."""
    view = view_clause(_searcher(corpus, index).store, address)
    if as_json:
        _print_json(_view_json(view))
        return
    click.echo(f"{view.address}  {cite(view.address, 'ja')}  {view.title.ja or ''}".rstrip())
    click.echo(view.text)
    for reference in view.references:
        to = ", ".join(reference.targets) or (f"in {reference.external}" if reference.external else "not resolved")
        click.echo(f"  → {reference.text}: {to}")
    for definition in view.definitions:
        click.echo(f"  「{definition.term}」 {definition.meaning} ({definition.clause})")


@cli.command()
@click.argument("query", required=False)
@_documents
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many hits.")
@click.option(
    "--batch", type=click.Path(path_type=Path), help="A file with one query a line; a tab and a document id may follow."
)
@_corpus
@_index
@_json
def search(
    query: str | None,
    documents: Sequence[str],
    limit: int,
    batch: Path | None,
    corpus: str | None,
    index: str | None,
    as_json: bool,
) -> None:
    """Find the clauses that answer QUERY, in Japanese or English."""
    if (query is None) == (batch is None):
        raise YakkanError("give a query or --batch FILE, one of the two")
    searcher = _searcher(corpus, index)
    if batch is not None:
        sys.exit(_batch(batch, documents, lambda text, chosen: _result_json(searcher.search(text, chosen, limit)), "query"))
    assert query is not None
    result = searcher.search(query, documents, limit)
    if as_json:
        _print_json(_result_json(result))
    else:
        _print_hits(result)


@cli.command()
@click.argument("question", required=False)
@_documents
@click.option(
    "--batch", type=click.Path(path_type=Path), help="A file with one question a line; a tab and a document id may follow."
)
@_corpus
@_index
@_json
def ask(
    question: str | None, documents: Sequence[str], batch: Path | None, corpus: str | None, index: str | None, as_json: bool
) -> None:
    """Answer QUESTION with a quote and its clause, or say that the terms do not say."""
    if (question is None) == (batch is None):
        raise YakkanError("give a question or --batch FILE, one of the two")
    desk = _desk(corpus, index)
    if batch is not None:
        sys.exit(_batch(batch, documents, lambda text, chosen: _reply_json(ask_terms(desk, text, chosen)), "question"))
    assert question is not None
    reply = ask_terms(desk, question, documents)
    if as_json:
        _print_json(_reply_json(reply))
    else:
        _print_reply(reply, desk)


@cli.command()
@click.argument("subject", metavar="TYPE|ADDRESS")
@_documents
@_corpus
@_index
@_json
def compare(subject: str, documents: Sequence[str], corpus: str | None, index: str | None, as_json: bool) -> None:
    """Show what each document says on a clause TYPE, such as late-charge, or in the place of the clause at ADDRESS."""
    desk = _desk(corpus, index)
    compared = compare_clause(desk, subject, documents) if ":" in subject else compare_type(desk, subject, documents)
    if as_json:
        _print_json(_comparison_json(compared))
    else:
        _print_comparison(compared, desk)


@cli.command()
@click.argument("source", metavar="DOC_A")
@click.argument("target", metavar="DOC_B")
@_corpus
@_index
@_json
def align(source: str, target: str, corpus: str | None, index: str | None, as_json: bool) -> None:
    """Show for every article of DOC_A its equivalents in DOC_B."""
    desk = _desk(corpus, index)
    links = align_documents(desk, source, target)
    if as_json:
        _print_json([{"from": link.source, "to": link.targets, "score": link.score} for link in links])
        return
    store = desk.searcher.store
    for link in links:
        click.echo(f"{_titled(store, link.source)}  →  {', '.join(_titled(store, t) for t in link.targets) or 'none'}")


@cli.command()
@_documents
@_types
@_corpus
@_index
@_json
def coverage(documents: Sequence[str], types: Sequence[str], corpus: str | None, index: str | None, as_json: bool) -> None:
    """Show which documents have clauses of which types."""
    found = cover(_desk(corpus, index), documents, types)
    if as_json:
        kinds = [{"id": kind.id, "ja": kind.ja, "en": kind.en} for kind in found.types]
        _print_json({"types": kinds, "documents": [d.id for d in found.documents], "cells": found.cells})
        return
    for kind in found.types:
        click.echo(click.style(f"{kind.id}", bold=True) + f"  {kind.ja} / {kind.en}")
        for document in found.documents:
            clauses = found.cells[document.id][kind.id]
            click.echo(f"    {document.id:<16}{', '.join(c.partition(':')[2] for c in clauses) or 'not mentioned'}")


@cli.command()
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Kind of file; the ending of --output says it, too.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write.")
@_types
@_documents
@click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default="both", show_default=True, help="Languages of the report."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="A report.toml that says all this, for jobs that run by themselves."
)
@_corpus
@_index
@_json
def report(
    kind: str | None, output: Path | None, types: Sequence[str], documents: Sequence[str], language: str, config: Path | None,
    corpus: str | None, index: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the comparison of types and documents as Excel, Word, HTML or Markdown."""
    if config is not None:
        if output or kind or types or documents:
            raise YakkanError("--config says what to write; leave out --output, --format, --type and --document")
        request = read_request(config)
    elif output is None:
        raise YakkanError("say where to write the report with --output FILE, or give --config report.toml")
    else:
        form = known_format(kind or output.suffix.removeprefix("."))
        request = Request(form, output, tuple(types), tuple(documents), LANGUAGES[language])
    written = write_report(_desk(corpus, index), request, _notice_document)
    if as_json:
        _print_json({"output": str(written.output), "types": written.types, "documents": written.documents})
    else:
        click.echo(f"{written.output}: {written.types} types, {written.documents} documents")


@cli.command()
@_corpus
@_json
def evaluate(corpus: str | None, as_json: bool) -> None:
    """Measure search on the test part of the gold data, in about a minute."""
    from evaluation.shipped import evaluate_shipped

    _notice("measuring search on the test part of the gold data; this takes about a minute")
    values = evaluate_shipped(corpus_folder(corpus), SentenceEncoder())
    if as_json:
        _print_json(values)
        return
    for name, value in values.items():
        click.echo(f"{name:<48}{value:8.3f}" if isinstance(value, float) else f"{name:<48}{value:8}")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@_corpus
@_index
def serve(host: str, port: int, corpus: str | None, index: str | None) -> None:
    """Open the web app; it stays on this machine unless --host says otherwise."""
    import os
    import socket

    _searcher(corpus, index)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise YakkanError(
                f"cannot listen on {host}:{port}: {error.strerror or error}; choose others with --host and --port"
            ) from None
    environment = {
        **os.environ,
        "YAKKAN_CORPUS": str(corpus_folder(corpus).resolve()),
        "YAKKAN_INDEX": str(index_folder(index).resolve()),
    }
    command = [
        sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"), "--server.address", host, "--server.port", str(port),
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    _notice(f"Yakkan is at http://{host}:{port} (stop with Ctrl+C)")
    try:
        sys.exit(subprocess.call(command, env=environment, cwd=PROJECT))
    except KeyboardInterrupt:
        sys.exit(0)


def main() -> None:
    """Run the command; errors a user can mend are one line on standard error, exit status 2."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _notice(f"yakkan: {' '.join(error.format_message().split())} (see: yakkan --help)")
        sys.exit(2)
    except YakkanError as error:
        _notice(f"yakkan: {error}")
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _notice(text: str) -> None:
    click.echo(text, err=True)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str))


def _searcher(corpus: str | None, index: str | None) -> Searcher:
    """The searcher of the index, built first when there is none, or none with this encoder."""
    folder, encoder = index_folder(index), SentenceEncoder()
    if not Generations(folder).made_with(encoder.fingerprint):
        _notice(f"there is no index in {folder} with the encoder {encoder.name} yet; building it")
        build_index(corpus_folder(corpus), folder, encoder, _notice)
    return Searcher.open(folder, encoder)


def _desk(corpus: str | None, index: str | None) -> Desk:
    encoder = SentenceEncoder()
    return Desk.open(corpus_folder(corpus), _searcher(corpus, index), encoder)


def _notice_document(done: int, of: int, document: str) -> None:
    _notice(f"[{done}/{of}] {document}")


def _titled(store: Store, address: str) -> str:
    clause = store.clause(address)
    return f"{address} {clause.title.ja or ''}".strip() if clause else address


def _comparison_json(compared: Comparison) -> dict[str, Any]:
    kind = compared.type
    return {
        "type": {"id": kind.id, "ja": kind.ja, "en": kind.en} if kind else None,
        "clause": compared.clause,
        "documents": {
            document: {
                "status": cell.status,
                "clauses": [p.clause for p in cell.paragraphs],
                "facts": [_fact_json(placed) for placed in cell.facts],
                "defers_to": cell.defers_to,
            }
            for document, cell in compared.cells.items()
        },
    }


def _fact_json(placed: PlacedFact) -> dict[str, Any]:
    fact = placed.fact
    return {
        "kind": fact.kind, "text": fact.text, "normalized": fact.normalized, "party": fact.party,
        "modality": fact.modality, "clause": placed.clause, "span": list(fact.span),
    }  # fmt: skip


def _print_comparison(compared: Comparison, desk: Desk) -> None:
    if compared.type:
        click.echo(f"{compared.type.ja} / {compared.type.en}: {compared.type.definition_en}\n")
    for document in desk.documents(tuple(compared.cells)):
        cell = compared.cells[document.id]
        click.echo(click.style(f"{document.id}  {document.service.ja or document.title}", bold=True))
        if not cell.paragraphs:
            see = f"; see the base terms ({cell.defers_to}), which are not here" if cell.defers_to else ""
            click.echo(f"    not mentioned{see}")
        for paragraph in cell.paragraphs:
            click.echo(f"    {paragraph.clause}  {paragraph.title.ja or ''}")
            click.echo(f"      {' '.join(paragraph.text.split())[:160]}")
            facts = fact_lines(cell.facts_of(paragraph.clause), ("en",))
            if facts:
                click.echo(f"      {'; '.join(facts)}")


def _node(clause: Clause, reading: Reading) -> dict[str, Any]:
    node: dict[str, Any] = {} if clause.address is None else {"address": clause.address}
    return node | {
        "level": clause.level,
        "number": clause.number,
        "label": clause.label,
        "title": clause.title,
        "start": clause.start,
        "end": clause.end,
        "text": clause_prose(clause, reading.source).text,
        "children": [_node(child, reading) for child in clause.children],
    }


def _outline_lines(clause: Clause, reading: Reading, depth: int) -> Iterator[str]:
    words = " ".join("".join(reading.source[a:b] for a, b in block) for block in clause.body)
    shown = f"{clause.label} {clause.title or ''}".strip()
    brief = words if len(words) <= 40 else f"{words[:24]} … {words[-10:]}"
    yield "  ".join(part for part in ("  " * depth + (clause.address or f"({clause.level})"), shown, brief) if part)
    for child in clause.children:
        yield from _outline_lines(child, reading, depth + 1)


def _hit_json(hit: Hit) -> dict[str, Any]:
    return dataclasses.asdict(hit) | {"highlights": [list(span) for span in hit.highlights], "found_by": hit.found_by}


def _result_json(result: Result) -> dict[str, Any]:
    return {"query": result.query, "language": result.language, "hits": [_hit_json(hit) for hit in result.hits]}


def _view_json(view: ClauseView) -> dict[str, Any]:
    return {
        "clause": view.address,
        "title": dataclasses.asdict(view.title),
        "text": view.text,
        "english": view.english,
        "references": [{"text": r.text, "targets": r.targets, "external": r.external} for r in view.references],
        "definitions": [dataclasses.asdict(d) for d in view.definitions],
    }


def _print_hits(result: Result) -> None:
    if not result.hits:
        click.echo("No clause was found. Try other words, or fewer.")
    for rank, hit in enumerate(result.hits, 1):
        where = cite(hit.clause, result.language)
        click.echo(
            click.style(f"{rank:2}. {hit.clause}", bold=True)
            + f"  {where}  {hit.title.ja or ''}  ({hit.score:.2f}, {' + '.join(hit.found_by)})"
        )
        click.echo(f"    {_marked(hit)}\n")


def _marked(hit: Hit, width: int = 160) -> str:
    """The words of a hit around its first highlight, highlights in bold on a terminal."""
    first = hit.highlights[0][0] if hit.highlights else 0
    begin = max(0, first - width // 4) if len(hit.text) > width else 0
    out, at = ["…" if begin else ""], begin
    for start, end in hit.highlights:
        if start >= begin and end <= begin + width:
            out += [hit.text[at:start], click.style(hit.text[start:end], bold=True, fg="yellow")]
            at = end
    out += [hit.text[at : begin + width], "…" if len(hit.text) > begin + width else ""]
    return " ".join("".join(out).split())


def _batch(batch: Path, documents: Sequence[str], serve: Callable[[str, Sequence[str]], dict[str, Any]], name: str) -> int:
    """Print one JSON object for each line of a file; 1 when a line could not be served."""
    failed = 0
    for line in read_text(batch).splitlines():
        query, _, document = line.partition("\t")
        try:
            if not line.strip():
                raise YakkanError(f"the line is empty; give one {name} a line")
            _print_json(serve(query, [document.strip()] if document.strip() else documents))
        except YakkanError as error:
            failed = 1
            _print_json({name: query, "language": language_of(query), "error": str(error)})
    return failed


def _reply_json(reply: Reply) -> dict[str, Any]:
    answers = [
        {
            "document": a.document, "clause": a.clause, "quote": a.quote, "span": list(a.span), "english": a.english,
            "value": a.value, "normalized": a.normalized, "confidence": a.confidence,
        }
        for a in reply.answers
    ]  # fmt: skip
    return {
        "question": reply.question, "language": reply.language, "kind": reply.kind, "status": reply.status, "answers": answers,
        "not_mentioned": reply.not_mentioned, "nearest": [_hit_json(hit) for hit in reply.nearest], "confidence": reply.confidence,
    }  # fmt: skip


def _print_reply(reply: Reply, desk: Desk) -> None:
    documents = {d.id: d for d in desk.documents()}
    for answer in reply.answers:
        click.echo(click.style(short_answer(answer, documents[answer.document], reply.language), bold=True))
        click.echo(f"    {answer.clause}  「{' '.join(answer.quote.split())}」")
    if not reply.answers:
        click.echo(
            "約款には見つかりませんでした。" if reply.language == "ja" else "The terms do not say, as far as could be found."
        )
        for hit in reply.nearest:
            click.echo(f"    nearest: {hit.clause}  {hit.title.ja or ''}  {' '.join(hit.text.split())[:80]}")
    if reply.not_mentioned and reply.answers:
        click.echo(f"not mentioned: {', '.join(reply.not_mentioned)}")


if __name__ == "__main__":
    main()
