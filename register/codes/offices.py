"""WIPO ST.3: two-letter codes of states, territories and organisations, and who is a member of what."""

import unicodedata
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from register.codes.table import rows

Kind = Literal["state_or_territory", "organization", "former", "unknown"]
Treaty = Literal["madrid", "hague", "pct", "lisbon_geneva_act"]


class Office(NamedTuple):
    """A row of ST.3. `kind` is `former` for a code no longer in use, as old documents carry it (`SU`, `DD`).

    `iso3` is the ISO 3166 three-letter code, None for organisations. `asean_since` is the day of accession.
    """

    code: str
    name: str
    kind: Kind
    iso3: str | None
    asean: bool
    asean_since: date | None


class Membership(NamedTuple):
    """A membership; `since` None means from the beginning as far as is known, `until` is the last day, None
    if open.
    """

    member: str
    since: date | None
    until: date | None

    def holds(self, on: date | None) -> bool:
        """Whether the membership stood on a day, or stands now where no day is given."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _offices() -> dict[str, Office]:
    return {
        code: Office(code, name, cast(Kind, kind), iso3 or None, asean == "yes", _day(since))
        for code, name, kind, iso3, asean, since in rows(
            "st3.csv", "st3", "name", "kind", "iso3", "asean", "asean_since"
        )
    }


@cache
def _parties(treaty: Treaty) -> dict[str, date | None]:
    since_column = "lisbon_since" if treaty == "lisbon_geneva_act" else f"{treaty}_since"
    return {
        code: _day(since)
        for code, flag, since in rows("st3.csv", "st3", treaty, since_column)
        if flag == "yes"
    }


@cache
def _memberships() -> dict[str, tuple[Membership, ...]]:
    found: dict[str, list[Membership]] = {}
    for organisation, member, since, until in rows(
        "memberships.csv", "organisation", "member", "since", "until"
    ):
        found.setdefault(organisation, []).append(Membership(member, _day(since), _day(until)))
    return {organisation: tuple(members) for organisation, members in found.items()}


def _name_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if character.isalnum())


@cache
def _names() -> dict[str, str]:
    names = {_name_key(name): code for name, code in rows("country_names.csv", "name", "st3")}
    for office in _offices().values():
        if office.kind != "former" and office.iso3 is not None:
            names[_name_key(office.iso3)] = office.code
    for office in _offices().values():
        if office.kind != "former":
            names[_name_key(office.name)] = office.code
    return names


def codes() -> tuple[str, ...]:
    """Every ST.3 code of the table, former ones included, in alphabetical order."""
    return tuple(_offices())


def office(code: str) -> Office | None:
    """The row of an ST.3 code (upper case), None for a code that is not in the table."""
    return _offices().get(code)


def office_name(code: str) -> str:
    """The name of a code as ST.3 gives it; the code itself where it is not in the table."""
    found = _offices().get(code)
    return code if found is None else found.name


def is_st3(code: str) -> bool:
    """Whether a code (two letters, upper case) is in ST.3, codes no longer in use included."""
    return code in _offices()


def iso3(code: str) -> str | None:
    """The ISO 3166 three-letter code of an ST.3 code; None for organisations and unknown codes."""
    found = _offices().get(code)
    return None if found is None else found.iso3


@lru_cache(maxsize=8192)
def normalise_st3(text: str) -> str | None:
    """The ST.3 code meant by a code in any case, an ISO 3166 three-letter code or a name; None where not
    known.

    `UK` and `EL`, as the European Union writes them, are read as `GB` and `GR`.
    """
    short = text.strip().upper()
    if short in _offices():
        return short
    if short in ("UK", "EL"):
        return "GB" if short == "UK" else "GR"
    return _names().get(_name_key(text))


def is_asean(code: str) -> bool:
    """Whether the state is a member of ASEAN today."""
    found = _offices().get(code)
    return found is not None and found.asean


@cache
def asean() -> tuple[str, ...]:
    """The member states of ASEAN today, in alphabetical order."""
    return tuple(code for code, found in _offices().items() if found.asean)


def organisations() -> tuple[str, ...]:
    """The organisations whose members are known, in alphabetical order."""
    return tuple(_memberships())


@lru_cache(maxsize=4096)
def members(organisation: str, on: date | None = None) -> tuple[str, ...]:
    """The member states of a regional office on a day, in alphabetical order, or today's where no day is
    given.

    () for an organisation whose members are not in the table, and for a state.
    """
    held = _memberships().get(organisation, ())
    return tuple(sorted({membership.member for membership in held if membership.holds(on)}))


def is_party(code: str, treaty: Treaty, on: date | None = None) -> bool:
    """Whether a state or organisation is party to a treaty on a day, or today where no day is given.

    A party whose date of accession is not known counts as one on every day. The Hague and Lisbon columns are
    incomplete: False there means that no accession is known.
    """
    parties = _parties(treaty)
    if code not in parties:
        return False
    since = parties[code]
    return on is None or since is None or since <= on
