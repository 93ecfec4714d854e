"""Where in an office's own sequence a number stands: its year, its series, its serial number."""

import datetime as dt
from collections.abc import Callable
from hashlib import blake2b

from ingest.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS
from ingest.profile import NumberShape, profile
from register.coverage import Place, Sequences
from register.model import Right

_FIRST_YEAR = 1850


def sequences_of(office: str) -> Sequences:
    """How the numbers of an office (ST.3) are counted, by its profile as it is now.

    A shape of a number tells it with the groups `year` and `serial`, and `series` where the office counts
    several things apart in the same year. A wrong table counts nothing.
    """
    shapes = tuple(shape for shape in profile(office).numbers if not shape.madrid)
    told = "\0".join(f"{shape.right} {shape.pattern.pattern}" for shape in shapes)
    return Sequences(blake2b(told.encode(), digest_size=8).hexdigest(), _placing(shapes))


def _placing(shapes: tuple[NumberShape, ...]) -> Callable[[Right, str], Place | None]:
    def place(right: Right, number: str) -> Place | None:
        for shape in shapes:
            if shape.right != right:
                continue
            found = shape.pattern.fullmatch(number)
            if found is None:
                continue
            groups = found.groupdict()
            year, serial = groups.get("year"), groups.get("serial")
            if not year or not serial or not serial.isdecimal() or len(serial) > 12:
                return None
            meant = year_meant(year)
            return None if meant is None else Place(meant, groups.get("series") or "", int(serial))
        return None

    return place


def year_meant(year: str, today: dt.date | None = None) -> int | None:
    """The year of the common era that two or four digits mean; None for what is no year of a register."""
    if not year.isdecimal():
        return None
    now = (today or dt.datetime.now(dt.UTC).date()).year
    value = int(year)
    if len(year) == 2:
        value += 2000 if value <= (now + 1) % 100 else 1900
    elif value in BUDDHIST_YEARS:
        value -= BUDDHIST_OFFSET
    return value if _FIRST_YEAR <= value <= now + 1 else None
