"""A report with everything that it can hold, for the tests of its forms."""

import datetime as dt

from register.model import Text
from search.clearance.reading import how_to_read
from search.clearance.report import (
    NO_ADVICE,
    ClearanceAsked,
    ClearanceCell,
    ClearanceConflict,
    ClearanceGoods,
    ClearanceHeld,
    ClearanceMissing,
    ClearanceOwner,
    ClearancePlace,
    ClearanceReason,
    ClearanceReport,
    ClearanceSearch,
    ClearanceStanding,
    ClearanceUnderstood,
)

MARKS = (
    "LUMORA Cà Phê",
    "สตาร์บัคส์ น้ำผึ้ง",
    "ໂຄຄາ-ໂຄລາ",
    "កូកាកូឡា ស្ត្រី",
    "ကိုကာကိုလာ",
    "கோகோ கோலா",
    "كوكا كولا",
    "可口可乐",
    "코카콜라",
    "ジョウサン",
)


def conflict(number: int, mark: str) -> ClearanceConflict:
    return ClearanceConflict(
        number=number,
        id=f"sg-tm-{number}",
        version=1,
        mark=mark,
        texts=(Text(mark, None),),
        office="SG",
        office_name="Singapore",
        territories=("SG", "TH"),
        application_number=f"4020{number}",
        registration_number=f"R{number}",
        nice_classes=(9, 42),
        owners=(ClearanceOwner(name="Lumora Pte. Ltd.", country="SG"),),
        filing_date=dt.date(2015, 1, 1),
        standing=ClearanceStanding(
            state="in-grace",
            plain="registered",
            office="Registered",
            until=dt.date(2026, 5, 1),
            grace_until=dt.date(2026, 11, 1),
            basis="expired on 2026-05-01",
        ),
        score=0.9,
        why=(ClearanceReason(rule="same sound", asked="lumora", held=mark, points=0.9),),
        goods=ClearanceGoods(
            relation="same",
            points=0.8,
            why=(ClearanceReason(rule="same class", asked="class 9", held="class 9", points=0.8),),
        ),
        grade="medium" if number % 3 else "clear",
        rule="very alike, same goods, not yet or perhaps in force",
        grades={"9": "medium"},
    )


def report(*marks: str, name: str = "Lumora") -> ClearanceReport:
    conflicts = tuple(conflict(number, mark) for number, mark in enumerate(marks, 1))
    moment = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
    return ClearanceReport(
        asked=ClearanceAsked(
            name=name, nice_classes=(9,), goods=("cameras;lenses",), territories=("SG", "TH")
        ),
        understood=ClearanceUnderstood(normal_form="lumora", scripts=("Latn",), related_classes=(42,)),
        made_at=moment,
        grade="medium",
        by="territories",
        places=(
            ClearancePlace(
                code="SG",
                name="Singapore",
                grade="medium",
                as_of=moment,
                held_by=("SG",),
                classes=(ClearanceCell(nice_class=9, grade="medium", rule="x", conflicts=(1,), count=3),),
            ),
            ClearancePlace(
                code="TH",
                name="Thailand",
                grade="unknown",
                classes=(ClearanceCell(nice_class=9, grade="unknown"),),
            ),
        ),
        conflicts=conflicts,
        looked_at=len(conflicts),
        searches=(
            ClearanceSearch(what="every mark that is alike", found=10, relation="gte", receipt="rc-1"),
        ),
        cut=True,
        held=(ClearanceHeld(office="SG", name="Singapore", records=1234, as_of=moment),),
        missing=(
            ClearanceMissing(code="territory-not-held", office="TH", text="Marks of Thailand are not held."),
        ),
        reading=how_to_read(),
        no_advice=NO_ADVICE,
    )
