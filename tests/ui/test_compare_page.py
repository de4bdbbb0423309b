"""The Compare page without a browser: every state it can be in."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from urllib.parse import unquote

import pytest
from hostile import IMAGE, SCRIPT, hostile_corpus
from streamlit.testing.v1 import AppTest

from conftest import CORPUS, IDS
from ui.markup import plain
from ui.text import words

BOTH = ("ja", "en")


def compare():
    from ui.compare import compare_page

    compare_page()


@pytest.fixture
def open_page(index_folder, monkeypatch):
    """Open the page at a link: open_page(type=…, lang=…) → the page after its first run."""
    monkeypatch.setenv("YAKKAN_INDEX", str(index_folder))

    def call(**parameters):
        app = AppTest.from_function(compare, default_timeout=120)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return call


@pytest.fixture(scope="module")
def hostile(index_folder, tmp_path_factory):
    return hostile_corpus(index_folder, tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def with_hostile(hostile, open_page, monkeypatch):
    corpus, index = hostile
    monkeypatch.setenv("YAKKAN_CORPUS", str(corpus))
    monkeypatch.setenv("YAKKAN_INDEX", str(index))
    return open_page


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html") if "<style>" not in element.proto.body)


def columns(app, ids=IDS) -> dict[str, str]:
    """The columns by document; they stand in the order of the ids."""
    parts = html(app).split('<div class="yk-column">')[1:]
    return dict(zip(ids, parts, strict=True))


def clauses(column: str) -> list[str]:
    """The clauses a column shows, by the links of their headings."""
    return [unquote(c) for c in re.findall(r'<p class="yk-head"><a href="\./\?[^"]*clause=([^"&]+)', column)]


def facts(column: str) -> list[str]:
    return [unescape(fact) for fact in re.findall(r"<li>(.*?)</li>", column)]


def shown(column: str) -> str:
    """What a reader sees of a column, marks left out."""
    return unescape(re.sub(r"<[^>]*>", "", column))


def link_of(app) -> dict[str, list[str]]:
    """The link in the address bar, every value a list."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in app.query_params.items()}


def marked(column: str) -> list[str]:
    return [unescape(part) for part in re.findall(r"<mark>(.*?)</mark>", column)]


@pytest.mark.parametrize("language", BOTH)
def test_nothing_chosen(language, open_page):
    app = open_page(lang=language)
    assert [box.value for box in app.info] == [words("pick type", language)]
    assert "yk-column" not in html(app)
    assert app.selectbox(key="type").value is None
    assert app.get("download_button") == []


@pytest.mark.parametrize("language", BOTH)
def test_every_type_can_be_chosen(language, open_page):
    types = tomllib.loads((CORPUS / "clause_types.toml").read_text(encoding="utf-8"))["type"]
    order = ("ja", "en") if language == "ja" else ("en", "ja")
    box = open_page(lang=language).selectbox(key="type")
    assert box.label == words("type", language)
    assert box.options == [" / ".join(kind[key] for key in order) for kind in types]


CLAUSES = [
    (
        "late-charge", "ngn-vpn:21.1", "支払を怠ったときは、年率１４．６％の遅延損害金を支払うものとします。",
        "the Subscriber shall pay a late payment charge at the rate of 14.6% per annum.",
        ("年率１４．６％ [14.6%/yr]", "契約者: 義務"), ("年率１４．６％ [14.6%/yr]", "the customer: must"),
        "a rate in full-width digits over a line end",
    ),
    (
        "late-charge", "masters-one:51.1", "年14.5%の割合で計算して得た額を延滞損害金として請求できる", "at the rate of 14.5% per annum",
        ("年14.5% [14.5%/yr]",), ("年14.5% [14.5%/yr]",), "the late charge under another name",
    ),
    (
        "jurisdiction", "mdr-ndr:33.1", "東京地方裁判所を第一審の専属的合意管轄裁判所とします。",
        "the Tokyo District Court shall be the agreed court of exclusive jurisdiction for the first instance.",
        ("東京地方裁判所 [東京地方裁判所]",), ("東京地方裁判所 [Tokyo District Court]",), "a court, named in English for readers of English",
    ),
    (
        "customer-cancellation", "netmeister:18.1", "1 か月前までに乙に通知することで、NetMeister を解約することができる。",
        "by giving Notice to Party B no later than 1 month before.",
        ("1 か月前まで [P1M]", "契約者: できる"), ("1 か月前まで [P1M]", "the customer: may"), "甲 is the customer here",
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("kind", "clause", "japanese", "english", "ja_facts", "en_facts", "why"), CLAUSES, ids=[row[-1] for row in CLAUSES]
)
def test_a_type_chosen(kind, clause, japanese, english, ja_facts, en_facts, why, language, open_page):
    app = open_page(type=kind, lang=language)
    column = columns(app)[clause.partition(":")[0]]
    assert app.selectbox(key="type").value == kind
    assert clause in clauses(column)
    assert japanese in shown(column)
    assert english in shown(column)
    assert set(facts(column)) >= set(ja_facts if language == "ja" else en_facts)


HEADS = [
    ("ja", "遅延損害金 / Late charge", "料金その他の債務を支払期日までに支払わないときに"),
    ("en", "Late charge / 遅延損害金", "States that a party who has not paid by the due date pays interest"),
]


@pytest.mark.parametrize(("language", "name", "definition"), HEADS, ids=[row[0] for row in HEADS])
def test_the_chosen_type_is_named_and_defined(language, name, definition, open_page):
    app = open_page(type="late-charge", lang=language)
    page = shown(html(app))
    assert name in page
    assert definition in page
    notes = " ".join(caption.value for caption in app.caption)
    assert words("english note", language) in notes
    assert words("advice note", language) in notes


NAMED = [
    ("ja", "ngn-vpn", "プライベート IP サービス NGN-VPN · 提供者の記載なし · 施行 2020-02-01", "the text names no provider"),
    ("en", "ngn-vpn", "Private IP Service NGN-VPN · provider not named in the text · in force from 2020-02-01", "no provider"),
    ("ja", "netmeister", "NetMeister · NEC ネクサソリューションズ株式会社 · 版 2023-04-21", "a version, no date of effect"),
    ("en", "netmeister", "NetMeister · NEC Nexsolutions, Ltd. · version 2023-04-21", "a version, no date of effect"),
]


@pytest.mark.parametrize(("language", "document", "line", "why"), NAMED, ids=[f"{row[0]}: {row[3]}" for row in NAMED])
def test_a_column_says_whose_terms_and_which_version(language, document, line, why, open_page):
    assert line in shown(columns(open_page(type="late-charge", lang=language))[document])


def test_the_reasons_for_a_type_are_shown(open_page):
    column = shown(columns(open_page(type="jurisdiction", lang="ja"))["ngn-vpn"])
    assert words("why", "ja") in column
    assert "見出し「専属的合意管轄」" in column  # 第５５条（専属的合意管轄裁判所）
    assert "手がかり: 専属的合意管轄" in column


ABSENT = [
    ("late-charge", "cwpp", "cwpp:1.2", ("第1条 第2項", "Art. 1, para. 2"), "基本約款 governs what cwpp leaves open"),
    ("jurisdiction", "cwpp", "cwpp:1.2", ("第1条 第2項", "Art. 1, para. 2"), "no court in cwpp"),
    ("jurisdiction", "netmeister", "netmeister:2.3", ("第2条 第3項", "Art. 2, para. 3"), "基本規約 governs the rest"),
    ("deposit", "mdr-ndr", None, ("", ""), "no 保証金 and no base terms"),
    ("deposit", "ngn-vpn", None, ("", ""), "no 保証金 and no base terms in the oldest terms"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("kind", "document", "base", "cited", "why"), ABSENT, ids=[f"{row[0]}: {row[-1]}" for row in ABSENT])
def test_not_mentioned(kind, document, base, cited, why, language, open_page):
    column = columns(open_page(type=kind, lang=language))[document]
    assert 'class="yk-text"' not in column
    assert clauses(column) == []
    if base is None:
        assert words("not mentioned", language) in shown(column)
        assert words("see base", language) not in shown(column)
    else:
        assert f"{words('see base', language)} {cited[language == 'en']}" in shown(column)
        assert f"clause={base.replace(':', '%3A')}" in column


@pytest.mark.parametrize("language", BOTH)
def test_a_clause_chosen(language, open_page):
    app = open_page(clause="mdr-ndr:33.1", lang=language)
    found = columns(app)
    assert words("clause compared", language, clause="第33条 第1項" if language == "ja" else "Art. 33, para. 1") in shown(
        html(app)
    )
    assert app.selectbox(key="type").value is None
    assert clauses(found["mdr-ndr"]) == ["mdr-ndr:33.1"]
    assert "東京地方裁判所を第一審の専属的合意管轄裁判所とします。" in shown(found["mdr-ndr"])
    assert "masters-one:68.1" in clauses(found["masters-one"])
    assert "ngn-vpn:55.1" in clauses(found["ngn-vpn"])
    assert f'href="compare?lang={language}&amp;clause=masters-one%3A68.1"' in found["masters-one"]
    assert app.get("download_button") == []  # reports are by type


OWN = [
    ("mdr-ndr:33.1", ["mdr-ndr:33.1"], "a paragraph"),
    ("mdr-ndr:17", ["mdr-ndr:17.1", "mdr-ndr:17.2"], "an article is its paragraphs"),
    ("netmeister:8.1.2", ["netmeister:8.1"], "an item stands in its paragraph"),
    ("netmeister:0", ["netmeister:0"], "the preamble"),
    ("cwpp:s1", ["cwpp:s1.1", "cwpp:s1.2"], "the 附則"),
    ("mdr-ndr@2023-06-01:33.1", ["mdr-ndr:33.1"], "an address with the version"),
]


@pytest.mark.parametrize(("clause", "expected", "why"), OWN, ids=[row[-1] for row in OWN])
def test_a_clause_stands_in_its_own_column(clause, expected, why, open_page):
    document = expected[0].partition(":")[0]
    app = open_page(clause=clause, lang="ja", **{"in": document})
    assert clauses(columns(app, [document])[document]) == expected


def test_one_service_only(open_page):
    app = open_page(type="jurisdiction", lang="ja", **{"in": "ngn-vpn"})
    assert clauses(columns(app, ["ngn-vpn"])["ngn-vpn"]) == ["ngn-vpn:55.1"]
    assert app.multiselect(key="documents").value == ["ngn-vpn"]
    assert "<mark>" not in html(app)
    assert "色の付いた語" not in html(app)


def test_words_the_first_document_does_not_have_are_marked(open_page):
    app = open_page(type="jurisdiction", lang="ja", **{"in": ["mdr-ndr", "ngn-vpn"]})
    found = columns(app, ["mdr-ndr", "ngn-vpn"])
    assert words("differing", "ja", service="MDRサービス NDRメニュー") in shown(html(app))
    assert marked(found["mdr-ndr"]) == []
    assert "契約者" in "".join(marked(found["ngn-vpn"]))  # 東京地方裁判所を当社と契約者の第一審の
    assert not any(word in mark for word in ("東京地方裁判所", "専属的合意管轄裁判所") for mark in marked(found["ngn-vpn"]))


def test_a_clause_is_what_the_others_are_held_against(open_page):
    app = open_page(clause="ngn-vpn:55.1", lang="ja", **{"in": ["mdr-ndr", "ngn-vpn"]})
    assert words("differing", "ja", service="プライベート IP サービス NGN-VPN") in shown(html(app))
    assert marked(columns(app, ["mdr-ndr", "ngn-vpn"])["ngn-vpn"]) == []


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", ["nonsense", "Late-Charge", SCRIPT, "{type}", "![x](https://example.org/p.png)"])
def test_an_unknown_type(kind, language, open_page):
    app = open_page(type=kind, lang=language)
    assert [box.value for box in app.error] == [plain(words("bad type", language, type=kind))]
    assert app.selectbox(key="type").value is None
    assert "yk-column" not in html(app)


@pytest.mark.parametrize(
    "clause", ["mdr-ndr:99", "nobody:1.1", "nonsense", "mdr-ndr@2001-01-01:33.1", SCRIPT, "../../etc/passwd"]
)
def test_an_unknown_clause(clause, open_page):
    app = open_page(clause=clause, lang="en")
    (message,) = [box.value for box in app.error]
    assert plain(clause) in message or plain("2001-01-01") in message
    assert SCRIPT not in message
    assert "yk-column" not in html(app)


def test_an_unknown_service_is_left_out(open_page):
    app = open_page(type="jurisdiction", lang="en", **{"in": ["nobody", "ngn-vpn"]})
    assert list(columns(app, ["ngn-vpn"])) == ["ngn-vpn"]


JAPANESE, ENGLISH = 'class="yk-text"', 'class="yk-en"'
SHOWN = [
    ("both", True, True, "both"),
    ("ja", True, False, "Japanese only"),
    ("en", False, True, "English only"),
    ("nonsense", True, True, "nonsense counts as absent"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("text", "japanese", "english", "why"), SHOWN, ids=[row[-1] for row in SHOWN])
def test_the_texts_that_are_asked_for(text, japanese, english, why, language, open_page):
    column = columns(open_page(type="late-charge", text=text, lang=language))["ngn-vpn"]
    assert (JAPANESE in column, ENGLISH in column) == (japanese, english)
    assert ("遅延損害金を支払うものとします。" in shown(column)) is japanese
    assert ("a late payment charge at the rate of 14.6% per annum." in shown(column)) is english


UNTRANSLATED = [
    ("both", True, "the Japanese, and that there is no English"),
    ("en", True, "the Japanese stands in for the English"),
    ("ja", False, "nothing is missing"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("text", "noted", "why"), UNTRANSLATED, ids=[row[-1] for row in UNTRANSLATED])
def test_a_document_without_translation(text, noted, why, language, with_hostile):
    app = with_hostile(type="customer-cancellation", text=text, lang=language)
    column = columns(app, ["cwpp", "hostile", "ngn-vpn"])["cwpp"]
    assert "cwpp:9.1" in clauses(column)
    assert "中途解約することができます。" in shown(column)
    assert (words("no english", language) in shown(column)) is noted


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("link", [{"type": "late-charge"}, {"clause": "hostile:2.1"}], ids=["type", "clause"])
@pytest.mark.parametrize("text", ["both", "ja", "en"])
def test_no_text_becomes_markup(link, text, language, with_hostile):
    app = with_hostile(lang=language, text=text, **link)
    page = html(app)
    column = columns(app, ["cwpp", "hostile", "ngn-vpn"])["hostile"]
    assert clauses(column) == ["hostile:2.1"]
    assert "<script" not in page
    assert "<img" not in page
    assert shown(column).count(SCRIPT) >= 3  # service, title, and text or translation
    assert IMAGE in shown(column)


def test_choosing_a_type_makes_a_link(open_page):
    app = open_page(lang="ja")
    app.selectbox(key="type").select("jurisdiction").run()
    assert not app.exception
    assert link_of(app) == {"lang": ["ja"], "type": ["jurisdiction"]}
    assert clauses(columns(app)["mdr-ndr"]) == ["mdr-ndr:33.1"]
    assert any(code.value.endswith("compare?lang=ja&type=jurisdiction") for code in app.code)


def test_choosing_a_type_leaves_the_clause(open_page):
    app = open_page(lang="ja", clause="cwpp:9.1")
    app.selectbox(key="type").select("jurisdiction").run()
    assert link_of(app) == {"lang": ["ja"], "type": ["jurisdiction"]}
    assert clauses(columns(app)["mdr-ndr"]) == ["mdr-ndr:33.1"]


def test_choosing_services_and_texts_keeps_the_rest(open_page):
    app = open_page(lang="ja", type="jurisdiction")
    app.multiselect(key="documents").select("ngn-vpn").run()
    app.segmented_control(key="shown").set_value("ja").run()
    assert not app.exception
    assert link_of(app) == {"lang": ["ja"], "type": ["jurisdiction"], "in": ["ngn-vpn"], "text": ["ja"]}
    assert ENGLISH not in columns(app, ["ngn-vpn"])["ngn-vpn"]


def test_choosing_services_keeps_the_clause(open_page):
    app = open_page(lang="ja", clause="mdr-ndr:33.1")
    app.multiselect(key="documents").select("mdr-ndr").run()
    assert link_of(app) == {"lang": ["ja"], "clause": ["mdr-ndr:33.1"], "in": ["mdr-ndr"]}
    assert clauses(columns(app, ["mdr-ndr"])["mdr-ndr"]) == ["mdr-ndr:33.1"]


KEPT = [
    ({"type": ["late-charge"], "in": ["mdr-ndr", "ngn-vpn"], "text": ["en"]}, "late-charge", "type, services and text"),
    ({"clause": ["mdr-ndr:33.1"], "in": ["mdr-ndr"]}, None, "clause"),
]


@pytest.mark.parametrize(("link", "kind", "why"), KEPT, ids=[row[-1] for row in KEPT])
def test_switching_the_language_keeps(link, kind, why, open_page):
    app = open_page(lang="ja", **link)
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert link_of(app) == {"lang": ["en"], **link}
    assert words("tagline", "en") in html(app)
    assert app.selectbox(key="type").value == kind
    assert list(columns(app, link["in"])) == link["in"]


@pytest.mark.parametrize("language", BOTH)
def test_the_way_to_the_other_pages(language, open_page):
    page = html(open_page(lang=language, type="late-charge", **{"in": "ngn-vpn"}))
    assert f'<a href="./?lang={language}&amp;in=ngn-vpn" target="_self">{words("search", language)}</a>' in page
    assert f'<a href="coverage?lang={language}&amp;in=ngn-vpn" target="_self">{words("coverage", language)}</a>' in page
    assert f'aria-current="page">{words("compare", language)}</a>' in page


@pytest.mark.parametrize("language", BOTH)
def test_the_comparison_can_be_downloaded(language, open_page):
    buttons = open_page(type="late-charge", lang=language).get("download_button")
    assert [button.label for button in buttons] == [words("excel", language), words("word", language)]


def test_a_corpus_without_clause_types_is_said_in_one_line(open_page, monkeypatch, tmp_path):
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path))
    app = open_page(type="late-charge", lang="en")
    (message,) = [box.value for box in app.error]
    assert plain("clause_types.toml does not exist") in message
    assert "yk-column" not in html(app)
