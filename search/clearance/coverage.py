"""How far the data behind a report reaches, and what it cannot say."""

import datetime as dt
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.codes.offices import members, office_name
from register.store.offices import OfficeRight
from register.territories import INTERNATIONAL
from search.clearance.report import ClearanceAsked, ClearanceHeld, ClearanceMissing
from search.engine import All, Not, Reader, Term

_CLASSLESS_SECONDS = 300.0
_MARKS = (Term("right", ("trademark",)),)
_WITHOUT_CLASS = All((*_MARKS, Not(Term("nice", tuple(range(1, 46))))))


@dataclass(frozen=True, slots=True)
class Reach:
    """The trademarks held by office, as of when, and what of an office's feeds is known to be missing."""

    held: Mapping[str, OfficeRight]
    classless: Mapping[str, int]
    gaps: Mapping[str, int]

    def offices_of(self, place: str, by: str) -> tuple[str, ...]:
        """The offices held whose records may speak of a place: its own, and those of organisations that it
        belongs to.
        """
        if by == "offices":
            return (place,) if place in self.held else ()
        return tuple(
            office
            for office in self.held
            if office == place or office in INTERNATIONAL or place in members(office)
        )


class Classless:
    """Trademarks without any Nice class by office, counted in the index at most every five minutes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._counted: tuple[float, Mapping[str, int]] | None = None

    def by_office(self) -> Mapping[str, int]:
        with self._lock:
            if self._counted is None or time.monotonic() - self._counted[0] > _CLASSLESS_SECONDS:
                counts = self._reader.facet(_WITHOUT_CLASS, [("office", 300)])["office"]
                self._counted = time.monotonic(), dict(counts)
            return self._counted[1]


def marks_held(summary: Iterable[OfficeRight]) -> dict[str, OfficeRight]:
    return {one.office: one for one in summary if one.right == "trademark" and one.records}


def places_asked(asked: ClearanceAsked, reach: Reach) -> tuple[str, tuple[str, ...]]:
    """What the grades are by, and of which places: the territories asked for, else the offices asked for,
    else every office of which marks are held.
    """
    if asked.territories:
        return "territories", asked.territories
    return "offices", asked.offices or tuple(reach.held)


def held_of(offices: Sequence[str], reach: Reach) -> tuple[ClearanceHeld, ...]:
    return tuple(
        ClearanceHeld(
            office=office,
            name=office_name(office),
            records=reach.held[office].records,
            as_of=reach.held[office].as_of,
        )
        for office in offices
        if office in reach.held
    )


def as_of(offices: Iterable[str], reach: Reach) -> dt.datetime | None:
    """The oldest of the offices' moments: what holds for all of them."""
    moments = [held.as_of for office in offices if (held := reach.held.get(office)) is not None]
    known = [moment for moment in moments if moment is not None]
    return min(known) if known else None


def missing_of(
    asked: ClearanceAsked, by: str, places: Sequence[str], searched: Sequence[str], reach: Reach
) -> tuple[ClearanceMissing, ...]:
    """Everything that limits what the report can say."""
    return (*_places_not_held(by, places, reach), *_of_filters(asked, by, reach), *_of_data(searched, reach))


def _places_not_held(by: str, places: Sequence[str], reach: Reach) -> Iterator[ClearanceMissing]:
    for place in places:
        name = office_name(place)
        if by == "offices" and place not in reach.held:
            yield ClearanceMissing(
                code="office-not-held",
                office=place,
                text=f"No trademarks of {name} are held: of it nothing can be said.",
            )
        if by == "territories" and place not in reach.held:
            speaking = [office_name(office) for office in reach.offices_of(place, by)]
            rest = (
                f"only marks that have effect there by {', '.join(speaking)} were searched"
                if speaking
                else ""
            )
            yield ClearanceMissing(
                code="territory-not-held",
                office=place,
                text=f"The national trademarks of {name} are not held: "
                f"{rest if speaking else 'of it nothing can be said'}.",
            )
    if not places:
        yield ClearanceMissing(code="nothing-held", text="No trademarks of any office are held.")


def _of_filters(asked: ClearanceAsked, by: str, reach: Reach) -> Iterator[ClearanceMissing]:
    if by == "offices" and asked.offices:
        states = [office for office in asked.offices if office not in INTERNATIONAL and not members(office)]
        others = [office for office in reach.held if office not in asked.offices]
        if states and any(office in INTERNATIONAL or members(office) for office in others):
            yield ClearanceMissing(
                code="international-not-searched",
                text="Only records of the offices named were searched. International and regional marks that "
                "have effect there are held by others: ask for territories to have them too.",
            )
    if not any(office in INTERNATIONAL for office in reach.held):
        yield ClearanceMissing(
            code="madrid-not-held",
            text="International registrations (Madrid) are held only as far as these offices deliver them.",
        )
    if asked.statuses:
        yield ClearanceMissing(
            code="statuses-left-out",
            text=f"Only marks with the status {' or '.join(asked.statuses)} were searched.",
        )
    if not asked.nice_classes and not asked.goods and not asked.similar_groups:
        yield ClearanceMissing(
            code="goods-not-asked",
            text="No goods and no classes were given: every mark that is alike counts, whatever it is for.",
        )


def _of_data(searched: Sequence[str], reach: Reach) -> Iterator[ClearanceMissing]:
    for office in searched:
        held = reach.held.get(office)
        if held is None:
            continue
        name, unknown = office_name(office), held.statuses.get("unknown", 0)
        if unknown:
            yield ClearanceMissing(
                code="status-unknown",
                office=office,
                count=unknown,
                text=f"{name}: {unknown:,} of {held.records:,} marks have no status that is known; they "
                "count as if they might be in force.",
            )
        without = reach.classless.get(office, 0)
        if without:
            yield ClearanceMissing(
                code="classes-unknown",
                office=office,
                count=without,
                text=f"{name}: {without:,} of {held.records:,} marks have no class.",
            )
        gaps = reach.gaps.get(office, 0)
        if gaps:
            yield ClearanceMissing(
                code="records-not-taken",
                office=office,
                count=gaps,
                text=f"{name}: {gaps:,} records that the office delivered could not be taken in and are not "
                "mended yet.",
            )
        if held.as_of is None:
            yield ClearanceMissing(
                code="as-of-unknown",
                office=office,
                text=f"{name}: no feed has been taken in whole, so as of when its data is cannot be said.",
            )
