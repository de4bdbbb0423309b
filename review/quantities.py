"""Normalised facts as numbers that can be put in a row: periods in days, rates in percent a year."""

from __future__ import annotations

import re

from ingest.courts import english_court

_PART = re.compile(r"P(?:T(\d+(?:\.\d+)?)([HMS])|(\d+(?:\.\d+)?)(BD|[DWMY]))")
_DAYS = {"D": 1.0, "W": 7.0, "M": 30.0, "Y": 365.0, "BD": 7 / 5}
_CLOCK = {"H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}
_RATE = re.compile(r"(\d+(?:\.\d+)?)%(/yr|/mo)?")


def days(period: str) -> float | None:
    """A normalised period in days, a month as 30, a year as 365, a business day as 7/5; None for what is no length.

    >>> days("P1M"), days("P1M+P5BD"), days("PT24H"), days("M+1:last")
    (30.0, 37.0, 1.0, None)
    """
    total = 0.0
    for part in period.split("+"):
        m = _PART.fullmatch(part)
        if not m:
            return None
        total += float(m[1]) * _CLOCK[m[2]] if m[1] else float(m[3]) * _DAYS[m[4]]
    return total


def percent_a_year(rate: str) -> float | None:
    """A normalised rate in percent a year; None for a rate that is not per year or month.

    >>> percent_a_year("14.6%/yr"), percent_a_year("1%/mo"), percent_a_year("10%")
    (14.6, 12.0, None)
    """
    m = _RATE.fullmatch(rate)
    if not m or not m[2]:
        return None
    return float(m[1]) * (12 if m[2] == "/mo" else 1)


_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year", "BD": "business day", "TH": "hour", "TM": "minute", "TS": "second"}
_SHIFTED = re.compile(r"(M|D|BD|Y)([+-]\d+)?(?::(last|\d+))?")
_NAMES = {"M": "month", "D": "day", "BD": "business day", "Y": "year"}


def in_english(value: str) -> str:
    """A normalised value as English says it; one it does not know as it is.

    >>> in_english("P1M+P5BD"), in_english("M+1:last"), in_english("14.6%/yr"), in_english("東京地方裁判所")
    ('1 month and 5 business days', 'the last day of the next month', '14.6% a year', 'Tokyo District Court')
    """
    parts = [_PART.fullmatch(part) for part in value.split("+")]
    if all(parts):
        return " and ".join(_counted(m[1] or m[3], _UNITS[f"T{m[2]}" if m[2] else m[4]]) for m in parts if m)
    shifted = _SHIFTED.fullmatch(value)
    if shifted and (shifted[2] or shifted[3]):
        which = {"+1": "the next", "-1": "the last", "+0": "that", None: "every"}.get(shifted[2], f"{shifted[2]}")
        unit = f"{which} {_NAMES[shifted[1]]}"
        day = {"last": "the last day of ", None: ""}.get(shifted[3], f"day {shifted[3]} of ")
        return day + unit
    if _RATE.fullmatch(value):
        return value.replace("%/yr", "% a year").replace("%/mo", "% a month")
    return value.replace("x", " times") if re.fullmatch(r"\d+x", value) else english_court(value) or value


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == "1" else "s")
