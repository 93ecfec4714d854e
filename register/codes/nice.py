"""Nice Classification: the 45 classes of goods and services."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from register.codes.table import rows

Kind = Literal["goods", "services"]


class NiceClass(NamedTuple):
    """A class, 1 to 45, with a short title in our own words (not the class heading, so it gives no scope)."""

    number: int
    title: str
    kind: Kind


@cache
def classes() -> dict[int, NiceClass]:
    """The 45 classes by number."""
    return {
        int(number): NiceClass(int(number), title, cast(Kind, kind))
        for number, title, kind in rows("nice_classes.csv", "class", "title", "kind")
    }


@cache
def _related() -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for number, related in rows("nice_related.csv", "class", "related_class"):
        found.setdefault(int(number), []).append(int(related))
    return {number: tuple(sorted(related)) for number, related in found.items()}


def nice_title(number: int) -> str | None:
    """The short title of a class, None for a number outside 1 to 45."""
    found = classes().get(number)
    return None if found is None else found.title


def nice_kind(number: int) -> Kind | None:
    """`goods` for classes 1 to 34, `services` for 35 to 45, None for any other number."""
    found = classes().get(number)
    return None if found is None else found.kind


def related_classes(number: int) -> tuple[int, ...]:
    """Classes that an examiner of a mark in this class looks at too (coordinated classes of the USPTO),
    ascending.

    One-directional as published: that 9 names 42 does not mean that 42 names 9.
    """
    return _related().get(number, ())


_NUMBER = re.compile(
    r"\s*(?:(?:int(?:ernational)?\.?\s*)?(?:cl(?:ass(?:es?)?)?|ic|klasse|kelas|nice)\b\.?\s*)?0*(\d{1,2})\s*\.?\s*"
)


@lru_cache(maxsize=4096)
def normalise_nice(text: str) -> int | None:
    """The class number in `9`, `09`, `009`, `Class 9`, `IC 009`; None where it is no class of 1 to 45."""
    found = _NUMBER.fullmatch(text.lower())
    if found is None:
        return None
    number = int(found[1])
    return number if 1 <= number <= 45 else None


_BETWEEN = re.compile(r"[|,;/\s]+(?=[\dcikn])")


@lru_cache(maxsize=4096)
def nice_classes(text: str) -> tuple[int, ...]:
    """The class numbers in a list as offices write it (`16|35|41`, `16 09 41`, `9;42`), in order, each once.

    What is no class number is left out.
    """
    whole = normalise_nice(text)
    if whole is not None:
        return (whole,)
    found = (normalise_nice(part) for part in _BETWEEN.split(text.lower()))
    return tuple(dict.fromkeys(number for number in found if number is not None))
