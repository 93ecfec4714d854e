"""A party as an office spells it: what is resolved to an applicant, once for all records that spell it so."""

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from register.model import Party

_DIGEST_BYTES = 8


class Spelling(NamedTuple):
    """A name with the country (ST.3) it came with, and the number that an office has for the party, if any,
    with that office.
    """

    name: str
    country: str | None = None
    office: str | None = None
    number: str | None = None

    @property
    def id(self) -> int:
        """A signed 64-bit number, the same on every machine."""
        return _id(self.name, self.country, self.office, self.number)


@lru_cache(maxsize=65536)
def _id(name: str, country: str | None, office: str | None, number: str | None) -> int:
    text = "\0".join((name, country or "", office or "", number or ""))
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, person=b"spelling")
    return int.from_bytes(digest.digest(), "big", signed=True)


def spelling_of(office: str, party: Party) -> Spelling:
    """How a party of an office's record (ST.3) is spelled there."""
    if party.number:
        return Spelling(party.name, party.country, office, party.number)
    return Spelling(party.name, party.country)


def spelling_key(identity: int) -> str:
    """The id of a spelling as it is shown and indexed: 16 hexadecimal digits."""
    return f"{identity & 0xFFFFFFFFFFFFFFFF:016x}"


def spelling_id(key: str) -> int | None:
    """The inverse of `spelling_key`; None for what is no such key."""
    if len(key) != 16 or not all(digit in "0123456789abcdef" for digit in key):
        return None
    number = int(key, 16)
    return number - (1 << 64) if number >> 63 else number
