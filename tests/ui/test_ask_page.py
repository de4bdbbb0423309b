"""The Ask page without a browser: every state it can be in."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hostile import IMAGE, SCRIPT, hostile_corpus
from streamlit.testing.v1 import AppTest

from conftest import IDS
from ui.markup import plain
from ui.text import QUESTIONS, words

BOTH = ("ja", "en")
COURT = "どこの裁判所になりますか?"
OFF_TOPIC = "ペットの預かりはできますか?"
LONGEST = 1000  # characters of a question


def ask():
    from ui.ask import ask_page

    ask_page()


@pytest.fixture
def open_page(index_folder, monkeypatch):
    """Open the page at a link: open_page(q=…, lang=…) → the page after its first run."""
    monkeypatch.setenv("YAKKAN_INDEX", str(index_folder))

    def call(**parameters):
        app = AppTest.from_function(ask, default_timeout=120)
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


def shown(page: str) -> str:
    """What a reader sees, marks left out."""
    return unescape(re.sub(r"<[^>]*>", "", page))


def marked(page: str) -> list[str]:
    return [unescape(part) for part in re.findall(r"<mark>(.*?)</mark>", page)]


def cards(app) -> list[str]:
    """The boxes of clauses, the answer among them."""
    return [part.proto.body for part in app.get("html") if part.proto.body.startswith('<p class="yk-source">')]


def value_line(card: str) -> str | None:
    """The short answer at the head of a card; the nearest clauses have none."""
    found = re.search(r'<p class="yk-title">(.*?)</p>', card)
    return unescape(found[1]) if found else None


def head(card: str) -> tuple[str, str]:
    """The clause a card leads to, and what its heading says."""
    link, said = re.findall(r'<p class="yk-head"><a href="\./\?([^"]*)" target="_self">(.*?)</a>', card)[0]
    return parse_qs(unescape(link))["clause"][0], unescape(said)


def table(app) -> dict[str, str]:
    """The rows of the table of the other services, by the service."""
    return {unescape(service): row for service, row in re.findall(r"<tr><th>([^<]*)</th>(<td.*?)</tr>", html(app), re.S)}


def clauses(row: str) -> list[str]:
    return [unquote(c) for c in re.findall(r"clause=([^\"&]+)", row)]


def asked_before(app) -> list[dict[str, list[str]]]:
    """The links of the questions asked before."""
    lines = [part.proto.body for part in app.get("html") if part.proto.body.startswith('<p class="yk-examples">')]
    return [parse_qs(urlsplit(unescape(link)).query) for line in lines for link in re.findall(r'href="(ask\?[^"]*)"', line)]


def link_of(app) -> dict[str, list[str]]:
    """The link in the address bar, every value a list."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in app.query_params.items()}


def put(app, question: str, *services: str):
    """Type a question, choose services, and send."""
    app.text_input(key="question").input(question)
    for service in services:
        app.multiselect(key="documents").select(service)
    app.button[0].click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("question", [None, "", "   ", "　\t"], ids=["none", "empty", "blanks", "wide blank and tab"])
def test_nothing_asked(question, language, open_page):
    app = open_page(lang=language, **({} if question is None else {"q": question}))
    assert [text.value for text in app.markdown] == [words("ask start", language)]
    assert asked_before(app) == [{"lang": [language], "q": [example]} for example in QUESTIONS[language]]
    assert cards(app) == []
    assert [*app.error, *app.warning, *app.code] == []


def test_the_examples_are_in_the_language_of_the_page(open_page):
    for language, other in (BOTH, BOTH[::-1]):
        page = shown(html(open_page(lang=language)))
        assert all(example in page for example in QUESTIONS[language])
        assert not any(example in page for example in QUESTIONS[other])


ANSWERED = [
    (
        "NDRは何か月前に言えば解約できますか?", (), "mdr-ndr:17.1",
        "２か月間前まで：第17条 第1項, MDRサービス NDRメニュー (2023-06-01)",
        "2 months (２か月間前まで): Art. 17, para. 1, MDR Service, NDR Menu (2023-06-01)",
        "２か月間前まで",
        "お客様及び当社は、２か月間前までに当社所定の方法で相手方に通知することにより、利用契約を中途解約することができます。",
        "by the method prescribed by the Company no later than 2 months in advance.",
        "a period, of the service the question names",
    ),
    (
        "NetMeisterは何か月前に言えば解約できますか?", (), "netmeister:18.1",
        "1 か月前まで：第18条 第1項, NetMeister (2023-04-21)",
        "1 month (1 か月前まで): Art. 18, para. 1, NetMeister (2023-04-21)",
        "1 か月前まで",
        "甲は、NetMeister の解約を希望する場合、1 か月前までに乙に通知することで、NetMeister を解約することができる。",
        "by giving Notice to Party B no later than 1 month before.",
        "terms with a version, and no date of effect",
    ),
    (
        "Which court would hear a dispute?", ("mdr-ndr",), "mdr-ndr:33.1",
        "東京地方裁判所：第33条 第1項, MDRサービス NDRメニュー (2023-06-01)",
        "Tokyo District Court (東京地方裁判所): Art. 33, para. 1, MDR Service, NDR Menu (2023-06-01)",
        "東京地方裁判所",
        "本サービスに関連して訴訟の必要が生じた場合、東京地方裁判所を第一審の専属的合意管轄裁判所とします。",
        "the Tokyo District Court shall be the agreed court of exclusive jurisdiction for the first instance.",
        "a court, asked in English",
    ),
    (
        "遅延損害金は年利何%ですか?", ("masters-one",), "masters-one:51.1",
        "年14.5%：第51条 第1項, Master'sONE サービス (2024-03-29)",
        "14.5% a year (年14.5%): Art. 51, para. 1, Master'sONE Service (2024-03-29)",
        "年14.5%",
        "年14.5%の割合で計算して得た額を延滞損害金として請求できるものとし、",
        "the amount calculated at the rate of 14.5% per annum",
        "a rate, under another name than the question has",
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    ("question", "services", "clause", "in_japanese", "in_english", "mark", "quote", "english", "why"),
    ANSWERED,
    ids=[row[-1] for row in ANSWERED],
)
def test_answered(question, services, clause, in_japanese, in_english, mark, quote, english, why, language, open_page):
    app = open_page(q=question, lang=language, **{"in": list(services)})
    (card,) = cards(app)
    assert value_line(card) == (in_japanese if language == "ja" else in_english)
    assert head(card)[0] == clause
    assert marked(card) == [mark]
    assert quote in shown(card)
    assert english in shown(card)
    assert f"<small>({words('unofficial', language)})</small></p>" in card
    assert words("english note", language) in app.caption[-1].value
    assert words("advice note", language) in app.caption[-1].value
    assert not app.warning
    assert app.text_input(key="question").value == question


HEADS = [
    (
        "ja",
        "第33条 第1項  合意管轄裁判所",
        "MDRサービス NDRメニュー · ネットワンシステムズ株式会社又はそのグループ会社 · 施行 2023-06-01",
    ),
    (
        "en",
        "Art. 33, para. 1  Agreed Court of Jurisdiction (合意管轄裁判所)",
        "MDR Service, NDR Menu · Net One Systems Co., Ltd. or its group companies · in force from 2023-06-01",
    ),
]


@pytest.mark.parametrize(("language", "heading", "source"), HEADS, ids=[row[0] for row in HEADS])
def test_an_answer_says_its_clause_and_whose_terms_it_is_from(language, heading, source, open_page):
    (card,) = cards(open_page(q=COURT, lang=language, **{"in": "mdr-ndr"}))
    assert head(card) == ("mdr-ndr:33.1", heading)
    assert source in shown(card)
    assert re.search(r'<span class="yk-why">(?:確からしさ|sure to) \d{1,3}%</span>', card)


CUT = [
    ("mdr-ndr", "本サービスに関連して訴訟の必要が生じた場合、", "専属的合意管轄裁判所とします。", "the whole paragraph"),
    (
        "ngn-vpn",
        "当社と契約者の間で訴訟の必要が生じた場合、",
        "専属的合意管轄裁判所とします。…",
        "また behind the sentence is left out",
    ),
]


@pytest.mark.parametrize(("service", "begin", "end", "why"), CUT, ids=[row[-1] for row in CUT])
def test_a_part_of_a_paragraph_is_shown_as_one(service, begin, end, why, open_page):
    (card,) = cards(open_page(q=COURT, lang="ja", **{"in": service}))
    quote = shown(re.findall(r'<p class="yk-text" lang="ja">(.*?)</p>', card, re.S)[0])
    assert quote.startswith(begin)
    assert quote.endswith(end)


MAILS = [
    "東京地方裁判所：第33条 第1項, MDRサービス NDRメニュー (2023-06-01)\n\n約款には次のとおり定められています。\n"
    "「本サービスに関連して訴訟の必要が生じた場合、東京地方裁判所を第一審の専属的合意管轄裁判所とします。」 (第33条 第1項)\n\n"
    "※ 効力があるのは約款の原文です。",
    "Tokyo District Court (東京地方裁判所): Art. 33, para. 1, MDR Service, NDR Menu (2023-06-01)\n\nThe terms say:\n"
    "「本サービスに関連して訴訟の必要が生じた場合、東京地方裁判所を第一審の専属的合意管轄裁判所とします。」 (Art. 33, para. 1)\n"
    "(unofficial translation) If the need for litigation arises in connection with the Service, the Tokyo District Court shall be the "
    "agreed court of exclusive jurisdiction for the first instance.\n\nOnly the Japanese terms are binding.",
]


@pytest.mark.parametrize("language", BOTH)
def test_the_answer_as_a_mail_in_both_languages(language, open_page):
    app = open_page(q=COURT, lang=language, **{"in": "mdr-ndr"})
    assert words("email", language) in [part.label for part in app.expander]
    *mails, link = [code.value for code in app.code]
    assert mails == MAILS
    assert link.endswith(f"ask?lang={language}&q=%E3%81%A9%E3%81%93%E3%81%AE%E8%A3%81%E5%88%A4%E6%89%80"
                         "%E3%81%AB%E3%81%AA%E3%82%8A%E3%81%BE%E3%81%99%E3%81%8B%3F&in=mdr-ndr")  # fmt: skip


SERVICES = {
    "cwpp": ("クラウドセキュリティ運用支援サービス CWPP メニュー", "Cloud Security Operation Support Service, CWPP Menu"),
    "masters-one": ("Master'sONE サービス", "Master'sONE Service"),
    "mdr-ndr": ("MDRサービス NDRメニュー", "MDR Service, NDR Menu"),
    "netmeister": ("NetMeister", "NetMeister"),
    "ngn-vpn": ("プライベート IP サービス NGN-VPN", "Private IP Service NGN-VPN"),
}
COURTS = {"masters-one": "masters-one:68.1", "mdr-ndr": "mdr-ndr:33.1", "ngn-vpn": "ngn-vpn:55.1"}
BASES = {
    "cwpp": ("cwpp:1.2", "第1条 第2項", "Art. 1, para. 2"),
    "netmeister": ("netmeister:2.3", "第2条 第3項", "Art. 2, para. 3"),
}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("question", [COURT, "Which court would hear a dispute?"], ids=["in Japanese", "in English"])
def test_the_other_services_stand_in_a_table(question, language, open_page):
    app = open_page(q=question, lang=language)
    (card,), rows = cards(app), table(app)
    first = head(card)[0]
    assert first in COURTS.values()
    assert words("other services", language) in shown(html(app))
    names = {document: SERVICES[document][language == "en"] for document in IDS}
    assert set(rows) == {name for document, name in names.items() if not first.startswith(f"{document}:")}
    for document, clause in COURTS.items():
        if clause != first:
            row = rows[names[document]]
            assert clauses(row) == [clause]
            assert "専属的合意管轄裁判所とします。" in shown(row)
            assert shown(row).startswith(
                "東京地方裁判所：第" if language == "ja" else "Tokyo District Court (東京地方裁判所): Art. "
            )
    for document, (base, *cited) in BASES.items():
        row = rows[names[document]]
        assert clauses(row) == [base]
        assert shown(row) == f"{words('see base', language)} {cited[language == 'en']}"


@pytest.mark.parametrize("language", BOTH)
def test_a_service_without_base_terms_is_simply_silent(language, open_page):
    app = open_page(q="準拠法はどこの国の法ですか?", lang=language, **{"in": ["mdr-ndr", "ngn-vpn"]})
    (card,), rows = cards(app), table(app)
    assert head(card)[0] == "mdr-ndr:34.1"
    assert "本サービスにかかる準拠法は、日本法とします。" in shown(card)
    assert {service: shown(row) for service, row in rows.items()} == {
        SERVICES["ngn-vpn"][language == "en"]: words("not mentioned", language)
    }


@pytest.mark.parametrize("language", BOTH)
def test_one_service_only(language, open_page):
    app = open_page(q=COURT, lang=language, **{"in": "ngn-vpn"})
    (card,) = cards(app)
    assert head(card)[0] == "ngn-vpn:55.1"
    assert table(app) == {}
    assert words("other services", language) not in shown(html(app))
    assert app.multiselect(key="documents").value == ["ngn-vpn"]


SILENT = [
    ("CWPPの管轄裁判所は?", (), ("cwpp",), "the service the question names leaves it to its base terms"),
    ("Which court has jurisdiction if we sue over this service?", ("cwpp",), ("cwpp",), "asked in English"),
    (COURT, ("netmeister",), ("netmeister",), "courts in netmeister:14.1 ask for data, no more"),
    ("NDRは何か月前に言えば解約できますか?", ("ngn-vpn",), ("ngn-vpn",), "these terms know no NDR, and have no base terms"),
    (OFF_TOPIC, (), IDS, "no terms speak of pets"),
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(("question", "services", "silent", "why"), SILENT, ids=[row[-1] for row in SILENT])
def test_not_found(question, services, silent, why, language, open_page):
    app = open_page(q=question, lang=language, **{"in": list(services)})
    names = ", ".join(SERVICES[document][language == "en"] for document in silent)
    assert [box.value for box in app.warning] == [
        words("terms silent", language, question=plain(question), names=plain(names))
    ]  # fmt: skip
    assert [value_line(card) for card in cards(app) if value_line(card)] == []
    assert not app.error
    assert words("email", language) not in [part.label for part in app.expander]
    rows = table(app)
    assert {service: clauses(row) for service, row in rows.items()} == {
        SERVICES[document][language == "en"]: [base[0]] for document, base in BASES.items() if document in silent
    }
    assert all(shown(row).startswith(words("see base", language)) for row in rows.values())


@pytest.mark.parametrize("language", BOTH)
def test_the_nearest_clauses_are_shown_as_such(language, open_page):
    app = open_page(q=COURT, lang=language, **{"in": "netmeister"})
    bodies = [part.proto.body for part in app.get("html")]
    said = bodies.index(f'<p class="yk-head">{words("nearest", language)}</p>')
    found = cards(app)
    assert 0 < len(found) <= 5
    assert all(bodies.index(card) > said for card in found)
    assert "netmeister:14.1" in [head(card)[0] for card in found]
    assert "政府機関、裁判所等から法令の規定に基づいて情報開示請求" in shown("".join(found))


def test_without_near_clauses_none_are_promised(open_page):
    app = open_page(q=OFF_TOPIC, lang="en")
    assert cards(app) == []
    assert words("nearest", "en") not in html(app)


def test_a_question_that_is_too_long_is_cut(open_page):
    app = open_page(q="裁判" * LONGEST, lang="ja")
    assert not app.error
    assert app.text_input(key="question").value == "裁判" * (LONGEST // 2)
    assert app.text_input(key="question").proto.max_chars == LONGEST


@pytest.mark.parametrize("unknown", ["nobody", SCRIPT, "../../etc/passwd", "NGN-VPN"])
def test_an_unknown_service_is_left_out(unknown, open_page):
    app = open_page(q=COURT, lang="en", **{"in": [unknown, "ngn-vpn"]})
    assert [head(card)[0] for card in cards(app)] == ["ngn-vpn:55.1"]
    assert table(app) == {}
    assert app.multiselect(key="documents").value == ["ngn-vpn"]
    assert "<script" not in html(app)


HOSTILE = [
    SCRIPT,
    IMAGE,
    "![x](https://example.org/p.png)",
    "[log in](https://example.org)",
    "# big",
    "**b** `c` :red[x] $x$",
    "{names}",
]


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_that_is_not_answered_stays_plain(text, language, open_page):
    question = f"{text} {OFF_TOPIC}"
    app = open_page(q=question, lang=language)
    (message,) = [box.value for box in app.warning]
    assert plain(question) in message
    assert text not in message.replace(plain(question), "")
    assert app.text_input(key="question").value == question
    assert "<script" not in html(app)
    assert "<img" not in html(app)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_stays_plain_when_it_is_answered_and_remembered(text, open_page):
    question = f"{text} {COURT}"
    app = open_page(q=question, lang="ja", **{"in": "mdr-ndr"})
    assert [head(card)[0] for card in cards(app)] == ["mdr-ndr:33.1"]
    assert all(text not in part.value for part in (*app.markdown, *app.caption, *app.warning))
    put(app, OFF_TOPIC)
    assert asked_before(app) == [{"lang": ["ja"], "q": [question], "in": ["mdr-ndr"]}]
    assert question in shown(html(app))
    assert "<script" not in html(app)
    assert "<img" not in html(app)


@pytest.mark.parametrize("language", BOTH)
def test_no_text_of_the_terms_becomes_markup(language, with_hostile):
    app = with_hostile(q="遅延損害金は年利何%ですか?", lang=language)
    page = html(app)
    assert "hostile:2.1" in clauses(page)
    assert f"遅延損害金{SCRIPT}を支払うものとします。" in shown(page)
    assert IMAGE in shown(page)
    assert "<script" not in page
    assert "<img" not in page


def test_the_mail_quotes_hostile_text_as_it_stands(with_hostile):
    app = with_hostile(q="遅延損害金は年利何%ですか?", lang="en", **{"in": "hostile"})
    (card,) = cards(app)
    assert value_line(card) == f"10% a year (年１０％): Art. 2, para. 1, {SCRIPT} Service (2024-01-01)"
    assert marked(card) == ["年１０％"]
    for mail in [code.value for code in app.code][:2]:
        assert f"「契約者は、料金{IMAGE}の支払を怠ったときは、年１０％の遅延損害金{SCRIPT}を支払うものとします。」" in mail


def test_a_document_without_translation(with_hostile):
    app = with_hostile(q="CWPPを中途解約することができますか?", lang="en", **{"in": "cwpp"})
    (card,) = cards(app)
    assert head(card)[0] == "cwpp:9.1"
    assert "yk-en" not in card
    assert not any("(unofficial translation)" in code.value for code in app.code)


def test_asking_makes_a_link(open_page):
    app = put(open_page(lang="ja"), f"  {COURT} ", "mdr-ndr", "ngn-vpn")
    assert link_of(app) == {"lang": ["ja"], "q": [COURT], "in": ["mdr-ndr", "ngn-vpn"]}
    assert {head(cards(app)[0])[0], *clauses("".join(table(app).values()))} == {"mdr-ndr:33.1", "ngn-vpn:55.1"}


def test_the_questions_of_a_visit_are_remembered(open_page):
    app = put(open_page(lang="ja"), COURT, "mdr-ndr")
    assert asked_before(app) == []
    put(app, OFF_TOPIC)
    put(app, "学割はありますか?")
    assert words("history", "ja") in shown(html(app))
    assert [link["q"] for link in asked_before(app)] == [[OFF_TOPIC], [COURT]]
    assert [link["in"] for link in asked_before(app)] == [["mdr-ndr"], ["mdr-ndr"]]
    put(app, COURT)
    assert sorted(link["q"][0] for link in asked_before(app)) == sorted([OFF_TOPIC, "学割はありますか?"])


def test_one_visit_does_not_see_the_questions_of_another(open_page):
    put(open_page(lang="ja"), COURT)
    assert asked_before(put(open_page(lang="ja"), OFF_TOPIC)) == []


def test_only_so_many_questions_are_remembered(open_page):
    app = open_page(lang="ja", **{"in": "cwpp"})
    for number in range(22):
        put(app, f"{OFF_TOPIC}{number}")
    assert [link["q"] for link in asked_before(app)] == [[f"{OFF_TOPIC}{number}"] for number in range(20, 1, -1)]


def test_switching_the_language_keeps_the_question(open_page):
    app = open_page(q=COURT, lang="ja", **{"in": ["mdr-ndr", "netmeister"]})
    app.segmented_control(key="language").set_value("en").run()
    assert not app.exception
    assert link_of(app) == {"lang": ["en"], "q": [COURT], "in": ["mdr-ndr", "netmeister"]}
    assert app.text_input(key="question").value == COURT
    assert words("tagline", "en") in html(app)
    assert value_line(cards(app)[0]) == (
        "Tokyo District Court (東京地方裁判所): Art. 33, para. 1, MDR Service, NDR Menu (2023-06-01)"
    )
    assert clauses(table(app)["NetMeister"]) == ["netmeister:2.3"]


@pytest.mark.parametrize("language", BOTH)
def test_the_way_to_the_other_pages(language, open_page):
    page = html(open_page(lang=language, q=COURT, **{"in": "ngn-vpn"}))
    assert f'<a href="./?lang={language}&amp;in=ngn-vpn" target="_self">{words("search", language)}</a>' in page
    assert f'<a href="compare?lang={language}&amp;in=ngn-vpn" target="_self">{words("compare", language)}</a>' in page
    assert f'aria-current="page">{words("ask", language)}</a>' in page


def test_a_corpus_without_clause_types_is_said_in_one_line(open_page, monkeypatch, tmp_path):
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path))
    app = open_page(q=COURT, lang="en")
    (message,) = [box.value for box in app.error]
    assert plain("clause_types.toml does not exist") in message
    assert cards(app) == []
