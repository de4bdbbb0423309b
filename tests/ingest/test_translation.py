import pytest

from conftest import IDS
from ingest.document import read_source
from ingest.errors import YakkanError
from ingest.model import Clause, Span
from ingest.prose import clause_prose
from ingest.translation import Translation, english_label, read_translation

SOURCE = """第1条（定義）
次の用語を使います。
(1) 甲とは、顧客をいう。
(2) 乙とは、次をいう。
ア 会社
イ 個人
2 表の用語を使います。

| 用語 | 意味 |
|---|---|
| 機器 | 装置 |

以上を定める。

第2条（料金）
料金を支払う。
"""
CLAUSES = {c.address: c for c in read_source(SOURCE, "x").outline.walk()}
TITLES = {"1": "Definitions", "2": "Fees"}
TEXTS = {
    "1.1": "The following terms are used.",
    "1.1.1": '"Party A" means the customer.',
    "1.1.2": '"Party B" means:',
    "1.1.2.1": "a company",
    "1.1.2.2": "an individual",
    "1.2": "The terms of the table are used.\nThe above is set forth.",
    "1.2.table-1": "Term\nMeaning\nDevice\nApparatus",
    "2.1": "The fees shall be paid.",
}
ENGLISH = Translation(TITLES, TEXTS, {})

FIRST = [
    "The following terms are used.",
    '(1) "Party A" means the customer.',
    '(2) "Party B" means:',
    "(a) a company",
    "(b) an individual",
]
SECOND = ["The terms of the table are used.", "Term", "Meaning", "Device", "Apparatus", "The above is set forth."]
COMPOSED = [
    ("2.1", ["The fees shall be paid."], "a paragraph alone"),
    ("1.1.1", ['"Party A" means the customer.'], "an item without its own mark"),
    ("1.1.2", ['"Party B" means:', "(a) a company", "(b) an individual"], "marks of what stands below"),
    ("1.1", FIRST, "items and what stands in them"),
    ("1.2", SECOND, "a table between two blocks"),
    ("1", [*FIRST, f"2 {SECOND[0]}", *SECOND[1:]], "an article"),
]


@pytest.mark.parametrize(("place", "lines", "why"), COMPOSED, ids=[w for *_, w in COMPOSED])
def test_text_is_laid_out_as_the_japanese(place, lines, why):
    assert ENGLISH.text(CLAUSES[f"x:{place}"]) == "\n".join(lines)


def test_a_title_stands_on_a_line_of_its_own():
    chapter = read_source("第1章 総則\n\n第1条（料金）\n料金を支払う。\n", "x").outline.clauses[0]
    english = Translation({"chapter-1": "General Provisions", "1": "Fees"}, {"1.1": "The fees shall be paid."}, {})
    above, below = (english.text(chapter) or "").split("\n")
    assert above.endswith(" Fees")
    assert below == "The fees shall be paid."


LACKING = [
    ("2.1", {"2.1": None}, "its own words"),
    ("2.1", {"2.1": ""}, "its own words, an empty text"),
    ("2.1", {"2.1": "The fees\nshall be paid."}, "a line too many"),
    ("1.2", {"1.2": "The terms of the table are used."}, "a line too few"),
    ("1.2", {"1.2.table-1": None}, "the table"),
    ("1.2", {"1.2.table-1": "Term\nMeaning\nDevice"}, "a cell of the table"),
    ("1.1", {"1.1.2": None}, "an item"),
    ("1.1", {"1.1.2.2": None}, "a sub-item, two levels below"),
    ("1", {"1.1.2.2": None}, "a sub-item, three levels below"),
]


@pytest.mark.parametrize(("place", "changed", "why"), LACKING, ids=[w for *_, w in LACKING])
def test_no_text_where_a_part_is_missing(place, changed, why):
    texts = {k: v for k, v in {**TEXTS, **changed}.items() if v is not None}
    assert Translation(TITLES, texts, {}).text(CLAUSES[f"x:{place}"]) is None


def test_a_part_missing_elsewhere_does_not_matter():
    texts = {k: v for k, v in TEXTS.items() if k != "1.1.2"}
    assert Translation(TITLES, texts, {}).text(CLAUSES["x:2.1"]) == "The fees shall be paid."


def test_a_title_by_address():
    assert ENGLISH.title("x:1") == ENGLISH.title("1") == "Definitions"
    assert ENGLISH.title("x:1.1") is None
    assert ENGLISH.title("x:11") is None


LABELS = [
    ("item", "x:1.1.1", "（１）", "(1)", "full-width brackets and digit"),
    ("item", "x:1.1.12", "(12)", "(12)", "as it is"),
    ("item", "x:1.1.1", "①", "1", "a circled digit"),
    ("item", "x:1.1.3", "(ⅲ)", "(iii)", "a roman numeral of one character"),
    ("subitem", "x:1.1.1.1", "ア", "(a)", "the first of the syllables"),
    ("subitem", "x:1.1.1.2", "イ", "(b)", "the second in one order of syllables"),
    ("subitem", "x:1.1.1.1", "イ", "(a)", "the first in the other order"),
    ("item", "x:1.1.3", "ハ", "(c)", "an item in syllables"),
    ("subitem", "x:1.1.1.26", "ノ", "(z)", "the last letter"),
    ("subitem", "x:1.1.1.27", "オ", "(aa)", "beyond the last letter"),
    ("subitem", "1.1.1.4", "（エ）", "(d)", "in brackets, an address without a document"),
    ("paragraph", "x:1.2", "２", "2", "a paragraph"),
    ("paragraph", "x:1.1", "", "", "no mark"),
]


@pytest.mark.parametrize(("level", "address", "label", "english", "why"), LABELS, ids=[w for *_, w in LABELS])
def test_english_label(level, address, label, english, why):
    assert english_label(Clause(address, level, None, label, None, (Span(0, 1),))) == english


def test_a_file_is_read(tmp_path):
    path = tmp_path / "english.toml"
    path.write_text(
        '[titles]\n"1" = "Fees"\n\n[texts]\n"1.1" = "Pay.\\nAgain."\n\n[terms]\n"料金" = "fees; charges"\n', encoding="utf-8"
    )
    assert read_translation(path) == Translation({"1": "Fees"}, {"1.1": "Pay.\nAgain."}, {"料金": "fees; charges"})


def test_no_file_is_no_translation(tmp_path):
    assert read_translation(tmp_path / "english.toml") is None


def test_a_table_may_be_left_out(tmp_path):
    path = tmp_path / "english.toml"
    path.write_text('[texts]\n"1.1" = "Pay."\n', encoding="utf-8")
    assert read_translation(path) == Translation({}, {"1.1": "Pay."}, {})


BROKEN = [
    (b'[titles]\n"1" = Fees\n', "is not valid TOML", "no quotes"),
    (b'[titles]\n"1" = "Fees"\n"1" = "Charges"\n', "is not valid TOML", "a clause twice"),
    ('[titles]\n"1" = "料金"\n'.encode("shift_jis"), "is not valid TOML", "not UTF-8"),
    (b'titles = "Fees"\n', "[titles] must hold texts by clause address", "a text for a table"),
    (b'[titles]\n1 = 3\n[texts]\n"1.1" = "Pay."\n', "[titles] must hold texts by clause address", "a number for a title"),
    (b'[texts]\n"1.1" = ["Pay.", "Again."]\n', "[texts] must hold texts by clause address", "a list for a text"),
    (b'[texts]\n1.1 = "Pay."\n', "[texts] must hold texts by clause address", "an address without quotes"),
    (b'[terms]\n"1" = true\n', "[terms] must hold texts by clause address", "a truth for a rendering"),
    (b"[[texts]]\n", "[texts] must hold texts by clause address", "a list of tables"),
]


@pytest.mark.parametrize(("content", "message", "why"), BROKEN, ids=[w for *_, w in BROKEN])
def test_errors_name_the_file_and_the_table(content, message, why, tmp_path):
    path = tmp_path / "english.toml"
    path.write_bytes(content)
    with pytest.raises(YakkanError) as caught:
        read_translation(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_in_its_place_is_an_error(tmp_path):
    (tmp_path / "english.toml").mkdir()
    with pytest.raises(YakkanError, match=r"english\.toml cannot be read"):
        read_translation(tmp_path / "english.toml")


@pytest.mark.parametrize("document", IDS)
def test_every_clause_of_the_five_has_a_translation(document, documents):
    reading, translation = documents[document].reading, documents[document].translation
    assert translation is not None
    assert translation.terms
    clauses = [c for c in reading.outline.walk() if c.address is not None]
    assert [c.address for c in clauses if c.body and not translation.text(c)] == []
    assert [c.address for c in clauses if bool(c.title) != bool(translation.title(c.address))] == []


@pytest.mark.parametrize("document", IDS)
def test_the_five_have_a_line_for_each_line(document, documents):
    reading, translation = documents[document].reading, documents[document].translation
    for clause in reading.outline.walk():
        japanese = clause_prose(clause, reading.source).text
        if clause.address is not None and japanese:
            assert len(translation.text(clause).split("\n")) == len(japanese.split("\n")), clause.address
