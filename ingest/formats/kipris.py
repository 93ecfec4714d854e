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


def _draft(element: _Element) -> Draft:
    fields = {}
    for child in element:
        value = child.text
        if value is not None and (value := value.strip()):
            fields[local(child)] = _RUN.sub(" ", value) if "\n" in value else value
    kind = local(element)
    if kind == "TradeMarkInfo":
        return _trademark(fields)
    if kind == "DesignInfo":
        return _design(fields)
    return _patent({name[:1].upper() + name[1:]: value for name, value in fields.items()})


def _trademark(fields: dict[str, str]) -> Draft:
    get = fields.get
    number = get("ApplicationNumber", "")
    draft = Draft(
        right="trademark",
        application_number=number,
        registration_number=get("RegistrationNumber", ""),
        publication_number=get("PublicNumber", ""),
        international_number=get("InternationalRegisterNumber", ""),
        filing_date=get("ApplicationDate", ""),
        publication_date=get("PublicDate", ""),
        registration_date=get("RegistrationDate", ""),
        status_code=get("ApplicationStatus", ""),
        applicants=parties(get("ApplicantName", ""), "applicant")
        + parties(get("RegistrationRightholderName", ""), "holder"),
        representatives=parties(get("AgentName", ""), ""),
        texts=mark_texts(get("Title", "")),
        vienna_codes=codes(get("ViennaCode", "")),
        kind=kind_of_number(number),
    )
    put_goods_classes(draft, codes(get("GoodClassificationCode", "")))
    draft.priorities = priorities(get("PriorityClaimNumber", ""), get("PriorityClaimDate", ""))
    draft.publications = _publications(
        fields, ("PublicNumber", "PublicDate"), ("RegistrationPublicNumber", "RegistrationPublicDate")
    )
    _put_references(draft, get("AppReferenceNumber", ""), get("RegReferenceNumber", ""))
    _put_international_date(draft, get("InternationalRegisterDate", ""))
    image = get("ImagePath") or get("ThumbnailPath")
    if image:
        draft.media = [DraftMedia("image", image)]
    return draft


def _design(fields: dict[str, str]) -> Draft:
    get = fields.get
    draft = Draft(
        right="design",
        application_number=get("applicationNumber", ""),
        registration_number=get("registrationNumber", ""),
        publication_number=get("openNumber") or get("publicationNumber", ""),
        international_number=get("internationalRegisterNumber", ""),
        design_number=get("designNumber", ""),
        filing_date=get("applicationDate", ""),
        publication_date=get("openDate") or get("publicationDate", ""),
        registration_date=get("registrationDate", ""),
        status_code=get("applicationStatus", ""),
        applicants=parties(get("applicantName", ""), "applicant"),
        representatives=parties(get("agentName", ""), ""),
        designers=parties(get("inventorName", ""), ""),
        products=_text(get("articleName", "")),
    )
    put_design_classes(draft, get("designMainClassification", ""), get("dsShpClssCd", ""))
    draft.priorities = priorities(get("priorityNumber", ""), get("priorityDate", ""))
    draft.publications = _publications(
        fields, ("openNumber", "openDate"), ("publicationNumber", "publicationDate")
    )
    _put_references(draft, get("appReferenceNumber", ""), get("regReferenceNumber", ""))
    _put_international_date(draft, get("internationalRegisterDate", ""))
    image = get("imagePathLarge") or get("imagePath")
    if image:
        draft.media = [DraftMedia("view", image)]
    return draft


def _patent(fields: dict[str, str]) -> Draft:
    get = fields.get
    number = get("ApplicationNumber", "")
    draft = Draft(
        right="utility-model" if right_of_number(number) == "utility-model" else "patent",
        application_number=number,
        registration_number=get("RegistrationNumber", ""),
        publication_number=get("OpeningNumber") or get("PublicNumber", ""),
        filing_date=get("ApplicationDate", ""),
        publication_date=get("OpeningDate") or get("PublicDate", ""),
        registration_date=get("RegistrationDate", ""),
        status_code=get("RegistrationStatus", ""),
        applicants=parties(get("Applicant", ""), "applicant"),
        inventors=parties(get("Inventor", ""), ""),
        representatives=parties(get("Agent", ""), ""),
        titles=_text(get("InventionName", "")),
        abstracts=_text(get("Abstract", "")),
        ipc=ipc_symbols(get("InternationalpatentclassificationNumber", "")),
    )
    draft.publications = _publications(
        fields, ("OpeningNumber", "OpeningDate"), ("PublicNumber", "PublicDate")
    )
    image = get("DrawingPath") or get("ThumbnailPath")
    if image:
        draft.media = [DraftMedia("image", image)]
    return draft


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


def _publications(fields: dict[str, str], *names: tuple[str, str]) -> list[DraftPublication]:
    found = ((fields.get(number, ""), fields.get(date, "")) for number, date in names)
    return [DraftPublication(number=number, date=date) for number, date in found if number or date]


def _put_references(draft: Draft, application: str, registration: str) -> None:
    """The reference numbers under which the office also files the application and the registration."""
    named = (("application-reference", application), ("registration-reference", registration))
    draft.numbers = [(kind, number) for kind, number in named if number]


def _put_international_date(draft: Draft, date: str) -> None:
    if date:
        draft.events = [DraftEvent(date=date, text="international registration")]


FORMAT = Format("kipris", "KIPRIS Plus replies (KR marks, designs, patents, utility models)", _looks, _read)
