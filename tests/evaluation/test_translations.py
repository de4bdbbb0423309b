import dataclasses
import shutil

import pytest

from conftest import CORPUS, IDS
from evaluation import translations
from evaluation.translations import disagreements, english_quantities, japanese_quantities

AGREE = [
    ("１か月前までに通知します。", "shall notify no later than 1 month before", "a month, full-width"),
    ("２ヶ月以内", "within 2 months", "months, another ヶ"),
    ("30 日以内", "within 30 days", "days with a blank"),
    ("30日の期間", "a 30-day period", "a hyphen"),
    ("5営業日前", "5 business days before", "business days"),
    ("2週間前", "2 weeks before", "weeks"),
    ("24時間以上", "24 hours or more", "hours"),
    ("10分間", "10 minutes", "minutes"),
    ("1年間", "1 year", "a year"),
    ("年14.6％の割合", "14.6% per annum", "a percentage"),
    ("年率１４．６％", "14.6 percent per annum", "a percentage in words"),
    ("1,000円", "1,000 yen", "yen"),
    ("1,000円", "JPY 1000", "yen before the sum, no comma"),
    ("２倍に相当する額", "2 times the amount", "times"),
    ("年額の12分の 1", "1/12 of the annual amount", "a share, the other way round"),
    ("２０２４年３月２９日", "March 29, 2024", "a date"),
    ("令和２年２月１日", "February 1, 2020 (Reiwa 2)", "a date of an era"),
    ("平成31年4月30日", "April 30, 2019", "a date of an era, its year left out in English"),
    ("（昭和59年法律第86号）", "(Act No. 86 of 1984 (Showa 59))", "a law"),
    ("（平成11年法律第52号）", "(Act No. 52 of 1999)", "a law, its era left out in English"),
    ("（昭和 25 年 7 月 31 日法律第 226 号）", "(Act No. 226 of July 31, 1950 (Showa 25))", "a law with its day"),
    ("（昭和60年郵政省令第31号）", "(Ordinance of the Ministry No. 31 of 1985)", "a ministry's order"),
    ("第９条第１項第３号", "Article 9, Paragraph 1, Item 3", "a reference"),
    ("第二十一条", "Article 21", "kanji numerals"),
    ("第25条の2", "Article 25-2", "an article with a branch"),
    ("第3条及び第4条", "Articles 3 and 4", "two articles in one plural"),
    ("第3条、第4条及び第5条", "Articles 3, 4 and 5", "three articles in one plural"),
    ("第1項及び第2項", "Paragraph 1 and Paragraph 2", "two paragraphs one by one"),
    ("第2章", "Chapter 2", "a chapter"),
    ("別紙1", "Appendix 1", "an appendix"),
    ("別表第2", "Schedule 2", "a schedule"),
    ("前条及び前項", "the preceding Article and the preceding Paragraph", "what stands before"),
    ("第1条から第3条まで", "Articles 1 through 3", "a range, by its ends"),
    ("第1号又は第2号", "Item 1 or Item 2", "two items one by one"),
    ("前二項", "the preceding 2 Paragraphs", "two before, in kanji"),
    ("次項", "the following Paragraph", "the next paragraph"),
    ("前２項", "the preceding 2 Paragraphs", "two before"),
    ("前各号", "the preceding Items", "all items before"),
    ("次の各号", "the following Items", "items that follow"),
    ("次条", "the following Article", "the next article"),
    ("100Mbps", "100 Mbps", "any other number"),
    ("一切の責任、第三者の一部", "any liability, a part of a third party", "words that are no numbers"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("japanese", "english", "why"), AGREE, ids=[w for *_, w in AGREE])
def test_quantities_that_agree(japanese, english, why):
    assert japanese_quantities(japanese) == english_quantities(english)


DISAGREE = [
    ("30日以内", "within 31 days", "another number"),
    ("30日以内", "within 30 months", "another unit"),
    ("5営業日以内", "within 5 days", "days for business days"),
    ("30日以内", "promptly", "no number"),
    ("速やかに", "within 30 days", "a number from nowhere"),
    ("30日及び30日", "30 days", "once for twice"),
    ("年14.6％", "14.5% per annum", "another percentage"),
    ("14.6％", "14.6 times", "times for percent"),
    ("1,000円", "10,000 yen", "another sum"),
    ("12分の1", "12/1", "a share upside down"),
    ("2024年3月29日", "March 19, 2024", "another day"),
    ("2024年3月29日", "May 29, 2024", "another month"),
    ("令和2年2月1日", "February 1, 2021", "another year than that of the era"),
    ("昭和59年法律第86号", "Act No. 68 of 1984", "another number of a law"),
    ("昭和59年法律第86号", "Act No. 86 of 1985", "another year of a law"),
    ("第9条", "Article 19", "another article"),
    ("第25条の2", "Article 25", "the branch left out"),
    ("第9条第1項", "Article 9", "the paragraph left out"),
    ("第1項", "Item 1", "an item for a paragraph"),
    ("前条", "the preceding Paragraph", "paragraph for article"),
    ("前項", "the following Paragraph", "after for before"),
    ("前2項", "the preceding 3 Paragraphs", "three for two"),
    ("次の各号", "the preceding Items", "before for after"),
    ("別紙1", "Appendix 2", "another appendix"),
    ("100Mbps", "1000 Mbps", "another number of anything"),
]


@pytest.mark.parametrize(("japanese", "english", "why"), DISAGREE, ids=[w for *_, w in DISAGREE])
def test_quantities_that_disagree(japanese, english, why):
    assert japanese_quantities(japanese) != english_quantities(english)


@pytest.mark.parametrize("document", IDS)
def test_the_five_translations_agree_with_the_japanese(document, documents):
    assert documents[document].translation is not None
    assert disagreements(documents[document]) == []


def changed(document, titles=None, texts=None):
    """The document with parts of its translation put in other words, None taking one out."""
    old = document.translation
    new = {
        name: {k: v for k, v in {**getattr(old, name), **(change or {})}.items() if v is not None}
        for name, change in (("titles", titles), ("texts", texts))
    }
    return dataclasses.replace(document, translation=dataclasses.replace(old, **new))


REWORDED = [
    ("7.2", "1 month before", "2 months before", "only in Japanese: month 1; only in English: month 2", "a number"),
    ("1.3", "Article 6", "Article 7", "only in Japanese: article 6; only in English: article 7", "a reference"),
    (
        "s1.1",
        "September 1, 2022",
        "September 11, 2022",
        "only in Japanese: date 2022-9-1; only in English: date 2022-9-11",
        "a date",
    ),
    ("13.1", "No. 86 of 1984", "No. 86 of 1986", "only in Japanese: law 1984-86; only in English: law 1986-86", "a law"),
    (
        "9.1",
        " at least 1 month in advance",
        " in advance",
        "only in Japanese: month 1; only in English: nothing",
        "a number left out",
    ),
    ("4.1", "as necessary", "within 3 days", "only in Japanese: nothing; only in English: day 3", "a number added"),
    ("4.1", "the Customer", "the Client", "お客様 is not rendered the Customer", "a term"),
    ("6.3", "the Specifications", "the documents", "仕様書 is not rendered the Specifications", "a term in a short clause"),
    ("4.1", ", the Customer", ",\nthe Customer", "1 lines in Japanese, 2 in English", "a line parted"),
    ("2.1.table-1", "Term\nMeaning of Term\n", "Term\n", "14 lines in Japanese, 13 in English", "a cell left out"),
]


@pytest.mark.parametrize(("place", "old", "new", "message", "why"), REWORDED, ids=[w for *_, w in REWORDED])
def test_a_clause_put_otherwise_is_found(place, old, new, message, why, documents):
    cwpp = documents["cwpp"]
    text = cwpp.translation.texts[place]
    assert old in text
    found = disagreements(changed(cwpp, texts={place: text.replace(old, new)}))
    assert found == [(f"cwpp:{place}", message)]


def test_an_empty_line_is_found(documents):
    cwpp = documents["cwpp"]
    table = cwpp.translation.texts["2.1.table-1"].replace("\nMeaning of Term\n", "\n\n")
    assert [d.clause for d in disagreements(changed(cwpp, texts={"2.1.table-1": table}))] == ["cwpp:2.1.table-1"]


MISSING = [
    ({}, {"8.1": None}, "cwpp:8.1", "the words stand in one language only", "a clause"),
    ({}, {"8.1": ""}, "cwpp:8.1", "the words stand in one language only", "a clause that is empty"),
    ({}, {"12.1.2": None}, "cwpp:12.1.2", "the words stand in one language only", "an item"),
    ({}, {"2.1.table-1": None}, "cwpp:2.1.table-1", "the words stand in one language only", "a table"),
    ({}, {"8": "Fees."}, "cwpp:8", "the words stand in one language only", "words of an article that has none"),
    ({"8": None}, {}, "cwpp:8", "the title stands in one language only", "a title"),
    ({"8.1": "Fees"}, {}, "cwpp:8.1", "the title stands in one language only", "a title of a paragraph that has none"),
    ({}, {"8.3": "Fees."}, "cwpp:8.3", "there is no such clause in the Japanese", "a clause too many"),
    ({"99": "Fees"}, {}, "cwpp:99", "there is no such clause in the Japanese", "a title too many"),
]


@pytest.mark.parametrize(("titles", "texts", "clause", "message", "why"), MISSING, ids=[w for *_, w in MISSING])
def test_what_stands_in_one_language_only_is_found(titles, texts, clause, message, why, documents):
    assert disagreements(changed(documents["cwpp"], titles, texts)) == [(clause, message)]


def test_disagreements_come_in_the_order_of_the_text(documents):
    found = disagreements(changed(documents["cwpp"], {"1": None}, {"99.1": "Fees.", "14.1": None, "3.2": None}))
    assert [d.clause for d in found] == ["cwpp:1", "cwpp:3.2", "cwpp:14.1", "cwpp:99.1"]


def test_no_translation_has_no_disagreements(documents):
    assert disagreements(dataclasses.replace(documents["cwpp"], translation=None)) == []


@pytest.mark.parametrize(
    ("old", "new", "status", "told"),
    [
        ("no later than 1 month before", "no later than 2 months before", 1, "cwpp:7.2: only in Japanese: month 1"),
        ("no later than 1 month before", "no later than 1 month before", 0, "0 disagreements"),
    ],
    ids=["a number changed", "nothing changed"],
)
def test_the_command_tells_by_its_status(old, new, status, told, tmp_path, monkeypatch, capsys):
    shutil.copytree(CORPUS / "cwpp", tmp_path / "cwpp")
    path = tmp_path / "cwpp" / "2024-04-01" / "english.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["translations", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        translations.main()
    assert caught.value.code == status
    assert told in capsys.readouterr().out
