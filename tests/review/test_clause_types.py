import re

import pytest

from conftest import CORPUS
from ingest.errors import YakkanError
from ingest.facts import Fact
from ingest.model import Span
from review.clause_types import ClauseType, chosen_types, read_clause_types

TYPES = read_clause_types(CORPUS / "clause_types.toml")

ASKED_FOR = [
    "application-of-terms",
    "order-of-precedence",
    "amendment",
    "definitions",
    "application",
    "formation",
    "refusal",
    "eligibility",
    "service-content",
    "service-area",
    "term-renewal",
    "non-renewal",
    "minimum-term",
    "early-termination-charge",
    "customer-cancellation",
    "provider-termination",
    "acceleration",
    "fees",
    "payment",
    "late-charge",
    "surcharge",
    "set-off",
    "tax",
    "deposit",
    "refund",
    "prohibited-conduct",
    "suspension",
    "maintenance",
    "emergency-restriction",
    "traffic-control",
    "discontinuation",
    "service-level",
    "warranty-disclaimer",
    "liability-cap",
    "claim-period",
    "exclusions",
    "force-majeure",
    "third-party-claims",
    "ip-ownership",
    "ip-infringement",
    "confidentiality",
    "personal-data",
    "secrecy-of-communications",
    "disclosure-to-authorities",
    "subcontracting",
    "third-party-services",
    "assignment",
    "succession",
    "resale",
    "notices",
    "change-of-details",
    "credentials",
    "customer-equipment",
    "lent-equipment",
    "return-of-equipment",
    "customer-cooperation",
    "inspection",
    "fault-isolation",
    "data-backup",
    "data-use",
    "data-deletion",
    "survival",
    "severability",
    "antisocial-forces",
    "governing-law",
    "jurisdiction",
    "consultation",
    "audit",
    "security",
]


@pytest.mark.parametrize("identity", ASKED_FOR)
def test_the_corpus_has_every_type_reviewers_ask_for(identity):
    assert identity in {kind.id for kind in TYPES}


@pytest.mark.parametrize("kind", TYPES, ids=[kind.id for kind in TYPES])
def test_a_type_of_the_corpus_has_one_line_definitions_cues_and_facts(kind):
    assert all("\n" not in text for text in (kind.ja, kind.en, kind.definition_ja, kind.definition_en))
    assert not re.search(r"[ぁ-んァ-ヶ一-龯]", kind.en + kind.definition_en)
    assert kind.cues
    assert kind.facts
    assert len(set(kind.cues)) == len(kind.cues)
    assert len(set(kind.titles)) == len(kind.titles)


GOOD = """
[[type]]
id = "late-charge"
ja = " 遅延損害金 "
en = "Late charge"
definition_ja = "遅れたときに支払う金銭を定める。"
definition_en = "States what is paid for paying late."
titles = ["遅延損害金", "延滞"]
cues = ["遅延損害金 & 支払", "年率"]
against = ["返金"]
facts = ["rate", "modality"]

[[type]]
id = "tax"
ja = "税"
en = "Tax"
definition_ja = "税を定める。"
definition_en = "States the tax."
"""


@pytest.fixture
def types_file(tmp_path):
    """A file of types: types_file(text) → its path."""

    def call(text):
        path = tmp_path / "clause_types.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return call


def test_reading(types_file):
    late, tax = read_clause_types(types_file(GOOD))
    assert late == ClauseType(
        "late-charge", "遅延損害金", "Late charge", "遅れたときに支払う金銭を定める。", "States what is paid for paying late.",
        ("遅延損害金", "延滞"), ("遅延損害金 & 支払", "年率"), ("返金",), ("rate", "modality"),
    )  # fmt: skip
    assert (tax.id, tax.titles, tax.cues, tax.against, tax.facts) == ("tax", (), (), (), ())


ERRORS = [
    (lambda text: "", "there is no [[type]]", "an empty file"),
    (lambda text: 'type = "tax"', "there is no [[type]]", "a text where tables must be"),
    (lambda text: 'type = ["tax"]', "there is no [[type]]", "a list of texts"),
    (lambda text: "[[type", "is not valid TOML", "broken TOML"),
    (lambda text: text.replace('id = "tax"', ""), "the id None", "no id"),
    (lambda text: text.replace('"tax"', '"Tax"'), "the id 'Tax'; it must be small letters with hyphens", "a capital"),
    (lambda text: text.replace('"tax"', '"sales_tax"'), "the id 'sales_tax'", "an underscore"),
    (lambda text: text.replace('"tax"', '"tax-"'), "the id 'tax-'", "a hyphen at the end"),
    (lambda text: text.replace('"tax"', '"tax\\n"'), "the id 'tax\\n'", "a line end"),
    (lambda text: text.replace('"tax"', "7"), "the id 7", "a number for an id"),
    (lambda text: text.replace('"tax"', '"late-charge"'), "the type late-charge stands there twice", "an id twice"),
    (lambda text: text.replace('ja = "税"', ""), "type tax: ja must be a text", "no Japanese name"),
    (lambda text: text.replace('en = "Tax"', 'en = " "'), "type tax: en must be a text", "a blank name"),
    (lambda text: text.replace('"税を定める。"', "1"), "type tax: definition_ja must be a text", "a number for a definition"),
    (lambda text: text.replace('"States the tax."', '""'), "type tax: definition_en must be a text", "an empty definition"),
    (lambda text: text.replace('["遅延損害金", "延滞"]', '"延滞"'), "type late-charge: titles must be a list of texts", "a text"),
    (lambda text: text.replace('"年率"', "1"), "type late-charge: cues must be a list of texts", "a number among the cues"),
    (lambda text: text.replace('"返金"', '""'), "type late-charge: against must be a list of texts", "an empty word"),
    (lambda text: text.replace('["rate"', "[{}"), "type late-charge: facts must be a list of texts", "a table among the facts"),
    (
        lambda text: text.replace('"rate"', '"norm"'),
        "type late-charge: 'norm' is no kind of fact; those are period, rate",
        "a kind",
    ),
]


@pytest.mark.parametrize(("change", "message", "why"), ERRORS, ids=[w for *_, w in ERRORS])
def test_errors_name_the_file_and_what_is_wrong(change, message, why, types_file):
    path = types_file(change(GOOD))
    with pytest.raises(YakkanError) as error:
        read_clause_types(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)


def test_a_missing_file_a_folder_and_bytes_that_are_no_text(tmp_path):
    with pytest.raises(YakkanError, match=r"none\.toml does not exist; the corpus needs its clause types"):
        read_clause_types(tmp_path / "none.toml")
    with pytest.raises(YakkanError, match=r"cannot be read: .*; check it"):
        read_clause_types(tmp_path)
    (tmp_path / "sjis.toml").write_bytes(GOOD.encode("cp932"))
    with pytest.raises(YakkanError, match="is not valid TOML"):
        read_clause_types(tmp_path / "sjis.toml")


def test_types_are_chosen_in_the_order_they_are_asked_for_and_once():
    assert [t.id for t in chosen_types(TYPES, ["tax", "audit", "tax"])] == ["tax", "audit"]
    assert chosen_types(TYPES, []) == TYPES
    with pytest.raises(YakkanError, match="there is no clause type 'taxes'; see them with: yakkan coverage"):
        chosen_types(TYPES, ["tax", "taxes"])


COMPARED = [
    (Fact("rate", "年率14.6%", Span(0, 7), "14.6%/yr"), True, "a kind it names"),
    (Fact("norm", "支払うものとする", Span(0, 8), None, "customer", "must"), True, "a norm, named modality there"),
    (Fact("court", "東京地方裁判所", Span(0, 7), "東京地方裁判所"), False, "a kind it does not name"),
]


@pytest.mark.parametrize(("fact", "expected", "why"), COMPARED, ids=[w for *_, w in COMPARED])
def test_facts_that_are_compared(fact, expected, why, types_file):
    late, tax = read_clause_types(types_file(GOOD))
    assert late.compares(fact) is expected
    assert not tax.compares(fact)
