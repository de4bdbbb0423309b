import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import IDS
from ingest.facts import read_facts
from ingest.parties import Parties
from ingest.prose import clause_prose


def values(text):
    """The values of a text, norms left out: kind, as printed, normalised."""
    return [(f.kind, f.text, f.normalized) for f in read_facts(text, Parties()) if f.kind != "norm"]


PERIODS = [
    ("1か月前までに通知します。", "1か月前まで", "P1M", "か月; まで belongs to it, に does not"),
    ("１ヶ月前までに通知します。", "１ヶ月前まで", "P1M", "small ヶ, full-width digit"),
    ("2ヵ月前に通知します。", "2ヵ月前", "P2M", "small ヵ, 前 alone"),
    ("3カ月以内に返還します。", "3カ月以内", "P3M", "large カ"),
    ("６ケ月以上利用した者", "６ケ月以上", "P6M", "large ケ"),
    ("一箇月未満の端数", "一箇月未満", "P1M", "箇 and a kanji numeral"),
    ("3ｶ月間利用できます。", "3ｶ月間", "P3M", "half-width katakana"),
    ("十二か月間とします。", "十二か月間", "P12M", "two kanji numerals"),
    ("３ か月前までに", "３ か月前まで", "P3M", "a blank between number and unit"),
    ("5営業日以内に", "5営業日以内", "P5BD", "business days"),
    ("３ 営業日前までに", "３ 営業日前まで", "P3BD", "business days with a blank"),
    ("5銀行営業日以内に", "5銀行営業日以内", "P5BD", "days on which banks are open"),
    ("30日以内に", "30日以内", "P30D", "days, 以内"),
    ("３０日前までに", "３０日前まで", "P30D", "full-width days, 前まで"),
    ("三十日以内に", "三十日以内", "P30D", "days in kanji"),
    ("150日間の猶予", "150日間", "P150D", "three digits are read as one number"),
    ("１０日間経過後も", "１０日間経過", "P10D", "間 and 経過"),
    ("60日を経過した場合", "60日", "P60D", "a particle before 経過 ends it"),
    ("納入から7日目に", "7日目", "P7D", "目"),
    ("30日後に", "30日後", "P30D", "後"),
    ("2週間前までに", "2週間前まで", "P2W", "weeks"),
    ("24時間以上連続して", "24時間以上", "PT24H", "hours, 以上"),
    ("1,000時間以下", "1,000時間以下", "PT1000H", "a comma between thousands"),
    ("１．５時間以内", "１．５時間以内", "PT1.5H", "a full-width decimal"),
    ("30分以内に復旧します。", "30分以内", "PT30M", "minutes"),
    ("60秒未満", "60秒未満", "PT60S", "seconds"),
    ("1年間とし", "1年間", "P1Y", "years"),
    ("５年を超えて", "５年", "P5Y", "years, full-width"),
    ("半年間利用できます。", "半年間", "P6M", "half a year"),
    ("１か月と５営業日前までに", "１か月と５営業日前まで", "P1M+P5BD", "a sum with business days"),
    ("１ヶ月と 5 営業日前までに", "１ヶ月と 5 営業日前まで", "P1M+P5BD", "a sum with blanks"),
    ("1年及び6か月間", "1年及び6か月間", "P1Y+P6M", "a sum joined by 及び"),
    ("翌月末日までに支払います。", "翌月末日", "M+1:last", "last day of the next month"),
    ("翌月末までに支払います。", "翌月末", "M+1:last", "end of the next month"),
    ("翌月の末日までに", "翌月の末日", "M+1:last", "last day of the next month with の"),
    ("翌月１日から", "翌月１日", "M+1:1", "first of the next month in digits"),
    ("翌月初日から", "翌月初日", "M+1:1", "first of the next month in words"),
    ("翌月20日までに", "翌月20日", "M+1:20", "20th of the next month"),
    ("翌々月10日までに", "翌々月10日", "M+2:10", "10th of the month after next"),
    ("翌々月から", "翌々月", "M+2", "month after next"),
    ("翌月から適用します。", "翌月", "M+1", "next month"),
    ("当月末までに", "当月末", "M+0:last", "end of this month"),
    ("毎月末日に締めます。", "毎月末日", "M:last", "last day of every month"),
    ("毎月１日に", "毎月１日", "M:1", "first of every month"),
    ("毎月25日に", "毎月25日", "M:25", "25th of every month"),
    ("支払期日の翌日から", "翌日", "D+1", "next day"),
    ("翌々日までに", "翌々日", "D+2", "day after next"),
    ("翌営業日に", "翌営業日", "BD+1", "next business day"),
    ("翌年から", "翌年", "Y+1", "next year"),
]


@pytest.mark.parametrize(("text", "quote", "normalized", "why"), PERIODS, ids=[w for *_, w in PERIODS])
def test_periods(text, quote, normalized, why):
    assert values(text) == [("period", quote, normalized)]


NO_VALUES = [
    ("第3条第1項第2号による。", "numbers of clauses"),
    ("第10年次総会", "an ordinal year"),
    ("前2項の規定は", "paragraphs counted"),
    ("2024年度の料金", "a fiscal year"),
    ("午前9時30分から午後5時15分まで", "times of day"),
    ("一切の責任、一部の機能、第三者、一方、万一", "words written with 一, 三, 万"),
    ("日割り計算により", "by the day"),
    ("月額料金を毎月支払う。", "a monthly fee"),
    ("当日、当該日又は同日", "the same day"),
    ("数日後、数か月にわたり", "a few"),
    ("1日付の通知", "dated the first"),
    ("機器3台、2回線、1個", "things counted"),
    ("電話番号 03-1234-5678", "a telephone number"),
    ("IPアドレス 192.168.10.1", "an IP address"),
    ("1234.5メートル", "a decimal of four digits before its point"),
    ("郵便番号 105-0011", "a postal code"),
    ("利用方法、支払方法又は算定方法", "ways"),
    ("違法、適法、不法行為、司法機関", "compounds of 法"),
    ("関係法令、法令及び法律を遵守し", "laws without a name"),
    ("準拠法は、日本国の法律とします。", "the law of a country"),
    ("その他の法律に基づき", "other laws"),
    ("同法の定めに従い、各国の法律を遵守する。", "a law named before, laws of countries"),
    ("甲は、法人又は法人格のない団体とする。", "corporations"),
    ("当社の本店所在地を管轄する地方裁判所", "a court by its district"),
    ("専属的合意管轄裁判所とする。", "the court agreed on"),
    ("裁判所の命令により", "any court"),
    ("倍額、円滑、割合、分割、半数", "words of the units without a number"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), NO_VALUES, ids=[w for _, w in NO_VALUES])
def test_what_is_no_value(text, why):
    assert values(text) == []


RATES = [
    ("年14.6％の割合", "年14.6％", "14.6%/yr", "a year, full-width percent"),
    ("年率１４．６%の遅延損害金", "年率１４．６%", "14.6%/yr", "full-width digits and point"),
    ("年 14.6％の割合", "年 14.6％", "14.6%/yr", "a blank behind 年"),
    ("年利5%", "年利5%", "5%/yr", "年利"),
    ("年率3.0％", "年率3.0％", "3%/yr", "a zero behind the point says nothing"),
    ("月1％の割合", "月1％", "1%/mo", "a month"),
    ("月利1.5%", "月利1.5%", "1.5%/mo", "月利"),
    ("料金の10％", "10％", "10%", "of no time"),
    ("稼働率99.99%", "99.99%", "99.99%", "two digits behind the point"),
    ("料金の30パーセント", "30パーセント", "30%", "in words"),
    ("料金の8割", "8割", "80%", "tenths"),
    ("料金の三割", "三割", "30%", "tenths in kanji"),
]
SHARES = [
    ("料金の２倍に相当する額", "２倍", "2x", "times"),
    ("料金の1.5倍", "1.5倍", "1.5x", "times with a decimal"),
    ("料金の三倍", "三倍", "3x", "times in kanji"),
    ("月額の30分の1", "30分の1", "1/30", "a part, which is no half hour"),
    ("年額の12分の 1", "12分の 1", "1/12", "a part with a blank"),
    ("総額の二分の一", "二分の一", "1/2", "a part in kanji"),
    ("総額の３分の２", "３分の２", "2/3", "two thirds"),
    ("料金の半額", "半額", "1/2", "half the sum"),
    ("料金の半分", "半分", "1/2", "half"),
]
AMOUNTS = [
    ("1円未満の端数", "1円", "JPY 1", "one yen"),
    ("手数料1,000円", "1,000円", "JPY 1000", "thousands"),
    ("手数料１，０００円", "１，０００円", "JPY 1000", "full-width thousands"),
    ("手数料 500 円", "500 円", "JPY 500", "a blank before the unit"),
    ("違約金10万円", "10万円", "JPY 100000", "万"),
    ("上限は3千円", "3千円", "JPY 3000", "千"),
    ("上限は1億円", "1億円", "JPY 100000000", "億"),
    ("上限は1.5億円", "1.5億円", "JPY 150000000", "a decimal of 億"),
    ("上限は五百万円", "五百万円", "JPY 5000000", "万 in kanji"),
    ("金百円", "百円", "JPY 100", "kanji"),
]
DATES = [
    ("2024年3月29日改定", "2024年3月29日", "2024-03-29", "western"),
    ("２０２２年１月２１日から実施", "２０２２年１月２１日", "2022-01-21", "western, full-width"),
    ("2024 年 3 月 29 日改定", "2024 年 3 月 29 日", "2024-03-29", "western with blanks"),
    ("2024/3/29改定", "2024/3/29", "2024-03-29", "slashes"),
    ("2024-03-29改定", "2024-03-29", "2024-03-29", "hyphens"),
    ("2024年4月から", "2024年4月", "2024-04", "no day"),
    ("（令和２年２月１日）", "令和２年２月１日", "2020-02-01", "Reiwa, brackets left out"),
    ("令和元年5月1日", "令和元年5月1日", "2019-05-01", "the first year of Reiwa"),
    ("令和六年四月一日", "令和六年四月一日", "2024-04-01", "kanji"),
    ("平成31年4月30日", "平成31年4月30日", "2019-04-30", "Heisei"),
    ("平成元年1月8日", "平成元年1月8日", "1989-01-08", "the first year of Heisei"),
    ("昭和60年4月1日", "昭和60年4月1日", "1985-04-01", "Showa"),
    ("大正15年12月24日", "大正15年12月24日", "1926-12-24", "Taisho"),
    ("明治45年7月29日", "明治45年7月29日", "1912-07-29", "Meiji"),
    ("令和2年4月から", "令和2年4月", "2020-04", "an era without a day"),
    ("毎年３月３１日", "３月３１日", "--03-31", "month and day only"),
    ("毎年12月1日", "12月1日", "--12-01", "month and day of two digits"),
]
COURTS = [
    ("東京地方裁判所を専属的合意管轄裁判所とする。", "東京地方裁判所", "東京地方裁判所", "district"),
    ("東京簡易裁判所", "東京簡易裁判所", "東京簡易裁判所", "summary"),
    ("大阪高等裁判所", "大阪高等裁判所", "大阪高等裁判所", "high"),
    ("横浜家庭裁判所", "横浜家庭裁判所", "横浜家庭裁判所", "family"),
    ("さいたま地方裁判所", "さいたま地方裁判所", "さいたま地方裁判所", "a seat in hiragana"),
    ("鹿児島地方裁判所", "鹿児島地方裁判所", "鹿児島地方裁判所", "a seat of three characters"),
    ("知的財産高等裁判所", "知的財産高等裁判所", "知的財産高等裁判所", "intellectual property"),
    ("訴訟については東京地方裁判所", "東京地方裁判所", "東京地方裁判所", "behind a particle"),
]


OTHERS = [
    (kind, *row)
    for kind, table in (("rate", RATES), ("share", SHARES), ("amount", AMOUNTS), ("date", DATES), ("court", COURTS))
    for row in table
]


@pytest.mark.parametrize(("kind", "text", "quote", "normalized", "why"), OTHERS, ids=[f"{k}, {w}" for k, *_, w in OTHERS])
def test_other_values(kind, text, quote, normalized, why):
    assert values(text) == [(kind, quote, normalized)]


LAWS = [
    ("民法（明治29年法律第89号）第548条の4", "民法（明治29年法律第89号", "Act:1896-89", "an act with its number"),
    ("電気通信事業法(昭和59年法律第86号)第4条", "電気通信事業法(昭和59年法律第86号", "Act:1984-86", "half-width brackets"),
    (
        "消費税法（昭和 63 年法律第108 号、以下同じ）",
        "消費税法（昭和 63 年法律第108 号",
        "Act:1988-108",
        "more behind the number",
    ),
    (
        "地方税法（昭和25年7月31日法律第226号）",
        "地方税法（昭和25年7月31日法律第226号",
        "Act:1950-226",
        "with the day of issue",
    ),
    (
        "デジタル社会形成基本法（令和三年法律第三十五号）",
        "デジタル社会形成基本法（令和三年法律第三十五号",
        "Act:2021-35",
        "kanji numerals",
    ),
    (
        "端末設備等規則（昭和60年郵政省令第31号）",
        "端末設備等規則（昭和60年郵政省令第31号",
        "郵政省令:1985-31",
        "a ministry's order",
    ),
    (
        "電気通信事業法施行令（昭和60年政令第75号）",
        "電気通信事業法施行令（昭和60年政令第75号",
        "政令:1985-75",
        "a cabinet order",
    ),
    ("電気通信事業法第4条に従い", "電気通信事業法", "電気通信事業法", "a name before an article"),
    ("民法その他の法令", "民法", "民法", "the shortest name"),
    ("不正競争防止法に定める営業秘密", "不正競争防止法", "不正競争防止法", "a name without a number"),
    ("外国為替及び外国貿易法を遵守し", "外国為替及び外国貿易法", "外国為替及び外国貿易法", "及び in the name"),
    ("個人情報の保護に関する法律に従い", "個人情報の保護に関する法律", "個人情報の保護に関する法律", "a name that ends in 法律"),
    (
        "暴力団員による不当な行為の防止等に関する法律に定める",
        "暴力団員による不当な行為の防止等に関する法律",
        "暴力団員による不当な行為の防止等に関する法律",
        "verbs in the name",
    ),
    ("会社法（平成17年法律第86号）", "会社法（平成17年法律第86号", "Act:2005-86", "Heisei"),
    ("法人税法施行規則に定める", "法人税法施行規則", "法人税法施行規則", "an order by its name"),
]


@pytest.mark.parametrize(("text", "quote", "normalized", "why"), LAWS, ids=[w for *_, w in LAWS])
def test_laws(text, quote, normalized, why):
    """Whether the bracket behind the number belongs to the quote is left open."""
    assert [(kind, found.rstrip("）)"), value) for kind, found, value in values(text)] == [("law", quote, normalized)]


SEVERAL = [
    ("24 時間 365 日体制で", ["PT24H", "P365D"], "two periods side by side"),
    ("民法及び商法", ["民法", "商法"], "two laws joined"),
    ("東京地方裁判所又は東京簡易裁判所", ["東京地方裁判所", "東京簡易裁判所"], "two courts joined"),
    ("支払期日の翌日から支払日の前日まで年14.5%", ["D+1", "14.5%/yr"], "a period before a rate"),
    ("30日以内に料金の10%又は1万円", ["P30D", "10%", "JPY 10000"], "in the order of the text"),
    ("会社更生法、民事再生法又は破産法", ["会社更生法", "民事再生法", "破産法"], "three laws in a list"),
    ("毎月20日締め翌月末日払い", ["M:20", "M+1:last"], "two days of months side by side"),
    ("月額の2分の1及び30日分", ["1/2", "P30D"], "a share before a period"),
    ("2022年1月21日から実施し、2023年6月1日に変更", ["2022-01-21", "2023-06-01"], "two dates"),
    ("1年間、ただし6か月間前まで", ["P1Y", "P6M"], "two sentences parted by a comma are no sum"),
    ("会社法（平成17年法律第86号）と民法（明治29年法律第89号）", ["Act:2005-86", "Act:1896-89"], "two laws with numbers"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SEVERAL, ids=[w for *_, w in SEVERAL])
def test_several_values(text, expected, why):
    assert [normalized for _, _, normalized in values(text)] == expected


def test_a_norm_has_a_modality_and_a_party_instead_of_a_value():
    text = "契約者は、３０日以内に支払うものとします。"
    period, norm = read_facts(text, Parties())
    assert (period.kind, period.party, period.modality) == ("period", None, None)
    assert (norm.kind, norm.text, norm.normalized) == ("norm", "ものとします", None)
    assert (norm.party, norm.modality) == ("customer", "must")


def hold_together(text):
    facts = read_facts(text, Parties())
    for fact in facts:
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert text[fact.span.start : fact.span.end] == fact.text
        assert (fact.kind == "norm") == (fact.modality is not None) == (fact.normalized is None)
    spans = [f.span for f in facts if f.kind != "norm"]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans)), "a value inside a value"


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    hold_together(text)


PIECES = [
    "1",
    "２",
    "二",
    "元",
    "14.6",
    "，００",
    "①",
    "㍻",
    "㍿",
    "㎜",
    "½",
    "か月",
    "ヶ",
    "ｶﾞ",
    "月",
    "日",
    "年",
    "時間",
    "分",
    "分の",
    "割",
    "%",
    "％",
    "倍",
    "半",
    "額",
    "万",
    "億",
    "円",
    "前",
    "まで",
    "以内",
    "以上",
    "間",
    "経過",
    "営業日",
    "週",
    "翌",
    "翌々",
    "毎",
    "当",
    "末日",
    "初日",
    "令和",
    "平成",
    "昭和",
    "法律",
    "第",
    "号",
    "条",
    "（",
    "）",
    "(",
    ")",
    "法",
    "民法",
    "に関する",
    "及び",
    "の",
    "と",
    "、",
    "。",
    "東京",
    "地方",
    "裁判所",
    "/",
    "-",
    "2024",
    "03",
    "当社",
    "契約者",
    "甲",
    "は",
    "が",
    "も",
    "に対し",
    "ものとする",
    "できる",
    "てはならない",
    "みなす",
    "責任を負わない",
    "圓",
    "國",
]


@given(st.lists(st.sampled_from([*PIECES, "\n", " "]), max_size=14).map("".join))
def test_any_pieces_of_terms_are_read_without_an_error(text):
    hold_together(text)


@given(st.integers(1, 999), st.sampled_from(["か月", "営業日", "日", "年", "時間", "秒"]))
def test_width_and_blanks_do_not_change_a_value(n, unit):
    wide = str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    plain, full, apart = (values(f"{number}以内に")[0][2] for number in (f"{n}{unit}", f"{wide}{unit}", f"{n} {unit}"))
    assert plain == full == apart
    assert str(n) in plain


@pytest.mark.parametrize("document", IDS)
def test_facts_of_the_five_lead_back(document, documents):
    reading = documents[document].reading
    paragraphs = [c for c in reading.outline.walk() if c.level in ("paragraph", "preamble")]
    assert paragraphs
    for clause in paragraphs:
        hold_together(clause_prose(clause, reading.source).text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("令和2年に改定した約款", [], id="an era year alone"),
        pytest.param("平成25年法律による改正", [], id="the year of a law"),
        pytest.param("2024年に改定した約款", [], id="a western year alone"),
        pytest.param("当社の責任で十分な注意を払い", [], id="十分 as enough"),
        pytest.param("管理が不十分な場合", [], id="不十分 as insufficient"),
        pytest.param("本約款の準拠法は日本法とする。", [], id="the law of a country in short"),
        pytest.param("日本国法を準拠とする。", [], id="the law of a country"),
        pytest.param("二三十日、十百円", [], id="kanji that make no number"),
        pytest.param(
            "個人情報の保護に関する法律（以下「個人情報保護法」）",
            ["個人情報の保護に関する法律"],
            id="a short name given to a law",
        ),
        pytest.param("前月末日までに", ["M-1:last"], id="last day of the month before"),
        pytest.param("上限は1.13万円", ["JPY 11300"], id="a decimal that binary fractions miss"),
        pytest.param("上限は1億2,000万円", ["JPY 120000000"], id="億 and 万"),
        pytest.param("上限は2万5,000円", ["JPY 25000"], id="万 and the rest"),
        pytest.param("以下東京地方裁判所", ["東京地方裁判所"], id="a court behind another word in kanji"),
    ],
)
def test_values_that_were_once_read_wrong(text, expected):
    assert [f.normalized for f in read_facts(text, Parties()) if f.kind != "norm"] == expected
