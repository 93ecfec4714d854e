"""Feeds in JSON: Singapore as published by date of lodgement, Thailand's data exchange, and our own `jsonl`
and `csv`.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.demo import words
from app.demo.invent import LANGUAGES, Company, Design, Indication, Invention, Mark

_SG_STATES = {
    "filed": "Pending (Formalities Check)",
    "published": "Pending (Published)",
    "registered": "Registered",
    "expired": "Expired",
    "withdrawn": "Withdrawn",
    "refused": "Refused",
}
_TH_STATES = {
    "filed": "ยื่นคำขอ",
    "published": "ประกาศโฆษณา",
    "registered": "จดทะเบียน",
    "expired": "สิ้นอายุ",
    "withdrawn": "ละทิ้ง",
    "refused": "ปฏิเสธ",
}
_OWN_STATES = {
    "filed": "pending",
    "published": "pending",
    "registered": "registered",
    "expired": "expired",
    "withdrawn": "ended",
    "refused": "ended",
}
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _lines(head: str, items: Iterable[dict[str, Any]], tail: str) -> Iterator[str]:
    """One JSON document, an item a line."""
    yield head
    for number, item in enumerate(items):
        yield (",\n" if number else "") + json.dumps(item, ensure_ascii=False)
    yield tail


def _sg_party(company: Company) -> dict[str, Any]:
    country = {"code": company.country, "description": company.country}
    return {
        "name": company.name,
        "uenCompanyCode": None,
        "address": company.address.replace(", ", "<br/>"),
        "countryOfIncorporationOrResidence": country,
        "nationality": country,
    }


def sg_marks(made: Iterable[Mark]) -> Iterator[str]:
    def items() -> Iterator[dict[str, Any]]:
        for mark in made:
            course = mark.course
            index = {
                "wordsInMark": mark.text if mark.language != "zh" else None,
                "chineseCharacter": mark.text if mark.language == "zh" else None,
                "enTranslation": None,
                "enTransliteration": mark.latin if mark.latin != mark.text else None,
                "phoneticEquiv": None,
                "descrOfDevice": None,
            }
            yield {
                "applicationNum": f"40{mark.year}{mark.serial:05d}{_CHECK_LETTERS[mark.serial % 24]}",
                "summary": {
                    "filingDate": str(course.filed),
                    "expiryDate": _text(course.expires),
                    "markStatus": _SG_STATES[course.state],
                    "tradeMarkType": "Trade Mark",
                    "publicationDate": _text(course.published),
                },
                "markIndex": [index],
                "goodsAndServicesSpecifications": [
                    {
                        "classNum": f"Class {number}",
                        "classStatus": {"code": None, "description": _SG_STATES[course.state]},
                        "goodsServices": words.GOODS[number]["en"],
                    }
                    for number in mark.classes
                ],
                "currentApplicantProprietorDetails": [_sg_party(mark.owner)],
                "documents": None,
            }

    return _lines('{"lodgement_date": null, "items": [\n', items(), "\n]}\n")


def sg_designs(made: Iterable[Design]) -> Iterator[str]:
    def items() -> Iterator[dict[str, Any]]:
        for design in made:
            course = design.course
            yield {
                "applicationNum": f"30{design.year}{design.serial:05d}{_CHECK_LETTERS[design.serial % 24]}",
                "summary": {
                    "filingDate": str(course.filed),
                    "expiryDate": _text(course.expires),
                    "status": _SG_STATES[course.state],
                    "articleName": design.products["en"],
                    "classSubClass": design.locarno,
                },
                "currentApplicantProprietorDetails": [_sg_party(design.owner)],
            }

    return _lines('{"lodgement_date": null, "items": [\n', items(), "\n]}\n")


def th_marks(made: Iterable[Mark]) -> Iterator[str]:
    def items() -> Iterator[dict[str, Any]]:
        for mark in made:
            course = mark.course
            yield {
                "REQ_NO": f"{mark.year % 100:02d}0{mark.serial:06d}",
                "REQ_DATE": str(course.filed),
                "TR_NAME": mark.text,
                "REGIS_NO": f"{mark.year % 100:02d}1{mark.serial:06d}" if course.registered else "",
                "REGIS_DATE": _text(course.registered) or "",
                "PUBLIC_DATE": _text(course.published) or "",
                "EXPIRE_DATE": _text(course.expires) or "",
                "TRADEMARK_STATUS": _TH_STATES[course.state],
                "OWNER_NAME": mark.owner.local or mark.owner.name,
                "NICE_CLASS_CODE": ",".join(map(str, mark.classes)),
                "NICE_CLASS_TNAME": " ".join(words.GOODS[number]["th"] for number in mark.classes),
            }

    return _lines("[\n", items(), "\n]\n")


def th_inventions(made: Iterable[Invention]) -> Iterator[str]:
    def items() -> Iterator[dict[str, Any]]:
        for invention in made:
            course = invention.course
            yield {
                "APP_NO": f"{invention.year % 100:02d}01{invention.serial:06d}",
                "REQ_PAT_TYPE": "อนุสิทธิบัตร" if invention.utility_model else "สิทธิบัตรการประดิษฐ์",
                "FILING_DATE": f"{course.filed:%d-%m-%Y}",
                "PUBLIC_DATE": _text(course.published) or "",
                "GRANT_DATE": _text(course.registered) or "",
                "PATENT_NAME": invention.titles["th"],
                "APPLICANT": invention.owner.local or invention.owner.name,
                "INV": ", ".join(invention.inventors),
                "IPC": ", ".join(invention.ipc),
                "APP_ABS": f"{invention.titles['th']} ตามการประดิษฐ์นี้",
            }

    return _lines("[\n", items(), "\n]\n")


def _base(office: str, right: str, number: str, course: Any, owner: Company) -> dict[str, Any]:
    """What every record of our own format says, absent values left out."""
    party: dict[str, Any] = {"name": owner.name, "country": owner.country, "address": owner.address}
    if owner.local:
        party["names"] = [{"text": owner.local, "language": LANGUAGES[office]}]
    record = {
        "office": office,
        "right": right,
        "applicationNumber": number,
        "filingDate": str(course.filed),
        "publicationDate": _text(course.published),
        "registrationDate": _text(course.registered),
        "expiryDate": _text(course.expires),
        "status": _OWN_STATES[course.state],
        "applicants": [party],
    }
    return {name: value for name, value in record.items() if value is not None}


def own_marks(office: str, made: Iterable[Mark]) -> Iterator[str]:
    for mark in made:
        record = _base(office, "trademark", f"4-{mark.year}-{mark.serial:06d}", mark.course, mark.owner)
        record["texts"] = [{"text": mark.text, "language": mark.language}]
        record["niceClasses"] = list(mark.classes)
        record["goods"] = [
            {"niceClass": number, "text": words.GOODS[number]["en"], "language": "en"}
            for number in mark.classes
        ]
        if mark.vienna:
            record["viennaCodes"] = list(mark.vienna)
        yield json.dumps(record, ensure_ascii=False) + "\n"


def own_marks_csv(office: str, made: Iterable[Mark]) -> Iterator[str]:
    row = io.StringIO()
    writer = csv.writer(row)
    writer.writerow(
        (
            "office",
            "right",
            "applicationNumber",
            "text",
            "language",
            "niceClasses",
            "applicantName",
            "applicantCountry",
            "filingDate",
            "status",
        )
    )
    for mark in made:
        writer.writerow(
            (
                office,
                "trademark",
                f"{office}/T/{mark.year}/{mark.serial:06d}",
                mark.text,
                mark.language,
                "|".join(map(str, mark.classes)),
                mark.owner.name,
                mark.owner.country,
                mark.course.filed,
                _OWN_STATES[mark.course.state],
            )
        )
    yield row.getvalue()


def own_inventions(office: str, made: Iterable[Invention]) -> Iterator[str]:
    for invention in made:
        right = "utility-model" if invention.utility_model else "patent"
        record = _base(
            office,
            right,
            f"{office}/P/{invention.year}/{invention.serial:06d}",
            invention.course,
            invention.owner,
        )
        record["titles"] = [{"text": invention.titles["en"], "language": "en"}]
        record["abstracts"] = [
            {"text": f"{invention.titles['en']}, as laid open in this application.", "language": "en"}
        ]
        record["ipc"] = list(invention.ipc)
        record["inventors"] = [{"name": name} for name in invention.inventors]
        yield json.dumps(record, ensure_ascii=False) + "\n"


def own_designs(office: str, made: Iterable[Design]) -> Iterator[str]:
    for design in made:
        record = _base(
            office, "design", f"{office}/D/{design.year}/{design.serial:06d}", design.course, design.owner
        )
        record["products"] = [{"text": design.products["en"], "language": "en"}]
        record["locarno"] = [design.locarno]
        record["designers"] = [{"name": name} for name in design.designers]
        yield json.dumps(record, ensure_ascii=False) + "\n"


def own_indications(office: str, made: Iterable[Indication]) -> Iterator[str]:
    for indication in made:
        record = _base(
            office,
            "geographical-indication",
            f"{office}/GI/{indication.year}/{indication.serial:04d}",
            indication.course,
            indication.owner,
        )
        names = [{"text": indication.name, "language": "en"}]
        if indication.language not in ("en", "tl", "ms"):
            names.append({"text": indication.local, "language": indication.language})
        record["texts"] = names
        record["products"] = [{"text": indication.product, "language": "en"}]
        record["area"] = [{"text": indication.area, "language": "en"}]
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _text(day: Any) -> str | None:
    return None if day is None else str(day)
