"""INID codes: the numbers by which offices mark bibliographic data (ST.9 patents, ST.60 marks, ST.80
designs).
"""

from functools import cache
from typing import Literal

from register.codes.table import pairs
from register.model import Right

Standard = Literal["ST.9", "ST.60", "ST.80"]

_STANDARDS: dict[Right, Standard] = {
    "trademark": "ST.60",
    "patent": "ST.9",
    "utility-model": "ST.9",
    "design": "ST.80",
}
_TABLES: dict[Standard, str] = {"ST.9": "st9_inid.csv", "ST.60": "st60_inid.csv", "ST.80": "st80_inid.csv"}


@cache
def inid_codes(standard: Standard) -> dict[str, str]:
    """Code and meaning of every INID code of a standard."""
    return pairs(_TABLES[standard], "inid", "meaning")


def inid_standard(right: Right) -> Standard | None:
    """The standard whose codes a right's documents carry; None for geographical indications."""
    return _STANDARDS.get(right)


def inid_name(code: str, right: Right) -> str | None:
    """What a code means for a right: `inid_name("511", "trademark")`; the brackets of `(511)` may stay."""
    standard = inid_standard(right)
    return None if standard is None else inid_codes(standard).get(code.strip(" ()"))
