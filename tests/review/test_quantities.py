import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.quantities import days, percent_a_year

DAYS = [
    ("P30D", 30, "days"),
    ("P2W", 14, "weeks"),
    ("P1M", 30, "a month counts as 30 days"),
    ("P2M", 60, "two months"),
    ("P1Y", 365, "a year counts as 365 days"),
    ("P5BD", 7, "five business days are a week"),
    ("P1M+P5BD", 37, "a sum"),
    ("P1Y+P1M+P1D", 396, "a sum of three"),
    ("PT24H", 1, "hours"),
    ("PT720M", 0.5, "minutes, not months"),
    ("PT43200S", 0.5, "seconds"),
    ("P1.5M", 45, "a fraction"),
    ("P0D", 0, "nothing is a length, too"),
    ("M+1:last", None, "the end of the next month is no length"),
    ("D+1", None, "the next day is no length"),
    ("P1M+D+1", None, "a sum with a part that is no length"),
    ("14.6%/yr", None, "a rate"),
    ("1か月", None, "not normalised"),
    ("P1M ", None, "something behind it"),
    ("", None, "empty"),
]


@pytest.mark.parametrize(("period", "expected", "why"), DAYS, ids=[w for *_, w in DAYS])
def test_days(period, expected, why):
    assert days(period) == (None if expected is None else pytest.approx(expected))


RATES = [
    ("14.6%/yr", 14.6, "a year"),
    ("5%/yr", 5, "a whole number"),
    ("1.5%/mo", 18, "a month, twelve times"),
    ("10%", None, "of nothing in time"),
    ("2x", None, "a multiple"),
    ("1/12", None, "a share"),
    ("14.6%/yr+1%/yr", None, "no sums"),
    ("P1M", None, "a period"),
    ("", None, "empty"),
]


@pytest.mark.parametrize(("rate", "expected", "why"), RATES, ids=[w for *_, w in RATES])
def test_percent_a_year(rate, expected, why):
    assert percent_a_year(rate) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.integers(0, 999), st.sampled_from(["D", "W", "M", "Y", "BD"])), min_size=1, max_size=4))
def test_a_sum_is_the_sum_of_its_parts_in_any_order(parts):
    texts = [f"P{number}{unit}" for number, unit in parts]
    expected = sum(days(text) for text in texts)
    assert days("+".join(texts)) == pytest.approx(expected)
    assert days("+".join(reversed(texts))) == pytest.approx(expected)
