"""Applications and published documents in one written form, so that a claim or a citation meets what it
means.

The same number is written by its office, by others that cite it and by databases in different ways: `KR
10-2019-0012345`, `1020190012345` and `KR20190012345`; `EP 19123456.7` and `EP20190123456`; `US 2019/0123456
A1` and `US2019123456`; `PCT/KR2019/012345` and `WO2019KR12345`. The form here is the office, the year where
the number holds one, a dot, and the serial without zeros: `kr2019.12345`. How offices write their numbers is
told in WIPO ST.10/C and ST.13; where no rule applies the number is its digits.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from register.codes.offices import is_st3
from register.model import Priority, Record

MAX_DOCUMENTS = 1000
"""Of more citations in one record, the rest is not indexed."""

_MOST_CHARACTERS = 64
_PCT = re.compile(r"pct[\s/\-]*([a-z]{2})[\s/\-]*([0-9]{4}|[0-9]{2})[\s/\-.]*0*([0-9]+)")
_PCT_OF_DATABASES = re.compile(r"(?:wo)?[\s\-/]*([0-9]{4})([a-z]{2})0*([0-9]+)")
_PCT_BY_KIND = re.compile(r"([0-9]{4})0*([0-9]{1,6})\s*w[0-9]?")
_ERA = re.compile(r"(?:昭和|昭|s|平成|平|h|令和|令|r)\s*([0-9]{1,2})\s*[\-/年第\s]+0*([0-9]+)")
_ERAS = {"昭": 1925, "s": 1925, "平": 1988, "h": 1988, "令": 2018, "r": 2018}
_CHECK_DIGIT = re.compile(r"(?<=[0-9]{3})\.[0-9x]$")
_KIND = re.compile(r"(?<=[0-9])[\s\-/.]*[abcdefhmpstuy][0-9]?$")
_CHECK_LETTER = re.compile(r"(?<=[0-9]{4})[a-z]$")
_LETTERS = re.compile(r"([a-z]{1,2})[\s\-.]*(?=[0-9])")
_DIGITS = re.compile(r"[0-9]+")
_YEARS = range(1950, 2100)
# Two digits of the year before the serial: how long such a number is.
_SHORT_YEARS = {"ep": 8, "gb": 7, "fr": 7, "cn": 8}
_KINDS_OF_GERMANY = ("10", "11", "20", "21")
_TAIWAN_YEAR_NOUGHT = 1911
_FIRST_REGISTRATION_OF_KOREA = 1_000_000


@lru_cache(maxsize=8192)
def document_key(office: str | None, number: str | None, year: int | None = None) -> str | None:
    """The form of one number. `office` is ST.3 and may also stand in the number; `year` is that of the
    filing, where it is known: some numbers cannot be read without it. None where there is no number or no
    office.
    """
    if not number or len(number) > _MOST_CHARACTERS:
        return None
    text = unicodedata.normalize("NFKC", number).casefold().strip()
    code = (office or "").strip().lower()
    international = _international(code, text)
    if international is not None:
        return international
    named = text[:2]
    if named.isascii() and is_st3(named.upper()) and (not code or code == named) and _DIGITS.search(text):
        code, text = named, text[2:].lstrip(" -./:")
    if not code:
        return None
    if code == "jp" and (era := _ERA.search(text)) is not None:
        return f"jp{_ERAS[era[0][0]] + int(era[1])}.{era[2]}"
    text = "".join(filter(str.isascii, text)).strip(" -./")
    bare = _CHECK_LETTER.sub("", _KIND.sub("", _CHECK_DIGIT.sub("", text)))
    letters = _LETTERS.match(bare)
    groups = _DIGITS.findall(bare)
    if not groups:
        return None
    return code + ("" if letters is None else letters[1]) + _serial(code, groups, year)


def _international(code: str, text: str) -> str | None:
    """An application under the PCT by its receiving office, year and serial."""
    found = _PCT.search(text)
    if found is not None:
        year = found[2] if len(found[2]) == 4 else _century(found[2])
        return f"pct{found[1]}{year}.{found[3]}"
    found = _PCT_OF_DATABASES.fullmatch(text) if code in ("", "wo") else None
    if found is not None:
        return f"pct{found[2]}{found[1]}.{found[3]}"
    found = _PCT_BY_KIND.fullmatch(text) if code else None
    return None if found is None else f"pct{code}{found[1]}.{found[2]}"


def _century(two: str) -> str:
    return ("19" if int(two) > 77 else "20") + two


def _serial(code: str, groups: list[str], year: int | None) -> str:
    for at, group in enumerate(groups[:-1]):
        if len(group) == 4 and int(group) in _YEARS:
            return _written(code, group, "".join(groups[:at]), "".join(groups[at + 1 :]))
    digits = "".join(groups)
    split = _split(code, digits, year)
    return digits.lstrip("0") if split is None else _written(code, *split)


def _split(code: str, digits: str, year: int | None) -> tuple[str, str, str] | None:
    """Year, what stands before it, and the serial of digits without signs between."""
    size = len(digits)
    if code == "us" and size == 12 and _is_year(digits[:4]):
        # A database's form of an application: the year, then series and serial.
        return "", "", digits[4:]
    if code == "kr" and size == 13:
        if digits.endswith("0000") and int(digits[6:]) >= _FIRST_REGISTRATION_OF_KOREA:
            return "", "", digits[:-4]
        return (digits[2:6], digits[:2], digits[6:]) if _is_year(digits[2:6]) else None
    if code == "cn" and size == 13:
        digits = digits[:-1]
    wanted = None if year is None else str(year)
    if wanted is not None and size >= 8:
        if digits[:4] == wanted:
            return wanted, "", digits[4:]
        if size >= 11 and digits[2:6] == wanted:
            return wanted, digits[:2], digits[6:]
    if wanted is not None and size == _SHORT_YEARS.get(code) and digits[:2] == wanted[2:]:
        return wanted, "", digits[2:]
    if year is not None and code == "tw" and size == 9 and int(digits[:3]) + _TAIWAN_YEAR_NOUGHT == year:
        return str(year), "", digits[3:]
    if code == "de" and size == 12 and digits[:2] in _KINDS_OF_GERMANY and _is_year(digits[2:6]):
        return digits[2:6], digits[:2], digits[6:]
    if size >= 9 and _is_year(digits[:4]):
        return digits[:4], "", digits[4:]
    if size >= 11 and _is_year(digits[2:6]):
        return digits[2:6], digits[:2], digits[6:]
    return None


def _is_year(digits: str) -> bool:
    return int(digits) in _YEARS


def _written(code: str, year: str, head: str, serial: str) -> str:
    if code == "kr" and head == "10":
        head = ""
    if code == "de" and head:
        serial = serial.zfill(6)
    if code == "wo":
        head = ""
    number = (head + serial).lstrip("0")
    return f"{year}.{number}" if year else number


def claim_key(claim: Priority) -> str | None:
    """The form of the application whose priority is claimed."""
    return document_key(claim.country, claim.number, None if claim.date is None else claim.date.year)


def own_application(record: Record) -> str | None:
    """The form in which others claim the priority of this record."""
    year = None if record.filing_date is None else record.filing_date.year
    return document_key(record.office, record.application_number, year)


def priority_documents(record: Record) -> tuple[str, ...]:
    return _distinct(claim_key(claim) for claim in record.priorities)


def cited_documents(record: Record) -> tuple[str, ...]:
    """What a record cites, as far as it is told by office and number."""
    return _distinct(document_key(one.country, one.number) for one in record.citations[:MAX_DOCUMENTS])


def own_documents(record: Record) -> tuple[str, ...]:
    """The forms under which the publications of a record are cited."""
    return _distinct(
        (
            document_key(record.office, record.publication_number),
            document_key(record.office, record.registration_number),
            *(document_key(one.country or record.office, one.number) for one in record.publications),
        )
    )


def _distinct(keys: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if key is not None))
