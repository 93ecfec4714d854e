"""The lists of a `kipo-api` bibliography reply (`getBibliographyDetailInfoSearch`): parties with addresses,
goods, classes, priorities and events of one application, each in an `…Array` of its own.

Element names differ a little between marks, designs and patents (`applicantAddress` or `address`).
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftMedia, DraftParty, DraftPriority, DraftText
from ingest.korean import language_of, put_goods_classes
from ingest.xml_text import each, first, text

SUMMARY = ("biblioSummaryInfoArray", "biblioSummaryInfo")


def summary_of(item: _Element) -> _Element | None:
    """The element with the numbers, dates and names of the application; None in a search reply's item."""
    array = first(item, SUMMARY[0])
    return None if array is None else first(array, SUMMARY[1])


def put_detail(draft: Draft, item: _Element) -> None:
    """Add what the lists of the item state."""
    draft.applicants = list(_parties(item, "applicantInfo", "applicant"))
    draft.representatives = list(_parties(item, "agentInfo", ""))
    people = list(_parties(item, "inventorInfo", "")) + list(_parties(item, "designerInfo", ""))
    if draft.right == "design":
        draft.designers = people
    else:
        draft.inventors = people
    draft.priorities = [
        DraftPriority(
            text(claim, "priorityApplicationCountry"),
            text(claim, "priorityApplicationNumber"),
            text(claim, "priorityApplicationDate"),
        )
        for name in ("priorityClaimInfo", "priorityInfo")
        for claim in _listed(item, name)
    ]
    draft.vienna_codes = [
        code for entry in _listed(item, "viennaCodeInfo") if (code := text(entry, "viennaCode"))
    ]
    draft.ipc = [symbol for entry in _listed(item, "ipcInfo") if (symbol := text(entry, "ipcNumber"))]
    abstracts = [told for entry in _listed(item, "abstractInfo") if (told := text(entry, "astrtCont"))]
    draft.abstracts = [DraftText(told, language_of(told)) for told in abstracts]
    draft.events = [event for event in _events(item) if event != DraftEvent()]
    pictures = [path for entry in _listed(item, "sampleImageInfo") if (path := text(entry, "path"))]
    draft.media = [DraftMedia("view" if draft.right == "design" else "image", path) for path in pictures]
    if draft.right == "trademark":
        _put_goods(draft, item)


def _put_goods(draft: Draft, item: _Element) -> None:
    entries = list(_listed(item, "asignProduct"))
    put_goods_classes(
        draft, list(dict.fromkeys(code for entry in entries if (code := text(entry, "mainCode"))))
    )
    for entry in entries:
        code, group = text(entry, "mainCode"), text(entry, "subCode")
        groups = (group,) if group else ()
        named = (("productName", "ko"), ("productNameEng", "en"))
        told = [(name, language) for key, language in named if (name := text(entry, key))]
        nice = code if code in draft.nice_classes else ""
        draft.goods += [DraftGoods(nice, name, language, groups) for name, language in told or [("", "")]]


def _listed(item: _Element, name: str) -> Iterator[_Element]:
    """The elements of that name within their array."""
    for array in each(item, f"{name}Array"):
        yield from each(array, name)


def _parties(item: _Element, name: str, role: str) -> Iterator[DraftParty]:
    kind = name.removesuffix("Info")
    for entry in _listed(item, name):
        korean = text(entry, "nameKoreanLong") or text(entry, "name")
        english = text(entry, "engName") or text(entry, "nameEnglishLong")
        if korean or english:
            yield DraftParty(
                name=korean or english,
                names=[DraftText(english, "en")] if korean and english else [],
                role=role,
                address=text(entry, f"{kind}Address") or text(entry, "address"),
                country=text(entry, "nationalCode") or text(entry, "country"),
                number=text(entry, f"{kind}Code") or text(entry, "code"),
            )


def _events(item: _Element) -> Iterator[DraftEvent]:
    for entry in _listed(item, "administrativeMeasureInfo"):
        told = text(entry, "receiptSendDocumentName")
        yield DraftEvent(date=text(entry, "receiptSendDate"), code=text(entry, "processStateCode"), text=told)
    for entry in _listed(item, "legalStatusInfo"):
        yield DraftEvent(date=text(entry, "receiptDate"), text=text(entry, "documentName"))
