"""KIPRIS `kipo-api`: `<item>` records in camelCase of the Korean office's search services (XML).

`trademarkInfoSearchService`, `designInfoSearchService` and `patUtliInfoSearchService` answer
`<response><header><successYN/><resultCode>00</resultCode>…</header><body><items><item>`. Lists are written
with `;`, `|`, `,` or spaces. What an item is, its application number says (10 patent, 20 utility model, 30
design, 4x mark).
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftMedia,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import peeked
from ingest.formats.kipo_detail import put_detail, summary_of
from ingest.formats.kipris import ipc_symbols, office_error, priorities
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
from ingest.xml_records import xml_records
from ingest.xml_text import local
from register.model import Right

_TAKEN = "taken are replies with <item> records that have an applicationNumber"
_RUN = re.compile(r"\s*[\r\n]\s*")
_MARK_TAGS = frozenset(("classificationCode", "viennaCode", "regPrivilegeName", "bigDrawing"))
_DESIGN_TAGS = frozenset(("articleName", "locCode", "designNumber"))
_PATENT_TAGS = frozenset(("inventionTitle", "ipcNumber", "astrtCont"))
_OWN_TAGS = frozenset(("applicationStatus", "registerStatus", "applicantName", "biblioSummaryInfo"))
_UNSUCCESSFUL = re.compile(rb"<successYN>\s*N\s*<", re.IGNORECASE)


def _looks(head: Head) -> int:
    if head.kind == "xml" and "item" in head.tag_set and "applicationNumber" in head.tag_set:
        # Pages gathered under a root of their own are known by what else the office calls its data.
        return 95 if head.root == "response" else 85 if head.tag_set & _OWN_TAGS else 0
    if head.root != "response":
        return 0
    return 45 if "successYN" in head.tag_set else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    taken = False
    for found in xml_records(opened, ("item",), running_text=False):
        taken = True
        if isinstance(found, Damage):
            yield found
            continue
        yield Delivered(_item(found.element), found.position, found.source)
    if not taken:
        error = office_error(head)
        if error is not None or _UNSUCCESSFUL.search(head.data):
            raise NotAFeedError(f"an error reply of the Korean office ({error or 'successYN is N'})", _TAKEN)
        raise NotAFeedError("a reply of the Korean office without a single <item>", _TAKEN)


def _item(element: _Element) -> Draft:
    """The draft of an item: of a search reply it is flat, of a bibliography reply it holds lists."""
    summary = summary_of(element)
    if summary is None:
        return _draft(_fields(element))
    draft = _draft(_fields(summary))
    put_detail(draft, element)
    return draft


def _fields(element: _Element) -> dict[str, str]:
    fields = {}
    for child in element:
        value = child.text
        if value is not None and (value := value.strip()):
            fields[local(child)] = _RUN.sub(" ", value) if "\n" in value else value
    return fields


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
        status_code=get("applicationStatus") or get("registerStatus", ""),
        applicants=parties(get("applicantName", ""), "applicant")
        + parties(get("regPrivilegeName", ""), "holder"),
        representatives=parties(get("agentName", ""), ""),
        priorities=priorities(get("priorityNumber", ""), get("priorityDate", "")),
        publications=_publications(fields),
    )
    if get("internationalRegisterDate"):
        draft.events = [
            DraftEvent(date=fields["internationalRegisterDate"], text="international registration")
        ]
    image = get("bigDrawing") or get("drawing")
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
        draft.abstracts = _texts(fields, ("astrtCont", ""))
        draft.inventors = parties(get("inventorName", ""), "")
        draft.ipc = ipc_symbols(get("ipcNumber", ""))
    return draft


def _texts(fields: dict[str, str], *names: tuple[str, str]) -> list[DraftText]:
    found = ((fields.get(name, ""), language) for name, language in names)
    return [DraftText(value, language or language_of(value)) for value, language in found if value]


def _publications(fields: dict[str, str]) -> list[DraftPublication]:
    named = (
        ("openNumber", "openDate"),
        ("publicationNumber", "publicationDate"),
        ("registrationPublicNumber", "registrationPublicDate"),
    )
    found = ((fields.get(number, ""), fields.get(date, "")) for number, date in named)
    return [DraftPublication(number=number, date=date) for number, date in found if number or date]


FORMAT = Format(
    "kipo-api", "KIPRIS kipo-api replies (KR marks, designs, patents, utility models)", _looks, _read
)
