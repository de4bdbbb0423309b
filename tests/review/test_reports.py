from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document
from small import small_desk
from written import read_markdown, read_page, read_sheets, read_word, words_of

from conftest import IDS
from ingest.errors import YakkanError
from review.reports.report import write_report
from review.reports.request import FORMATS, Request, read_request, today

TYPES = ("late-charge", "jurisdiction")
EPOCH = "1700000000"  # 2023-11-14, 22:13:20 UTC

HOSTILE = """悪い規約

第１条（<script>alert(1)</script>の管轄**裁判所**）
=HYPERLINK("https://example.com","押す")東京地方裁判所を専属的合意管轄裁判所とする。| 甲 | **乙** __丙__ <script>alert(2)</script>

２ <img src=x onerror=alert(3)>大阪地方裁判所を第一審の管轄裁判所とする。[押す](javascript:alert(4)) ![絵](x.png) `符号` ~~消す~~ # 見出し

第２条（裁判所）
+SUM(1,2)の名古屋地方裁判所を第一審の管轄裁判所とする。"><h1 onclick='x'>"'</td></html><!-- -->
"""
PLAIN = "規約\n\n第１条（管轄）\n甲と乙との訴訟は、東京地方裁判所を第一審の専属的合意管轄裁判所とする。\n"
DIFFERS = "規約\n\n第１条（管轄）\n甲と乙との訴訟は、大阪地方裁判所を第一審の専属的合意管轄裁判所とする。\n"
PIECES = [
    "<script>alert(1)</script>の管轄**裁判所**",
    '=HYPERLINK("https://example.com","押す")',
    "|甲|**乙**__丙__<script>alert(2)</script>",
    "<imgsrc=xonerror=alert(3)>",
    "[押す](javascript:alert(4))![絵](x.png)`符号`~~消す~~#見出し",
    "+SUM(1,2)の名古屋地方裁判所",
    "\"><h1onclick='x'>\"'</td></html><!---->",
]


@pytest.fixture(scope="module")
def epoch():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@pytest.fixture(scope="module")
def reports(desk, tmp_path_factory, epoch):
    """The four reports on two types in all documents, by format."""
    folder = tmp_path_factory.mktemp("reports")
    for form in FORMATS:
        write_report(desk, Request(form, folder / f"r.{form}", TYPES))
    return {form: folder / f"r.{form}" for form in FORMATS}


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return small_desk(tmp_path_factory.mktemp("few"), {"a-plain": PLAIN, "b-differs": DIFFERS, "c-hostile": HOSTILE})


@pytest.fixture(scope="module")
def hostile(few, tmp_path_factory, epoch):
    """The four reports on one type in the documents of the test, by format."""
    folder = tmp_path_factory.mktemp("hostile")
    for form in FORMATS:
        write_report(few, Request(form, folder / f"r.{form}", ("jurisdiction",)))
    return {form: folder / f"r.{form}" for form in FORMATS}


STANDS_THERE = [
    (list(IDS), "documents"),
    (["Master'sONE サービス", "NetMeister", "MDR Service, NDR Menu", "Private IP Service NGN-VPN"], "services in both languages"),
    (["2024-04-01", "2024-03-29", "2023-06-01", "2023-04-21", "2020-02-01"], "versions and dates of effect"),
    (["参考訳", "unofficial", "日本語の原文だけ"], "that the English is unofficial"),
    (["法的助言ではありません", "no legal advice"], "that it is no legal advice"),
    (["遅延損害金", "Late charge", "合意管轄", "Jurisdiction"], "types in both languages"),
    (["mdr-ndr:14.3", "masters-one:51.1", "ngn-vpn:21.1", "mdr-ndr:33.1", "masters-one:68.1", "ngn-vpn:55.1"], "clauses"),
    (["年14.5%の割合で計算して得た額を延滞損害金として請求できる", "年率１４．６％の遅延損害金"], "what they say"),
    (
        ["the amount calculated at the rate of 14.5% per annum", "the Tokyo District Court shall be the agreed court"],
        "in English, too",
    ),
    (["14.5%/yr", "14.6%/yr", "Tokyo District Court"], "facts as they compare"),
    (
        ["定めなし", "not mentioned", "see the base terms (第2条 第3項)", "see the base terms (第1条 第2項)"],
        "who says nothing, and why",
    ),
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("texts", "what"), STANDS_THERE, ids=[w for *_, w in STANDS_THERE])
def test_it_stands_in_each(texts, what, form, reports):
    words = words_of(reports[form])
    for text in texts:
        assert "".join(text.split()) in words, text


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_version_and_date_of_effect_stand_there_both(form, hostile):
    words = words_of(hostile[form])
    assert "2024-01-01" in words  # the version
    assert "2024-02-03" in words  # in force from


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_the_day_it_was_made_on(form, reports):
    assert "Madeon:2023-11-14" in words_of(reports[form])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("piece", PIECES)
def test_the_words_of_the_terms_stay_words(piece, form, hostile):
    assert piece in words_of(hostile[form])


def test_no_word_of_the_terms_becomes_a_formula_or_a_link_out(hostile):
    sheets = read_sheets(hostile["xlsx"])
    for sheet in sheets.values():
        assert not [e for e in sheet.xml.iter() if e.tag.endswith("}f")]
        assert all(location for location in sheet.links.values())
    values = [value for sheet in sheets.values() for value in sheet.cells.values()]
    assert any(value.startswith("=HYPERLINK(") for value in values)
    with zipfile.ZipFile(hostile["xlsx"]) as book:
        relations = "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/_rels"))
    assert "External" not in relations


def test_no_word_of_the_terms_becomes_a_field_or_a_link_in_word(hostile):
    body = Document(str(hostile["docx"])).element.body
    assert not [
        e for e in body.iter() if e.tag.rpartition("}")[2] in ("hyperlink", "fldSimple", "instrText", "drawing", "object")
    ]
    assert any(text.startswith("=HYPERLINK(") for text in read_word(hostile["docx"]))


def test_no_word_of_the_terms_becomes_a_tag(hostile, reports):
    page, other = read_page(hostile["html"]), read_page(reports["html"])
    assert set(page.tags) <= set(other.tags)
    assert page.tags.count("h1") == page.tags.count("html") == 1
    for tag in ("script", "img", "iframe", "link", "object"):
        assert tag not in page.tags
    for name, value in page.attributes:
        assert not name.startswith("on")
        assert name not in ("href", "src") or value.startswith("#")


def test_no_word_of_the_terms_becomes_markdown(hostile):
    page = read_markdown(hostile["md"])
    assert not {"script", "img", "a", "s", "del"} & set(page.tags)
    assert page.tags.count("h1") == 1
    assert page.tags.count("table") == 2
    assert all(re.match(r"第\d+条", words) for words in page.inside("strong"))
    assert set(page.inside("code")) == {"a-plain:1.1", "b-differs:1.1", "c-hostile:1.1", "c-hostile:1.2", "c-hostile:2.1"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form, desk, few, reports, hostile, tmp_path, epoch):
    for made, case, types in ((desk, reports, TYPES), (few, hostile, ("jurisdiction",))):
        write_report(made, Request(form, tmp_path / "again", types))
        assert (tmp_path / "again").read_bytes() == case[form].read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_no_entry_has_the_time_of_its_writing(form, reports):
    with zipfile.ZipFile(reports[form]) as packed:
        assert {info.date_time[0] for info in packed.infolist()} == {1980}  # the first year a zip file knows
        core = packed.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", core)) == {"2023-11-14T00:00:00Z"}


def test_words_that_differ_from_the_first_document_are_marked(hostile):
    assert read_page(hostile["html"]).inside("mark")[0] == "大阪"
    runs = [run for p in Document(str(hostile["docx"])).paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert runs[0].text == "大阪"
    sheet = list(read_sheets(hostile["xlsx"]).values())[1]
    cell = next(c for c in sheet.xml.iter() if c.tag.endswith("}c") and "大阪地方裁判所を第一審の専属的" in "".join(c.itertext()))
    bold = ["".join(r.itertext()) for r in cell.iter() if r.tag.endswith("}r") and any(e.tag.endswith("}b") for e in r.iter())]
    assert bold == ["大阪"]


def test_the_matrix_of_the_workbook_leads_to_the_clauses(reports):
    sheets = read_sheets(reports["xlsx"])
    assert [re.sub(r"^\d+ ", "", name) for name in sheets] == ["Coverage", "Late charge", "Jurisdiction"]
    matrix = sheets["Coverage"]
    heads = matrix.row(4)
    assert [head.splitlines()[-1] for head in heads[1:]] == list(IDS)
    expected = ["合意管轄 / Jurisdiction", "—", "第68条 第1項", "第33条 第1項", "—", "第55条 第1項"]
    assert matrix.row(6) == expected
    links = {matrix.cells[place]: location for place, location in matrix.links.items() if place.endswith("6")}
    assert set(links) == {text for text in expected if text != "—"}
    for text, document in (("第68条 第1項", "masters-one"), ("第33条 第1項", "mdr-ndr"), ("第55条 第1項", "ngn-vpn")):
        name, _, place = links[text].rpartition("!")
        assert sheets[name.strip("'")].cells[place] == document


def test_sheets_can_be_filtered_and_printed(reports):
    for sheet in read_sheets(reports["xlsx"]).values():
        tags = {e.tag.rpartition("}")[2]: e for e in sheet.xml.iter()}
        assert "autoFilter" in tags
        assert tags["pageSetup"].get("orientation") == "landscape"
        assert tags["pane"].get("state") == "frozen"


def test_every_link_of_the_page_has_its_place(reports):
    page = read_page(reports["html"])
    ids = [value for name, value in page.attributes if name == "id"]
    links = {value for name, value in page.attributes if name == "href"}
    assert len(ids) == len(set(ids))
    assert len(links) == 2 + 6  # the types, and the documents that have them
    assert links <= {f"#{identity}" for identity in ids}


def test_the_chart_of_the_page_is_to_scale(reports):
    text = reports["html"].read_text(encoding="utf-8")
    assert re.findall(r"width:([\d.]+)%", text.partition("</style>")[2]) == ["99.3", "100.0", "100.0"]  # 14.5 of 14.6


def test_the_matrix_in_markdown(reports):
    text = reports["md"].read_text(encoding="utf-8")
    assert "| document | cwpp | masters-one | mdr-ndr | netmeister | ngn-vpn |\n| --- | --- | --- | --- | --- | --- |\n" in text
    assert "\n| jurisdiction | — | 1 | 1 | — | 1 |\n" in text


LANGUAGE_CASES = [
    (
        ("ja",),
        "東京地方裁判所を第一審の専属的",
        "the Tokyo District Court shall be",
        "合意管轄裁判所",
        "Agreed Court of Jurisdiction",
    ),
    (("en",), "the Tokyo District Court shall be", "東京地方裁判所を第一審の専属的", "Agreed Court of Jurisdiction", "参考訳"),
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("languages", "text", "not_text", "title", "not_title"), LANGUAGE_CASES, ids=["Japanese", "English"])
def test_one_language_alone(languages, text, not_text, title, not_title, form, desk, tmp_path):
    path = tmp_path / f"r.{form}"
    write_report(desk, Request(form, path, ("jurisdiction",), ("mdr-ndr",), languages))
    words = words_of(path)
    for expected in (text, title):
        assert "".join(expected.split()) in words
    for expected in (not_text, not_title):
        assert "".join(expected.split()) not in words


def test_what_was_written_is_told_with_a_step_a_document(desk, tmp_path):
    steps = []
    written = write_report(desk, Request("md", tmp_path / "r.md", TYPES, ("ngn-vpn", "cwpp")), lambda *step: steps.append(step))
    assert (written.output, written.types, written.documents) == (tmp_path / "r.md", 2, 2)
    assert steps == [(1, 2, "cwpp"), (2, 2, "ngn-vpn")]


ERRORS = [
    ({"types": ("late-fee",)}, "there is no clause type 'late-fee'", "an unknown type"),
    ({"documents": ("nobody",)}, "there is no document 'nobody'", "an unknown document"),
    (
        {"output": "none/r.docx"},
        "cannot be written: No such file or directory; choose another place with --output",
        "no such folder",
    ),
    ({"output": "folder"}, "cannot be written: Is a directory", "a folder"),
    ({}, "3 documents and 1 types are too many for Word; choose some with --document and --type", "too much for Word"),
]


@pytest.mark.parametrize(("change", "message", "why"), ERRORS, ids=[w for *_, w in ERRORS])
def test_what_was_there_stays_when_nothing_can_be_written(change, message, why, few, tmp_path, monkeypatch):
    monkeypatch.setattr("review.reports.word.MOST_CELLS", 3 if "output" in change else 2)
    (tmp_path / "folder").mkdir()
    (tmp_path / "r.docx").write_bytes(b"before")
    request = {"types": ("jurisdiction",), "documents": (), "output": "r.docx"} | change
    with pytest.raises(YakkanError, match=re.escape(message)):
        write_report(few, Request("docx", tmp_path / request["output"], request["types"], request["documents"]))
    assert (tmp_path / "r.docx").read_bytes() == b"before"
    assert {p.name for p in tmp_path.iterdir()} == {"folder", "r.docx"}


def test_word_takes_just_as_many_as_it_says(few, tmp_path, monkeypatch):
    monkeypatch.setattr("review.reports.word.MOST_CELLS", 3)
    write_report(few, Request("docx", tmp_path / "r.docx", ("jurisdiction",)))
    assert read_word(tmp_path / "r.docx")


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_there_stays_when_writing_stops_halfway(form, few, tmp_path):
    def stop(done, of, document):
        if done == 2:
            raise KeyboardInterrupt

    (tmp_path / "r").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        write_report(few, Request(form, tmp_path / "r", ("jurisdiction",)), stop)
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
    assert (tmp_path / "r").read_bytes() == b"before"


def test_a_new_report_takes_the_place_of_the_old_one(few, tmp_path):
    (tmp_path / "r.md").write_bytes(b"before")
    write_report(few, Request("md", tmp_path / "r.md", ("jurisdiction",)))
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# ")
    assert [p.name for p in tmp_path.iterdir()] == ["r.md"]


def test_the_day_that_stands_on_reports(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert today() == date(2023, 11, 14)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = datetime.now(UTC).date()
    assert before <= today() <= datetime.now(UTC).date()


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "9" * 30])
def test_a_day_that_is_none(epoch, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(YakkanError, match=r"SOURCE_DATE_EPOCH is .*; it must be a number of seconds"):
        today()


@pytest.fixture
def report_toml(tmp_path):
    """A report.toml: report_toml(text) → its path."""

    def call(text):
        path = tmp_path / "report.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return call


GOOD = """
output = "out/r.xlsx"
types = ["late-charge", "jurisdiction"]
documents = ["mdr-ndr"]
languages = "en"
"""


def test_a_request_lies_beside_its_output(report_toml, tmp_path):
    assert read_request(report_toml(GOOD)) == Request(
        "xlsx", tmp_path / "out" / "r.xlsx", ("late-charge", "jurisdiction"), ("mdr-ndr",), ("en",)
    )
    assert read_request(report_toml('output = "r.md"')) == Request("md", tmp_path / "r.md", (), (), ("ja", "en"))
    assert read_request(report_toml('output = "r"\nformat = "html"\nlanguages = "ja"')) == Request(
        "html", tmp_path / "r", (), (), ("ja",)
    )
    elsewhere = tmp_path.parent / "r.docx"
    assert read_request(report_toml(f"output = '{elsewhere}'\nlanguages = 'both'")).output == elsewhere


BAD = [
    (
        "type = 'tax'\n" + GOOD,
        "unknown key 'type'; those known are documents, format, languages, output, types",
        "an unknown key",
    ),
    (GOOD.replace('"en"', '"fr"'), "languages must be ja, en or both", "a wrong language"),
    (GOOD.replace('"en"', "1"), "languages must be ja, en or both", "a number for a language"),
    (GOOD.replace('output = "out/r.xlsx"', ""), "output must be the name of the file to write", "no output"),
    (GOOD.replace('"out/r.xlsx"', '""'), "output must be the name of the file to write", "an empty output"),
    (GOOD.replace('"out/r.xlsx"', "[]"), "output must be the name of the file to write", "a list for an output"),
    (GOOD.replace('["mdr-ndr"]', '"mdr-ndr"'), "documents must be a list of texts", "a text for a list"),
    (GOOD.replace('"jurisdiction"', "1"), "types must be a list of texts", "a number among the types"),
    (GOOD.replace("r.xlsx", "r.pdf"), "'pdf' is no format of a report; those are xlsx, docx, html, md", "an unknown ending"),
    (GOOD.replace("r.xlsx", "r"), "'' is no format of a report", "no ending"),
    ("format = 'ods'\n" + GOOD, "'ods' is no format of a report", "an unknown format"),
    ("output = ", "is not valid TOML", "broken TOML"),
]


@pytest.mark.parametrize(("text", "message", "why"), BAD, ids=[w for *_, w in BAD])
def test_a_request_that_is_wrong(text, message, why, report_toml):
    with pytest.raises(YakkanError, match=re.escape(message)):
        read_request(report_toml(text))


def test_a_request_that_is_not_there(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(YakkanError, match=r"cannot be read: .*; check it"):
            read_request(path)
