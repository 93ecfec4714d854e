"""What ST.66 and ST.86 have in common below the record: texts with a language, priorities, publications,
events, designations. Both grew out of TM-XML."""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftParty, DraftPriority, DraftPublication, DraftText, Operation
from ingest.formats.address_books import party
from ingest.formats.field_table import Handler
from ingest.formats.local_names import LOCAL, language_of
from ingest.xml_text import each, text

_OPERATIONS: dict[str, Operation] = {"delete": "delete", "deleted": "delete", "remove": "delete"}
_DESIGNATED = (
    "{*}DesignatedCountryCode",
    "{*}DesignatedOfficeCode",
    "{*}DesignatedContractingPartyCode",
    "{*}ContractingPartyCode",
)


def value_of(element: _Element) -> str:
    """The text of a leaf, trimmed; "" for what is empty or a lone dash."""
    value = element.text
    if value is None:
        return ""
    value = value.strip()
    return "" if value == "-" else value


def values_of(element: _Element) -> dict[str, str]:
    """The leaves among the children by name, the first of each name; what is empty is left out."""
    found: dict[str, str] = {}
    for child in element:
        value = child.text
        if value is not None and (value := value.strip()) and value != "-":
            found.setdefault(LOCAL[child.tag], value)
    return found


def words_of(element: _Element) -> str:
    """The text of an element with what is in it, every run of white space one space; "" for a lone dash."""
    value = element.text if len(element) == 0 else "".join(map(str, element.itertext()))
    if value is None:
        return ""
    value = value.strip()
    if "\n" in value or "  " in value or "\t" in value:
        value = " ".join(value.split())
    return "" if value == "-" else value


def operation_of(element: _Element) -> Operation:
    """What the attribute `operationCode` asks for: Insert and Update both state the whole record."""
    return _OPERATIONS.get(element.get("operationCode", "").strip().lower(), "upsert")


def put_text(texts: list[DraftText], element: _Element) -> None:
    """Add the text of an element; what is empty or a lone dash is no text, and what is there is not added
    again.
    """
    value = words_of(element)
    if value != "":
        said = DraftText(value, language_of(element))
        if said not in texts:
            texts.append(said)


def priorities(details: _Element) -> Iterator[DraftPriority]:
    """The claims of a `PriorityDetails`."""
    for claim in details.iterchildren("{*}Priority"):
        values = values_of(claim)
        made = DraftPriority(
            country=values.get("PriorityCountryCode", ""),
            number=values.get("PriorityNumber", ""),
            date=values.get("PriorityDate", ""),
        )
        if any(made):
            yield made


def publications(details: _Element, name: str = "Publication") -> Iterator[DraftPublication]:
    """The entries of a `PublicationDetails`; the part of the gazette stands where a patent has its kind."""
    for entry in each(details, name):
        values = values_of(entry)
        made = DraftPublication(
            number=values.get("PublicationIdentifier", ""),
            kind=values.get("PublicationSection") or values.get("PublicationSubsection", ""),
            date=values.get("PublicationDate", ""),
        )
        if any(made):
            yield made


def designations(details: _Element) -> Iterator[str]:
    """The ST.3 codes of the parties designated under the Madrid or Hague system."""
    for leaf in details.iter(*_DESIGNATED):
        code = value_of(leaf)
        if code:
            yield code


def put_priorities(draft: Draft, details: _Element) -> None:
    draft.priorities.extend(priorities(details))


def put_publications(draft: Draft, details: _Element) -> None:
    draft.publications.extend(publications(details))


def put_designations(draft: Draft, details: _Element) -> None:
    draft.designations.extend(code for code in designations(details) if code not in draft.designations)


def put_plain_party(field: str, role: str = "") -> Handler:
    """What puts a name alone, as the flattened notices of INPI have it, into a field of the draft."""

    def put(draft: Draft, element: _Element) -> None:
        made = party(element)
        made.role = role
        into: list[DraftParty] = getattr(draft, field)
        if made.name != "" and all(made.name != one.name for one in into):
            into.append(made)

    return put


def record_events(details: _Element, name: str, basic: str) -> Iterator[DraftEvent]:
    """The recordals of a `MarkRecordDetails` or `DesignRecordDetails`: kind as the code, its state as the
    words.
    """
    for entry in each(details, name):
        base = next(each(entry, basic), entry)
        published = next(_publications_of_record(base), DraftPublication())
        event = DraftEvent(
            date=text(base, "RecordCurrentStatusDate") or text(base, "RecordFilingDate") or published.date,
            code=text(base, "BasicRecordKind"),
            text=text(base, "RecordCurrentStatusCode") or text(base, "LegalStatus"),
        )
        if any(event):
            yield event


def _publications_of_record(base: _Element) -> Iterator[DraftPublication]:
    for details in each(base, "RecordPublicationDetails"):
        yield from publications(details, "RecordPublication")


def put_first_publication(draft: Draft) -> None:
    """The day of the first publication, where the record itself does not name one."""
    if draft.publication_date == "" and draft.publications:
        draft.publication_date = earliest(entry.date for entry in draft.publications)


def earliest(dates: Iterable[str]) -> str:
    """The first of some ISO dates; of others the one that stands first."""
    given = [date for date in dates if date]
    return min(given, key=lambda date: date if date[4:5] == "-" else "", default="")
