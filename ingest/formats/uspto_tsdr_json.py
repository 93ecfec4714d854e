"""USPTO trademark status (TSDR) as JSON.

`{trademarks[]}` for one case, `{transactionList: [{searchId, trademarks[]}]}` for several. Owners stand in
groups by the time at which they owned (10 applicant, 20 at publication, 30 first registrant, 40 and more
after that): the highest group is the present one. Classes are three digits (`009`). Design search codes are
the USPTO's own, in the manner of the Vienna classification but with other meanings: they are national classes
here. Source: the API description at developer.uspto.gov.
"""

from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import at, each, first_text, text

_ORIGINAL_APPLICANT = "10"
_KINDS = (
    ("certificationMark", "certification mark"),
    ("collectiveMembershipMark", "collective membership mark"),
    ("collectiveServiceMark", "collective service mark"),
    ("collectiveTradeMark", "collective trademark"),
    ("trademark", "trademark"),
    ("serviceMark", "service mark"),
)
_CASE = frozenset(("gsList", "foreignInfoList", "parties", "prosecutionHistory", "publication", "status"))
_TAKEN = "taken are replies with trademarks[] that have a status"


def _is_case(names: frozenset[str]) -> bool:
    """Whether these are members of a case; of a long one only the first stand in the head."""
    return len(_CASE & names) >= 2


def _is_search(names: frozenset[str]) -> bool:
    return "trademarks" in names and "searchId" in names


def _is_record(names: frozenset[str]) -> bool:
    return _is_case(names) or _is_search(names)


def _looks(head: Head) -> int:
    if head.kind != "json" or "trademarks" not in head.keys or "totalElements" in head.keys:
        return 0
    return 90 if record_path(head.data, _is_record) is not None else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_record, _draft, _refuse, _cases)


def _refuse(head: Head) -> None:
    raise NotAFeedError(describe(head), _TAKEN)


def _cases(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases of a transaction; a case alone is one."""
    return list(each(value, "trademarks")) if "trademarks" in value else [value]


def _draft(case: dict[str, Any]) -> Draft:
    status, publication = at(case, "status"), at(case, "publication")
    goods = each(case, "gsList")
    draft = Draft(
        right="trademark",
        application_number=text(status, "serialNumber") or text(case, "serialNumber"),
        registration_number=text(status, "usRegistrationNumber"),
        international_number=_international(case),
        filing_date=text(status, "filingDate"),
        publication_date=first_text(publication, ("datePublished", "publicationDate")),
        registration_date=text(status, "usRegistrationDate"),
        termination_date=first_text(status, ("dateCancelled", "dateAbandoned")),
        status_code=text(status, "status"),
        status_text=first_text(status, ("extStatusDesc", "tm5StatusDesc")),
        status_date=text(status, "statusDate"),
        applicants=_owners(case),
        representatives=_attorneys(status),
        texts=_texts(status, "markElement", ""),
        translations=_texts(status, "translation", "en"),
        kind=", ".join(words for flag, words in _KINDS if at(status, flag) is True),
        feature=text(status, "markDrawingCd"),
        descriptions=_texts(status, "descOfMark", "en"),
        colours=_texts(status, "colorClaimed", "en"),
        disclaimers=_texts(status, "disclaimer", "en"),
        national_classes=[
            code for entry in each(status, "designSearchList") if (code := text(entry, "code"))
        ],
        priorities=_priorities(case),
        events=_events(case),
    )
    for entry in goods:
        classes = [code for named in each(entry, "internationalClasses") if (code := text(named, "code"))]
        classes = classes or [code for code in (text(entry, "primeClassCode"),) if code]
        draft.nice_classes += [code for code in classes if code not in draft.nice_classes]
        told = text(entry, "description")
        if told:
            alone = classes[0] if len(classes) == 1 else ""
            draft.goods.append(DraftGoods(nice_class=alone, text=told, language="en"))
    if draft.publication_date:
        draft.publications = [DraftPublication(date=draft.publication_date)]
    docket = text(status, "attrnyDktNumber")
    draft.numbers = [("docket", docket)] if docket else []
    return draft


def _owners(case: dict[str, Any]) -> list[DraftParty]:
    """The present owners, then the first applicants where they are others."""
    groups = at(case, "parties", "ownerGroups")
    if not isinstance(groups, dict) or not groups:
        return [_owner(entry, "owner") for entry in each(case, "parties", "owners") if text(entry, "name")]
    latest = max(groups, key=lambda group: int(group) if group.isdecimal() else -1)
    found = [_owner(entry, "owner") for entry in each(groups, latest) if text(entry, "name")]
    known = {party.name for party in found}
    first = [_owner(entry, "applicant") for entry in each(groups, _ORIGINAL_APPLICANT) if text(entry, "name")]
    return found + [party for party in first if party.name not in known]


def _owner(entry: dict[str, Any], role: str) -> DraftParty:
    place = at(entry, "addressStateCountry")
    lines = [text(entry, name) for name in ("address1", "address2", "city")]
    lines += [text(place, "stateCountry", "name"), text(entry, "zip")]
    other = text(entry, "dbaAkaFormerly")
    return DraftParty(
        name=text(entry, "name"),
        names=[DraftText(other)] if other else [],
        role=role,
        address=", ".join(filter(None, lines)),
        country=text(place, "wipo", "code") or text(place, "iso", "code"),
    )


def _attorneys(status: Any) -> list[DraftParty]:
    told = at(status, "correspondence")
    name, firm = text(told, "attorneyName"), text(told, "firmName")
    place = at(told, "address")
    lines = [text(place, line) for line in ("line1", "line2", "city", "postalCode")]
    address, country = ", ".join(filter(None, lines)), text(place, "countryCode")
    roles = ((name, "attorney"), (firm, "firm"))
    return [DraftParty(name=who, role=role, address=address, country=country) for who, role in roles if who]


def _international(case: dict[str, Any]) -> str:
    entries = each(case, "internationalData") + each(case, "intlRegistrationList")
    names = ("internationalRegistrationNumber", "irNumber", "registrationNumber")
    return next((number for entry in entries if (number := first_text(entry, names))), "")


def _priorities(case: dict[str, Any]) -> list[DraftPriority]:
    found = []
    for entry in each(case, "foreignInfoList"):
        number = first_text(entry, ("foreignApplicationNumber", "foreignAppNumber", "applicationNumber"))
        date = first_text(entry, ("foreignFilingDate", "foreignApplicationDate", "filingDate"))
        country = at(entry, "foreignCountry") or at(entry, "country")
        if number or date:
            found.append(DraftPriority(text(country, "code") or text(country), number, date))
    return found


def _texts(status: Any, name: str, language: str) -> list[DraftText]:
    told = text(status, name)
    return [DraftText(told, language)] if told else []


def _events(case: dict[str, Any]) -> list[DraftEvent]:
    return [
        DraftEvent(text(entry, "entryDate"), text(entry, "entryCode"), text(entry, "entryDesc"))
        for entry in each(case, "prosecutionHistory")
    ]


FORMAT = Format("uspto-tsdr-json", "USPTO TSDR JSON (US trademark status)", _looks, _read)
