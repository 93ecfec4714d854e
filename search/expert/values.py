"""Values of field tags that are no words: codes, choices, numbers, days."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from register.codes.ipc import normalise_ipc
from register.codes.locarno import normalise_locarno
from register.codes.offices import is_st3
from register.codes.vienna import normalise_vienna
from register.identity import number_key
from register.model import PLAIN_STATUSES, RIGHTS
from search.engine import All, Clause, Prefix, Range, Term, Wildcard
from search.expert.parse import refused
from search.expert.tags import Tag
from search.expert.tree import Place, Quoted, Sign, Span, Word
from search.expert.words import ensure_begun, is_wild, pieces_of
from search.filters import any_of
from search.keys.documents import document_key
from search.keys.numbers import number_keys, number_query
from search.orders import FIRST_KNOWN, first_of_day, last_of_day

T = TypeVar("T")
BoundT = TypeVar("BoundT", int, dt.date)
_LEAST_OF_NUMBER = 3
_CODES: dict[str, tuple[Callable[[str], str | None], str]] = {
    "ipc": (normalise_ipc, 'an IPC symbol such as A61, A61K or "A61K 9/16"'),
    "cpc": (normalise_ipc, 'a CPC symbol such as A61, A61K or "A61K 9/16"'),
    "vienna": (normalise_vienna, "a Vienna code such as 26, 26.4 or 26.4.5"),
    "locarno": (normalise_locarno, "a Locarno class or subclass such as 06 or 06-01"),
}
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEARS = range(1600, 2401)
_CLASSES = range(1, 46)
_ORDERS = ("filed", "registered", "expiry")


def code_clause(tag: Tag, term: Word | Quoted) -> Clause:
    """A symbol of a classification with everything below it; several with commas between."""
    field = tag.fields[0]
    normalise, like = _CODES[field]
    if is_wild(term.text):
        return _wild_code(field, term)
    codes = []
    for text, place in _parts(term):
        code = normalise(text)
        if code is None:
            raise refused(place, f"{text[:40]!r} is no symbol of the classification", f"give {like}")
        codes.append(code)
    return Term(field, tuple(dict.fromkeys(codes)))


def _wild_code(field: str, term: Word | Quoted) -> Clause:
    text = term.text.upper().replace(" ", "") if field in ("ipc", "cpc") else term.text.strip()
    if field in ("ipc", "cpc") and len(text) > 4 and text[:4].isalnum() and text[4].isdigit():
        text = f"{text[:4]} {text[4:]}"
    pieces = pieces_of(text)
    ensure_begun(pieces, 1, term.place)
    return (
        Prefix(field, pieces[0]) if len(pieces) == 2 and pieces[1] == "*" else Wildcard(field, tuple(pieces))
    )


def choice_clause(tag: Tag, term: Word | Quoted) -> Clause:
    """One of the values that there are; several with commas between."""
    field = tag.fields[0]
    values = []
    for text, place in _parts(term):
        if field in ("office", "territory"):
            value = text.upper()
            if not is_st3(value):
                raise refused(
                    place, f"{text[:20]!r} is no ST.3 code of an office", "give one such as TH or SG"
                )
        else:
            choices: Sequence[str] = RIGHTS if field == "right" else PLAIN_STATUSES
            value = text.lower()
            if value not in choices:
                raise refused(place, f"{text[:40]!r} is not known here", f"give one of {', '.join(choices)}")
        values.append(value)
    return Term(field, tuple(dict.fromkeys(values)))


def number_clause(tag: Tag, term: Word | Quoted) -> Clause:
    """A number of the right in any form people write it, with a wildcard in its form without signs."""
    field = tag.fields[0]
    if isinstance(term, Word) and is_wild(term.text):
        pieces = [piece if piece in ("*", "?") else number_key(piece) for piece in pieces_of(term.text)]
        pieces = [piece for piece in pieces if piece]
        ensure_begun(pieces, _LEAST_OF_NUMBER, term.place)
        if len(pieces) == 2 and pieces[1] == "*":
            return Prefix(field, pieces[0])
        return Wildcard(field, tuple(pieces))
    query = number_query(term.text)
    if query is None:
        keys = number_keys(term.text)
        if not keys:
            raise refused(
                term.place, f"{term.text[:40]!r} is no number", f"give one with digits, as in {tag.example}"
            )
        return Term(field, keys)
    if query.office is None:
        return Term(field, query.keys)
    # The letters may be a part of the number too.
    of_office = All((Term(field, query.keys),), (Term("office", (query.office,)),))
    return any_of([Term(field, (number_key(term.text),)), of_office])


def document_clause(tag: Tag, term: Word | Quoted) -> Clause:
    """A document or application of any office: its number stands behind the office's code."""
    found = document_key(None, term.text)
    if found is None:
        raise refused(
            term.place,
            f"{term.text[:40]!r} names no document",
            f"write the office before its number, as in {tag.example}",
        )
    return Term(tag.fields[0], (found,))


def class_clause(tag: Tag, sign: Sign, term: Word | Quoted | Span) -> Clause:
    """Nice classes: one, several with commas between, a range or a comparison."""
    field = tag.fields[0]
    if isinstance(term, Span):
        low, high = _open(term.low, _class), _open(term.high, _class)
        _ensure_forwards(low, high, term)
        return Range(field, low, high)
    if sign == "=":
        return Term(field, tuple(dict.fromkeys(_class(text, place) for text, place in _parts(term))))
    number = _class(term.text, term.place)
    bounds = {">=": (number, None), ">": (number + 1, None), "<=": (1, number), "<": (1, number - 1)}
    low, high = bounds[sign]
    return Range(field, low, high)


def date_clause(tag: Tag, sign: Sign, term: Word | Quoted | Span) -> Clause:
    """A day, a month or a year; a range of them, or what lies before or after."""
    first, last = _days(sign, term)
    field = tag.fields[-1]
    if field in _ORDERS:
        return Range(
            field,
            FIRST_KNOWN if first is None else first_of_day(first),
            None if last is None else last_of_day(last),
        )
    # A day that is given is a number above nought.
    return Range(field, 1 if first is None else first.toordinal(), None if last is None else last.toordinal())


def is_date(text: str) -> bool:
    return _DAY.fullmatch(text.strip()) is not None


def _days(sign: Sign, term: Word | Quoted | Span) -> tuple[dt.date | None, dt.date | None]:
    if isinstance(term, Span):
        low, high = _open(term.low, _period), _open(term.high, _period)
        first, last = None if low is None else low[0], None if high is None else high[1]
        _ensure_forwards(first, last, term)
        return first, last
    begin, end = _period(term.text, term.place)
    one = dt.timedelta(days=1)
    bounds: dict[Sign, tuple[dt.date | None, dt.date | None]] = {
        "=": (begin, end),
        ">=": (begin, None),
        ">": (end + one, None),
        "<=": (None, end),
        "<": (None, begin - one),
    }
    return bounds[sign]


def _period(text: str, place: Place) -> tuple[dt.date, dt.date]:
    """First and last day of a year, a month or a day."""
    found = _DAY.fullmatch(text.strip())
    if found is not None:
        written = (found[1] or found[4], found[2] or found[5], found[3] or found[6])
        year, month, day = (int(part) if part else None for part in written)
        if year in _YEARS and (month is None or 1 <= month <= 12):
            assert year is not None
            last_month = month or 12
            end = calendar.monthrange(year, last_month)[1]
            if day is None or 1 <= day <= end:
                return dt.date(year, month or 1, day or 1), dt.date(year, last_month, day or end)
    raise refused(
        place, f"{text[:40]!r} is no date", "give a year, a month or a day: 2020, 2020-05, 2020-05-31"
    )


def _class(text: str, place: Place) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(digits) in _CLASSES):
        raise refused(place, f"{text[:40]!r} is no Nice class", "give a number from 1 to 45")
    return int(digits)


def _open(bound: Word, read: Callable[[str, Place], T]) -> T | None:
    return None if bound.text.strip() == "*" else read(bound.text, bound.place)


def _ensure_forwards(low: BoundT | None, high: BoundT | None, span: Span) -> None:
    if low is not None and high is not None and low > high:
        raise refused(span.place, "the range ends before it begins", "swap its bounds")


def _parts(term: Word | Quoted) -> list[tuple[str, Place]]:
    """The values with commas between, each with its place."""
    found = []
    start = term.place.start + isinstance(term, Quoted)
    for part in term.text.split(","):
        found.append((part.strip(), Place(start, start + len(part))))
        start += len(part) + 1
    return found
