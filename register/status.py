"""Whether a right was in force on a day, as far as what is held of it can say."""

import datetime as dt
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from register.model import Plain, Record, Status


class InForce(NamedTuple):
    """The answer and what it rests on: `answer` is None where what is held does not say."""

    answer: bool | None
    basis: str


class _Ruling(NamedTuple):
    """What a rule says: the answer, and the basis as words to be put together where somebody wants them."""

    answer: bool | None
    words: str
    said: tuple[object, ...] = ()


def in_force(
    record: Record, on: dt.date, history: Sequence[Status] = (), as_of: dt.date | None = None
) -> InForce:
    """Whether the right was registered and not over on a day.

    `history` are the statuses of earlier versions of the record, in any order; `as_of` is the day of which
    the record's own status is, where the status has no date of its own. The rules, the first that says
    something decides: before filing and before registration it was not in force; from its termination on it
    was not; then the newest status dated on or before the day; then the dates alone. A registered right whose
    expiry date is past is no answer: it may have been renewed.
    """
    ruling = _ruling(record, on, dated_statuses(record, history, as_of))
    return InForce(ruling.answer, ruling.words.format(*ruling.said))


class DatedStatus(NamedTuple):
    """A status that says something, and since when."""

    since: dt.date
    plain: Plain


def dated_statuses(
    record: Record, history: Sequence[Status] = (), as_of: dt.date | None = None
) -> list[DatedStatus]:
    """The statuses of a record that have a date and are known, the newest last; of those of one day the one
    that came first is behind the others. The arguments are those of `in_force`.
    """
    own = record.status
    found = [
        DatedStatus(status.date, status.plain)
        for status in history
        if status.date is not None and status.plain != "unknown"
    ]
    since = as_of if own.date is None else own.date
    if since is not None and own.plain != "unknown":
        found.append(DatedStatus(since, own.plain))
    if len(found) > 1:
        found.reverse()
        found.sort(key=attrgetter("since"))
    return found


def was_in_force(record: Record, on: dt.date, statuses: Sequence[DatedStatus]) -> bool | None:
    """The answer of `in_force` without what it rests on, which takes longest to put into words."""
    return _ruling(record, on, statuses).answer


def _ruling(record: Record, on: dt.date, statuses: Sequence[DatedStatus]) -> _Ruling:
    return (
        _by_first_dates(record, on)
        or _by_termination(record, on)
        or _by_status(record, on, statuses)
        or _by_dates(record, on)
        or _Ruling(None, "nothing that is held says whether it was in force on {}", (on,))
    )


def _by_first_dates(record: Record, on: dt.date) -> _Ruling | None:
    registered = record.registration_date
    if registered is not None:
        return (
            _Ruling(False, "registered on {}, later than {}", (registered, on)) if on < registered else None
        )
    filed = record.filing_date
    return (
        _Ruling(False, "filed on {}, later than {}", (filed, on))
        if filed is not None and on < filed
        else None
    )


def _by_termination(record: Record, on: dt.date) -> _Ruling | None:
    ended = record.termination_date
    return _Ruling(False, "terminated on {}", (ended,)) if ended is not None and on >= ended else None


def _by_status(record: Record, on: dt.date, statuses: Sequence[DatedStatus]) -> _Ruling | None:
    newest = next((status for status in reversed(statuses) if status.since <= on), None)
    if newest is None:
        return None
    since, said = "{} since {}, says the office", (newest.plain, newest.since)
    if newest.plain == "registered":
        expiry = record.expiry_date
        if expiry is not None and expiry < on:
            return _Ruling(None, f"{since}, but {_PAST}", (*said, expiry, on))
        return _Ruling(True, since, said)
    if newest.plain == "pending" and record.registration_date is not None:
        return _Ruling(None, since + ", and yet registered on {}", (*said, record.registration_date))
    return _Ruling(False, since, said)


_PAST = "its expiry date {} is before {}: it may have been renewed"


def _by_dates(record: Record, on: dt.date) -> _Ruling | None:
    """What the dates say of a day that no status reaches back to."""
    plain, registered, expiry = record.status.plain, record.registration_date, record.expiry_date
    if plain in ("expired", "ended"):
        return _by_dates_of_ended(record, on)
    if expiry is not None and on > expiry:
        return _Ruling(None, _PAST, (expiry, on))
    if plain == "registered" and registered is not None:
        return _Ruling(True, "registered on {} and registered still", (registered,))
    if plain == "pending" and registered is None:
        return _Ruling(False, "its application is still pending")
    return None


def _by_dates_of_ended(record: Record, on: dt.date) -> _Ruling | None:
    plain, registered, expiry = record.status.plain, record.registration_date, record.expiry_date
    if registered is None:
        if record.registration_number is None and plain == "ended":
            return _Ruling(False, "ended without a registration")
        return None
    ends = [day for day in (record.termination_date, record.status.date) if day is not None]
    if plain == "expired" and expiry is not None:
        ends.append(expiry)
    if not ends:
        return None
    end = min(ends)
    if on < end:
        return _Ruling(True, "registered on {} and over on {}", (registered, end))
    return _Ruling(False, "over on {}", (end,))
