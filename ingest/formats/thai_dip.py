"""Thai DIP Data Exchange: trademarks, patents (inventions, designs, petty patents), geographical indications.

The services answer rows with upper-case column names, as a bare array, one object, or wrapped in an object
(`data`, `result`, …). Marks have `REQ_NO`, patents `APP_NO`, indications `GINAME`; designs and petty
patents come from the patent services, told by `REQ_PAT_TYPE` or by the third and fourth digits of the
application number (01 invention, 02 design, 03 petty patent). Dates are ISO or DD-MM-YYYY, in one row.
Source: the service catalogue at api.ipthailand.go.th.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftGoods,
    DraftParty,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import codes, first_text, parts, text, words
from register.model import Right

_THAI = re.compile("[\u0e01-\u0e5b]")
_CLASS = re.compile(r"\d+")
_LOCARNO = re.compile(r"\d{2}-?\d{2}")
_MARK = frozenset(
    ("TR_NAME", "TRADEMARK_STATUS", "NICE_CLASS_CODE", "REQUEST_STATUS", "MARKDESC", "OWNER_NAME")
)
_PATENT = frozenset(("REQ_PAT_TYPE", "PATENT_NAME", "FILING_DATE", "PATENT_NO", "APP_ABS"))
# What REQ_PAT_TYPE says: DIP's words for the three rights and their English names.
_TYPES: tuple[tuple[Right, re.Pattern[str]], ...] = (
    ("utility-model", re.compile("อนุสิทธิบัตร|petty|utility", re.IGNORECASE)),
    ("design", re.compile("ออกแบบ|ผลิตภัณฑ์|design|product", re.IGNORECASE)),
    ("patent", re.compile("การประดิษฐ์|invention", re.IGNORECASE)),
)
_TYPES_BY_DIGITS: dict[str, Right] = {"01": "patent", "02": "design", "03": "utility-model"}
_NUMBER = re.compile(r"\d{2}(0[123])\d{6}")
_TAKEN = "taken are rows of the mark (REQ_NO), patent (APP_NO) and indication (GINAME) services"


def _is_mark(names: frozenset[str]) -> bool:
    return "REQ_NO" in names and bool(_MARK & names)


def _is_patent(names: frozenset[str]) -> bool:
    return "APP_NO" in names and bool(_PATENT & names)


def _is_indication(names: frozenset[str]) -> bool:
    return "GINAME" in names


def _is_row(names: frozenset[str]) -> bool:
    upper = frozenset(map(str.upper, names))
    return _is_mark(upper) or _is_patent(upper) or _is_indication(upper)


def _looks(head: Head) -> int:
    if head.kind != "json" or not _is_row(head.keys):
        return 0
    return 90 if record_path(head.data, _is_row) is not None else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_row, _draft, _refuse)


def _refuse(head: Head) -> None:
    raise NotAFeedError(describe(head), _TAKEN)


def _draft(row: dict[str, Any]) -> Draft:
    upper = {name.upper(): value for name, value in row.items()}
    names = frozenset(upper)
    make: Callable[[dict[str, Any]], Draft] = (
        _indication if _is_indication(names) else _patent if "APP_NO" in names else _mark
    )
    return make(upper)


def _mark(row: dict[str, Any]) -> Draft:
    classes = [code for value in words(row, "NICE_CLASS_CODE") for code in codes(value)]
    goods = _thai(first_text(row, ("NICE_CLASS_TNAME", "GOODS_NAME")))
    draft = Draft(
        right="trademark",
        application_number=text(row, "REQ_NO"),
        registration_number=text(row, "REGIS_NO"),
        filing_date=text(row, "REQ_DATE"),
        publication_date=text(row, "PUBLIC_DATE"),
        registration_date=text(row, "REGIS_DATE"),
        expiry_date=text(row, "EXPIRE_DATE"),
        status_code=first_text(row, ("TRADEMARK_STATUS", "REQUEST_STATUS")),
        applicants=_parties(row, "owner", "OWNER_NAME"),
        representatives=_parties(row, "", "AGENT_NAME", "AGE"),
        texts=_texts(first_text(row, ("TR_NAME", "MARKDESC"))),
        nice_classes=classes or _CLASS.findall(text(row, "NCLASS_NAME")),
        publications=_publications("", text(row, "PUBLIC_DATE")),
    )
    if goods is not None:
        alone = draft.nice_classes[0] if len(draft.nice_classes) == 1 else ""
        draft.goods = [DraftGoods(nice_class=alone, text=goods.text, language=goods.language)]
    return draft


def _patent(row: dict[str, Any]) -> Draft:
    number = text(row, "APP_NO")
    right = _right(text(row, "REQ_PAT_TYPE"), number)
    draft = Draft(
        right=right,
        application_number=number,
        registration_number=text(row, "PATENT_NO"),
        publication_number=text(row, "PUB_NO"),
        filing_date=text(row, "FILING_DATE"),
        publication_date=text(row, "PUBLIC_DATE"),
        registration_date=text(row, "GRANT_DATE"),
        expiry_date=text(row, "EXPIRE_DATE"),
        status_code=first_text(row, ("LATEST_STATUS", "STATUS")),
        applicants=_parties(row, "applicant", "APPLICANT"),
        representatives=_parties(row, "", "AGE"),
        titles=_texts(text(row, "PATENT_NAME")),
        abstracts=_texts(first_text(row, ("APP_ABS", "PATENT_ABS"))),
        publications=_publications(text(row, "PUB_NO"), text(row, "PUBLIC_DATE")),
    )
    people = _parties(row, "", "INV")
    symbols = [symbol for value in words(row, "IPC") for part in parts(value) for symbol in _commas(part)]
    if right == "design":
        draft.designers = people
        draft.locarno = [symbol for symbol in symbols if _LOCARNO.fullmatch(symbol)]
        draft.national_classes = [symbol for symbol in symbols if not _LOCARNO.fullmatch(symbol)]
    else:
        draft.inventors = people
        draft.ipc = symbols
    return draft


def _indication(row: dict[str, Any]) -> Draft:
    number = first_text(row, ("APPLICATIONNUMBER", "APP_NO_NUMBER", "REQUEST"))
    area = [text(row, name) for name in ("PROVINCENAME", "REGIONNAME")]
    products = [text(row, name) for name in ("GIPRODUCT", "GICATEGORYNAME")]
    return Draft(
        right="geographical-indication",
        application_number=number,
        registration_number=first_text(row, ("REGISTERNUMBER", "REGIS_NO")),
        numbers=[("request", request) for request in words(row, "REQUEST") if request != number],
        filing_date=first_text(row, ("APPLICATIONDATE", "SUBMITDATE")),
        publication_date=text(row, "PUBLICATIONDATE"),
        registration_date=text(row, "REGISTERDATE"),
        status_code=first_text(row, ("STATUSNAME", "STATUS")),
        applicants=_parties(row, "applicant", "APPLICANTNAME", "OWNER_NAME"),
        texts=_texts(text(row, "GINAME")) + _texts(text(row, "GINAMEEN")),
        products=[entry for name in products for entry in _texts(name)],
        area=[entry for name in area for entry in _texts(name)],
        kind=text(row, "GITYPENAME"),
    )


def _right(kind: str, number: str) -> Right:
    """What a row of the patent services is, by its type in words, else by its number."""
    for right, pattern in _TYPES:
        if pattern.search(kind):
            return right
    digits = _NUMBER.fullmatch(number)
    return _TYPES_BY_DIGITS[digits[1]] if digits is not None else "patent"


def _thai(value: str) -> DraftText | None:
    if not value:
        return None
    return DraftText(value, "th" if _THAI.search(value) else "")


def _texts(value: str) -> list[DraftText]:
    found = _thai(value)
    return [found] if found is not None else []


def _parties(row: dict[str, Any], role: str, *names: str) -> list[DraftParty]:
    """The parties under the first of these columns that has any: one string, parted by bars, or a list."""
    told = next((found for name in names if (found := words(row, name))), [])
    return [DraftParty(name=name, role=role) for value in told for name in parts(value)]


def _publications(number: str, date: str) -> list[DraftPublication]:
    return [DraftPublication(number=number, date=date)] if number or date else []


def _commas(value: str) -> list[str]:
    return [part for symbol in value.split(",") if (part := symbol.strip())]


FORMAT = Format(
    "thai-dip", "Thai DIP Data Exchange JSON (TH marks, patents, designs, indications)", _looks, _read
)
