"""Numbers as keys, and the identity of a record."""

import unicodedata
from functools import lru_cache

from register.model import RIGHTS, Right

SHORT_RIGHTS: dict[Right, str] = {
    "trademark": "tm",
    "patent": "pt",
    "utility-model": "um",
    "design": "ds",
    "geographical-indication": "gi",
}
LONG_RIGHTS: dict[str, Right] = {short: right for right, short in SHORT_RIGHTS.items()}

assert set(SHORT_RIGHTS) == set(RIGHTS)


@lru_cache(maxsize=16384)
def number_key(number: str) -> str:
    """A number without its punctuation: letters and digits only, lower case (`40-2020/01321Q` ->
    `40202001321q`).
    """
    if number.isascii():
        return "".join(filter(str.isalnum, number)).lower()
    folded = unicodedata.normalize("NFKC", number).casefold()
    return "".join(filter(str.isalnum, folded))


def application_id(office: str, right: Right, number: str) -> str:
    """The identity of an application: office (ST.3, lower case), right, number as a key.

    Raises ValueError where the number has no letter and no digit.
    """
    key = number_key(number)
    if not key:
        raise ValueError("a number without a letter or a digit")
    return f"{office.lower()}-{SHORT_RIGHTS[right]}-{key}"


def record_id(office: str, right: Right, number: str, design: str | None = None) -> str:
    """The identity of a record: that of its application and, for a design within one, the design's
    identifier.
    """
    base = application_id(office, right, number)
    key = number_key(design) if design else ""
    return f"{base}-{key}" if key else base


def right_of_id(identity: str) -> Right | None:
    """The right that an identity names, or None where it is no identity."""
    parts = identity.split("-", 2)
    return LONG_RIGHTS.get(parts[1]) if len(parts) == 3 else None
