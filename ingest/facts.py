"""Comparable facts of a clause: periods, rates, shares, amounts, dates, courts, laws, and who must or may do what.

Found on clean clause text (``ingest.prose``), given with their places in it. Values are normalised so that １か月前 and
1ヶ月以上前 compare: periods as in ISO 8601 (P1M, PT24H) with business days beside it (P5BD), sums with ``+``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.folding import Folded, fold
from ingest.model import Span
from ingest.norms import Modality, read_norms
from ingest.numerals import integer
from ingest.parties import Parties

Kind = Literal["period", "rate", "share", "amount", "date", "court", "law", "norm"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: ``text`` as printed at ``span``. ``normalized`` is its comparable value; a norm has a ``modality``
    and, where the text names one, a ``party`` instead.
    """

    kind: Kind
    text: str
    span: Span
    normalized: str | None
    party: str | None = None
    modality: Modality | None = None


LONGEST_NUMBER = 18  # digits
_D = r"\d[\d,]*(?:\.\d+)?"
_K = r"[〇一二三四五六七八九十百千]+"
_N = rf"(?:{_D}|{_K})"
_UNITS = {
    "か月": "P{}M",
    "営業日": "P{}BD",
    "週": "P{}W",
    "日": "P{}D",
    "年": "P{}Y",
    "時間": "PT{}H",
    "分": "PT{}M",
    "秒": "PT{}S",
}
_UNIT = r"(?P<unit{0}>[かヶヵケカ箇個]\s*月|(?:銀行)?営業日|週|日(?!付|割)|年(?!\s*(?:\d+|[一二三四五六七八九十]+)\s*月|度|法律|政令|省令|利|率)|時間|分(?!の|割)|秒)"
_LENGTH = rf"(?P<n{{0}}>{_N})\s*{_UNIT}"
_SUFFIX = r"(?:\s*間(?!隔))?(?:\s*(?:以上\s*前|前\s*まで|前(?!項|条|号|各)|以内|以上|以下|未満|間|後|経過|目))?"
_ERA_YEARS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}  # the year before the first
_ERA = rf"(?P<era>明治|大正|昭和|平成|令和)\s*(?P<eray>元|{_N})\s*年"
_MONTHS = {"前々": -2, "前": -1, "当": 0, "今": 0, "翌": 1, "翌々": 2}
_COURT_PLACE = r"(?:さいたま|(?:(?!以下|又は|及び|管轄|所轄|専属|合意|各地|最寄)[一-龯ヶ]){1,4}?)"
_LAW_KIND = r"(?:法律|法|政令|省令|条例|規則|施行令|施行規則|令)"
_NO_LAW = [
    "法",
    "法律",
    "本法",
    "当法",
    "同法",
    "同法律",
    "諸法",
    "諸法律",
    "関係法",
    "関係法律",
    "他法律",
    "日本法",
    "準拠法",
    "国内法",
    "現行法",
]  # names no one law
_NO_LAW_END = (
    "準拠法",
    "方法",
    "手法",
    "用法",
    "司法",
    "立法",
    "適法",
    "不法",
    "違法",
    "合法",
    "技法",
    "製法",
    "作法",
    "文法",
    "寸法",
    "遵法",
    "順法",
    "無法",
    "療法",
)


def read_facts(text: str, parties: Parties) -> tuple[Fact, ...]:
    """The facts of a clause text, in its order. Values inside another value are not given again."""
    form = fold(text)
    facts: list[Fact] = []
    taken = [False] * len(form.text)
    for kind, pattern, value in _VALUES:
        for m in pattern.finditer(form.text):
            try:
                normalized = value(m)
            except ValueError:  # 二三十日, 十百円: no number
                continue
            if normalized is None or any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = [True] * (m.end() - m.start())
            facts.append(_fact(kind, text, form, m.span(), normalized))
    for norm in read_norms(form.text, parties):
        span = form.source_span(norm.start, norm.end)
        facts.append(Fact("norm", text[slice(*span)], span, None, norm.party, norm.modality))
    return tuple(sorted(facts, key=lambda f: f.span))


def _fact(kind: Kind, text: str, form: Folded, place: tuple[int, int], normalized: str) -> Fact:
    span = form.source_span(*place)
    return Fact(kind, text[slice(*span)], span, normalized)


def _number(text: str) -> str:
    """A number in plain digits. Raises ValueError for what is none, or is longer than any in terms."""
    plain = text.replace(",", "").strip()
    value = integer(plain)
    if value is not None:
        return str(value)
    if len(plain) > LONGEST_NUMBER or not re.fullmatch(_D, plain):
        raise ValueError(text)
    shown = f"{Decimal(plain):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _length(number: str, unit: str) -> str:
    key = "か月" if unit.endswith("月") else unit.removeprefix("銀行")
    return _UNITS[key].format(_number(number))


def _period(m: re.Match[str]) -> str | None:
    if m["half"]:
        return "P6M" if m["half"] == "半年" else "P15D"
    if m["unit1"].startswith("年") and (len(m["n1"]) == 4 or m.string[: m.start()].rstrip().endswith(tuple(_ERA_YEARS))):
        return None  # 2024年, 令和2年: a year, no length
    if m["unit1"] == "分" and not m["n1"][0].isdigit() and m.end() == m.end("unit1"):
        return None  # 十分な, 百分率
    first = _length(m["n1"], m["unit1"])
    return f"{first}+{_length(m['n2'], m['unit2'])}" if m["n2"] else first


def _relative_day(m: re.Match[str]) -> str:
    if m["every"]:
        return f"M:{_day(m['everyday'])}"
    if m["own"]:
        return "M+0:last"
    if m["month"]:
        shift = f"M{_MONTHS[m['month']]:+d}"
        return f"{shift}:{_day(m['monthday'])}" if m["monthday"] else shift
    return {"翌営業日": "BD+1", "翌々営業日": "BD+2", "翌日": "D+1", "翌々日": "D+2", "翌年": "Y+1", "翌年度": "Y+1"}[m["next"]]


def _day(text: str) -> str:
    if text in ("末", "末日"):
        return "last"
    return "1" if text == "初日" else _number(text.removesuffix("日").strip())


def _rate(m: re.Match[str]) -> str:
    number = f"{_number(m['tenths'])}0" if m["tenths"] else _number(m["percent"])
    per = "" if not m["per"] else "/yr" if m["per"].startswith("年") else "/mo"
    return f"{number}%{per}"


def _share(m: re.Match[str]) -> str:
    if m["times"]:
        return f"{_number(m['times'])}x"
    return f"{_number(m['part'])}/{_number(m['whole'])}" if m["whole"] else "1/2"


def _amount(m: re.Match[str]) -> str:
    total = Decimal(0)
    for number, scale in re.findall(rf"({_N})\s*([千万億]?)", m["yen"]):
        total += Decimal(_number(number)) * 10 ** {"": 0, "千": 3, "万": 4, "億": 8}[scale]
    return f"JPY {total.quantize(Decimal(1)):f}"


def _date(m: re.Match[str]) -> str:
    if m["era"]:
        year, month, day = _era_year(m), m["emonth"], m["eday"]
    elif m["year"]:
        year, month, day = int(m["year"]), m["month"], m["day"]
    else:
        return f"--{int(_number(m['amonth'])):02}-{int(_number(m['aday'])):02}"
    return f"{year:04}-{int(_number(month)):02}" + (f"-{int(_number(day)):02}" if day else "")


def _era_year(m: re.Match[str]) -> int:
    return _ERA_YEARS[m["era"]] + (1 if m["eray"] == "元" else int(_number(m["eray"])))


def _court(m: re.Match[str]) -> str:
    return m.group()


def _numbered_law(m: re.Match[str]) -> str:
    kind = "Act" if m["type"] == "法律" else m["type"]
    return f"{kind}:{_era_year(m)}-{_number(m['no'])}"


def _law(m: re.Match[str]) -> str | None:
    name = m.group()
    called = re.search(r"以下「[^」]*$", m.string[: m.start()])  # 以下「個人情報保護法」: the short name of a law named before
    no_law = name in _NO_LAW or name.endswith(_NO_LAW_END) or name[0] in "年月日"
    return None if called or no_law else name


# Names of laws are read from their first character to the first 法: 不正競争防止法, 外国為替及び外国貿易法,
# 暴力団員による不当な行為の防止等に関する法律.
_IN = r"[一-龯々ァ-ヶー]"
_NAME = rf"{_IN}(?:{_IN}|(?:及び|の|並びに)(?={_IN}))*?"
_LINK = r"(?:による|に対する|に係る|に関する|若しくは|並びに|及び|して|する|な|の|を)"
_LONG_NAME = rf"{_IN}(?:{_IN}|{_LINK}(?={_IN}))*?に(?:関する|係る)法律"
_ISSUED = rf"[(]\s*{_ERA}(?:\s*{_N}\s*月\s*{_N}\s*日)?\s*(?P<type>法律|{_IN}{{0,8}}(?:令|規則))\s*第\s*(?P<no>{_N})\s*号[)]?"
_NUMBERED_LAW = re.compile(rf"(?:{_LONG_NAME}|{_NAME}{_LAW_KIND})\s*{_ISSUED}")
_NAMED_LAW = re.compile(
    rf"(?:{_LONG_NAME}|{_NAME}(?<=[一-龯々])(?:法律|法)(?:施行令|施行規則)?)(?!(?![第等又及並若上])[一-龯々])"
)
_DATE = re.compile(
    rf"{_ERA}\s*(?P<emonth>{_N})\s*月(?:\s*(?P<eday>{_N})\s*日)?"
    r"|(?P<year>\d{4})\s*(?:年|[/.-])\s*(?P<month>\d{1,2})\s*(?:月|[/.-])(?:\s*(?P<day>\d{1,2})\s*日?)?"
    rf"|(?<![か毎同])(?P<amonth>{_N})\s*月\s*(?P<aday>{_N})\s*日"
)
_RATE = re.compile(
    rf"(?P<per>年利|年率|年|月利|月率|月)?\s*(?:(?P<percent>{_N})\s*(?:%|パ[ー-]セント)|(?P<tenths>{_N})\s*割(?![増引賦合当]))"
)
_SHARE = re.compile(rf"(?P<times>{_N})\s*倍|(?P<whole>{_N})\s*分の\s*(?P<part>{_N})|半額|半分")
_AMOUNT = re.compile(rf"(?P<yen>{_N}(?:\s*[千万億]\s*(?:{_N})?)*)\s*円")
_RELATIVE = re.compile(
    rf"(?P<every>毎月)\s*(?P<everyday>末日|末|初日|{_N}\s*日)|(?P<own>(?:当該|その|同)月(?:の|分の)?末日?|(?<![\d一二三四五六七八九十かヶヵ毎前翌々])月末)"
    rf"|(?P<month>翌々|翌|前々|前|(?<![該一-龯])当|今)\s*月(?:\s*(?:の\s*)?(?P<monthday>末日|末|初日|{_N}\s*日(?!間|以)))?"
    r"|(?P<next>翌々営業日|翌営業日|翌々日|翌日|翌年度|翌年)"
)
_PERIOD = re.compile(
    rf"(?<![\d.,第月時午]){_LENGTH.format(1)}(?:\s*間)?(?:(?:と|及び|および|プラス)\s*{_LENGTH.format(2)})?{_SUFFIX}|(?P<half>半年|半月)(?:間)?{_SUFFIX}"
)
_COURT = re.compile(rf"(?:(?<![一-龯])|(?<=以下)){_COURT_PLACE}(?:地方|簡易|高等|家庭|知的財産高等)裁判所")
# The most specific first: what one pattern has found is no part of another fact.
_VALUES: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("law", _NUMBERED_LAW, _numbered_law), ("law", _NAMED_LAW, _law), ("date", _DATE, _date), ("rate", _RATE, _rate),
    ("share", _SHARE, _share), ("amount", _AMOUNT, _amount), ("period", _RELATIVE, _relative_day), ("period", _PERIOD, _period),
    ("court", _COURT, _court),
)  # fmt: skip
