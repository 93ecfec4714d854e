"""Order values sort as their dates do, are unique, and fit both engines."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from search.orders import FIRST_KNOWN, date_order, first_of_day, last_of_day, length_order

timepoints = st.integers(1, (1 << 40) - 1)


@given(st.dates(), st.dates(), timepoints, timepoints)
def test_dates_decide_and_then_timepoints(one: dt.date, other: dt.date, first: int, second: int) -> None:
    assert (date_order(one, first) < date_order(other, second)) == ((one, first) < (other, second))
    assert first_of_day(one) <= date_order(one, first) <= last_of_day(one) < 1 << 63


@given(st.dates(), timepoints, timepoints)
def test_a_document_without_a_date_stands_before_all(date: dt.date, first: int, second: int) -> None:
    assert date_order(None, first) < FIRST_KNOWN <= date_order(date, second)


@given(st.integers(0, 10**9), timepoints)
def test_lengths_stay_within_their_bits(length: int, timepoint: int) -> None:
    assert length_order(length, timepoint) < 1 << 63
