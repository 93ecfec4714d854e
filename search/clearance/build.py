"""A clearance report made: searched, read in one batch, compared, graded."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from register.applicants import applicant_id
from register.codes.offices import office_name
from register.model import Record
from register.spelling import spelling_of
from register.store.applicants import applicants_of
from register.store.database import Database
from register.store.offices import OfficeRight
from register.store.reading import find_records
from register.store.versions import Version
from register.territories import territories
from search.clearance.coverage import (
    Classless,
    Reach,
    as_of,
    held_of,
    marks_held,
    missing_of,
    places_asked,
)
from search.clearance.goods import (
    AskedGoods,
    GoodsReason,
    GoodsRelation,
    asked_goods,
    held_goods,
    relate,
)
from search.clearance.grades import GRADES, Grade, GradeRule, grade_of, worst
from search.clearance.reading import how_to_read
from search.clearance.report import (
    NO_ADVICE,
    ClearanceAsked,
    ClearanceCell,
    ClearanceConflict,
    ClearanceGoods,
    ClearanceOwner,
    ClearancePlace,
    ClearanceReason,
    ClearanceReport,
    ClearanceStanding,
    ClearanceUnderstood,
)
from search.clearance.searching import Search, classes_to_search, find_alike
from search.clearance.standing import Standing, opposed_until, standing_of
from search.keys.normal import folded_text
from search.keys.scripts import OTHER, script_of_character
from search.service import Hit, Reason

_DECIDING = 5
_SHOWN_TEXTS = 6
_SHOWN_OWNERS = 5


@dataclass(frozen=True, slots=True)
class Clearance:
    """Makes reports; safe to share between threads. `offices` tells what is held, `gaps` what is known to be
    missing by office.
    """

    search: Search
    database: Database
    offices: Callable[[], Sequence[OfficeRight]]
    gaps: Callable[[], Mapping[str, int]]
    classless: Classless

    def report(self, asked: ClearanceAsked, now: dt.datetime | None = None) -> ClearanceReport:
        """The report for one name. Errors are those of the search and of the database."""
        moment = now or dt.datetime.now(dt.UTC)
        reach = Reach(marks_held(self.offices()), self.classless.by_office(), self.gaps())
        by, places = places_asked(asked, reach)
        goods = _goods_by_class(asked)
        found = find_alike(asked, places, by, self.search)
        records = self.database.read(
            lambda connection: find_records(connection, [hit.id for hit in found.hits])
        )
        assessed = [
            _assessed(hit, version, goods, moment.date())
            for hit in found.hits
            if (version := records.get(hit.id)) is not None and not version.deleted
        ]
        assessed.sort(key=_worst_first)
        spellings = {
            spelling_of(one.record.office, party).id
            for one in assessed[: asked.limit]
            for party in one.record.applicants
        }
        resolved = self.database.read(lambda connection: applicants_of(connection, spellings))
        numbered = {one.hit.id: number for number, one in enumerate(assessed[: asked.limit], 1)}
        graded = tuple(_place(place, by, goods, assessed, numbered, reach) for place in places)
        searched = _searched(by, places, reach)
        return ClearanceReport(
            asked=asked,
            understood=_understood(asked),
            made_at=moment.replace(microsecond=0),
            grade=worst(place.grade for place in graded) if graded else "unknown",
            by=by,
            places=graded,
            conflicts=tuple(
                _conflict(
                    numbered[one.hit.id],
                    one,
                    set(places) if by == "territories" else None,
                    moment.date(),
                    resolved,
                )
                for one in assessed[: asked.limit]
            ),
            looked_at=len(assessed),
            searches=found.searches,
            cut=found.cut,
            held=held_of(searched, reach),
            missing=missing_of(asked, by, places, searched, reach),
            reading=how_to_read(),
            no_advice=NO_ADVICE,
        )


@dataclass(frozen=True, slots=True)
class _Assessed:
    """A mark with what was found of it; `graded` is by class asked for, "" where none was."""

    hit: Hit
    version: Version
    effect: tuple[str, ...]
    standing: Standing
    graded: Mapping[str, tuple[GoodsRelation, GradeRule]]

    @property
    def record(self) -> Record:
        return self.version.record

    @property
    def worst_class(self) -> str:
        return min(self.graded, key=lambda name: GRADES.index(self.graded[name][1].grade))

    @property
    def grade(self) -> Grade:
        return self.graded[self.worst_class][1].grade


def _goods_by_class(asked: ClearanceAsked) -> dict[str, AskedGoods]:
    """What is compared with each mark, by class: texts and groups go with every class."""
    classes: Iterable[int | None] = asked.nice_classes or (None,)
    return {
        "" if number is None else str(number): asked_goods(number, asked.goods, asked.similar_groups)
        for number in classes
    }


def _assessed(hit: Hit, version: Version, goods: Mapping[str, AskedGoods], on: dt.date) -> _Assessed:
    record = version.record
    standing = standing_of(record, on, version.changed_at.date())
    held = held_goods(record, with_terms=any(one.terms for one in goods.values()))
    score = hit.score or 0.0
    graded = {}
    for name, asked in goods.items():
        relation = relate(asked, held)
        graded[name] = relation, grade_of(score, relation.relation, standing.state)
    return _Assessed(hit, version, territories(record), standing, graded)


def _worst_first(one: _Assessed) -> tuple[int, float, float, str]:
    points = one.graded[one.worst_class][0].points or 0.0
    return GRADES.index(one.grade), -(one.hit.score or 0.0), -points, one.hit.id


def _place(
    place: str,
    by: str,
    goods: Mapping[str, AskedGoods],
    assessed: Sequence[_Assessed],
    numbered: Mapping[str, int],
    reach: Reach,
) -> ClearancePlace:
    speaking = reach.offices_of(place, by)
    there = [
        one
        for one in assessed
        if (place in one.effect if by == "territories" else one.record.office == place)
    ]
    cells = tuple(_cell(name, asked, there, numbered, bool(speaking)) for name, asked in goods.items())
    return ClearancePlace(
        code=place,
        name=office_name(place),
        grade=worst(cell.grade for cell in cells),
        as_of=as_of(speaking, reach),
        held_by=speaking,
        classes=cells,
    )


def _cell(
    name: str, asked: AskedGoods, there: Sequence[_Assessed], numbered: Mapping[str, int], is_held: bool
) -> ClearanceCell:
    """The worst grade of the marks of a place for one class, and the marks that give it."""
    graded = [(one.graded[name][1], one) for one in there]
    grade = worst(rule.grade for rule, _ in graded)
    if grade == "clear":
        return ClearanceCell(nice_class=asked.nice_class, grade="clear" if is_held else "unknown")
    deciding = [(rule, one) for rule, one in graded if rule.grade == grade]
    return ClearanceCell(
        nice_class=asked.nice_class,
        grade=grade,
        rule=deciding[0][0].name,
        conflicts=tuple(sorted(numbered[one.hit.id] for _, one in deciding if one.hit.id in numbered))[
            :_DECIDING
        ],
        count=len(deciding),
    )


def _searched(by: str, places: Sequence[str], reach: Reach) -> tuple[str, ...]:
    """The offices whose records were searched, each once."""
    return tuple(dict.fromkeys(office for place in places for office in reach.offices_of(place, by)))


def _understood(asked: ClearanceAsked) -> ClearanceUnderstood:
    scripts = dict.fromkeys(script_of_character(letter) for letter in asked.name if letter.isalpha())
    every = asked_goods(None, asked.goods)
    return ClearanceUnderstood(
        normal_form=folded_text(asked.name) or asked.name,
        scripts=tuple(script for script in scripts if script != OTHER),
        related_classes=tuple(
            number for number in classes_to_search(asked) if number not in asked.nice_classes
        ),
        goods_words=tuple(sorted({word for term in every.terms for word in term.words})),
    )


def _conflict(
    number: int, one: _Assessed, within: set[str] | None, on: dt.date, resolved: Mapping[int, str]
) -> ClearanceConflict:
    record, name = one.record, one.worst_class
    relation, rule = one.graded[name]
    return ClearanceConflict(
        number=number,
        id=record.id,
        version=one.version.version,
        mark=record.title,
        texts=(*record.texts, *record.transliterations, *record.translations)[:_SHOWN_TEXTS],
        office=record.office,
        office_name=office_name(record.office),
        territories=tuple(code for code in one.effect if within is None or code in within),
        application_number=record.application_number,
        registration_number=record.registration_number,
        international_number=record.international_number,
        kind=record.kind,
        feature=record.feature,
        nice_classes=record.nice_classes,
        owners=tuple(
            ClearanceOwner(
                name=party.name,
                country=party.country,
                applicant=resolved.get(spelling_of(record.office, party).id) or applicant_id(party),
            )
            for party in record.applicants[:_SHOWN_OWNERS]
        ),
        filing_date=record.filing_date,
        registration_date=record.registration_date,
        standing=ClearanceStanding(
            state=one.standing.state,
            plain=record.status.plain,
            office=record.status.text or record.status.office,
            since=record.status.date,
            until=one.standing.until,
            grace_until=one.standing.grace_until,
            opposed_until=None if one.standing.state == "over" else opposed_until(record, on),
            basis=one.standing.basis,
        ),
        score=round(one.hit.score or 0.0, 4),
        why=tuple(_side_by_side(reason) for reason in one.hit.why),
        goods=ClearanceGoods(
            relation=relation.relation,
            points=relation.points,
            why=tuple(_goods_reason(reason) for reason in relation.why),
        ),
        grade=rule.grade,
        rule=rule.name,
        grades={cls: graded.grade for cls, (_, graded) in one.graded.items()},
    )


def _side_by_side(reason: Reason) -> ClearanceReason:
    asked, _, held = reason.compared.partition(" ~ ")
    return ClearanceReason(rule=reason.rule, asked=asked, held=held, points=round(reason.points, 3))


def _goods_reason(reason: GoodsReason) -> ClearanceReason:
    return ClearanceReason(
        rule=reason.rule, asked=_cut(reason.asked), held=_cut(reason.held), points=reason.points
    )


def _cut(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
