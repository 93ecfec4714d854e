"""IPOS on data.gov.sg: trademarks, patents and registered designs of Singapore (JSON).

The reply for one day of lodgement is `{lodgement_date, count, items[]}` (or `applications[]`); an item alone
or a bare array is taken too. Members that have nothing are null; the same member is written in several ways
(`countryofIncorporationOrResidence`, `dateofPublication`), so names are compared without case. Addresses and
disclaimers hold `<br/>`. Source: the data set's field list at data.gov.sg (collection 281).
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import at, each, first_text, parts, text, words
from register.model import Right

_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_MARK = frozenset(("markindex", "goodsandservicesspecifications", "markclauses"))
_PATENT = frozenset(("declarationofpriority", "grantandrenewal", "pctapplication", "divisionalapplications"))
_DESIGN = frozenset(("applicantsrightswithrespecttodesign", "statementofnovelty"))
_APPLICATION = frozenset(
    name.lower()
    for name in (
        "summary", "applicationNum", "agentCorrespondenceDetails", "documents",
        "currentApplicantProprietorDetails", "otherEntries", "transferOfOwnership",
        "securityInterest", "license", "applicant", "inventors",
        "markIndex", "goodsAndServicesSpecifications", "declarationOfPriority", "grantAndRenewal",
        "statementOfNovelty",
    )
)  # fmt: skip
_NO_ITEMS = re.compile(rb'"(?:items|applications)"\s*:\s*(?:\[\s*\]|null)')
_ENVELOPE = frozenset(("lodgement_date", "count"))
_PICTURES = frozenset(("tif", "tiff", "jpg", "jpeg", "png", "gif", "bmp"))
_TAKEN = "taken are applications with a summary (marks, patents, designs)"


def _is_application(names: frozenset[str]) -> bool:
    """Whether these are members of an application; their order is any, and some are long."""
    return len(_APPLICATION & {name.lower() for name in names}) >= 3


def _looks(head: Head) -> int:
    if head.kind != "json":
        return 0
    if _is_application(head.keys) and record_path(head.data, _is_application) is not None:
        return 90
    return 50 if head.keys >= _ENVELOPE else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_application, lambda value: _draft(_folded(value)), _without)


def _without(head: Head) -> None:
    """A day on which nothing was lodged is no error; everything else without an application is."""
    if not (head.keys >= _ENVELOPE and _NO_ITEMS.search(head.data)):
        raise NotAFeedError(describe(head), _TAKEN)


def _folded(value: Any) -> Any:
    """The value with every member name in lower case."""
    if isinstance(value, dict):
        return {name.lower(): _folded(inner) for name, inner in value.items()}
    return [_folded(inner) for inner in value] if isinstance(value, list) else value


def _draft(item: dict[str, Any]) -> Draft:
    summary = at(item, "summary")
    draft = Draft(
        right="trademark",
        application_number=text(item, "applicationnum") or text(summary, "applicationnum"),
        filing_date=first_text(summary, ("filingdate", "applicationdate")),
        expiry_date=text(summary, "expirydate"),
        applicants=_applicants(item),
        representatives=_agents(item),
        events=_events(item),
    )
    right = _right(item, summary, draft.application_number)
    put = _put_patent if right == "patent" else _put_design if right == "design" else _put_mark
    put(draft, item, summary)
    draft.media = _media(item, draft.right)
    journals = each(summary, "journals") + each(item, "journals")
    draft.publications += [
        DraftPublication(number=text(journal, "journalnum"), date=text(journal, "journaldate"))
        for journal in journals
    ]
    dates = [publication.date for publication in draft.publications if publication.date]
    draft.publication_date = draft.publication_date or (dates[0] if dates else "")
    return draft


def _right(item: dict[str, Any], summary: Any, number: str) -> Right:
    """What an application is for: its members say it, else the first characters of its number."""
    if _MARK & item.keys() or text(summary, "markstatus"):
        return "trademark"
    if _PATENT & item.keys() or text(summary, "titleofinvention"):
        return "patent"
    if _DESIGN & item.keys() or text(summary, "classsubclass") or number.startswith(("30", "D")):
        return "design"
    return "patent" if number.startswith("10") else "trademark"


def _put_mark(draft: Draft, item: dict[str, Any], summary: Any) -> None:
    goods = each(item, "goodsandservicesspecifications")
    designation = "internationlregistrationdesignatingsingaporedetails"  # the office's own spelling
    international = each(item, designation) + each(item, designation.replace("nlreg", "nalreg"))
    draft.status_code = text(summary, "markstatus") or _common_status(goods)
    draft.status_date = first_text(summary, ("markstatusdate", "statusupdatedate"))
    draft.publication_date = text(summary, "publicationdate")
    draft.registration_date = text(summary, "registrationprocedurecompletiondate")
    draft.international_number = next(
        (number for entry in international if (number := text(entry, "irnum"))), ""
    )
    draft.kind = text(summary, "applicationtype")
    draft.feature = text(summary, "trademarktype")
    draft.nice_classes = [_class_number(entry) for entry in goods if _class_number(entry)]
    draft.goods = [
        DraftGoods(nice_class=_class_number(entry), text=_plain(text(entry, "goodsservices")), language="en")
        for entry in goods
        if text(entry, "goodsservices")
    ]
    draft.priorities = [
        DraftPriority(country=_country(entry), date=first_text(entry, ("priorityclaimsdate", "filingdate")))
        for entry in each(item, "priorityclaimsdetails")
    ]
    index = each(item, "markindex")
    draft.texts = _texts(index, "wordsinmark", "") + _texts(index, "chinesecharacter", "zh")
    draft.translations = _texts(index, "entranslation", "en")
    draft.transliterations = _texts(index, "entransliteration", "") + _texts(index, "phoneticequiv", "")
    draft.descriptions = _texts(index, "descrofdevice", "en")
    draft.descriptions += _texts([summary], "descriptionparticularfeatureofmark", "en")
    draft.disclaimers = _texts([summary], "disclaimerlimitation", "en")
    draft.disclaimers += _texts(each(item, "markclauses"), "value", "en")


def _put_patent(draft: Draft, item: dict[str, Any], summary: Any) -> None:
    grant = next(iter(each(item, "grantandrenewal")), {})
    draft.right = "patent"
    draft.status_code = text(summary, "applicationstatus")
    draft.titles = _texts([summary], "titleofinvention", "en")
    draft.ipc = [
        symbol for entry in words(summary, "ipc") for part in parts(entry) for symbol in _commas(part)
    ]
    draft.publication_date = text(summary, "dateofpublication")
    draft.publication_number = text(summary, "publicationpatentnumforoldapplication")
    draft.registration_date = first_text(
        grant, ("grantdate", "dateofissueofcertificateofregistrationinsingapore")
    )
    draft.expiry_date = text(grant, "expirydate") or draft.expiry_date
    draft.inventors = [
        DraftParty(
            name=name, address=_address(text(entry, "address")), country=_code(entry, "countryofresidence")
        )
        for entry in each(item, "inventors")
        if (name := text(entry, "name"))
    ]
    claims = each(item, "declarationofpriority")
    for treaty in each(item, "pctapplication"):
        draft.international_number = draft.international_number or text(treaty, "pctapplicationnum")
        published = DraftPublication(
            number=text(treaty, "pctpublicationnum"), date=text(treaty, "pctpublicationdate")
        )
        draft.publications += [published] if published.number else []
        claims += each(treaty, "pctpriorityclaimed")
    draft.priorities = [
        DraftPriority(_country(claim), text(claim, "applicationnum"), text(claim, "filingdate"))
        for claim in claims
    ]


def _put_design(draft: Draft, item: dict[str, Any], summary: Any) -> None:
    draft.right = "design"
    draft.status_code = text(summary, "status")
    draft.registration_date = text(summary, "approveddate")
    draft.international_number = text(summary, "internationalregistrationnum")
    draft.locarno = [symbol for part in parts(text(summary, "classsubclass")) for symbol in _commas(part)]
    foreign = text(summary, "ukdesignnum")
    draft.numbers = [("uk-design", foreign)] if foreign else []
    articles = [article for party in _given_applicants(item) for article in each(party, "articles")]
    draft.products = _texts(articles + each(item, "articles"), "articlename", "en")
    draft.descriptions = _texts([item], "statementofnovelty", "en")
    draft.disclaimers = _texts([item], "disclaimer", "en")
    draft.priorities = [
        DraftPriority(_country(claim), text(claim, "associateddesignnum"), text(claim, "priorityclaimsdate"))
        for claim in each(item, "prioritydetails")
    ]


def _given_applicants(item: dict[str, Any]) -> list[dict[str, Any]]:
    return (
        each(item, "applicant") + each(item, "applicants") + each(item, "currentapplicantproprietordetails")
    )


def _applicants(item: dict[str, Any]) -> list[DraftParty]:
    found = []
    for entry in _given_applicants(item):
        name = text(entry, "name")
        if not name:
            continue
        partner = text(entry, "soleproprietorpartnername")
        found.append(
            DraftParty(
                name=name,
                names=[DraftText(partner)] if partner else [],
                role="applicant",
                address=_address(text(entry, "address")),
                country=_code(entry, "countryofincorporationorresidence") or _code(entry, "nationality"),
                number=text(entry, "uencompanycode"),
            )
        )
    return found


def _agents(item: dict[str, Any]) -> list[DraftParty]:
    found = []
    for entry in each(item, "agentcorrespondencedetails"):
        name = text(entry, "agent", "name") or first_text(
            entry, ("representativename", "representativeorconame")
        )
        if name:
            address = _address(text(entry, "addressforserviceinsingapore"))
            found.append(
                DraftParty(name=name, address=address, number=text(entry, "agent", "uencompanycode"))
            )
    return found


def _events(item: dict[str, Any]) -> list[DraftEvent]:
    entries = [event for entry in each(item, "otherentries") for event in each(entry, "events")]
    found = [
        DraftEvent(date=text(event, "eventdate"), code=text(event, "code"), text=text(event, "description"))
        for event in entries
    ]
    for case in each(item, "hmgstatus") + each(item, "hmgcases"):  # hearings and mediation
        told = [text(case, member, "description") for member in ("casetype", "casestatus")]
        found.append(
            DraftEvent(text(case, "lodgedate"), text(case, "casetype", "code"), ": ".join(filter(None, told)))
        )
    return found


def _media(item: dict[str, Any], right: Right) -> list[DraftMedia]:
    found = []
    for entry in each(item, "documents"):
        file = first_text(entry, ("url", "fileurl", "filename"))
        if file:
            form = file.rpartition(".")[2].lower() if "." in file.rpartition("/")[2] else ""
            caption = text(entry, "doctype", "description")
            if form not in _PICTURES:
                found.append(DraftMedia("document", file, form, caption))
            else:
                found.append(DraftMedia("view" if right == "design" else "image", file, form, caption))
    return found


def _common_status(goods: list[dict[str, Any]]) -> str:
    """The status that all classes have; "" where they differ."""
    found = {text(entry, "classstatus", "description") for entry in goods}
    return found.pop() if len(found) == 1 else ""


def _class_number(entry: dict[str, Any]) -> str:
    return text(entry, "classnum").lower().removeprefix("class").strip()


def _code(entry: dict[str, Any], name: str) -> str:
    return text(entry, name, "code") or text(entry, name, "description")


def _country(entry: dict[str, Any]) -> str:
    """A country's code; its name where only the name is delivered."""
    return text(entry, "country", "code") or text(entry, "country", "description") or text(entry, "country")


def _texts(entries: list[Any], name: str, language: str) -> list[DraftText]:
    return [DraftText(found, language) for entry in entries if (found := _plain(text(entry, name)))]


def _commas(value: str) -> list[str]:
    return [part for symbol in value.split(",") if (part := symbol.strip())]


def _plain(value: str) -> str:
    """Text with its HTML line breaks as line ends."""
    return _BREAK.sub("\n", value).strip() if "<" in value else value


def _address(value: str) -> str:
    """An address in one line."""
    return ", ".join(line.rstrip(" ,") for line in _plain(value).split("\n") if line.strip(" ,"))


FORMAT = Format("ipos", "IPOS data.gov.sg JSON (SG marks, patents, designs)", _looks, _read)
