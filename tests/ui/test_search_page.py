"""The Search page without a browser: every state it can be in."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from conftest import CORPUS, ROOT
from ui.markup import plain
from ui.text import EXAMPLES, words


@pytest.fixture
def open_page(index_folder, monkeypatch):
    """Open the app at a link: open_page(q=…, lang=…) → the page after its first run."""
    monkeypatch.setenv("YAKKAN_INDEX", str(index_folder))

    def call(**parameters):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return call


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_start(open_page):
    for language in ("ja", "en"):
        page = html(open_page(lang=language))
        assert all(example in page for example in EXAMPLES[language])
        assert words("tagline", language) in page


def test_results(open_page):
    app = open_page(q="late payment interest", lang="en")
    page = html(app)
    assert "Art. 21, para. 1" in page
    assert "<mark>遅延損害金</mark>" in page
    assert "provider not named in the text" in page
    assert "ngn-vpn:21.1" in [code.value for code in app.code]
    assert app.text_input(key="query").value == "late payment interest"


INTEREST = "the Subscriber shall pay a late payment charge at the rate of 14.6% per annum."


def english(app) -> str:
    """The unofficial English a page shows."""
    return unescape(" ".join(re.findall(r'<p class="yk-en">(.*?)</p>', html(app), re.S)))


def test_readers_of_english_see_the_unofficial_english_under_a_hit(open_page):
    shown = english(open_page(q="遅延損害金", lang="en"))
    assert INTEREST in shown
    assert f"({words('unofficial', 'en')})" in shown


@pytest.mark.parametrize("clause", ["ngn-vpn:21.1", "ngn-vpn:21"])
def test_readers_of_english_see_the_unofficial_english_in_the_article(clause, open_page):
    assert INTEREST in english(open_page(clause=clause, lang="en"))


def test_every_paragraph_of_an_article_has_its_english(open_page):
    shown = english(open_page(clause="mdr-ndr:17.2", lang="en"))
    assert "no later than 2 months in advance." in shown  # 第１７条 第１項
    assert "may not request the Company to return the fees already paid" in shown  # 第２項


@pytest.mark.parametrize("link", [{"q": "late payment interest"}, {"q": "遅延損害金"}, {"clause": "ngn-vpn:21.1"}], ids=str)
def test_readers_of_japanese_see_the_japanese_only(link, open_page):
    app = open_page(lang="ja", **link)
    assert "遅延損害金を支払うものとします。" in re.sub(r"</?mark>", "", html(app))
    assert english(app) == ""
    assert INTEREST not in html(app)


def test_a_clause_leads_to_the_other_pages(open_page):
    page = html(open_page(q="再委託", lang="en", **{"in": "mdr-ndr"}))
    assert '<a href="compare?lang=en&amp;in=mdr-ndr" target="_self">Compare</a>' in page
    assert '<a href="coverage?lang=en&amp;in=mdr-ndr" target="_self">Coverage</a>' in page
    assert 'aria-current="page">Search</a>' in page


def test_typing_a_query_makes_a_link(open_page):
    app = open_page(lang="ja")
    app.text_input(key="query").input("再委託")
    app.multiselect(key="documents").select("mdr-ndr")
    app.button[0].click().run()
    assert not app.exception
    assert app.query_params["q"] == "再委託"
    assert app.query_params["in"] == "mdr-ndr"
    assert "第29条 第1項" in html(app)
    assert "ngn-vpn" not in " ".join(code.value for code in app.code)


def test_the_language_switch_keeps_the_search(open_page):
    app = open_page(q="再委託", lang="ja")
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert app.query_params["lang"] == "en"
    assert app.query_params["q"] == "再委託"
    assert words("tagline", "en") in html(app)


def test_none(open_page):
    app = open_page(q="xyzzy", lang="en")
    assert "No clause was found for “xyzzy”" in app.info[0].value


def test_a_clause_in_its_article(open_page):
    app = open_page(clause="mdr-ndr:17.2", lang="ja")
    page = html(app)
    assert "第17条  利用契約の中途解約" in page
    assert page.count("yk-here") == 2  # the style, and the one paragraph
    assert "２か月間前まで" in page
    assert any("mdr-ndr:17.2" in code.value for code in app.code)
    assert any(words("terms", "ja") in e.label for e in app.expander)
    assert any(words("references", "ja") in e.label for e in app.expander)


@pytest.mark.parametrize(
    "clause", ["masters-one:0", "cwpp:s1.2", "masters-one:chapter-4", "masters-one:32.1.3", "cwpp:2.1.table-1", "ngn-vpn:3.1"]
)
def test_clauses_of_every_level_open(clause, open_page):
    assert any(clause == code.value for code in open_page(clause=clause, lang="en").code)


@pytest.mark.parametrize("clause", ["mdr-ndr:99", "nonsense", "<script>alert(1)</script>", "../../etc/passwd"])
def test_a_bad_link(clause, open_page):
    app = open_page(clause=clause, lang="en")
    assert app.error[0].value.startswith("The clause of this link was not found")
    assert "<script>" not in html(app)


def test_a_link_with_nonsense_in_it(open_page):
    app = open_page(q="解約", lang="xx", limit="many", **{"in": ["nobody", "cwpp"]})
    assert "nobody" in app.warning[0].value
    assert all(code.value.startswith(("cwpp", "http", "/?")) for code in app.code)


def test_a_query_is_shown_as_text(open_page):
    page = html(open_page(q="<img src=x onerror=alert(1)>解約", lang="ja"))
    assert "<img" not in page


@pytest.mark.parametrize("hostile", ["![x](https://example.org/p.png)", "[log in](https://example.org)", "<script>", "# big"])
def test_links_cannot_bring_markup_into_messages(hostile, open_page):
    for app in (
        open_page(clause=hostile, lang="en"),
        open_page(q="解約", lang="en", **{"in": hostile}),
        open_page(q=f"xyzzy {hostile}", lang="en"),
    ):
        messages = " ".join(box.value for box in (*app.error, *app.warning, *app.info))
        assert hostile not in messages.replace(plain(hostile), "")


def test_more(open_page):
    app = open_page(q="契約", lang="en")
    assert "limit=20" in html(app)
    assert app.caption[0].value == "The best 10 clauses"
    shown = [code.value for code in open_page(q="契約", lang="en", limit="20").code]
    assert len(shown) == 21  # twenty addresses and the link of the search


def test_the_index_is_built_when_there_is_none(open_page, monkeypatch, tmp_path):
    shutil.copytree(CORPUS / "cwpp", tmp_path / "corpus" / "cwpp")  # one document is enough, and soon encoded
    shutil.copy(CORPUS / "glossary.tsv", tmp_path / "corpus")
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("YAKKAN_INDEX", str(tmp_path / "none"))
    app = open_page(q="中途解約", lang="ja")
    assert (tmp_path / "none" / "current").exists()
    assert "cwpp:9.1" in [code.value for code in app.code]


def test_a_damaged_index_is_said_in_one_line(open_page, monkeypatch, tmp_path):
    (tmp_path / "current").write_text("nonsense")
    monkeypatch.setenv("YAKKAN_INDEX", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert not app.exception
    assert plain("run: yakkan build") in app.error[0].value
