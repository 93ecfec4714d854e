"""Who an applicant is, across the spellings in which offices deliver one.

A first identity from the name alone: two spellings that differ in legal form, case, width, accents,
punctuation or spacing are one applicant. The country is no part of it, for one company files from several.
"""

import base64
import hashlib
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
def _id(name: str, country: str | None) -> str:
    key = _key(strip_legal_form(name, country)) or _key(name) or name
    digest = hashlib.blake2b(
        key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, person=b"applicant"
    ).digest()
    return "ap-" + base64.b32encode(digest).decode("ascii").rstrip("=").lower()


def applicant_id(party: Party) -> str:
    """The identity of the applicant that a party is: `ap-` and 13 letters or digits, the same on every
    machine.
    """
    return _id(party.name, party.country)
