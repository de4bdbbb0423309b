import subprocess
import sys

import pytest

from conftest import DATA, ROOT
from evaluation.recall import read_queries, recall


@pytest.mark.parametrize(
    ("ranked", "relevant", "value", "why"),
    [
        (["a", "b"], "ab", 1.0, "all found"),
        (["x", "a"], "ab", 0.5, "one of two"),
        ([], "a", 0.0, "nothing ranked counts as nothing found"),
        (list("xxxxxxxxxxa"), "a", 0.0, "found too late"),
        (list("abcdefghij"), "abcdefghijkl", 1.0, "no more than ten can be among ten"),
    ],
)
def test_recall(ranked, relevant, value, why):
    assert recall(ranked, frozenset(relevant)) == value, why


def test_the_queries_are_read():
    queries = read_queries(DATA / "queries.tsv")
    assert len(queries) == 60
    assert all(q.clauses for q in queries)


def test_the_table_of_the_readme_is_what_is_measured():
    command = [sys.executable, "-m", "evaluation.recall", str(DATA / "queries.tsv")]
    table = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert table in (ROOT / "README.md").read_text(encoding="utf-8")
