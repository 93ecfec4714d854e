"""Deadlines of records."""

import datetime as dt
import itertools

import pytest

from register.codes.deadlines import periods
from register.deadlines import Deadline, deadlines_of, soonest_first
from register.model import Plain
from tests.register.store.delivering import of_right

DAY = dt.date


def kinds(found: tuple[Deadline, ...]) -> dict[str, dt.date | None]:
    return {one.kind: one.date for one in found}


@pytest.mark.parametrize(
    ("office", "published", "end"),
    [
        ("SG", DAY(2026, 1, 31), DAY(2026, 3, 31)),
        ("SG", DAY(2025, 12, 31), DAY(2026, 2, 28)),
        ("BN", DAY(2023, 11, 30), DAY(2024, 2, 29)),
        ("TH", DAY(2026, 1, 1), DAY(2026, 3, 2)),
        ("TH", DAY(2016, 7, 27), DAY(2016, 10, 25)),
        ("KR", DAY(2025, 7, 21), DAY(2025, 9, 21)),
        ("KR", DAY(2025, 7, 22), DAY(2025, 8, 21)),
        ("VN", DAY(2023, 1, 1), DAY(2023, 6, 1)),
        ("VN", DAY(2022, 12, 31), None),
        ("XX", DAY(2026, 1, 1), None),
        ("TL", DAY(2026, 1, 1), None),
    ],
)
def test_an_opposition_ends_by_the_law_of_the_office_on_that_day(
    office: str, published: dt.date, end: dt.date | None
) -> None:
    record = of_right("trademark", "1", "A", plain="pending", office=office, publication_date=published)
    assert kinds(deadlines_of(record)) == {"opposition": end}


def test_where_opposition_comes_after_registration_it_begins_with_the_later_day() -> None:
    record = of_right(
        "trademark",
        "1",
        "A",
        office="KH",
        publication_date=DAY(2026, 1, 10),
        registration_date=DAY(2026, 1, 2),
    )
    assert kinds(deadlines_of(record))["opposition"] == DAY(2026, 4, 10)
    pending = of_right("trademark", "1", "A", office="KH", plain="pending", publication_date=DAY(2026, 1, 10))
    assert kinds(deadlines_of(pending)) == {"opposition": None}


def test_a_renewal_is_due_at_expiry_and_can_be_made_up_for() -> None:
    found = deadlines_of(of_right("trademark", "1", "A", office="PH", expiry_date=DAY(2026, 8, 31)))
    assert kinds(found)["renewal"] == DAY(2026, 8, 31)
    assert kinds(found)["grace"] == DAY(2027, 2, 28)
    assert {one.kind: one.verified for one in found}["grace"] == "yes"


def test_where_the_grace_of_an_office_is_not_known_the_convention_gives_the_least() -> None:
    found = deadlines_of(of_right("trademark", "1", "A", office="SG", expiry_date=DAY(2026, 1, 1)))
    grace = next(one for one in found if one.kind == "grace")
    assert (grace.date, grace.verified) == (DAY(2026, 7, 1), "no")
    assert grace.source is not None
    assert "5bis" in grace.source


@pytest.mark.parametrize(("plain", "count"), [("ended", 0), ("expired", 3), ("registered", 3)])
def test_what_has_ended_has_no_deadlines_and_what_has_expired_may_be_renewed(
    plain: Plain, count: int
) -> None:
    record = of_right("trademark", "1", "A", plain=plain, expiry_date=DAY(2026, 1, 1))
    assert len(deadlines_of(record)) == count


def test_what_is_not_known_says_why() -> None:
    found = deadlines_of(of_right("trademark", "1", "A", office="ZA"))
    assert {one.kind: one.basis for one in found} == {
        "opposition": "the period of ZA is not known here",
        "renewal": "the office gives no day of expiry",
    }


def test_a_patent_has_an_opposition_only_where_its_office_is_known_to_have_one() -> None:
    assert deadlines_of(of_right("patent", "1", office="SG", publication_date=DAY(2026, 1, 1))) == ()
    found = deadlines_of(of_right("patent", "1", office="TH", publication_date=DAY(2026, 1, 1)))
    assert kinds(found) == {"opposition": DAY(2026, 4, 1)}


def test_the_soonest_comes_first_and_the_unknown_last() -> None:
    today = DAY(2026, 1, 10)
    days = [DAY(2026, 3, 1), None, DAY(2026, 1, 1), DAY(2026, 1, 10), DAY(2025, 1, 1)]
    made = [Deadline(kind="renewal", date=day, basis="") for day in days]
    assert [one.date for one in soonest_first(made, today)] == [
        DAY(2026, 1, 10), DAY(2026, 3, 1), DAY(2026, 1, 1), DAY(2025, 1, 1), None,
    ]  # fmt: skip


def test_the_periods_of_one_office_and_kind_follow_each_other_without_overlap() -> None:
    for office in ("TH", "KR", "VN"):
        known = periods(office, "trademark", "opposition")
        for before, after in itertools.pairwise(known):
            assert before.until is not None
            assert after.since == before.until + dt.timedelta(days=1)
