"""A clearance report in words, as the page and the PDF show it."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from app.clearance.words import (
    GRADE_MEANS,
    GRADE_SHORT,
    GRADE_WORDS,
    RELATION_WORDS,
    STATE_WORDS,
    class_title,
    class_words,
)
from app.pages.words import NO_TITLE, RULE_WORDS, alike_words, counted
from register.codes.languages import normalise_language
from register.codes.offices import office_name
from search.clearance.grades import Grade
from search.clearance.report import (
    ClearanceAsked,
    ClearanceCell,
    ClearanceConflict,
    ClearancePlace,
    ClearanceReason,
    ClearanceReport,
)

_SHOWN_TERRITORIES = 12


class ShownReason(msgspec.Struct, frozen=True):
    rule: str
    asked: str
    held: str
    points: str


class ShownMark(msgspec.Struct, frozen=True):
    """A text with its language (ISO 639-1, "" where not known)."""

    text: str
    language: str


class ShownConflict(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict in words. `fields` are label and value."""

    number: int
    id: str
    mark: ShownMark
    texts: list[ShownMark]
    office: str
    grade: Grade
    grade_words: str
    rule: str
    state: str
    state_words: str
    until: str
    basis: str
    fields: list[tuple[str, str]]
    owners: list[str]
    classes: str
    percent: int
    likeness: str
    why: list[ShownReason]
    goods: str
    goods_why: list[ShownReason]


class ShownCell(msgspec.Struct, frozen=True):
    grade: Grade
    words: str
    conflicts: list[int]
    more: int


class ShownPlace(msgspec.Struct, frozen=True):
    code: str
    name: str
    grade: Grade
    words: str
    as_of: str
    cells: list[ShownCell]


class ShownReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report in words. Pairs are label and value."""

    name: str
    grade: Grade
    grade_words: str
    grade_means: str
    made: str
    asked: list[tuple[str, str]]
    by: str
    columns: list[tuple[str, str]]
    places: list[ShownPlace]
    deciding: list[ShownConflict]
    others: list[ShownConflict]
    summary: str
    searches: list[tuple[str, str, str]]
    cut: bool
    understood: list[tuple[str, str]]
    held: list[tuple[str, str, str]]
    missing: list[str]
    notes: list[str]
    grades: list[tuple[Grade, str, str]]
    grade_rules: list[tuple[str, str]]
    goods_rules: list[tuple[str, str]]
    likeness_rules: str
    versions: str
    no_advice: str


def shown_report(report: ClearanceReport) -> ShownReport:
    conflicts = [shown_conflict(one) for one in report.conflicts]
    reading = report.reading
    return ShownReport(
        name=report.asked.name,
        grade=report.grade,
        grade_words=GRADE_WORDS[report.grade],
        grade_means=GRADE_MEANS[report.grade],
        made=f"{report.made_at:%d %B %Y, %H:%M} UTC".lstrip("0"),
        asked=asked_words(report.asked),
        by="Territory" if report.by == "territories" else "Office",
        columns=_columns(report.places),
        places=[_place(one) for one in report.places],
        deciding=[one for one in conflicts if one.grade != "clear"],
        others=[one for one in conflicts if one.grade == "clear"],
        summary=_summary(report),
        searches=[(one.what, _found(one.found, one.relation), one.receipt or "") for one in report.searches],
        cut=report.cut,
        understood=_understood(report),
        held=[(f"{one.name} ({one.office})", f"{one.records:,}", day(one.as_of)) for one in report.held],
        missing=[one.text for one in report.missing],
        notes=list(reading.notes),
        grades=[(grade, GRADE_WORDS[grade], means) for grade, means in GRADE_MEANS.items()],
        grade_rules=[(one.name, one.told) for one in reading.grades],
        goods_rules=[(one.name, one.told) for one in reading.goods],
        likeness_rules=", ".join(one.name for one in reading.likeness),
        versions=", ".join(f"{name} {version}" for name, version in reading.versions.items()),
        no_advice=report.no_advice,
    )


def asked_words(asked: ClearanceAsked) -> list[tuple[str, str]]:
    """What was asked, without the name: label and value."""
    classes = [f"{number} {class_title(number)}".strip() for number in asked.nice_classes]
    named = (
        ("Nice classes", "; ".join(classes)),
        ("Goods and services", "; ".join(_spaced(goods) for goods in asked.goods)),
        ("Similar groups (KR)", ", ".join(asked.similar_groups)),
        ("Offices", _codes(asked.offices)),
        ("Territories", _codes(asked.territories)),
        ("Status", ", ".join(asked.statuses)),
    )
    found = [(label, value) for label, value in named if value]
    if not asked.offices and not asked.territories:
        found.append(("Offices", "all that are held"))
    if not asked.nice_classes and not asked.goods and not asked.similar_groups:
        found.append(("Goods", "not given: every mark that is alike counts"))
    return found


def day(moment: dt.date | dt.datetime | None) -> str:
    """`3 May 2024`; "" for none."""
    return "" if moment is None else f"{moment:%d %b %Y}".lstrip("0")


def shown_conflict(one: ClearanceConflict) -> ShownConflict:
    first = next((text.language for text in one.texts if text.text == one.mark), None)
    score = alike_words(one.score)
    return ShownConflict(
        number=one.number,
        id=one.id,
        mark=ShownMark(one.mark or NO_TITLE, _language(first)),
        texts=[ShownMark(text.text, _language(text.language)) for text in one.texts if text.text != one.mark],
        office=one.office_name,
        grade=one.grade,
        grade_words=GRADE_SHORT[one.grade],
        rule=one.rule,
        state=one.standing.state,
        state_words=STATE_WORDS[one.standing.state],
        until=_until(one),
        basis=one.standing.basis,
        fields=_fields(one),
        owners=[f"{owner.name} ({owner.country})" if owner.country else owner.name for owner in one.owners],
        classes=", ".join(map(str, one.nice_classes)) or "none delivered",
        percent=round(one.score * 100),
        likeness=score,
        why=[_reason(reason, RULE_WORDS.get(reason.rule)) for reason in one.why],
        goods=RELATION_WORDS[one.goods.relation],
        goods_why=[_reason(reason, None) for reason in one.goods.why],
    )


def _language(language: str | None) -> str:
    return (normalise_language(language) or "") if language else ""


def _reason(reason: ClearanceReason, words: str | None) -> ShownReason:
    rule = words or reason.rule[:1].upper() + reason.rule[1:]
    return ShownReason(rule, reason.asked, reason.held, f"{reason.points:.2f}")


def _until(one: ClearanceConflict) -> str:
    if one.standing.grace_until is not None:
        return f"expired {day(one.standing.until)}, late renewal until {day(one.standing.grace_until)}"
    if one.standing.until is None:
        return "no expiry date delivered" if one.standing.state == "in-force" else ""
    return f"{'expiry date' if one.standing.state == 'over' else 'until'} {day(one.standing.until)}"


def _fields(one: ClearanceConflict) -> list[tuple[str, str]]:
    numbers = [("Application", one.application_number)]
    if one.registration_number not in (None, one.application_number):
        numbers.append(("Registration", one.registration_number or ""))
    if one.international_number not in (None, one.application_number, one.registration_number):
        numbers.append(("International", one.international_number or ""))
    told = one.standing.office
    named = (
        ("Filed", day(one.filing_date)),
        ("Registered", day(one.registration_date)),
        ("Office's status", f"{told}, {day(one.standing.since)}".rstrip(", ") if told else ""),
        ("Can be opposed until", day(one.standing.opposed_until)),
        ("Effect in", _effect(one)),
    )
    return [*numbers, *((label, value) for label, value in named if value)]


def _effect(one: ClearanceConflict) -> str:
    if one.territories == (one.office,):
        return ""
    more = len(one.territories) - _SHOWN_TERRITORIES
    listed = ", ".join(one.territories[:_SHOWN_TERRITORIES])
    return f"{listed} and {more} more" if more > 0 else listed


def _columns(places: Sequence[ClearancePlace]) -> list[tuple[str, str]]:
    cells: Iterable[ClearanceCell] = places[0].classes if places else ()
    return [(class_words(cell.nice_class), class_title(cell.nice_class)) for cell in cells]


def _place(place: ClearancePlace) -> ShownPlace:
    cells = [
        ShownCell(cell.grade, GRADE_SHORT[cell.grade], list(cell.conflicts), cell.count - len(cell.conflicts))
        for cell in place.classes
    ]
    return ShownPlace(place.code, place.name, place.grade, GRADE_SHORT[place.grade], day(place.as_of), cells)


def _summary(report: ClearanceReport) -> str:
    if not report.looked_at:
        return "No mark that is alike was found."
    ways = len(report.deciding)
    listed = len(report.conflicts)
    words = f"{counted(report.looked_at, 'mark is', 'marks are')} alike enough to be compared"
    if listed < report.looked_at:
        words += f"; the {listed} that weigh most are listed"
    return f"{words}. {counted(ways, 'stands', 'stand')} in the way of something, {listed - ways} do not."


def _found(found: int, relation: str) -> str:
    return f"{found:,} looked at, and there may be more" if relation == "gte" else f"{found:,}, all there are"


def _understood(report: ClearanceReport) -> list[tuple[str, str]]:
    told = report.understood
    named = (
        ("Name, in normal form", told.normal_form),
        ("Scripts", ", ".join(told.scripts)),
        ("Related classes", ", ".join(map(str, told.related_classes))),
        ("Words of the goods", ", ".join(told.goods_words)),
    )
    return [(label, value) for label, value in named if value]


def _spaced(goods: str) -> str:
    """`coffee;tea` with room to break a line."""
    return "; ".join(term.strip() for term in goods.split(";") if term.strip())


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(f"{office_name(code)} ({code})" for code in codes)
