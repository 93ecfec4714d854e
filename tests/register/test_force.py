"""Spans of days in force say what the record's own page says of each day."""

import datetime as dt
import itertools
import random

from register.force import Force, Span, force_of
from register.model import Record, Status
from register.status import in_force

_DAYS = [dt.date(2010, 1, 1) + dt.timedelta(days=number) for number in range(60)]
_PLAIN = ("pending", "registered", "expired", "ended", "unknown")


def _status(draw: random.Random) -> Status:
    return Status(draw.choice(_PLAIN), date=draw.choice((None, *_DAYS)))  # type: ignore[arg-type]


def _record(draw: random.Random) -> Record:
    def day() -> dt.date | None:
        return draw.choice(_DAYS) if draw.random() < 0.6 else None

    return Record(
        id="sg-tm-1",
        office="SG",
        right="trademark",
        application_number="1",
        registration_number=draw.choice((None, "1")),
        filing_date=day(),
        registration_date=day(),
        expiry_date=day(),
        termination_date=day(),
        status=_status(draw),
    )


def _on(force: Force, day: dt.date) -> bool | None:
    if any(first <= day <= last for first, last in force.unsure):
        return None
    return any(first <= day <= last for first, last in force.known)


def test_every_day_has_the_answer_of_the_record_itself() -> None:
    draw = random.Random(1)
    for _ in range(3000):
        record, history = _record(draw), [_status(draw) for _ in range(draw.choice((0, 0, 1, 2, 3)))]
        as_of = draw.choice((None, *_DAYS))
        force = force_of(record, history, as_of)
        for day in (dt.date(2009, 1, 1), *_DAYS, dt.date(2011, 1, 1), dt.date.max):
            assert _on(force, day) is in_force(record, day, history, as_of).answer, (record, history, day)


def test_spans_of_a_kind_do_not_touch() -> None:
    draw = random.Random(2)
    for _ in range(1000):
        for spans in force_of(_record(draw), [_status(draw)]):
            for one, following in itertools.pairwise(spans):
                assert (following.first - one.last).days > 1


def test_a_registered_right_is_sure_until_its_expiry_date() -> None:
    record = Record(
        id="sg-tm-1",
        office="SG",
        right="trademark",
        application_number="1",
        registration_date=dt.date(2011, 1, 1),
        expiry_date=dt.date(2021, 1, 1),
        status=Status("registered"),
    )
    assert force_of(record) == Force(
        (Span(dt.date(2011, 1, 1), dt.date(2021, 1, 1)),), (Span(dt.date(2021, 1, 2), dt.date.max),)
    )


def test_with_fewer_spans_what_is_sure_is_still_true() -> None:
    draw = random.Random(3)
    shortened = 0
    for _ in range(2000):
        record, history = _record(draw), [_status(draw) for _ in range(6)]
        whole, short = force_of(record, history), force_of(record, history, most=1)
        assert len(short.known) <= 1
        assert len(short.unsure) <= 1
        shortened += whole != short
        for day in _DAYS:
            assert _on(short, day) in (_on(whole, day), None)
    assert shortened
