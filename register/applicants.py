"""The identity that an applicant's name alone gives, before its other spellings are known.

Two spellings that differ in legal form, case, width, accents,
punctuation or spacing are one applicant. The country is no part of it, for one company files from several.
"""

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache

from register.codes.legal_forms import strip_legal_form
from register.model import Party

_DIGEST_BYTES = 8


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    if not folded.isascii():
        # Vietnamese đ is no d with an accent to Unicode, though offices write one for the other.
        folded = "".join(
            letter
            for letter in unicodedata.normalize("NFD", folded.replace("đ", "d"))
            if not 0x300 <= ord(letter) <= 0x36F
        )
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LNM")


@lru_cache(maxsize=32768)
def _number(name: str, country: str | None) -> int:
    return _digest(_key(strip_legal_form(name, country)) or _key(name) or name)


def _digest(key: str) -> int:
    digest = hashlib.blake2b(
        key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, person=b"applicant"
    )
    return int.from_bytes(digest.digest(), "big", signed=True)


def applicant_number(name: str, country: str | None) -> int:
    """The identity that a name alone gives, as a signed 64-bit number."""
    return _number(name, country)


def further_number(number: int, times: int) -> int:
    """Another identity, for a name whose own belongs to somebody else."""
    return _digest(f"{number} {times}")


@lru_cache(maxsize=65536)
def identity_of(number: int) -> str:
    """The id of an applicant: `ap-` and 13 letters or digits."""
    data = number.to_bytes(_DIGEST_BYTES, "big", signed=True)
    return "ap-" + base64.b32encode(data).decode("ascii").rstrip("=").lower()


_ID = re.compile(r"ap-[a-z2-7]{13}")


def number_of(identity: str) -> int | None:
    """The inverse of `identity_of`; None for what is no id of an applicant."""
    if _ID.fullmatch(identity) is None:
        return None
    return int.from_bytes(base64.b32decode(identity[3:].upper() + "==="), "big", signed=True)


def applicant_id(party: Party) -> str:
    """The identity that a party's name alone gives: what it has until it is resolved, and what the applicant
    whose oldest name it is keeps. `ap-` and 13 letters or digits, the same on every machine.
    """
    return identity_of(_number(party.name, party.country))
