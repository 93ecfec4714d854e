"""KIPRIS Plus `openapi/rest`: trademarks, designs, patents and utility models of the Korean office (XML).

`<response><header><resultCode/><resultMsg/></header><body><items>` with records `TradeMarkInfo`, `DesignInfo`
and `PatentUtilityInfo`, any of them in one reply; `patentBiblioInfo` begins all names with a small letter.
An empty result code is success. Empty values are empty elements or a single space; lists are parted by `|`.
Pages that somebody gathered have the records under another root. Source: the service's own descriptions at
plus.kipris.or.kr.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from lxml.etree import _Element

from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftMedia,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import peeked
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import codes, parts
from ingest.korean import (
    kind_of_number,
    language_of,
    mark_texts,
    parties,
    put_design_classes,
    put_goods_classes,
    right_of_number,
)
from ingest.xml_records import xml_records
from ingest.xml_text import local
from register.model import Right

_RECORDS = ("TradeMarkInfo", "DesignInfo", "PatentUtilityInfo", "patentUtilityInfo")
_NUMBERS = frozenset(("ApplicationNumber", "applicationNumber"))
_TAKEN = "taken are replies with TradeMarkInfo, DesignInfo or PatentUtilityInfo"
_RUN = re.compile(r"\s*[\r\n]\s*")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEADER = re.compile(rb"<(?:\w+:)?(resultCode|resultMsg)>([^<]*)<")
_NOTHING = re.compile(rb"<(?:TotalSearchCount|totalCount)>\s*0?\s*<")
# Meanings of the service's result codes, as its guide for users gives them.
_MEANINGS = {
    "10": "a parameter is wrong",
    "11": "a required parameter is missing",
    "20": "nothing was found",
    "30": "the access key is not registered",
    "31": "the access key has expired",
}


def office_error(head: Head) -> str | None:
    """What the office complains of in a reply's header, None where the reply is one of success."""
    said = {
        name: value.decode("utf-8", "replace").strip()
        for name, value in _HEADER.findall(_COMMENT.sub(b"", head.data))
    }
    code = said.get(b"resultCode", "")
    if code.strip("0") == "":
        return None
    told = said.get(b"resultMsg") or _MEANINGS.get(code)
    return f"result code {code}" + (f", {told}" if told else "")


def _looks(head: Head) -> int:
    if head.kind == "xml" and head.tag_set & set(_RECORDS) and head.tag_set & _NUMBERS:
        return 95 if head.root == "response" else 85
    if head.root != "response":
        return 0
    # An error reply, an empty page or the goods of one mark: the reader says which.
    return 40 if "resultCode" in head.tag_set and "item" not in head.tag_set else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    taken = False
    for found in xml_records(opened, _RECORDS, running_text=False):
        taken = True
        if isinstance(found, Damage):
            yield found
            continue
        yield Delivered(_draft(found.element), found.position, found.source)
    if not taken:
        _explain(head)


def _explain(head: Head) -> None:
    """Say why a reply holds no records."""
    error = office_error(head)
    if error is not None:
        raise NotAFeedError(f"an error reply of KIPRIS ({error})", _TAKEN)
    if "trademarkDesignationGoodstInfo" in head.tag_set:
        raise NotAFeedError("the designated goods of one mark, without the mark's number", _TAKEN)
    if _NOTHING.search(head.data):
        raise NotAFeedError("a KIPRIS reply to a search that found nothing", _TAKEN)
    raise NotAFeedError("a KIPRIS reply that is no list of rights", _TAKEN)


def fields_of(element: _Element) -> dict[str, str]:
    """The leaves of a record by name, those that say something. The services begin a name with a capital or
    not as they please; here it begins with a small letter.
    """
    fields = {}
    for child in element:
        value = child.text
        if value is not None and (value := value.strip()):
            name = local(child)
            fields[name[:1].lower() + name[1:]] = _RUN.sub(" ", value) if "\n" in value else value
    return fields


def _draft(element: _Element) -> Draft:
    fields = fields_of(element)
    kind = local(element)
    if kind == "TradeMarkInfo":
        return _trademark(fields)
    return _design(fields) if kind == "DesignInfo" else _patent(fields)


def _trademark(fields: dict[str, str]) -> Draft:
    get = fields.get
    draft = _stated("trademark", fields, ("publicNumber", "publicDate"))
    draft.status_code = get("applicationStatus", "")
    draft.applicants = parties(get("applicantName", ""), "applicant")
    draft.applicants += parties(get("registrationRightholderName", ""), "holder")
    draft.representatives = parties(get("agentName", ""), "")
    draft.texts = mark_texts(get("title", ""))
    draft.vienna_codes = codes(get("viennaCode", ""))
    draft.kind = kind_of_number(draft.application_number)
    put_goods_classes(draft, codes(get("goodClassificationCode", "")))
    draft.priorities = priorities(get("priorityClaimNumber", ""), get("priorityClaimDate", ""))
    # That the registration was published comes after the publication of the application.
    draft.publications += publications_of(fields, ("registrationPublicNumber", "registrationPublicDate"))
    draft.media = _pictures("image", fields, "imagePath", "thumbnailPath")
    return draft


def _design(fields: dict[str, str]) -> Draft:
    get = fields.get
    draft = _stated("design", fields, ("openNumber", "openDate"), ("publicationNumber", "publicationDate"))
    draft.design_number = get("designNumber", "")
    draft.status_code = get("applicationStatus", "")
    draft.applicants = parties(get("applicantName", ""), "applicant")
    draft.representatives = parties(get("agentName", ""), "")
    draft.designers = parties(get("inventorName", ""), "")
    draft.products = _text(get("articleName", ""))
    put_design_classes(draft, get("designMainClassification", ""), get("dsShpClssCd", ""))
    draft.priorities = priorities(get("priorityNumber", ""), get("priorityDate", ""))
    draft.media = _pictures("view", fields, "imagePathLarge", "imagePath")
    return draft


def _patent(fields: dict[str, str]) -> Draft:
    get = fields.get
    draft = _stated("patent", fields, ("openingNumber", "openingDate"), ("publicNumber", "publicDate"))
    if right_of_number(draft.application_number) == "utility-model":
        draft.right = "utility-model"
    draft.status_code = get("registrationStatus", "")
    draft.applicants = parties(get("applicant", ""), "applicant")
    draft.inventors = parties(get("inventor", ""), "")
    draft.representatives = parties(get("agent", ""), "")
    draft.titles = _text(get("inventionName", ""))
    draft.abstracts = _text(get("abstract", ""))
    draft.ipc = ipc_symbols(get("internationalpatentclassificationNumber", ""))
    draft.media = _pictures("image", fields, "drawingPath", "thumbnailPath")
    return draft


def _stated(right: Right, fields: dict[str, str], *published: tuple[str, str]) -> Draft:
    """What every kind of record says under the same names. `published` are the names of the number and day of
    its publications, of which the first that is there is the publication of the record.
    """
    get = fields.get
    draft = Draft(
        right=right,
        application_number=get("applicationNumber", ""),
        registration_number=get("registrationNumber", ""),
        publication_number=_first(fields, *(number for number, _ in published)),
        international_number=get("internationalRegisterNumber", ""),
        filing_date=get("applicationDate", ""),
        publication_date=_first(fields, *(date for _, date in published)),
        registration_date=get("registrationDate", ""),
        publications=publications_of(fields, *published),
    )
    # Numbers under which the office also files the application and the registration.
    references = (
        ("application-reference", get("appReferenceNumber", "")),
        ("registration-reference", get("regReferenceNumber", "")),
    )
    draft.numbers = [(kind, number) for kind, number in references if number]
    if international := get("internationalRegisterDate", ""):
        draft.events = [DraftEvent(date=international, text="international registration")]
    return draft


def _first(fields: dict[str, str], *names: str) -> str:
    return next((value for name in names if (value := fields.get(name, ""))), "")


def _pictures(kind: Literal["image", "view"], fields: dict[str, str], *names: str) -> list[DraftMedia]:
    """The picture under the first of these names that is there: the same in several sizes."""
    path = _first(fields, *names)
    return [DraftMedia(kind, path)] if path else []


def ipc_symbols(value: str) -> list[str]:
    """The symbols of a list in one string; they hold spaces, so only other marks part them."""
    return [symbol for part in parts(value) for symbol in part.split(", ") if symbol]


def priorities(numbers: str, dates: str) -> list[DraftPriority]:
    """Priorities from a list of numbers and a list of dates that go together; countries are not delivered."""
    if not numbers and not dates:
        return []
    return [
        DraftPriority(number=number, date=date)
        for number, date in zip_longest(parts(numbers), parts(dates), fillvalue="")
    ]


def _text(value: str) -> list[DraftText]:
    return [DraftText(value, language_of(value))] if value else []


def publications_of(fields: dict[str, str], *names: tuple[str, str]) -> list[DraftPublication]:
    """The publications of which a number or a day stands under one of these pairs of names."""
    found = ((fields.get(number, ""), fields.get(date, "")) for number, date in names)
    return [DraftPublication(number=number, date=date) for number, date in found if number or date]


FORMAT = Format("kipris", "KIPRIS Plus replies (KR marks, designs, patents, utility models)", _looks, _read)
