import concurrent.futures
import json
import shutil

import pytest

from conftest import CORPUS, BigramEncoder
from index.build import build_index
from index.generations import FORMAT, Generations
from index.search import Searcher
from ingest.errors import YakkanError

ENCODER = BigramEncoder()


@pytest.fixture
def corpus(tmp_path):
    """A corpus of one document."""
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS / "cwpp", folder / "cwpp")
    shutil.copy(CORPUS / "glossary.tsv", folder)
    return folder


def test_a_build_makes_the_next_generation_current(corpus, tmp_path):
    index = tmp_path / "index"
    numbers = [build_index(corpus, index, ENCODER).generation for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert (index / "current").read_text().strip() == "3"
    assert sorted(p.name for p in (index / "generations").iterdir()) == ["2", "3"]


def test_a_reader_keeps_the_generation_it_opened(corpus, tmp_path):
    index = tmp_path / "index"
    build_index(corpus, index, ENCODER)
    reader = Searcher.open(index, ENCODER)
    before = reader.search("損害賠償")
    for _ in range(3):
        build_index(corpus, index, ENCODER)
    assert reader.search("損害賠償") == before
    assert Searcher.open(index, ENCODER).generation == 4


def test_a_failed_build_leaves_the_index_as_it_was(corpus, tmp_path):
    index = tmp_path / "index"
    build_index(corpus, index, ENCODER)
    before = Searcher.open(index, ENCODER).search("損害賠償")
    (corpus / "cwpp" / "2024-04-01" / "source.txt").write_bytes(b"\x00\x01")
    with pytest.raises(YakkanError, match="is binary"):
        build_index(corpus, index, ENCODER)
    assert Searcher.open(index, ENCODER).search("損害賠償") == before
    assert sorted(p.name for p in (index / "generations").iterdir()) == ["1"]


def test_checksums_are_those_of_the_files(corpus, tmp_path):
    import hashlib

    index = tmp_path / "index"
    build_index(corpus, index, ENCODER)
    folder = Generations(index).current()
    sums = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["checksums"]
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(sums) == files
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == value for name, value in sums.items())


def test_an_index_of_another_version_says_so(corpus, tmp_path):
    index = tmp_path / "index"
    build_index(corpus, index, ENCODER)
    manifest = index / "generations" / "1" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 99'), encoding="utf-8")
    with pytest.raises(YakkanError, match=r"has format 99.*yakkan build"):
        Searcher.open(index, ENCODER)
    build_index(corpus, index, ENCODER)
    assert Searcher.open(index, ENCODER).search("損害賠償").hits


DAMAGE = [
    (lambda index: (index / "current").write_text("nonsense"), "names generation 'nonsense'"),
    (lambda index: (index / "current").write_text("7"), "names generation '7'"),
    (lambda index: (index / "current").write_text("../.."), "names generation"),
    (lambda index: (index / "generations/1/manifest.json").write_text("{"), "missing or damaged"),
    (lambda index: (index / "generations/1/manifest.json").unlink(), "missing or damaged"),
    (lambda index: (index / "generations/1/clauses.sqlite").write_bytes(b"nonsense" * 200), "is damaged"),
    (lambda index: (index / "generations/1/clauses.sqlite").unlink(), "is damaged"),
    (lambda index: (index / "generations/1/lexical/glossary.json").write_text("{"), "is damaged"),
    (lambda index: (index / "generations/1/lexical/data.csc.index.npy").write_bytes(b"nonsense"), "is damaged"),
    (lambda index: shutil.rmtree(index / "generations/1/lexical"), "is damaged"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
def test_damage_is_named(damage, message, corpus, tmp_path):
    index = tmp_path / "index"
    build_index(corpus, index, ENCODER)
    damage(index)
    with pytest.raises(YakkanError, match=message):
        Searcher.open(index, ENCODER)


def test_a_folder_that_cannot_be_written(corpus, tmp_path):
    place = tmp_path / "file"
    place.write_text("not a folder")
    with pytest.raises(YakkanError, match="cannot be written"):
        build_index(corpus, place, ENCODER)
    assert place.read_text() == "not a folder"


def test_only_new_text_is_encoded(corpus, tmp_path):
    index, encoder = tmp_path / "index", BigramEncoder()
    build_index(corpus, index, encoder)
    first = len(encoder.encoded)
    build_index(corpus, index, encoder)
    assert len(encoder.encoded) == first > 0
    shutil.copytree(CORPUS / "netmeister", corpus / "netmeister")
    build_index(corpus, index, encoder)
    added = encoder.encoded[first:]
    assert added
    assert not any("CWPP" in text for text in added)


def test_another_encoder_makes_all_vectors_anew(corpus, tmp_path):
    index, encoder = tmp_path / "index", BigramEncoder()
    build_index(corpus, index, encoder)
    other = BigramEncoder()
    other.fingerprint = "bigrams-other"
    with pytest.raises(YakkanError, match="made with another encoder"):
        Searcher.open(index, other)
    build_index(corpus, index, other)
    assert len(other.encoded) == len(encoder.encoded)
    assert Searcher.open(index, other).search("損害賠償").hits


def test_two_builds_at_once_wait_for_each_other(corpus, tmp_path):
    index = tmp_path / "index"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        built = [f.result() for f in [pool.submit(build_index, corpus, index, BigramEncoder()) for _ in range(4)]]
    assert sorted(b.generation for b in built) == [1, 2, 3, 4]
    assert Searcher.open(index, ENCODER).search("損害賠償").hits


def test_what_a_killed_build_left_is_removed(corpus, tmp_path):
    index = tmp_path / "index"
    left = index / "generations" / "building-7"
    left.mkdir(parents=True)
    build_index(corpus, index, ENCODER)
    assert not left.exists()


@pytest.mark.parametrize("name", ["a?b#c", "a%41b", "索引 1"])
def test_any_folder_name_will_do(name, corpus, tmp_path):
    build_index(corpus, tmp_path / name, ENCODER)
    assert Searcher.open(tmp_path / name, ENCODER).search("損害賠償").hits


def test_no_index_yet(tmp_path):
    with pytest.raises(YakkanError, match="there is no index in"):
        Searcher.open(tmp_path, ENCODER)
