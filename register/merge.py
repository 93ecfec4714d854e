"""What the register holds of a right after one more statement.

Pure, and for stamped statements the same in any order of delivery. Each field is a register of which the last
writer wins: a value with the stamp of the statement that set it. A full statement and a delete state every
field at once, so most rights need one stamp, the `floor`; only a field that a later patch set has a stamp of
its own. The rules:

- a statement with a stamp below that of a field leaves the field alone; with equal stamps the one delivered
  later wins;
- a statement without a stamp wins by the order of delivery: it counts as stamped with the newest stamp held;
- a patch states the fields that it gives, and the spelling of the numbers that identify the right; an older
  full statement still fills what nobody stated later;
- in patches of patents and utility models `publications`, `numbers` and `events` are united with those held,
  because a feed of publications sends an application once for each of its documents; elsewhere a patch
  replaces a list;
- a delete empties everything stated up to its stamp; an older statement does not bring the right back, a
  newer one does;
- a delete of one publication takes that publication away, and the right with the last one.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from register.identity import number_key
from register.model import Event, Number, Publication, Record

IDENTITY = frozenset({"id", "office", "right", "application_number", "design_number"})
UNITED = ("publications", "numbers", "events")
_FIELDS = tuple(field for field in Record.__struct_fields__ if field not in IDENTITY)
_ALWAYS_STATED = frozenset({"application_number", "design_number"})


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """How new what is held is.

    `floor` is the stamp of the newest full statement or delete; `fields` the stamps of fields that patches
    set later; `parts` those of the elements of united fields, in the order of the record ("" where it is that
    of the floor); `gone` those of publications taken away.
    """

    floor: str = ""
    fields: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    gone: dict[str, str] = {}

    @property
    def is_plain(self) -> bool:
        """Whether the floor says everything."""
        return not (self.fields or self.parts or self.gone)

    @property
    def newest(self) -> str:
        """The newest stamp of anything held, "" where nothing was ever stamped."""
        stamps = [self.floor, *self.fields.values(), *self.gone.values()]
        for parts in self.parts.values():
            stamps += parts
        return max(stamps)


NOTHING = Standing()


class Held(NamedTuple):
    """What is held of a right; of a deleted one `record` is the last content, for those who ask for it."""

    record: Record
    standing: Standing
    deleted: bool


def takes_all(standing: Standing, stamp: str) -> bool:
    """Whether a full statement of this stamp replaces everything, so that what is held need not be read."""
    return standing.is_plain and (not stamp or stamp >= standing.floor)


def state_all(held: Held | None, record: Record, stamp: str) -> Held:
    """What is held after a full statement."""
    if held is None:
        return Held(record, Standing(stamp), False)
    standing = held.standing
    stamp = stamp or standing.newest
    if stamp < standing.floor:
        return held
    if standing.is_plain:
        return Held(record, Standing(stamp), False)
    return Held(*_over(record, held, stamp), False)


def state_some(held: Held | None, record: Record, given: frozenset[str], stamp: str) -> Held:
    """What is held after a patch of the fields `given`."""
    if held is None:
        held = Held(_blank(record), NOTHING, True)
    standing = held.standing
    stamp = stamp or standing.newest
    if stamp < standing.floor:
        return held
    base = _blank(held.record) if held.deleted else held.record
    unites = record.right in ("patent", "utility-model")
    values: dict[str, Any] = {}
    fields, parts, gone = dict(standing.fields), dict(standing.parts), dict(standing.gone)
    for name in (given - IDENTITY) | _ALWAYS_STATED:
        floor = max(standing.floor, fields.get(name, ""))
        if unites and name in UNITED:
            if stamp < floor:
                continue
            stated = getattr(record, name)
            if not stated and stamp > standing.floor:
                fields[name] = stamp
            elements = _elements(base, standing, name, floor)
            if not stated:
                elements = {key: element for key, element in elements.items() if element[1] > stamp}
                gone = {key: when for key, when in gone.items() if name != "publications" or when > stamp}
            for element in stated:
                key = _KEYS[name](element)
                if stamp >= max(elements[key][1] if key in elements else "", _gone(gone, name, key)):
                    elements[key] = (element, stamp)
                    if name == "publications":
                        gone.pop(_gone_key(key), None)
            values[name] = _listed(name, elements, max(standing.floor, fields.get(name, "")), parts)
        elif stamp >= floor:
            values[name] = getattr(record, name)
            if stamp > standing.floor:
                fields[name] = stamp
    return Held(msgspec.structs.replace(base, **values), Standing(standing.floor, fields, parts, gone), False)


def state_end(held: Held | None, record: Record, stamp: str) -> Held:
    """What is held after a delete.

    Of a right never held a mark is left, so that an older statement delivered later is known to be older.
    """
    if held is None:
        return Held(_blank(record), Standing(stamp), True)
    standing = held.standing
    stamp = stamp or standing.newest
    if stamp < standing.floor:
        return held
    if standing.newest <= stamp:
        return Held(held.record, Standing(stamp), True)
    record, standing = _over(_blank(held.record), held, stamp)
    return Held(record, standing, False)


def take_away(held: Held, publication: Publication, stamp: str) -> Held:
    """What is held after the delete of one publication of the right."""
    standing = held.standing
    stamp = stamp or standing.newest
    floor = max(standing.floor, standing.fields.get("publications", ""))
    if held.deleted or stamp < floor:
        return held
    country, number, kind = _publication_key(publication)
    elements = _elements(held.record, standing, "publications", floor)
    meant = [key for key in elements if key[:2] == (country, number) and kind in ("", key[2])]
    taken = [key for key in meant if elements[key][1] <= stamp]
    if not taken:
        return held
    for key in taken:
        del elements[key]
    if not elements:
        return state_end(held, held.record, stamp)
    parts, gone = dict(standing.parts), dict(standing.gone)
    if stamp > floor:
        gone.update((_gone_key(key), stamp) for key in taken)
    left = _listed("publications", elements, floor, parts)
    standing = Standing(standing.floor, standing.fields, parts, gone)
    return Held(msgspec.structs.replace(held.record, publications=left), standing, False)


def _over(record: Record, held: Held, stamp: str) -> tuple[Record, Standing]:
    """The record as stated with this stamp, under what was stated with a later one."""
    standing = held.standing
    fields = {name: when for name, when in standing.fields.items() if when > stamp}
    parts: dict[str, list[str]] = {}
    gone = {key: when for key, when in standing.gone.items() if when > stamp}
    values: dict[str, Any] = {name: getattr(held.record, name) for name in fields}
    for name in UNITED:
        if name in fields:
            if name in standing.parts:
                parts[name] = standing.parts[name]
            continue
        later = _elements(held.record, standing, name, max(standing.floor, standing.fields.get(name, "")))
        later = {key: element for key, element in later.items() if element[1] > stamp}
        if not later and not (gone and name == "publications"):
            continue
        elements: dict[tuple[str, ...], tuple[Any, str]] = {}
        for element in getattr(record, name):
            key = _KEYS[name](element)
            if _gone(gone, name, key) <= stamp:
                elements[key] = (element, stamp)
        values[name] = _listed(name, {**elements, **later}, stamp, parts)
    return msgspec.structs.replace(record, **values), Standing(stamp, fields, parts, gone)


def _blank(record: Record) -> Record:
    return Record(
        id=record.id,
        office=record.office,
        right=record.right,
        application_number=record.application_number,
        design_number=record.design_number,
    )


def _publication_key(publication: Publication) -> tuple[str, ...]:
    return (publication.country or "", number_key(publication.number or ""), publication.kind or "")


def _number_key(number: Number) -> tuple[str, ...]:
    return (number.kind, number.number)


def _event_key(event: Event) -> tuple[str, ...]:
    return (_day(event.date), event.code or "", event.text or "", event.wipo or "")


_KEYS: Mapping[str, Callable[[Any], tuple[str, ...]]] = {
    "publications": _publication_key,
    "numbers": _number_key,
    "events": _event_key,
}


def _day(date: dt.date | None) -> str:
    return "" if date is None else date.isoformat()


def _gone_key(key: tuple[str, ...]) -> str:
    return "-".join(key)


def _gone(gone: Mapping[str, str], name: str, key: tuple[str, ...]) -> str:
    return gone.get(_gone_key(key), "") if name == "publications" and gone else ""


def _elements(
    record: Record, standing: Standing, name: str, floor: str
) -> dict[tuple[str, ...], tuple[Any, str]]:
    """The elements of a united field by their keys, each with its stamp."""
    values: tuple[Any, ...] = getattr(record, name)
    stamps = standing.parts.get(name) or [floor] * len(values)
    key_of = _KEYS[name]
    return {key_of(value): (value, max(stamp, floor)) for value, stamp in zip(values, stamps, strict=True)}


def _listed(
    name: str, elements: Mapping[tuple[str, ...], tuple[Any, str]], floor: str, parts: dict[str, list[str]]
) -> tuple[Any, ...]:
    """The elements in one order, whatever that of delivery, with their stamps in `parts` if needed."""
    if name == "publications":
        ordered = sorted(elements.items(), key=lambda item: (_day(item[1][0].date), item[0]))
    else:
        ordered = sorted(elements.items(), key=lambda item: item[0])
    stamps = [stamp if stamp > floor else "" for _, (_, stamp) in ordered]
    if any(stamps):
        parts[name] = stamps
    else:
        parts.pop(name, None)
    return tuple(element for _, (element, _) in ordered)
