"""Order values: numbers that sort documents by a date or a length and are unique, so that a cursor is a
range.

The value stands in the high bits and the record's timepoint, which no other document has, in the low 40.
"""

import datetime as dt

_LOW_BITS = 40
_LOW = (1 << _LOW_BITS) - 1
_LONGEST = 65535

FIRST_KNOWN = 1 << _LOW_BITS
"""Order values below are those of documents without the date."""


def order_value(high: int, timepoint: int) -> int:
    return high << _LOW_BITS | timepoint & _LOW


def timepoint_of(value: int) -> int:
    """The timepoint of the document that has this order value."""
    return value & _LOW


def date_order(date: dt.date | None, timepoint: int) -> int:
    """The order value of a date; without one it stands before every date."""
    return order_value(0 if date is None else date.toordinal(), timepoint)


def length_order(length: int, timepoint: int) -> int:
    return order_value(min(length, _LONGEST), timepoint)


def first_of_day(date: dt.date) -> int:
    """The lowest order value of a day."""
    return date.toordinal() << _LOW_BITS


def last_of_day(date: dt.date) -> int:
    """The highest order value of a day."""
    return first_of_day(date) | _LOW
