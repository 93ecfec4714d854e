"""INPI search services: French trademarks, designs and patents (JSON).

A page holds its rows under `hits`, `results`, `rows` or `docs`. A row has the element names of ST.66 or
ST.86 flattened (`ApplicationNumber`, `DesignReference`, `ClassNumber`), or for patents the search index's
short names (`PUBN`, `TIT`, `DEPD`); either as members or as a list `fields[]` of name and value. A value
may stand for a list of one, and a list may be one string parted by `;`. Source: INPI's technical documents
on the marques, dessins et modèles and brevets services.
"""

from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import codes, each, first_text, parts, words

_DESIGN = frozenset(("DesignApplicationNumber", "DesignReference", "DesignTitle", "DesignCurrentStatusCode"))
_MARK = frozenset(("Mark", "MarkCurrentStatusCode", "KindMark", "MarkImageURI", "ViennaClass", "ClassNumber"))
_PATENT = frozenset(("TIT", "PUBN", "DEPN", "DEPD", "TITM"))
_TAKEN = "taken are rows of the marks, designs and patents searches"


def _is_flat(names: frozenset[str]) -> bool:
    if "DesignApplicationNumber" in names or ("DesignReference" in names and bool(_DESIGN & names)):
        return True
    return ("ApplicationNumber" in names and bool(_MARK & names)) or len(_PATENT & names) >= 2


def _is_listed(names: frozenset[str]) -> bool:
    """A row as a list of fields with names; what fields, only their values tell."""
    return "fields" in names and bool(names & {"documentId", "document_key", "xml", "notice", "score", "id"})


def _is_row(names: frozenset[str]) -> bool:
    return _is_flat(names) or _is_listed(names) or names == {"fields"}


def _looks(head: Head) -> int:
    if head.kind != "json" or record_path(head.data, _is_row) is None:
        return 0
    if _is_flat(head.keys):
        return 85
    known = (b'"ApplicationNumber"', b'"DesignApplicationNumber"', b'"PUBN"', b'"DEPN"')
    return 80 if any(name in head.data for name in known) else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_row, lambda row: _draft(_flat(row)), _refuse)


def _refuse(head: Head) -> None:
    raise NotAFeedError(describe(head), _TAKEN)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its `fields[]` as members."""
    flat = dict(row)
    for field in each(row, "fields"):
        name = first_text(field, ("name", "field", "key", "code"))
        value = field.get("value", field.get("values"))
        if name:
            before = words(flat, name)
            flat[name] = [*before, *words(value)] if before else value
    return flat


def _draft(row: dict[str, Any]) -> Draft:
    if _DESIGN & row.keys():
        return _design(row)
    return _patent(row) if len(_PATENT & row.keys()) >= 2 else _mark(row)


def _mark(row: dict[str, Any]) -> Draft:
    draft = Draft(
        right="trademark",
        application_number=_one(row, "ApplicationNumber"),
        registration_number=_one(row, "RegistrationNumber"),
        filing_date=_one(row, "ApplicationDate"),
        registration_date=_one(row, "RegistrationDate"),
        status_code=_one(row, "MarkCurrentStatusCode"),
        status_date=_one(row, "MarkCurrentStatusDate"),
        texts=_texts(row, "Mark"),
        kind=_one(row, "KindMark"),
        feature=_one(row, "MarkFeature"),
        nice_classes=_codes(row, "ClassNumber"),
        vienna_codes=_codes(row, "ViennaClass"),
        media=[DraftMedia("image", file) for file in words(row, "MarkImageURI")],
    )
    _put_common(draft, row)
    return draft


def _design(row: dict[str, Any]) -> Draft:
    draft = Draft(
        right="design",
        application_number=_one(row, "DesignApplicationNumber", "ApplicationNumber"),
        registration_number=_one(row, "RegistrationNumber"),
        design_number=_one(row, "DesignReference", "DesignIdentifier"),
        filing_date=_one(row, "DesignApplicationDate", "ApplicationDate"),
        registration_date=_one(row, "RegistrationDate"),
        status_code=_one(row, "DesignCurrentStatusCode"),
        status_date=_one(row, "DesignCurrentStatusDate"),
        titles=_texts(row, "DesignTitle"),
        locarno=_codes(row, "ClassNumber"),
        designers=_parties(row, "", "DesignerName"),
        media=[DraftMedia("view", file) for file in words(row, "DesignRepresentationSheetURIs")],
    )
    _put_common(draft, row)
    return draft


def _patent(row: dict[str, Any]) -> Draft:
    draft = Draft(
        right="patent",
        application_number=_one(row, "DEPN", "ApplicationNumber"),
        publication_number=_one(row, "PUBN"),
        filing_date=_one(row, "DEPD"),
        publication_date=_one(row, "PUBD"),
        registration_date=_one(row, "DELD"),
        titles=_texts(row, "TIT") or _texts(row, "TITM"),
        abstracts=_texts(row, "ABFR") or _texts(row, "ABST"),
        ipc=[symbol for value in words(row, "IPCR") for symbol in parts(value)],
        applicants=_parties(row, "applicant", "DENM", "DENE") + _parties(row, "holder", "TINM"),
        inventors=_parties(row, "", "INVNE", "INNM"),
        representatives=_parties(row, "", "MDNM"),
    )
    if draft.publication_number:
        draft.publications = [DraftPublication(number=draft.publication_number, date=draft.publication_date)]
    return draft


def _put_common(draft: Draft, row: dict[str, Any]) -> None:
    draft.expiry_date = _one(row, "ExpiryDate")
    draft.publication_date = _one(row, "PublicationDate")
    draft.publications = [DraftPublication(date=draft.publication_date)] if draft.publication_date else []
    draft.applicants = _parties(row, "applicant", "ApplicantName", "DEPOSANT")
    draft.applicants += _parties(row, "holder", "HolderName", "DEPOTIT")
    draft.representatives = _parties(row, "", "RepresentativeName", "MANDATAIRE")
    draft.priorities = [
        DraftPriority(
            country=first_text(claim, ("country", "PriorityCountryCode")),
            number=first_text(claim, ("number", "PriorityNumber")),
            date=first_text(claim, ("date", "PriorityDate")),
        )
        for claim in each(row, "PriorityDetails") + each(row, "PriorityDetails", "Priority")
        if "Priority" not in claim
    ]


def _one(row: dict[str, Any], *names: str) -> str:
    return next((word for name in names for word in words(row, name)), "")


def _codes(row: dict[str, Any], name: str) -> list[str]:
    return [code for value in words(row, name) for code in codes(value)]


def _texts(row: dict[str, Any], name: str) -> list[DraftText]:
    return [DraftText(found) for found in words(row, name)]


def _parties(row: dict[str, Any], role: str, *names: str) -> list[DraftParty]:
    """The parties under the first of these members that has any."""
    for name in names:
        found = words(row, name)
        if found:
            return [DraftParty(name=told, role=role) for told in found]
    return []


FORMAT = Format("inpi-json", "INPI search JSON (FR marks, designs, patents)", _looks, _read)
