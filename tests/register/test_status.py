import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from register.model import PLAIN_STATUSES, Plain, Record, Status
from register.status import InForce, in_force


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def right(
    plain: Plain, since: str | None = None, registration_number: str | None = None, **dates: str
) -> Record:
    fields: dict[str, Any] = {name: day(value) for name, value in dates.items()}
    return Record(
        id="x",
        office="SG",
        right="trademark",
        application_number="1",
        registration_number=registration_number,
        status=Status(plain, date=day(since) if since else None),
        **fields,
    )


def answer(record: Record, on: str, *history: Status, as_of: str | None = None) -> bool | None:
    found = in_force(record, day(on), history, day(as_of) if as_of else None)
    assert found.basis
    return found.answer


REGISTERED = right(
    "registered",
    "2020-02-01",
    filing_date="2019-01-01",
    registration_date="2020-01-15",
    expiry_date="2029-01-01",
)


def test_a_registered_right_is_in_force_between_registration_and_expiry() -> None:
    assert answer(REGISTERED, "2019-06-01") is False
    assert answer(REGISTERED, "2020-01-15") is True
    assert answer(REGISTERED, "2025-06-01") is True


def test_a_registered_right_past_its_expiry_date_may_have_been_renewed() -> None:
    assert answer(REGISTERED, "2030-01-01") is None


def test_a_right_is_not_in_force_before_it_was_filed() -> None:
    assert answer(right("unknown", filing_date="2020-01-01"), "2019-12-31") is False


def test_a_pending_application_is_not_in_force() -> None:
    assert answer(right("pending", "2020-01-01", filing_date="2019-01-01"), "2021-01-01") is False
    assert answer(right("pending", filing_date="2019-01-01"), "2021-01-01") is False


def test_a_terminated_right_was_in_force_until_then() -> None:
    ended = right("ended", "2022-05-01", registration_date="2015-01-01", termination_date="2022-05-01")
    assert answer(ended, "2020-01-01") is True
    assert answer(ended, "2022-05-01") is False


def test_an_expired_right_was_in_force_until_its_expiry() -> None:
    expired = right("expired", "2022-08-01", registration_date="2012-01-01", expiry_date="2022-01-01")
    assert answer(expired, "2021-12-31") is True
    assert answer(expired, "2022-03-01") is False
    assert answer(expired, "2023-01-01") is False


def test_an_application_that_ended_was_never_in_force() -> None:
    assert answer(right("ended", filing_date="2019-01-01"), "2020-01-01") is False


def test_an_ended_right_whose_dates_are_not_known_is_no_answer() -> None:
    assert answer(right("ended", registration_number="77"), "2020-01-01") is None
    assert answer(right("ended", registration_date="2015-01-01"), "2020-01-01") is None


def test_the_status_of_the_day_comes_from_the_history() -> None:
    ended = right("ended", "2022-05-01", registration_date="2015-01-01")
    suspended = Status("pending", date=day("2018-01-01"))
    registered = Status("registered", date=day("2019-01-01"))
    assert answer(ended, "2020-01-01", registered) is True
    assert answer(ended, "2018-06-01", suspended) is None
    assert answer(ended, "2023-01-01", registered) is False


def test_a_status_without_a_date_counts_from_the_day_it_was_read() -> None:
    registered = right("registered")
    assert answer(registered, "2024-01-01", as_of="2023-12-01") is True
    assert answer(registered, "2024-01-01") is None


def test_an_unknown_status_is_no_answer() -> None:
    assert answer(right("unknown", "2020-01-01", registration_date="2019-01-01"), "2021-01-01") is None


@given(
    st.sampled_from(PLAIN_STATUSES),
    st.lists(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), min_size=5, max_size=5),
    st.dates(dt.date(1985, 1, 1), dt.date(2035, 1, 1)),
)
def test_there_is_always_an_answer_with_its_basis(
    plain: Plain, dates: list[dt.date | None], on: dt.date
) -> None:
    filed, registered, expiry, ended, since = dates
    found = in_force(
        Record(
            id="x",
            office="SG",
            right="trademark",
            application_number="1",
            filing_date=filed,
            registration_date=registered,
            expiry_date=expiry,
            termination_date=ended,
            status=Status(plain, date=since),
        ),
        on,
    )
    assert isinstance(found, InForce)
    assert found.basis
    if registered is not None and on < registered:
        assert found.answer is False
