"""The lists of a `kipo-api` bibliography reply (`getBibliographyDetailInfoSearch`): parties with addresses,
goods, classes, priorities and events of one application, each in an `…Array` of its own.

Element names differ between marks, designs and patents (`applicantAddress` or `address`). A design's reply
has the numbers one array deeper, beside its classes and views; its service of summaries
(`getDesignBibliographicSummaryInfo`) has that array alone. Source: the operations' fields as
plus.kipris.or.kr lists them.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftMedia, DraftParty, DraftPriority, DraftText
from ingest.json_values import codes
from ingest.korean import language_of, put_design_classes, put_goods_classes
from ingest.xml_text import each, first, local, text, whole_text

SUMMARY = "biblioSummaryInfoArray"


def summary_of(item: _Element) -> _Element | None:
    """The element with the numbers, dates and names of the application; None in a search reply's item.

    `item` is the item, or the array of a summary that stands alone.
    """
    array = item if local(item) == SUMMARY else first(item, SUMMARY)
    return None if array is None else next(array.iter("{*}biblioSummaryInfo"), None)


def put_detail(draft: Draft, item: _Element) -> None:
    """Add what the lists of the item state."""
    claimed = draft.priorities
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
    ] or claimed
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
    elif draft.right == "design":
        _put_design(draft, item)


def _put_design(draft: Draft, item: _Element) -> None:
    """Classes, views and descriptions of a design, wherever in the item its array of numbers has them."""
    classes = [*draft.locarno, *draft.national_classes]
    for name in ("classificationCode", "locarnoClasscode", "locCode"):
        classes += [code for entry in item.iter(f"{{*}}{name}") for code in codes(entry.text or "")]
    put_design_classes(draft, "|".join(classes))
    paths = (text(entry, "largePath") or text(entry, "smallPath") for entry in item.iter("{*}imagePath"))
    draft.media += [DraftMedia("view", path) for path in dict.fromkeys(paths) if path]
    for name in ("designDescription", "designSummary"):
        told = (whole_text(entry) for entry in item.iter(f"{{*}}{name}"))
        draft.descriptions += [DraftText(words, language_of(words)) for words in told if words]


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
        korean = text(entry, "nameKoreanLong") or text(entry, "name") or text(entry, f"{kind}Name")
        english = text(entry, "engName") or text(entry, "nameEnglishLong")
        if korean or english:
            yield DraftParty(
                name=korean or english,
                names=[DraftText(english, "en")] if korean and english else [],
                role=role,
                address=text(entry, f"{kind}Address") or text(entry, "address"),
                country=text(entry, "nationalCode")
                or text(entry, "country")
                or text(entry, f"{kind}Country"),
                number=text(entry, f"{kind}Code") or text(entry, "code"),
            )


def _events(item: _Element) -> Iterator[DraftEvent]:
    for entry in _listed(item, "administrativeMeasureInfo"):
        told = text(entry, "receiptSendDocumentName")
        yield DraftEvent(date=text(entry, "receiptSendDate"), code=text(entry, "processStateCode"), text=told)
    for entry in _listed(item, "legalStatusInfo"):
        date = text(entry, "receiptDate") or text(entry, "rsDate")
        yield DraftEvent(date=date, text=text(entry, "documentName") or text(entry, "rsDocumentName"))
