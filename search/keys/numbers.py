"""Numbers of rights as keys: the same number delivered and typed in different ways gives keys that meet.

Offices and people differ in punctuation, office prefix, leading zeros, check digit or letter, kind code and
the four zeros behind a Korean registration number. Each number is indexed under a few keys; a query is
turned into the same few.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from register.codes.offices import is_st3
from register.identity import LONG_RIGHTS, number_key

MAX_NUMBER_CHARACTERS = 64
_DIGITS = re.compile(r"[0-9]+")
_CHECK_DIGIT = re.compile(r"(?<=[0-9]{5})\.[0-9x]$")
# ST.16 kinds behind a document number: B2, A1, U, S1 …
_KIND = re.compile(r"(?<=[0-9])[\s\-/.]*[abcdefhmpstuy][0-9]?$")
_CHECK_LETTER = re.compile(r"(?<=[0-9]{4})[a-z]$")
_YEARS = range(1950, 2100)
_CENTURIES = ("19", "20")
_LONGEST_HEAD = 3
_SHORTEST_SERIAL = 3
_KOREAN_REGISTRATION = re.compile(r"[1-4][0-9]{8}0000")
_OFFICE_NAMES = {
    "eu": "EM",
    "eutm": "EM",
    "euipo": "EM",
    "epo": "EP",
    "uspto": "US",
    "kipo": "KR",
    "pct": "WO",
    "wipo": "WO",
    "ir": "WO",
}
# Words people put before a number.
_LABEL = re.compile(
    r"^\s*(?:(?:application|registration|publication|patent|design|trade\s?mark|serial|reg|app|appl|pat|int|ser)\b\.?\s*)*"
    r"(?:(?:number|num|no|nr)\b\.?|№|n°|#|第)?\s*:?\s*"
)
_TAIL = re.compile(r"\s*[号號호]\s*$")
_SURE_DIGITS, _SURE_DIGITS_WITH_OFFICE, _LEAST_DIGITS = 5, 3, 2
_MOST_LETTERS, _MOST_CHARACTERS = 5, 40


def _year_split(digits: str) -> list[str]:
    """Readings of unpunctuated digits as head, year and serial, zeros before head and serial taken away."""
    found = []
    for at in range(min(_LONGEST_HEAD, len(digits) - 4 - _SHORTEST_SERIAL) + 1):
        if digits[at : at + 2] in _CENTURIES and int(digits[at : at + 4]) in _YEARS:
            found.append(_dotted((digits[:at], digits[at : at + 4], digits[at + 4 :])))
    return found


def _dotted(groups: tuple[str, ...] | list[str]) -> str:
    return ".".join(stripped for group in groups if (stripped := group.lstrip("0")))


@lru_cache(maxsize=2048)
def number_keys(number: str) -> tuple[str, ...]:
    """The keys of one number as delivered or typed: as it is without punctuation, its digits, its parts
    without zeros.

    Empty where it has no digit or is longer than `MAX_NUMBER_CHARACTERS`.
    """
    if len(number) > MAX_NUMBER_CHARACTERS:
        return ()
    text = (
        unicodedata.normalize("NFKC", number).casefold().strip()
        if not number.isascii()
        else number.lower().strip()
    )
    bare = text if text.isdigit() else _CHECK_LETTER.sub("", _KIND.sub("", _CHECK_DIGIT.sub("", text)))
    groups = _DIGITS.findall(bare)
    if not groups:
        return ()
    digits = "".join(groups)
    keys = [number_key(text), digits.lstrip("0")]
    if len(groups) > 1:
        keys.append(_dotted(groups))
    if len(groups) == 1 or not any(len(group) == 4 and int(group) in _YEARS for group in groups[:-1]):
        keys += _year_split(digits)
    if len(digits) == 13 and _KOREAN_REGISTRATION.fullmatch(digits) is not None:
        # Or the serial of an application ends in four zeros: both readings are kept.
        keys.append(digits[:-4])
    return tuple(dict.fromkeys(key for key in keys if key))


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A query read as a number. `office` is the ST.3 code written before it; `sure` where it can hardly be
    a name.
    """

    keys: tuple[str, ...]
    exact: str
    office: str | None
    sure: bool


def _office_and_rest(text: str) -> tuple[str | None, str]:
    letters = re.match(r"[a-z]+", text)
    if letters is None:
        return None, text
    code = _OFFICE_NAMES.get(letters[0]) or (letters[0].upper() if is_st3(letters[0].upper()) else None)
    rest = text[letters.end() :].lstrip(" -/.:")
    # KR10-2020-…: the office stands right before the digits; PCT/KR2020/…: another code follows.
    return (code, rest) if code is not None and any(map(str.isdigit, rest)) else (None, text)


def as_identity(text: str) -> str | None:
    """The text where it is written as the identity of a record, such as `sg-tm-40202001321q`; else None."""
    lowered = text.strip().lower()
    parts = lowered.split("-")
    known = (
        len(parts) in (3, 4)
        and is_st3(parts[0].upper())
        and parts[1] in LONG_RIGHTS
        and all(map(str.isalnum, parts[2:]))
    )
    return lowered if known and lowered.isascii() else None


@lru_cache(maxsize=1024)
def number_query(text: str) -> NumberQuery | None:
    """A query as a number, or None where it does not look like one.

    It looks like one where it is digits with few letters: `40-2020-1321Q`, `TH 1504436`, `US 9,358,892 B2`,
    `EP10167109.1`, `WO 2022/259205`, `DID2017000184`, `제40-0360059호`.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    plain = _TAIL.sub("", _LABEL.sub("", plain.removeprefix("제")))
    if len(plain) > _MOST_CHARACTERS:
        return None
    digit_count = sum(map(str.isdigit, plain))
    runs_of_letters = re.findall(r"[^\W\d_]+", plain)
    if (
        digit_count < _LEAST_DIGITS
        or any(len(run) > _MOST_LETTERS or not run.isascii() for run in runs_of_letters)
        or len(runs_of_letters) > 4
    ):
        return None
    office, rest = _office_and_rest(plain)
    keys = list(number_keys(plain) + number_keys(rest))
    if office == "EP" and re.fullmatch(r"[0-9]{9}", rest) is not None:
        keys += number_keys(rest[:-1])
    if office == "WO" and (short := re.match(r"([0-9]{2})/([0-9]{5,6})", rest)) is not None:
        century = "19" if int(short[1]) > 77 else "20"
        keys += number_keys(f"{century}{short[1]}/{short[2]}")
    sure = digit_count >= (_SURE_DIGITS if office is None else _SURE_DIGITS_WITH_OFFICE)
    return NumberQuery(tuple(dict.fromkeys(keys)), number_key(rest), office, sure) if keys else None
