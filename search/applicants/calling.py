"""Applicants by what people call them: as they type, and by a name in any spelling or script."""

from sqlalchemy import Connection

from register.applicants import applicant_number, identity_of
from register.store.applicant_reading import (
    Named,
    current_applicant,
    names_heard,
    names_sounding,
    names_typed,
)
from register.store.packing import storable
from search.applicants.crossing import score
from search.applicants.heard import heard
from search.applicants.name import name_of
from search.keys.normal import folded_text
from search.keys.sound import skeleton

_LONGEST = 200
_LEAST_HEARD = 3
_TYPED_LOOKED_AT, _HEARD_LOOKED_AT, _SOUNDING_LOOKED_AT = 60, 120, 16
_SOUNDS_ENOUGH = 0.85


def typed_of(name: str) -> str:
    """A name as it is looked for while somebody types."""
    return folded_text(name)[:_LONGEST]


def heard_of(name: str, country: str | None) -> str:
    """The consonants that are heard of the name proper."""
    ways = heard(name_of(name, country).said, country).whole
    return skeleton(ways[0].sound)[:_LONGEST] if ways else ""


def suggestions(connection: Connection, typed: str, limit: int) -> list[tuple[str, str]]:
    """(name, applicant) of applicants with a spelling that begins with what is typed, the shortest first, and
    behind them those that sound so; each applicant once.
    """
    text = storable(typed_of(typed))
    if not text:
        return []
    found: dict[str, str] = {}
    for named in _shortest(names_typed(connection, text, _TYPED_LOOKED_AT)):
        found.setdefault(named.applicant, named.name)
    sound = heard_of(typed, None)
    if len(found) < limit and len(sound) >= _LEAST_HEARD:
        for named in _shortest(names_heard(connection, sound, _HEARD_LOOKED_AT)):
            found.setdefault(named.applicant, named.name)
    return [(name, applicant) for applicant, name in found.items()][:limit]


def _shortest(found: list[Named]) -> list[Named]:
    return sorted(found, key=lambda named: (len(named.name), named.name))


def so_called(connection: Connection, name: str, limit: int) -> list[str]:
    """The applicants that are known by a name: with the same normal form, and those that sound so in another
    script, the likeliest first.
    """
    found: dict[str, None] = {}
    same = current_applicant(connection, identity_of(applicant_number(name, None)))
    if same is not None:
        found[same] = None
    sound = heard_of(name, None)
    if len(sound) >= _LEAST_HEARD:
        script = name_of(name, None).script
        alike: list[tuple[float, str]] = []
        # Each search by an applicant's name asks this: few are compared, and those that sound the same alone.
        for named in names_sounding(connection, sound, _SOUNDING_LOOKED_AT):
            if name_of(named.name, named.country).script != script:
                points = _alike(name, named)
                if points >= _SOUNDS_ENOUGH:
                    alike.append((points, named.applicant))
        for _, applicant in sorted(alike, reverse=True):
            found.setdefault(applicant)
    return list(found)[:limit]


def _alike(name: str, named: Named) -> float:
    ours = heard(name_of(name, named.country).said, named.country)
    return score(ours, heard(name_of(named.name, named.country).said, named.country))
