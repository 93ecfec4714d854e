"""Similar-group codes of Korea: goods and services presumed similar where they share a code."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from register.codes.table import rows

Kind = Literal["goods", "services"]

_CODE = re.compile(r"([GS])(?:\d{4}|\d{6})")


class Example(NamedTuple):
    """Goods or services of a group, in Korean and English; "" where none was read."""

    korean: str
    english: str


@cache
def _examples() -> dict[str, Example]:
    return {
        code: Example(korean, english)
        for code, korean, english in rows("kr_similar_groups.csv", "code", "example_ko", "example_en")
    }


def codes() -> tuple[str, ...]:
    """The codes met so far; the office's notice has more."""
    return tuple(_examples())


@lru_cache(maxsize=16384)
def normalise_similar_group(text: str) -> str | None:
    """A code in its printed form (`G1201`, `S120907`): a letter and four or six digits; None for anything
    else.
    """
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else None


def similar_group_kind(code: str) -> Kind:
    """`goods` for a normalised code of the G series, `services` for the S series (retail of goods among
    them).
    """
    return "goods" if code.startswith("G") else "services"


def similar_group_example(code: str) -> Example | None:
    """An example of what a group holds; None where the code was not met yet."""
    return _examples().get(code)
