"""The Coverage page without a browser: which terms say what, and the numbers side by side."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from urllib.parse import unquote

import pytest
from hostile import SCRIPT, hostile_corpus
from streamlit.testing.v1 import AppTest

from conftest import CORPUS, IDS
from ui.markup import plain
from ui.text import words

BOTH = ("ja", "en")
SERVICES = {
    "ja": (
        "クラウドセキュリティ運用支援サービス CWPP メニュー", "Master'sONE サービス", "MDRサービス NDRメニュー", "NetMeister",
        "プライベート IP サービス NGN-VPN",
    ),
    "en": (
        "Cloud Security Operation Support Service, CWPP Menu", "Master'sONE Service", "MDR Service, NDR Menu", "NetMeister",
        "Private IP Service NGN-VPN",
    ),
}  # fmt: skip


def cover():
    from ui.coverage import coverage_page

    coverage_page()


@pytest.fixture
def open_page(index_folder, monkeypatch):
    """Open the page at a link: open_page(lang=…) → the page after its first run."""
    monkeypatch.setenv("YAKKAN_INDEX", str(index_folder))

    def call(**parameters):
        app = AppTest.from_function(cover, default_timeout=120)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return call


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html") if "<style>" not in element.proto.body)


def shown(part: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", part))


def heads(app) -> tuple[str, ...]:
    (head,) = re.findall(r"<thead>(.*?)</thead>", html(app), re.S)
    return tuple(shown(cell) for cell in re.findall(r"<th>(.*?)</th>", head)[1:])


def matrix(app, ids=IDS) -> dict[str, dict[str, str]]:
    """The cells by type id and document."""
    (body,) = re.findall(r"<tbody>(.*?)</tbody>", html(app), re.S)
    out = {}
    for name, row in re.findall(r"<tr><th>(.*?)</th>(.*?)</tr>", body, re.S):
        (kind,) = re.findall(r"type=([a-z-]+)", name)
        out[kind] = dict(zip(ids, re.findall(r"<td.*?</td>", row, re.S), strict=True))
    return out


def bars(app, kind: str) -> list[tuple[str, float, str]]:
    """The bars of the chart of a type: service, width in percent, clause."""
    chart = next((e.proto.body for e in app.get("html") if f"type={kind}" in e.proto.body and "yk-bar" in e.proto.body), "")
    found = re.findall(
        r'<div class="yk-bar"><span>(.*?)</span><i style="width:([\d.]+)%".*?clause=([^"&]+)', chart.split("</style>")[-1]
    )
    return [(unescape(service), float(width), unquote(clause)) for service, width, clause in found]


@pytest.mark.parametrize("language", BOTH)
def test_a_row_a_type_and_a_column_a_service(language, open_page):
    types = tomllib.loads((CORPUS / "clause_types.toml").read_text(encoding="utf-8"))["type"]
    app = open_page(lang=language)
    assert heads(app) == SERVICES[language]
    assert list(matrix(app)) == [kind["id"] for kind in types]
    page = shown(html(app))
    assert all(kind[language] in page for kind in types)
    assert words("advice note", language) in [caption.value for caption in app.caption]


PRESENT = [
    ("late-charge", "ngn-vpn", "第21条 第1項", "Art. 21, para. 1", "年率１４．６％の遅延損害金"),
    ("jurisdiction", "masters-one", "第68条 第1項", "Art. 68, para. 1", "東京地方裁判所を唯一の第一審の"),
    ("governing-law", "mdr-ndr", "第34条 第1項", "Art. 34, para. 1", "準拠法"),
    ("antisocial-forces", "mdr-ndr", "第32条 第1項", "Art. 32, para. 1", "反社会的勢力の排除"),
    ("audit", "netmeister", "第16条 第1項", "Art. 16, para. 1", "内部統制監査"),
    ("secrecy-of-communications", "cwpp", "第13条 第1項", "Art. 13, para. 1", "通信の秘密"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("kind", "document", "ja", "en", "why"), PRESENT, ids=[row[-1] for row in PRESENT])
def test_a_cell_names_its_clauses_and_opens_the_comparison(kind, document, ja, en, why, language, open_page):
    cell = matrix(open_page(lang=language))[kind][document]
    assert (ja if language == "ja" else en) in shown(cell)
    assert f'<a href="compare?lang={language}&amp;type={kind}" target="_self">' in cell


ABSENT = [
    ("late-charge", "cwpp", "left to 基本約款"),
    ("jurisdiction", "netmeister", "left to 基本規約"),
    ("deposit", "ngn-vpn", "no 保証金"),
    ("audit", "ngn-vpn", "no 監査"),
]


@pytest.mark.parametrize(("kind", "document", "why"), ABSENT, ids=[f"{row[0]}: {row[-1]}" for row in ABSENT])
def test_who_says_nothing(kind, document, why, open_page):
    assert matrix(open_page(lang="ja"))[kind][document] == '<td class="yk-absent">—</td>'


def test_of_many_clauses_three_are_named(open_page):
    cell = shown(matrix(open_page(lang="ja"))["deposit"]["masters-one"])
    assert cell == "9 第25条 第1項, 第25条 第2項, 第25条 第3項 …"  # 第25条（保証金） has nine paragraphs


NOTICE = [
    ("cwpp", 50.0, "cwpp:9.1", "1か月以上前"),
    ("masters-one", 50.0, "masters-one:31.1", "30日前まで"),
    ("mdr-ndr", 100.0, "mdr-ndr:17.1", "２か月間前まで is the longest"),
    ("netmeister", 50.0, "netmeister:18.1", "1 か月前まで"),
    ("ngn-vpn", 61.7, "ngn-vpn:41.1", "１ヶ月と 5 営業日前まで: 30 + 7 of 60 days"),
]
RATES = [
    ("masters-one", 99.3, "masters-one:51.1", "年14.5%"),
    ("mdr-ndr", 100.0, "mdr-ndr:14.3", "年 14.6％"),
    ("ngn-vpn", 100.0, "ngn-vpn:21.1", "年率１４．６％"),
]
CHARTS = [("customer-cancellation", NOTICE, "notice periods"), ("late-charge", RATES, "rates; who gives none has no bar")]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("kind", "rows", "why"), CHARTS, ids=[row[-1] for row in CHARTS])
def test_numbers_side_by_side(kind, rows, why, language, open_page):
    names = dict(zip(IDS, SERVICES[language], strict=True))
    expected = [(names[document], width, clause) for document, width, clause, _ in rows]
    assert bars(open_page(lang=language), kind) == expected


def test_one_service_only(open_page):
    app = open_page(lang="ja", **{"in": "ngn-vpn"})
    assert heads(app) == (SERVICES["ja"][-1],)
    cell = matrix(app, ["ngn-vpn"])["jurisdiction"]["ngn-vpn"]
    assert 'href="compare?lang=ja&amp;in=ngn-vpn&amp;type=jurisdiction"' in cell
    assert bars(app, "late-charge") == [(SERVICES["ja"][-1], 100.0, "ngn-vpn:21.1")]


def test_without_a_number_there_is_no_chart(open_page):
    app = open_page(lang="ja", **{"in": "cwpp"})
    assert bars(app, "late-charge") == []
    assert words("chart rate", "ja") not in shown(html(app))


def test_an_unknown_service_is_left_out(open_page):
    assert heads(open_page(lang="ja", **{"in": ["nobody", "ngn-vpn"]})) == (SERVICES["ja"][-1],)


def test_switching_the_language_keeps_the_services(open_page):
    app = open_page(lang="ja", **{"in": ["cwpp", "ngn-vpn"]})
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert app.query_params == {"lang": "en", "in": ["cwpp", "ngn-vpn"]}
    assert heads(app) == (SERVICES["en"][0], SERVICES["en"][-1])


@pytest.mark.parametrize("language", BOTH)
def test_the_way_to_the_other_pages(language, open_page):
    page = html(open_page(lang=language, **{"in": "ngn-vpn"}))
    assert f'<a href="./?lang={language}&amp;in=ngn-vpn" target="_self">{words("search", language)}</a>' in page
    assert f'<a href="compare?lang={language}&amp;in=ngn-vpn" target="_self">{words("compare", language)}</a>' in page
    assert f'aria-current="page">{words("coverage", language)}</a>' in page


@pytest.mark.parametrize("language", BOTH)
def test_no_text_becomes_markup(language, index_folder, open_page, monkeypatch, tmp_path):
    corpus, index = hostile_corpus(index_folder, tmp_path)
    monkeypatch.setenv("YAKKAN_CORPUS", str(corpus))
    monkeypatch.setenv("YAKKAN_INDEX", str(index))
    app = open_page(lang=language)
    name = f"{SCRIPT}サービス" if language == "ja" else f"{SCRIPT} Service"
    assert name in heads(app)
    assert (name, 68.5, "hostile:2.1") in bars(app, "late-charge")  # 10 of 14.6
    assert "<script" not in html(app)
    assert "<img" not in html(app)


def test_a_corpus_without_clause_types_is_said_in_one_line(open_page, monkeypatch, tmp_path):
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path))
    app = open_page(lang="en")
    (message,) = [box.value for box in app.error]
    assert plain("clause_types.toml does not exist") in message
    assert "yk-matrix" not in html(app)
