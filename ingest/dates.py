"""Reading a delivered date: strictly, and each distinct value once.

A date is a day of the Gregorian calendar as the office wrote it: a time of day and a zone after it are
dropped, the day is not shifted. ISO 8601 (`2024-01-31`, `2024-01-31T00:00:00Z`, `2010-12-07-05:00` of XML
Schema) and `YYYYMMDD` are read for every office; other forms only where the office's profile allows them,
since `03/04/2024` says nothing by itself.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, get_args

from register.codes.months import month_named

Form = Literal[
    "YYYY/MM/DD", "YYYY.MM.DD", "DD-MM-YYYY", "DD/MM/YYYY", "DD.MM.YYYY", "MM/DD/YYYY", "DD MONTH YYYY",
    "MONTH DD YYYY",
]  # fmt: skip
FORMS: tuple[Form, ...] = get_args(Form)

FIRST_YEAR = 1800
LAST_YEAR = 2200
# The Buddhist era counts 543 years more; years 1857 to 2157 of the common era.
BUDDHIST_YEARS = range(2400, 2701)
BUDDHIST_OFFSET = 543

_CACHE_SIZE = 65536

# Least and greatest dates of database products stand for "none" and "never".
_NO_DATE = frozenset(("", "-", "--", "null", "none", "0001-01-01", "00010101", "9999-12-31", "99991231"))
_ONLY_ZEROS = re.compile(r"[0\s:/.-]*(?:T[0:.]+Z?)?")
_AFTER = r"(?:[T\s]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?"
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_AFTER}")
_YEAR_AND_MONTH = re.compile(r"(?:1[89]|2[01])\d\d-(?:0\d|1[0-2])")
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{4}|\d{6})?")
# Months in letters, as `register.codes.months` knows them: 12 Mar 2021, 12 de marzo de 2021, ngày 12 tháng 3.
_BETWEEN = r"(?:\s+de\s+|\s+năm\s+|[\s.,/-]+)"
_NAMED = r"(?P<month>(?:th\S{1,4}\s+)?[^\d\s/-][^\d/-]*?|th(?:á|a)ng\s+\d{1,2}|thg\s+\d{1,2})"
_IN_LETTERS = {
    "DD MONTH YYYY": re.compile(
        rf"(?:ng\S*y\s+)?(?P<day>\d{{1,2}}){_BETWEEN}{_NAMED}{_BETWEEN}(?P<year>\d{{4}})" + _AFTER
    ),
    "MONTH DD YYYY": re.compile(rf"{_NAMED}{_BETWEEN}(?P<day>\d{{1,2}}){_BETWEEN}(?P<year>\d{{4}})" + _AFTER),
}
_PARTS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})"}

DateReader = Callable[[str], dt.date | None]


class ImpossibleDateError(ValueError):
    """A value that is no date: `value` as delivered and `why` in words."""

    def __init__(self, value: str, why: str) -> None:
        super().__init__(f"{value!r} is no date: {why}")
        self.value = value
        self.why = why


@cache
def _form(form: Form) -> re.Pattern[str]:
    if form in _IN_LETTERS:
        return _IN_LETTERS[form]
    separator = form.strip("DMY")[0]
    parts = (_PARTS[part] for part in form.split(separator))
    return re.compile(re.escape(separator).join(parts) + _AFTER)


def _parts(text: str, forms: tuple[Form, ...]) -> tuple[str, str, str] | None:
    """Year, month and day as written; None for a text of none of the forms."""
    found = _ISO.fullmatch(text) or _RUN.fullmatch(text)
    if found is not None:
        return found[1], found[2], found[3]
    for form in forms:
        found = _form(form).fullmatch(text)
        if found is None:
            continue
        if form not in _IN_LETTERS:
            return found["year"], found["month"], found["day"]
        month = month_named(found["month"])
        if month is not None:
            return found["year"], str(month), found["day"]
    return None


def _read(value: str, forms: tuple[Form, ...], buddhist_era: bool) -> dt.date | None:
    text = value.strip()
    if text.lower() in _NO_DATE or _ONLY_ZEROS.fullmatch(text) or _YEAR_AND_MONTH.fullmatch(text):
        return None
    parts = _parts(text, forms)
    if parts is None:
        written = ", ".join(("YYYY-MM-DD", "YYYYMMDD", *forms))
        raise ImpossibleDateError(value, f"it is not written as {written}")
    year, month, day = map(int, parts)
    if buddhist_era and year in BUDDHIST_YEARS:
        year -= BUDDHIST_OFFSET
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDateError(value, f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if month == 0 or day == 0:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ImpossibleDateError(value, "the calendar has no such day") from None


@cache
def date_reader(
    forms: tuple[Form, ...] = (), buddhist_era: bool = False, malformed_is_absent: bool = False
) -> DateReader:
    """A reader of the dates of one office, which remembers what it has read.

    It gives the day; None for no date (blank, zeros, a hyphen) and for a partial one (`18790000`: month or
    day zero); it raises `ImpossibleDateError` for anything else (`2024-13-45`, `10101`, a year before 1800 or
    after 2200), or gives None for it where the office is known for malformed dates (`malformed_is_absent`).
    Years of the Buddhist era are read as such only where `buddhist_era` is set.
    """

    @lru_cache(maxsize=_CACHE_SIZE)
    def read(value: str) -> dt.date | None:
        try:
            return _read(value, forms, buddhist_era)
        except ImpossibleDateError:
            if malformed_is_absent:
                return None
            raise

    return read
