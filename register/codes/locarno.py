"""Locarno Classification of industrial designs: classes and subclasses."""

import re
from functools import cache, lru_cache

from register.codes.table import rows

# A prefix such as `LOC (13) Cl.` (INID 51 as ST.80 prints it), then class and subclass with or without a
# separator.
_SPELLING = re.compile(
    r"\s*(?:LOC\s*)?(?:\(\s*\d{1,2}\s*\)\s*)?(?:CL(?:ASS)?\b\.?\s*)?"
    r"(?:(\d{1,2})\s*[-./–]\s*(\d{1,2})|(\d{1,2}?)(\d\d)|(\d{1,2}))\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[|,;]+")


@cache
def _titles() -> dict[str, str]:
    return {
        f"{number}-{subclass}" if subclass else number: title
        for number, subclass, title in rows("locarno.csv", "class", "subclass", "title")
    }


def codes() -> tuple[str, ...]:
    """Every class (`06`) and subclass (`06-01`) of the table."""
    return tuple(_titles())


@lru_cache(maxsize=8192)
def normalise_locarno(text: str) -> str | None:
    """One printed form, `06-01` or for a class alone `06`, of any spelling met in office data.

    `0601`, `601`, `6-1`, `06.01`, `06 - 01` and `LOC (13) Cl. 06-01` are the same. None for what is no
    Locarno symbol: a national class (KR `C133`, US `D14/432`) or a class that the classification has not. A
    subclass that the table has not is kept, since editions differ: `is_locarno` tells.
    """
    found = _SPELLING.fullmatch(text)
    if found is None:
        return None
    number = (found[1] or found[3] or found[5]).zfill(2)
    if number not in _titles():
        return None
    subclass = found[2] or found[4]
    return number if subclass is None else f"{number}-{subclass.zfill(2)}"


@lru_cache(maxsize=8192)
def locarno_codes(text: str) -> tuple[str, ...]:
    """The symbols in a list divided by `|`, `,` or `;`, normalised, in order, each once; anything else left
    out.
    """
    found = (normalise_locarno(part) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def is_locarno(code: str) -> bool:
    """Whether a normalised symbol is a class or subclass of the table."""
    return code in _titles()


def locarno_title(code: str) -> str | None:
    """The title of a normalised class or subclass, None where the table has it not."""
    return _titles().get(code)


def locarno_parents(code: str) -> tuple[str, ...]:
    """The class of a normalised subclass, as a tuple of one; () for a class."""
    return (code[:2],) if len(code) > 2 else ()
