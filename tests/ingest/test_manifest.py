import datetime
import shutil

import pytest

from conftest import CORPUS, IDS
from ingest.errors import YakkanError
from ingest.manifest import read_manifest


def test_what_the_terms_say_of_themselves():
    cwpp = read_manifest(CORPUS / "cwpp" / "manifest.toml")
    assert cwpp.in_force.effective == datetime.date(2024, 4, 1)
    assert [(b.name, b.title) for b in cwpp.base_terms] == [("基本約款", "NetOne クラウドサービス約款")]
    assert {r.name: r.party for r in cwpp.roles} == {"当社": "provider", "お客様": "customer"}
    assert any("print looks wrong" in note for note in cwpp.notes)


def test_a_provider_the_text_does_not_name_is_none():
    assert read_manifest(CORPUS / "ngn-vpn" / "manifest.toml").provider.ja is None


@pytest.mark.parametrize("document", IDS)
def test_clauses_a_manifest_names_exist(document, documents):
    known = {c.address for c in documents[document].reading.outline.walk()}
    manifest = documents[document].manifest
    named = [r.clause for r in manifest.roles if r.clause] + [c for b in manifest.base_terms for c in b.clauses]
    assert named
    assert set(named) <= known


@pytest.mark.parametrize("document", IDS)
def test_roles_stand_in_the_clause_that_gives_them(document, documents):
    reading = documents[document].reading
    clauses = {c.address: c for c in reading.outline.walk()}
    for role in documents[document].manifest.roles:
        words = "".join(reading.source[a:b] for c in clauses[role.clause].walk() for a, b in c.spans)
        assert "".join(role.name.split()) in "".join(words.split()), role


BROKEN = [
    ('id = "cwpp"\n', "", "key id is missing"),
    ('title = "クラウドセキュリティ運用支援サービス CWPP メニュー約款"\n', "", "key title is missing"),
    ("[provider]", "[supplier]", "table [provider] is missing"),
    ("[[version]]", "[[edition]]", "[[version]] is missing"),
    ('folder = "2024-04-01"', 'folder = "../secret"', "must be the plain name of a folder"),
    ("effective = 2024-04-01", 'effective = "spring"', "must be a date"),
    ('id = "cwpp"', 'id = "other"', "differs from its folder"),
    ('id = "cwpp"', 'id = "CWPP!"', "must be small letters and digits"),
    ('id = "cwpp"', "id = 3", "key id must be a text"),
    ("aliases = [", "aliases = [1, ", "must be a list of texts"),
    ("[service]", "[service", "is not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_errors_name_the_file_and_the_key(old, new, message, tmp_path):
    folder = tmp_path / "cwpp"
    shutil.copytree(CORPUS / "cwpp", folder)
    path = folder / "manifest.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(YakkanError) as caught:
        read_manifest(path)
    assert message in str(caught.value)
    assert "manifest.toml" in str(caught.value)
    assert "\n" not in str(caught.value)
