"""When a right was in force, as spans of days: what `register.status.in_force` says of each day, for all days
at once.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from register.model import Record, Status
from register.status import dated_statuses, was_in_force

_DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """Days from the first to the last, both inclusive; `date.min` and `date.max` are open ends."""

    first: dt.date
    last: dt.date


class Force(NamedTuple):
    """The days on which a right was in force, and those of which what is held does not say, in order."""

    known: tuple[Span, ...]
    unsure: tuple[Span, ...]


class _Stretch(NamedTuple):
    span: Span
    answer: bool | None

    @property
    def days(self) -> int:
        return (self.span.last - self.span.first).days


def force_of(
    record: Record, history: Sequence[Status] = (), as_of: dt.date | None = None, most: int | None = None
) -> Force:
    """The spans of a record; the arguments are those of `in_force`.

    With `most`, no more spans of either kind: of a right that was lost and restored again and again, what
    lies between is then unsure.
    """
    turns = sorted(set(_turns(record, history, as_of)))
    ends = [turn - _DAY for turn in turns]
    days = [Span(*span) for span in zip((dt.date.min, *turns), (*ends, dt.date.max), strict=True)]
    statuses = dated_statuses(record, history, as_of)
    stretches = _joined([_Stretch(span, was_in_force(record, span.first, statuses)) for span in days])
    if most is not None and len(stretches) > most:
        stretches = _coarser(stretches, most)
    return Force(_spans(stretches, True), _spans(stretches, None))


def _turns(record: Record, history: Sequence[Status], as_of: dt.date | None) -> Iterator[dt.date]:
    """The days on which the answer can change: every rule compares the day with one of these."""
    first = record.filing_date if record.registration_date is None else record.registration_date
    own = as_of if record.status.date is None else record.status.date
    for day in (first, record.termination_date, own, *(status.date for status in history)):
        if day is not None and day > dt.date.min:
            yield day
    expiry = record.expiry_date
    if expiry is None:
        return
    if expiry < dt.date.max:
        yield expiry + _DAY
    if record.status.plain == "expired" and expiry > dt.date.min:
        # Of an expired right it is the first day on which it was over, of others the last that is sure.
        yield expiry


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for one in stretches:
        if found and found[-1].answer is one.answer:
            found[-1] = _Stretch(Span(found[-1].span.first, one.span.last), one.answer)
        else:
            found.append(one)
    return found


def _coarser(stretches: list[_Stretch], most: int) -> list[_Stretch]:
    while True:
        counts = {kind: sum(one.answer is kind for one in stretches) for kind in (True, None)}
        if counts[True] > most:
            short = min((one for one in stretches if one.answer is True), key=lambda one: one.days)
        elif counts[None] > most:
            unsure = [place for place, one in enumerate(stretches) if one.answer is None]
            between = stretches[unsure[0] + 1 : unsure[-1]]
            short = min((one for one in between if one.answer is not None), key=lambda one: one.days)
        else:
            return stretches
        stretches = _joined([_Stretch(one.span, None) if one is short else one for one in stretches])


def _spans(stretches: Sequence[_Stretch], answer: bool | None) -> tuple[Span, ...]:
    return tuple(one.span for one in stretches if one.answer is answer)
