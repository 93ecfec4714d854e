"""All that can be said of a spelling by itself, before it is compared with others: most of the work of
resolving it, and none that needs to know the others.
"""

from collections.abc import Sequence
from typing import NamedTuple

from register.applicants import applicant_number
from register.spelling import Spelling
from search.applicants.blocking import Keys, Kind, key_of, keys_of
from search.applicants.calling import heard_of, typed_of
from search.applicants.name import Name, name_of


class Prepared(NamedTuple):
    """A spelling's name taken apart, the keys it is compared by, how it is looked for by typing and by
    hearing, and the identity that it gives by itself.
    """

    name: Name
    keys: Keys
    typed: str
    heard: str
    number: int


def prepared(called: Spelling) -> Prepared:
    name = name_of(called.name, called.country)
    keys = keys_of(name, called.country)
    if called.number and called.office:
        number = key_of(Kind.NUMBER, called.office, called.number), Kind.NUMBER
        keys = Keys((*keys.held, number), (number, *keys.sought))
    return Prepared(
        name,
        keys,
        typed_of(called.name),
        heard_of(called.name, called.country),
        applicant_number(called.name, called.country),
    )


def all_prepared(called: Sequence[Spelling]) -> list[Prepared]:
    return [prepared(one) for one in called]
