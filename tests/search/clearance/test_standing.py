"""Whether a mark stands in the way on a day."""

import datetime as dt
from typing import Any

import pytest

from search.clearance.standing import opposed_until, standing_of
from tests.search.sample import record

TODAY = dt.date(2026, 6, 30)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def state(office: str = "SG", status: str = "registered", **more: Any) -> str:
    made = record(
        office, "1", "X", status=status, registration_date=day("2010-01-01"), filed="2009-01-01", **more
    )
    return standing_of(made, TODAY, TODAY).state


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        ("registered", {"expiry_date": day("2030-01-01")}, "in-force"),
        ("registered", {}, "in-force"),
        ("registered", {"expiry_date": day("2026-05-01")}, "in-grace"),
        ("registered", {"expiry_date": day("2020-05-01")}, "unclear"),
        ("expired", {"expiry_date": day("2026-05-01")}, "in-grace"),
        ("expired", {"expiry_date": day("2020-05-01")}, "over"),
        ("expired", {}, "over"),
        ("ended", {"expiry_date": day("2030-01-01")}, "over"),
        ("registered", {"termination_date": day("2025-01-01")}, "over"),
        ("unknown", {}, "unclear"),
    ],
)
def test_what_the_office_says_and_the_dates_make_the_state(
    status: str, more: dict[str, Any], expected: str
) -> None:
    assert state(status=status, **more) == expected


def test_an_application_is_pending() -> None:
    assert standing_of(record("SG", "1", "X", status="pending"), TODAY, TODAY).state == "pending"


def test_the_last_day_of_the_grace_period_still_counts() -> None:
    made = record("TH", "1", "X", status="expired", expiry_date=day("2025-12-31"))
    found = standing_of(made, TODAY, TODAY)
    assert (found.state, found.grace_until) == ("in-grace", day("2026-06-30"))
    assert standing_of(made, day("2026-07-01"), TODAY).state == "over"


def test_an_opposition_that_is_open_has_its_last_day() -> None:
    made = record("SG", "1", "X", status="pending", publication_date=day("2026-05-15"))
    assert opposed_until(made, TODAY) == day("2026-07-15")
    assert opposed_until(made, day("2026-07-16")) is None


def test_a_status_without_a_date_does_not_begin_with_its_delivery() -> None:
    made = record("SG", "1", "X", registration_date=day("2010-01-01"), filed="2009-01-01")
    assert standing_of(made, TODAY, TODAY).basis == "registered, as delivered on 2026-06-30"
