"""Where a right has effect: the states, whichever office holds the record."""

import datetime as dt
from functools import lru_cache

from register.codes.offices import members
from register.model import Record

INTERNATIONAL = ("WO", "IB")

# Regional offices whose rights are granted state by state, as requested, and not for all members at once.
_BY_DESIGNATION = frozenset(("EP", "AP"))


@lru_cache(maxsize=8192)
def _states(code: str) -> tuple[str, ...]:
    """The states that an ST.3 code stands for: the members of an organisation, else the code itself."""
    return members(code) or (code,)


def territories(record: Record) -> tuple[str, ...]:
    """The ST.3 codes of the states in which a right has, or has been asked for to have, effect, in
    alphabetical order.

    A national record has effect in its country. A regional one has effect in every member state of the
    organisation as of today (EM, BX, OA, EA, GC), or, where the right is granted state by state (EP, AP), in
    the designated states where they were delivered, else in all that were members on the filing date. An
    international one has effect in its designations, each organisation among them standing for its members,
    and nowhere where none were delivered.
    """
    return effect_of(record.office, record.designations, record.filing_date)


def effect_of(office: str, designations: tuple[str, ...], filed: dt.date | None) -> tuple[str, ...]:
    """The same of what a record says that decides it."""
    if office in INTERNATIONAL:
        return _expanded(designations)
    if office in _BY_DESIGNATION:
        if designations:
            return _expanded(designations)
        return members(office, filed) or _states(office)
    return _states(office)


@lru_cache(maxsize=8192)
def _expanded(designations: tuple[str, ...]) -> tuple[str, ...]:
    countries = (code for code in designations if code not in INTERNATIONAL)
    return tuple(sorted({state for code in countries for state in _states(code)}))
