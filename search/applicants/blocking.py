"""The keys by which spellings that may be of one name find each other, as 64-bit numbers.

Names of different scripts meet by pieces of what is heard, under their country and whether the letters are
Latin: so each looks only among those it could be.
"""

from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple

from search.applicants.heard import Heard, heard
from search.applicants.name import Name
from search.keys.scripts import LATIN
from search.keys.sound import skeleton
from search.language.english import frequency

_PIECE, _FINE_PIECE = 4, 5
_LEAST_HALVED, _HALF, _LEAST_QUARTERED, _QUARTER = 10, 6, 7, 4
_LEAST_INITIALS, _MOST_INITIALS = 4, 6
_MOST_WAYS_KEYED, _MOST_STRONG_KEYED = 4, 2


class Kind(IntEnum):
    """What names that share a key have in common."""

    NAME = 0
    WORDS = 1
    SPELLING = 2
    INITIALS = 3
    HEARD = 4
    DICTIONARY = 5
    NUMBER = 6


# A number without a pattern, by which the keys of what is heard in Latin letters differ from the others.
_LATIN_LETTERS = 0x2545F4914F6CDD1D
_PREFIXES = {kind: str(int(kind)) for kind in Kind}


class Keys(NamedTuple):
    """The keys that a spelling is found by, and those that it looks for, with their kinds."""

    held: tuple[tuple[int, Kind], ...]
    sought: tuple[tuple[int, Kind], ...]


def key_of(kind: Kind, *parts: str) -> int:
    """A key as a signed 64-bit number, the same on every machine."""
    text = "\0".join((_PREFIXES[kind], *parts))
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def keys_of(name: Name, country: str | None) -> Keys:
    """The keys of a name from a country (ST.3)."""
    where = country or ""
    same: dict[tuple[int, Kind], None] = {}
    for core in (name.core, name.raw, *name.others):
        same[key_of(Kind.NAME, core), Kind.NAME] = None
    if name.script == LATIN or name.telling != name.words:
        same[key_of(Kind.WORDS, *sorted(name.telling)), Kind.WORDS] = None
    if not name.is_person:
        core = name.core
        size = _HALF if len(core) >= _LEAST_HALVED else _QUARTER if len(core) >= _LEAST_QUARTERED else 0
        if size and name.script not in ("Hani", "Hang"):
            same[key_of(Kind.SPELLING, "^", core[:size]), Kind.SPELLING] = None
            same[key_of(Kind.SPELLING, "$", core[-size:]), Kind.SPELLING] = None
        initials = name.initials or (name.core if len(name.words) == 1 and name.script == LATIN else "")
        if _LEAST_INITIALS <= len(initials) <= _MOST_INITIALS:
            same[key_of(Kind.INITIALS, where, initials), Kind.INITIALS] = None
    pieces = dict.fromkeys(
        piece
        for said in (name.said, *name.said_otherwise)
        for piece in _pieces(heard(said, country), name.script == LATIN)
    )
    # Whose letters they are is mixed in afterwards, so that each piece is hashed once.
    numbers = [(key_of(kind, where, piece), kind) for kind, piece in pieces]
    ours = _LATIN_LETTERS if name.script == LATIN else 0
    held = [(number ^ ours, kind) for number, kind in numbers]
    others = (
        (0,)
        if name.script == LATIN
        else (_LATIN_LETTERS, 0)
        if country in (None, "JP")
        else (_LATIN_LETTERS,)
    )
    sought = [(number ^ other, kind) for other in others for number, kind in numbers]
    return Keys((*same, *held), (*same, *sought))


def _pieces(said: Heard, is_latin: bool) -> list[tuple[Kind, str]]:
    found: dict[tuple[Kind, str], None] = {}
    for way in dict.fromkeys((*said.whole[:_MOST_WAYS_KEYED], *said.strong[:_MOST_STRONG_KEYED])):
        bones = skeleton(way.sound)
        found[Kind.HEARD, "^" + bones[:_PIECE]] = None
        found[Kind.HEARD, "=" + way.fine[:_FINE_PIECE]] = None
        if len(bones) > _PIECE:
            found[Kind.HEARD, "$" + bones[-_PIECE:]] = None
        if len(way.fine) > _FINE_PIECE:
            found[Kind.HEARD, "~" + way.fine[-_FINE_PIECE:]] = None
    for unit in said.units:
        if unit.weak:
            continue
        for word in (unit.text,) if is_latin else unit.concepts:
            if len(word) > 2 and word.isascii() and not frequency(word):
                found[Kind.DICTIONARY, word] = None
    return list(found)
