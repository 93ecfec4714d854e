"""An office's profile: its words, numbers, dates and habits, as a table that a person at the office can read
and mend.

The tables are `ingest/offices/<st3>.toml`, or `<ST3>.toml` in a folder of one's own, which goes before; an
office without one has the `general` profile. Every profile inherits the words of the standards from
`general.toml`, and some those of a shared system first (`inherits = ["ipas"]`).
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from ingest.dates import DateReader, Form, date_reader
from ingest.described.format import described_format
from ingest.described.table import FormatTable
from ingest.formats.registry import Format
from ingest.profile_files import Stamp, own_codes, own_stamp, packaged_codes, packaged_text
from ingest.status_words import StatusTable, StatusWords, fold
from register.codes.offices import is_st3
from register.model import Right

GENERAL = "general"
EVERY_OFFICE = "*"

Identity = Literal["application", "registration", "international", "publication"]

_Meaning = TypeVar("_Meaning", bound=str)


class ProfileError(ValueError):
    """A profile that cannot be used: file, place in it, and what is wrong there."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")


class NumberTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[numbers]]` table: the shape of an application number as a regular expression for the whole of
    it.

    A group named `international` is the number of the Madrid or Hague registration within it. `madrid` shapes
    count only for records that the office itself marks as Madrid designations.
    """

    right: Right
    shape: str
    example: str
    madrid: bool = False


class DatesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The `[dates]` table: forms beyond ISO and YYYYMMDD, the Buddhist era, what a malformed date means."""

    forms: tuple[Form, ...] = ()
    buddhist_era: bool = False
    malformed: Literal["refused", "absent"] = "refused"


class QuirksTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The `[quirks]` table.

    `mark_text_endings`: what an office writes after the words of a mark and is no part of it. `boilerplate`:
    texts that say nothing. `absent_numbers`: numbers that stand for none. `status_noise`: a regular
    expression for what stands before a status word. `international_event`: one, with a group `international`,
    for an event that carries the Madrid number. `registration_may_precede_filing`: dates of registration are
    deemed dates. `country_suffix`: a letter that the office appends to two-letter country codes.
    `figurative_codes`: of which classification codes of figurative elements are where a file does not say:
    Vienna, or a national one that is built like it. `registered_where_dated`: rights that are registered
    where a record has no status but a day of registration or grant.
    """

    mark_text_endings: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    absent_numbers: tuple[str, ...] = ()
    status_noise: str = ""
    international_event: str = ""
    registration_may_precede_filing: bool = False
    country_suffix: str = ""
    figurative_codes: Literal["vienna", "national"] = "vienna"
    registered_where_dated: tuple[Right, ...] = ()


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A profile as its file has it. `mapping` is the day (ISO 8601) on which the tables last changed; the
    tables of `sources` are read by `ingest.pulling.source`.
    """

    office: str
    name: str
    mapping: str
    acronym: str = ""
    names: Mapping[str, str] = {}
    languages: tuple[str, ...] = ()
    default_language: Mapping[str, str] = {}
    inherits: tuple[str, ...] = ()
    delivers_for: tuple[str, ...] = ()
    identity: Mapping[Right, tuple[Identity, ...]] = {}
    rights: Mapping[str, Right] = {}
    kinds: Mapping[str, str] = {}
    features: Mapping[str, str] = {}
    countries: Mapping[str, str] = {}
    utility_model_kinds: tuple[str, ...] = ()
    national_classes: tuple[str, ...] = ()
    status: tuple[StatusTable, ...] = ()
    numbers: tuple[NumberTable, ...] = ()
    dates: DatesTable = DatesTable()
    quirks: QuirksTable = QuirksTable()
    sources: tuple[dict[str, Any], ...] = ()
    formats: tuple[FormatTable, ...] = ()


class NumberShape(NamedTuple):
    pattern: re.Pattern[str]
    right: Right
    madrid: bool


class Profile(NamedTuple):
    """An office's profile, checked, with what it inherits worked in.

    `delivers_for` are the further offices whose records its feeds may hold (`*`: any). `identity` says which
    numbers may stand for the application number where there is none, in order. `rights`, `kinds`, `features`
    and `countries` are folded words (`ingest.status_words.fold`) with their meaning. `formats` are those that
    the profile itself describes.
    """

    office: str
    name: str
    acronym: str
    names: Mapping[str, str]
    languages: tuple[str, ...]
    mapping: str
    default_language: Mapping[str, str]
    delivers_for: frozenset[str]
    identity: Mapping[Right, tuple[Identity, ...]]
    rights: Mapping[str, Right]
    kinds: Mapping[str, str]
    features: Mapping[str, str]
    countries: Mapping[str, str]
    utility_model_kinds: frozenset[str]
    national_classes: frozenset[str]
    status: StatusWords
    numbers: tuple[NumberShape, ...]
    read_date: DateReader
    quirks: QuirksTable
    formats: tuple[Format, ...]

    def delivers(self, office: str) -> bool:
        """Whether a feed of this office may hold a record of that office."""
        return office == self.office or office in self.delivers_for or EVERY_OFFICE in self.delivers_for


def office_codes() -> tuple[str, ...]:
    """The ST.3 codes of the offices that have a profile of their own, in alphabetical order."""
    return tuple(sorted({*packaged_codes(), *own_codes()}))


def profile(office: str) -> Profile:
    """The profile of an office (ST.3, upper case), as its table is now. Raises `ProfileError` for a table
    that is wrong.
    """
    return _profile(office, own_stamp(office))


@lru_cache(maxsize=1024)
def _profile(office: str, own: Stamp | None) -> Profile:
    if own is not None:
        return build(office, read_profile(Path(own[0])))
    return build(office, _file(office.lower() if office in packaged_codes() else GENERAL))


def read_profile(path: Path) -> ProfileFile:
    """The content of a table in a file. Raises `ProfileError`."""
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(path.name, f"it cannot be read: {error}") from None


def sources_of_profile(office: str) -> tuple[dict[str, Any], ...]:
    """The `[[sources]]` tables of an office that has a profile of its own. Raises `ProfileError`."""
    own = own_stamp(office)
    return read_profile(Path(own[0])).sources if own is not None else _file(office.lower()).sources


def build(office: str, own: ProfileFile) -> Profile:
    """A profile of a file's content. Raises `ProfileError` naming file, table and key."""
    where = f"{own.office.lower()}.toml"
    chain = [own, *(_inherited(where, name) for name in own.inherits)]
    if own.office != GENERAL:
        chain.append(_file(GENERAL))
    try:
        status = StatusWords([file.status for file in chain], own.quirks.status_noise)
    except (ValueError, re.error) as error:
        raise ProfileError(where, str(error)) from None
    unknown = [code for code in own.delivers_for if code != EVERY_OFFICE and not is_st3(code)]
    if unknown:
        raise ProfileError(where, f"delivers-for: {', '.join(unknown)} is not in ST.3")
    return Profile(
        office=office,
        name=own.name if own.office == office else office,
        acronym=own.acronym if own.office == office else "",
        names=own.names,
        languages=own.languages,
        mapping=max(file.mapping for file in chain),
        default_language=own.default_language,
        delivers_for=frozenset(own.delivers_for),
        identity={right: numbers for file in reversed(chain) for right, numbers in file.identity.items()},
        rights=_folded([file.rights for file in chain]),
        kinds=_folded([file.kinds for file in chain]),
        features=_folded([file.features for file in chain]),
        countries=_folded([file.countries for file in chain]),
        utility_model_kinds=frozenset(kind for file in chain for kind in file.utility_model_kinds),
        national_classes=frozenset(own.national_classes),
        status=status,
        numbers=tuple(_shape(where, place, table) for place, table in enumerate(own.numbers)),
        read_date=date_reader(own.dates.forms, own.dates.buddhist_era, own.dates.malformed == "absent"),
        quirks=own.quirks,
        formats=tuple(_format(where, place, table) for place, table in enumerate(own.formats)),
    )


def parse(text: str, file_name: str) -> ProfileFile:
    """The content of a profile. Raises `ProfileError`, which names the file, the table and the key."""
    try:
        return msgspec.convert(tomllib.loads(text), ProfileFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProfileError(file_name, str(error).replace("`$.", "`")) from None


@cache
def _file(name: str) -> ProfileFile:
    return parse(packaged_text(name), f"{name}.toml")


def _inherited(where: str, name: str) -> ProfileFile:
    try:
        return _file(name.lower())
    except FileNotFoundError:
        raise ProfileError(
            where, f"inherits: there is no table {name!r} that comes with the program"
        ) from None


def _format(where: str, place: int, table: FormatTable) -> Format:
    try:
        return described_format(table)
    except ValueError as error:
        raise ProfileError(where, f"formats[{place}].{error}") from None


def _folded(tables: list[Mapping[str, _Meaning]]) -> dict[str, _Meaning]:
    """Words folded, those of the first table before those of the next."""
    return {fold(word): meaning for table in reversed(tables) for word, meaning in table.items()}


def _shape(where: str, place: int, table: NumberTable) -> NumberShape:
    try:
        pattern = re.compile(table.shape)
    except re.error as error:
        raise ProfileError(where, f"numbers[{place}].shape: {error}") from None
    if pattern.fullmatch(table.example) is None:
        why = f"{table.example!r} has not the shape {table.shape!r}"
        raise ProfileError(where, f"numbers[{place}].example: {why}")
    return NumberShape(pattern, table.right, table.madrid)
