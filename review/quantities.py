"""Normalised facts as numbers that can be put in a row: periods in days, rates in percent a year."""

from __future__ import annotations

import re

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
