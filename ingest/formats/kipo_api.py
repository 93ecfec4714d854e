"""KIPRIS `kipo-api`: `<item>` records in camelCase of the Korean office's search services (XML).

`trademarkInfoSearchService`, `designInfoSearchService` and `patUtiModInfoSearchSevice` (the office's own
spelling) answer `<response><header><successYN/><resultCode>00</resultCode>…</header><body><items><item>`.
Lists are written with `;`, `|`, `,` or spaces. What an item is, its application number says (10 patent, 20
utility model, 30 design, 4x mark). Older operations write some names with a capital (`ApplicationNumber`), so
the case of the first letter is not looked at. Items with files or pictures of one application are parts and
no records.
"""

import re
from collections.abc import Iterator

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
from ingest.formats.kipo_detail import SUMMARY, put_detail, summary_of
from ingest.formats.kipris import fields_of, ipc_symbols, office_error, priorities, publications_of
from ingest.formats.partial import whole_records
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import codes
from ingest.korean import (
    kind_of_number,
    language_of,
    mark_texts,
    parties,
    put_design_classes,
    put_goods_classes,
    right_of_number,
)
from ingest.xml_records import XmlRecord, xml_records
from register.model import Right

_TAKEN = "taken are replies with <item> records that have an applicationNumber"
_MARK_TAGS = frozenset(("classificationCode", "viennaCode", "regPrivilegeName", "bigDrawing"))
_DESIGN_TAGS = frozenset(("articleName", "locCode", "designNumber"))
_PATENT_TAGS = frozenset(("inventionTitle", "ipcNumber", "astrtCont"))
_OWN_TAGS = frozenset(("applicationStatus", "registerStatus", "applicantName", "biblioSummaryInfo"))
_NUMBER = frozenset(("applicationNumber", "ApplicationNumber"))
# What an item says at least, so as to be a record: when, what or who.
_STATED = frozenset(
    (
        "applicationDate", "applicantName", "title", "productName", "articleName", "inventionTitle",
        "inventionName", "registerStatus", "applicationStatus", "registrationNumber", "registerNumber",
        "openNumber",
    )
)  # fmt: skip
_UNSUCCESSFUL = re.compile(rb"<successYN>\s*N\s*<", re.IGNORECASE)


def _looks(head: Head) -> int:
    numbered = "item" in head.tag_set and bool(_NUMBER & head.tag_set)
    if head.kind == "xml" and (numbered or SUMMARY in head.tag_set):
        # Pages gathered under a root of their own are known by what else the office calls its data.
        return 95 if head.root == "response" else 85 if head.tag_set & _OWN_TAGS else 0
    if head.root != "response":
        return 0
    return 45 if "successYN" in head.tag_set else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    found = xml_records(opened, ("item", SUMMARY), running_text=False)
    yield from whole_records(found, _item, "files or pictures of an application", lambda: _refusal(head))


def _refusal(head: Head) -> NotAFeedError:
    error = office_error(head)
    if error is not None or _UNSUCCESSFUL.search(head.data):
        return NotAFeedError(f"an error reply of the Korean office ({error or 'successYN is N'})", _TAKEN)
    if "item" in head.tag_set:
        return NotAFeedError("a reply of the Korean office with files or pictures of an application", _TAKEN)
    return NotAFeedError("a reply of the Korean office without a single <item>", _TAKEN)


def _item(record: XmlRecord) -> Draft | None:
    """The draft of an item: of a search reply it is flat, of a bibliography reply it holds lists. None where
    it states nothing of the right.
    """
    summary = summary_of(record.element)
    if summary is None:
        fields = fields_of(record.element)
        return _draft(fields) if _STATED & fields.keys() else None
    draft = _draft(fields_of(summary))
    put_detail(draft, record.element)
    return draft


def _right(fields: dict[str, str]) -> Right:
    right = right_of_number(fields.get("applicationNumber", ""))
    if right is not None:
        return right
    if _DESIGN_TAGS & fields.keys():
        return "design"
    return "patent" if _PATENT_TAGS & fields.keys() and not _MARK_TAGS & fields.keys() else "trademark"


def _draft(fields: dict[str, str]) -> Draft:
    get = fields.get
    right = _right(fields)
    number = get("applicationNumber", "")
    draft = Draft(
        right=right,
        application_number=number,
        registration_number=get("registrationNumber") or get("registerNumber", ""),
        publication_number=get("openNumber") or get("publicationNumber", ""),
        international_number=get("internationalRegisterNumber", ""),
        design_number=get("designNumber", ""),
        filing_date=get("applicationDate", ""),
        publication_date=get("openDate") or get("publicationDate", ""),
        registration_date=get("registrationDate") or get("registerDate", ""),
        status_code=_first(fields, "applicationStatus", "registerStatus", "admstStat"),
        applicants=parties(get("applicantName", ""), "applicant")
        + parties(get("regPrivilegeName", ""), "holder"),
        representatives=parties(get("agentName", ""), ""),
        priorities=_priorities(fields),
        publications=_publications(fields),
    )
    if get("internationalRegisterDate"):
        draft.events = [
            DraftEvent(date=fields["internationalRegisterDate"], text="international registration")
        ]
    image = _first(fields, "bigDrawing", "drawing", "imagePathLarge", "imagePath")
    if image:
        draft.media = [DraftMedia("view" if right == "design" else "image", image)]
    if right == "trademark":
        draft.kind = kind_of_number(number)
        draft.texts = mark_texts(get("title", "")) or _texts(
            fields, ("productName", ""), ("productNameEng", "en")
        )
        draft.vienna_codes = codes(get("viennaCode", ""))
        put_goods_classes(draft, codes(get("classificationCode", "")))
    elif right == "design":
        draft.products = _texts(fields, ("articleName", ""), ("articleNameEnglish", "en"))
        draft.designers = parties(get("inventorName", ""), "")
        put_design_classes(
            draft, get("locCode", ""), get("designMainClassification", ""), get("dsShpClssCd", "")
        )
    else:
        draft.titles = _texts(
            fields, ("inventionTitle", ""), ("inventionTitleEnglish", "en"), ("inventionTitleEng", "en")
        )
        draft.abstracts = _texts(fields, ("astrtCont", ""), ("abstract", ""))
        draft.inventors = parties(get("inventorName", ""), "")
        draft.ipc = ipc_symbols(get("ipcNumber", ""))
    return draft


def _first(fields: dict[str, str], *names: str) -> str:
    return next((value for name in names if (value := fields.get(name, ""))), "")


def _priorities(fields: dict[str, str]) -> list[DraftPriority]:
    """Of a search reply lists of numbers and dates; of a design's bibliography one claim with its country."""
    named = (f"designPriorityApplication{part}" for part in ("Country", "Number", "Date"))
    claim = DraftPriority(*(fields.get(name, "") for name in named))
    if any(claim):
        return [claim]
    return priorities(fields.get("priorityNumber", ""), fields.get("priorityDate", ""))


def _texts(fields: dict[str, str], *names: tuple[str, str]) -> list[DraftText]:
    found = ((fields.get(name, ""), language) for name, language in names)
    return [DraftText(value, language or language_of(value)) for value, language in found if value]


def _publications(fields: dict[str, str]) -> list[DraftPublication]:
    named = (
        ("openNumber", "openDate"),
        ("publicationNumber", "publicationDate"),
        ("registrationPublicNumber", "registrationPublicDate"),
    )
    return publications_of(fields, *named)


FORMAT = Format(
    "kipo-api", "KIPRIS kipo-api replies (KR marks, designs, patents, utility models)", _looks, _read
)
