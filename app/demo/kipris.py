"""Korean marks, designs, patents and utility models as KIPRIS Plus replies."""

import datetime as dt
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from app.demo.invent import Company, Design, Invention, Mark

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n\n<response>'
    "<header><resultCode></resultCode><resultMsg></resultMsg></header><body><items>\n"
)
_TAIL = "</items></body></response>\n"
_STATES = {
    "filed": "출원",
    "published": "공고",
    "registered": "등록",
    "expired": "소멸",
    "withdrawn": "포기",
    "refused": "거절",
}
_PATENT_STATES = {**_STATES, "filed": "공개", "published": "공개", "withdrawn": "취하"}


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value) or ' '}</{name}>"


def _elements(values: dict[str, str]) -> str:
    return "".join(_element(name, value) for name, value in values.items())


def _day(day: dt.date | None) -> str:
    return "" if day is None else f"{day:%Y%m%d}"


def _name(company: Company) -> str:
    return company.local or company.name


def marks(made: Iterable[Mark]) -> Iterator[str]:
    yield _HEAD
    for mark in made:
        course = mark.course
        yield (
            "<TradeMarkInfo>"
            + _elements(
                {
                    "SerialNumber": str(mark.serial),
                    "ApplicationNumber": f"40{mark.year}{mark.serial:07d}",
                    "ApplicationDate": _day(course.filed),
                    "PublicNumber": f"40{mark.year}{mark.serial:07d}" if course.published else "",
                    "PublicDate": _day(course.published),
                    "RegistrationNumber": f"40{mark.serial + 1200000:07d}0000" if course.registered else "",
                    "RegistrationDate": _day(course.registered),
                    "ApplicationStatus": _STATES[course.state],
                    "GoodClassificationCode": "|".join(f"{number:02d}" for number in mark.classes),
                    "ViennaCode": "|".join(code.replace(".", "") for code in mark.vienna),
                    "ApplicantName": _name(mark.owner),
                    "AgentName": _name(mark.agent),
                    "Title": mark.text,
                }
            )
            + "</TradeMarkInfo>\n"
        )
    yield _TAIL


def designs(made: Iterable[Design]) -> Iterator[str]:
    yield _HEAD
    for design in made:
        course = design.course
        yield (
            "<DesignInfo>"
            + _elements(
                {
                    "number": str(design.serial),
                    "applicationNumber": f"30{design.year}{design.serial:07d}",
                    "applicationDate": _day(course.filed),
                    "registrationNumber": f"30{design.serial + 900000:07d}0000" if course.registered else "",
                    "registrationDate": _day(course.registered),
                    "designNumber": "M001",
                    "applicationStatus": _STATES[course.state],
                    "applicantName": _name(design.owner),
                    "inventorName": "|".join(design.designers),
                    "articleName": design.products["ko"],
                    "designMainClassification": "C133",
                }
            )
            + "</DesignInfo>\n"
        )
    yield _TAIL


def inventions(made: Iterable[Invention]) -> Iterator[str]:
    yield _HEAD
    for invention in made:
        course, digits = invention.course, "20" if invention.utility_model else "10"
        title = invention.titles["ko"]
        yield (
            "<PatentUtilityInfo>"
            + _elements(
                {
                    "SerialNumber": str(invention.serial),
                    "ApplicationNumber": f"{digits}{invention.year}{invention.serial:07d}",
                    "ApplicationDate": _day(course.filed),
                    "Applicant": _name(invention.owner),
                    "InventionName": title,
                    "Abstract": f"본 발명은 {title}에 관한 것이다.",
                    "InternationalpatentclassificationNumber": "|".join(invention.ipc),
                    "OpeningDate": _day(course.published),
                    "OpeningNumber": f"{digits}{invention.year}0{invention.serial:06d}"
                    if course.published
                    else "",
                    "RegistrationDate": _day(course.registered),
                    "RegistrationNumber": f"{digits}{invention.serial + 1500000:07d}0000"
                    if course.registered
                    else "",
                    "RegistrationStatus": _PATENT_STATES[course.state],
                }
            )
            + "</PatentUtilityInfo>\n"
        )
    yield _TAIL
