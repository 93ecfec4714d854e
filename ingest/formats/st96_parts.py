"""What the four rights of ST.96 have in common: numbers, texts with a language, parties, priorities,
gazettes.

Lists are always a `…Bag`, a number has an office and two forms, and each office adds elements of its own in
namespaces of its own, so elements are matched by local names and looked for by alternatives. Sources: WIPO
ST.96 versions 1 (draft) to 8, its conversion tables for ST.36, ST.66 and ST.86, deliveries of USPTO, CIPO
and JPO.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.etree import _Element

from ingest.draft import Draft, DraftParty, DraftPriority, DraftPublication, DraftText, Operation
from ingest.formats.address_books import named, party
from ingest.formats.field_table import Handler
from ingest.formats.local_names import LOCAL
from ingest.formats.tmxml_parts import put_text, value_of, values_of
from ingest.xml_text import each

_EXTENDED = re.compile(r"^(?:CA|JP|KR|US)(?=[A-Z][a-z])")
_DESIGNATED = (
    "{*}DesignatedCountryCode",
    "{*}DesignatedOfficeCode",
    "{*}DesignatedContractingPartyCode",
    "{*}DesignatedContractingPartyOfficeCode",
)


@lru_cache(maxsize=4096)
def standard_name(name: str) -> str:
    """The standard's name of an element that an office extended and put its code before
    (`KRWordMarkSpecification`).
    """
    return _EXTENDED.sub("", name, count=1)


def operation_of(element: _Element, context: _Element) -> Operation:
    """What the nearest `operationCategory` on the record or around it asks for; all but Delete state the
    whole.
    """
    for level in (element, *context.iterancestors()):
        for name, value in level.items():
            if LOCAL[name] == "operationCategory":
                return "delete" if str(value).strip().lower().startswith("delet") else "upsert"
    return "upsert"


def number_of(element: _Element) -> tuple[str, str]:
    """(number as the office writes it, ST.13 number) of an `ApplicationNumber`, whether a leaf or a group."""
    if len(element) == 0:
        return value_of(element), ""
    values = values_of(element)
    return values.get("ApplicationNumberText", ""), values.get("ST13ApplicationNumber", "")


def put_application_number(draft: Draft, element: _Element) -> None:
    number, st13 = number_of(element)
    if draft.application_number == "":
        draft.application_number = number
    put_st13(draft, st13)
    for leaf in element.iterchildren("{*}IPOfficeCode"):
        draft.office = draft.office or value_of(leaf)


def put_st13(draft: Draft, st13: str) -> None:
    draft.st13 = draft.st13 or st13
    if draft.application_number == "":
        draft.application_number = _of_st13(st13)


def _of_st13(st13: str) -> str:
    """The office's number in an ST.13 number: CIPO has 30, no year, and file number with extension in nine
    digits (`300000105761300` is file 1057613-00). Of others the ST.13 number itself has to do."""
    if len(st13) == 15 and st13.startswith("300000") and st13.isdigit():
        return f"{st13[6:13].lstrip('0')}-{st13[13:]}"
    return st13


def put_texts(texts: list[DraftText], element: _Element) -> None:
    """Add the texts of a bag or group, or of a leaf."""
    if len(element) == 0:
        put_text(texts, element)
        return
    for part in element:
        put_text(texts, part)


def parties(bag: _Element, *names: str) -> list[DraftParty]:
    """The parties of these names below a bag, each once."""
    return named(party(element) for element in bag.iter(*("{*}" + name for name in names)))


def put_parties(into: list[DraftParty], found: Iterable[DraftParty], role: str = "") -> None:
    """Add parties that are not there yet; the role is given to those that name none."""
    for one in found:
        one.role = one.role or role
        if one.name != "" and one not in into:
            into.append(one)


def priorities(bag: _Element) -> Iterator[DraftPriority]:
    """The claims of a `PriorityBag` or `PriorityClaimBag`."""
    for claim in bag.iterchildren("{*}Priority", "{*}PriorityClaim"):
        values = values_of(claim)
        number = values.get("PriorityNumber", "")
        for group in each(claim, "ApplicationNumber"):
            number, st13 = number_of(group)
            number = number or st13
            values.setdefault("IPOfficeCode", next(map(value_of, each(group, "IPOfficeCode")), ""))
        made = DraftPriority(
            country=values.get("PriorityCountryCode") or values.get("IPOfficeCode", ""),
            number=number,
            date=values.get("PriorityApplicationFilingDate")
            or values.get("PriorityDate")
            or values.get("FilingDate", ""),
        )
        if made.number or made.date:
            yield made


def publications(bag: _Element) -> Iterator[DraftPublication]:
    """The entries of a `PublicationBag`; the part of the gazette stands where a patent has its kind."""
    for entry in each(bag, "Publication"):
        values = values_of(entry)
        made = DraftPublication(
            number=values.get("PublicationIdentifier") or values.get("PublicationNumber", ""),
            kind=values.get("PublicationSection", ""),
            date=values.get("PublicationDate", ""),
        )
        if any(made):
            yield made


def designations(bag: _Element) -> list[str]:
    """The ST.3 codes of the parties designated."""
    return [code for code in dict.fromkeys(value_of(leaf) for leaf in bag.iter(*_DESIGNATED)) if code]


def put_priorities(draft: Draft, bag: _Element) -> None:
    draft.priorities.extend(priorities(bag))


def put_publications(draft: Draft, bag: _Element) -> None:
    draft.publications.extend(publications(bag))


def put_designations(draft: Draft, bag: _Element) -> None:
    draft.designations.extend(code for code in designations(bag) if code not in draft.designations)


def put_parties_of(field: str, *names: str, role: str = "") -> Handler:
    """What puts the parties of these names in a bag into a field of the draft."""

    def put(draft: Draft, bag: _Element) -> None:
        put_parties(getattr(draft, field), parties(bag, *names), role)

    return put
