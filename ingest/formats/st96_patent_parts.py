"""Classifications and citations of ST.96 patents.

Sources: WIPO ST.96 patent components, its conversion tables for ST.36; JPO's gazettes; the USPTO's
examination data.
"""

from collections.abc import Callable, Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftCitation
from ingest.formats.local_names import LOCAL
from ingest.formats.patent_symbols import symbols
from ingest.formats.tmxml_parts import values_of
from ingest.xml_text import each, first, whole_text

Handler = Callable[[Draft, _Element], None]


def put_classifications(draft: Draft, element: _Element) -> None:
    for leaf in element.iter():
        handler = _CLASSIFICATIONS.get(LOCAL[leaf.tag])
        if handler is not None:
            handler(draft, leaf)


def put_ipc(draft: Draft, classification: _Element) -> None:
    """`IPCClassification` (editions 1 to 7, and JPO): main and further symbols."""
    for leaf in classification.iterchildren("{*}MainClassification", "{*}FurtherClassification"):
        draft.ipc.extend(symbols("".join(str(piece) for piece in leaf.itertext())))


def _put_ipcr(draft: Draft, classification: _Element) -> None:
    draft.ipc.extend(_symbol(classification, ("PatentClassificationText",), ""))


def _put_cpc(draft: Draft, classification: _Element) -> None:
    draft.cpc.extend(_symbol(classification, ("CPCClassificationText", "PatentClassificationText"), "CPC"))


def _symbol(classification: _Element, texts: tuple[str, ...], prefix: str) -> list[str]:
    values = values_of(classification)
    for name in texts:
        if name in values:
            return symbols(values[name]) or [values[name]]
    section = values.get("Section") or values.get(f"{prefix}Section", "")
    head = section + values.get("Class", "") + values.get("Subclass", "")
    group, below = values.get("MainGroup", ""), values.get("Subgroup", "")
    return [f"{head} {group.lstrip('0') or '0'}/{below}" if group and below else head] if head else []


def put_national(draft: Draft, classification: _Element) -> None:
    for leaf in classification.iter("{*}MainNationalClassification", "{*}FurtherNationalClassification"):
        value = whole_text(leaf)
        if value and value not in draft.national_classes:
            draft.national_classes.append(value)


def _put_locarno(draft: Draft, classification: _Element) -> None:
    values = values_of(classification)
    if values.get("LocarnoClass") and values["LocarnoClass"] not in draft.locarno:
        draft.locarno.append(values["LocarnoClass"])


def put_citations(draft: Draft, bag: _Element) -> None:
    for entry in each(bag, "ReferenceCitation"):
        by = next((str(value) for name, value in entry.items() if LOCAL[name] == "citingPartyCategory"), "")
        draft.citations.extend(_citations(entry, by or values_of(entry).get("CitedByCategory", "")))


def _citations(entry: _Element, by: str) -> Iterator[DraftCitation]:
    for cited in each(entry, "PatentCitation"):
        document = first(cited, "CitedPatentDocumentIdentification")
        values = values_of(document) if document is not None else {}
        number = (
            values.get("DocumentNumber") or values.get("PatentNumber") or values.get("PublicationNumber", "")
        )
        if number:
            kind = values.get("PatentDocumentKindCode", "")
            yield DraftCitation(values.get("IPOfficeCode", ""), number, kind, "", by)
        elif (literal := whole_text(first(cited, "PatentCitationText"))) != "":
            yield DraftCitation(text=literal, by=by)
    for literature in each(entry, "NPLCitation"):
        literal = whole_text(first(literature, "NPLCitationText")) or whole_text(literature)
        if literal:
            yield DraftCitation(text=literal, by=by)


_CLASSIFICATIONS: dict[str, Handler] = {
    "IPCClassification": put_ipc,
    "IPCRClassification": _put_ipcr,
    "CPCClassification": _put_cpc,
    "NationalClassification": put_national,
    "LocarnoClassification": _put_locarno,
}
