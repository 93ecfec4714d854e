"""Vienna Classification of the figurative elements of marks: category, division, section."""

import re
from functools import cache, lru_cache

from register.codes.table import rows

# The edition (`CFE (8)`, INID 531) may stand before; an auxiliary section is marked with an A, which is no
# part of the code.
_SPELLING = re.compile(
    r"\s*(?:CFE\s*)?(?:\(\s*\d{1,3}\s*\)\s*)?A?\s*"
    r"(?:(\d{1,2})(?:(?:\s*[.\-/:]\s*|\s+)(\d{1,2}))?(?:(?:\s*[.\-/:]\s*|\s+)(\d{1,2}))?|(\d{3,6}))\s*\.?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[|,;]+|\s+(?=A?\d)", re.IGNORECASE)


@cache
def _titles() -> dict[str, str]:
    return {
        ".".join(part for part in (category, division, section) if part): title
        for category, division, section, title in rows(
            "vienna.csv", "category", "division", "section", "title"
        )
    }


def codes() -> tuple[str, ...]:
    """Every category (`01`), division (`01.15`) and section (`01.15.09`) of the table."""
    return tuple(_titles())


@lru_cache(maxsize=16384)
def normalise_vienna(text: str) -> str | None:
    """One printed form, `01`, `01.15` or `01.15.09`, of any spelling met in office data.

    `011509`, `11509`, `1.15.9`, `A01.15.09` and `CFE (8) 1.15.9` are the same; a division or section `00`
    stands for none (`270500` is `27.05`). None for what is no Vienna code. A division or section that the
    table has not is kept, since editions differ: `is_vienna` tells. The six-digit design search codes of the
    USPTO look alike but are a classification of their own.
    """
    found = _SPELLING.fullmatch(text)
    if found is None:
        return None
    run = found[4]
    if run is None:
        parts = [part.zfill(2) for part in found.group(1, 2, 3) if part is not None]
    else:
        digits = run.zfill(len(run) + len(run) % 2)
        parts = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    while len(parts) > 1 and parts[-1] == "00":
        parts.pop()
    if parts[0] not in _titles() or "00" in parts:
        return None
    return ".".join(parts)


@lru_cache(maxsize=16384)
def vienna_codes(text: str) -> tuple[str, ...]:
    """The codes in a list divided by `|`, `,`, `;` or white space, normalised, in order, each once; the rest
    left out.
    """
    whole = normalise_vienna(text)
    if whole is not None:
        return (whole,)
    found = (normalise_vienna(part) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def is_vienna(code: str) -> bool:
    """Whether a normalised code is in the table."""
    return code in _titles()


def vienna_title(code: str) -> str | None:
    """The title of a normalised code, None where the table has it not. Some titles are shortened."""
    return _titles().get(code)


def vienna_parents(code: str) -> tuple[str, ...]:
    """What a normalised code stands under, the widest first: `01.15.09` -> (`01`, `01.15`)."""
    return tuple(code[:end] for end in (2, 5) if end < len(code))
