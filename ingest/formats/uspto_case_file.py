"""One case file of the USPTO's trademark XML as a draft.

What is read into what (source: USPTO, U.S. Trademark Applications XML documentation, DTD 2.0):
- texts: `mark-identification`, with what of it overflowed into statements MK. The pseudo mark (PM) is the
  office's own respelling for searching, no text of the mark, and is left out.
- goods: statements GS, `GS` + three digits + a flag. The digits are the class under which the goods were
  filed, often one of the US classes, so their Nice class is the `international-code` of the classification
  whose `primary-code` they are. Codes that are no Nice class (A, B, 200: certification and collective
  membership) are left out.
- classes: design search codes. They are the USPTO's own, six digits in the manner of the Vienna
  classification but with other meanings, so they become national classes.
- applicants: the owners of the highest `party-type` (10 to 19 original applicant and its successors, 20s
  owner at publication, 30s original registrant, 40 and more owners after registration), who are the present
  owners.
- feature: the first sign of `mark-drawing-code`; 0 is not yet coded, and tells nothing but for a claim of
  standard characters.
"""

import re
from collections.abc import Callable

from lxml.etree import _Element

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftParty, DraftPriority, DraftText
from ingest.formats.patches import iso_date

_NICE = re.compile(r"0?(?:0[1-9]|[1-3]\d|4[0-5])|[1-9]")
_PADDED_COUNTRY = re.compile(r"^([A-Z]{2})X$")
_NO_COLOUR = "color is not claimed"

# Drawing codes: USPTO, mark drawing code table (1 typed drawing, 2 design, 3 design with words, 4 standard
# characters, 5 words in stylised form, 6 no drawing possible such as sound).
_FEATURES = {
    "1": "Word",
    "2": "Figurative",
    "3": "Combined",
    "4": "Word",
    "5": "Stylized characters",
    "6": "Other",
}
_KINDS = {
    "certification-mark-in": "Certification mark",
    "collective-membership-mark-in": "Collective membership mark",
    "collective-trademark-in": "Collective trademark",
    "collective-service-mark-in": "Collective service mark",
    "trademark-in": "Trademark",
    "service-mark-in": "Service mark",
}
_INTERNATIONAL_EVENTS = {
    "international-registration-date": "international registration",
    "international-publication-date": "international publication",
    "international-renewal-date": "international renewal",
    "auto-protection-date": "automatic protection",
    "international-death-date": "international death",
    "notification-date": "notification of the designation",
}


def draft_of(element: _Element, created: str = "", events: list[DraftEvent] | None = None) -> Draft:
    """The draft of one case file out of a file made at `created`; `events` where they were read before.

    The stamp is the time between transaction and making of the file, an ISO 8601 interval: the transaction
    decides, as the annual file is made after the first daily files of the new year; of one transaction, the
    later file.
    """
    case = _CaseFile()
    for part in element:
        read_part = _PARTS.get(part.tag)
        if read_part is not None:
            read_part(case, part)
    if events is not None:
        case.draft.events = events
    return case.draft_with(created)


class _CaseFile:
    """A case file while it is read: the draft, what it states, and what has to wait for another part."""

    __slots__ = (
        "attorney",
        "classes",
        "correspondence",
        "domestic",
        "draft",
        "features",
        "given",
        "goods",
        "international",
        "overflow",
        "transaction",
    )

    def __init__(self) -> None:
        self.draft = Draft(right="trademark", operation="patch", office="US")
        self.given: set[str] = set()
        self.transaction = ""
        self.features: dict[str, str] = {}
        self.attorney: str | None = None
        self.domestic: str | None = None
        self.correspondence: list[str] | None = None
        self.goods: list[tuple[str, str]] = []
        self.classes: dict[str, list[str]] = {}
        self.international: dict[str, str] = {}
        self.overflow: list[str] = []

    def draft_with(self, created: str) -> Draft:
        draft = self.draft
        transaction = iso_date(self.transaction)
        draft.stamp = f"{transaction}/{created}" if transaction and created else transaction or created
        if self.overflow and draft.texts:
            draft.texts = [DraftText(" ".join([draft.texts[0].text, *self.overflow]))]
        self._set_goods()
        self._set_feature()
        self._set_representatives()
        # They complete the prosecution history; without it they would stand in its place.
        if self.international and "events" in self.given:
            dates = ((self.international.get(tag), words) for tag, words in _INTERNATIONAL_EVENTS.items())
            draft.events.extend(DraftEvent(date, "", words) for date, words in dates if date)
        draft.given = frozenset(self.given)
        return draft

    def _set_goods(self) -> None:
        nice = self.draft.nice_classes
        for code, goods in self.goods:
            found = self.classes.get(code)
            # A case file of one class has no other class for its goods.
            one = (
                found[0] if found is not None and len(found) == 1 else code if found and code in found else ""
            )
            self.draft.goods.append(DraftGoods(one or (nice[0] if len(nice) == 1 else ""), goods))

    def _set_feature(self) -> None:
        features = self.features
        code = features.get("mark-drawing-code")
        if code is None:
            return
        self.given.update(("feature", "feature_office"))
        if features.get("drawing-3d-current-in") == "T":
            self.draft.feature = "Three dimensional"
        elif code[:1] in ("", "0"):
            self.draft.feature = "Word" if features.get("standard-characters-claimed-in") == "T" else ""
        else:
            self.draft.feature = _FEATURES.get(code[:1], code)

    def _set_representatives(self) -> None:
        if self.attorney is None and self.domestic is None and self.correspondence is None:
            return
        self.given.add("representatives")
        lines = self.correspondence or []
        if self.attorney and lines and lines[0].casefold() == self.attorney.casefold():
            lines = lines[1:]
        found = self.draft.representatives
        if self.attorney:
            found.append(DraftParty(name=self.attorney, role="attorney", address=", ".join(lines)))
        elif lines:
            found.append(DraftParty(name=lines[0], role="correspondent", address=", ".join(lines[1:])))
        if self.domestic and self.domestic != self.attorney:
            found.append(DraftParty(name=self.domestic, role="domestic representative"))


def _value(element: _Element) -> str:
    written = element.text
    return "" if written is None else written.strip()


def _values(element: _Element) -> dict[str, str]:
    """The texts of the children by their tags."""
    return {part.tag: written.strip() for part in element if (written := part.text) is not None}


def _read_serial(case: _CaseFile, part: _Element) -> None:
    case.draft.application_number = _value(part)


def _read_registration(case: _CaseFile, part: _Element) -> None:
    number = _value(part)
    # 0000000 stands for none.
    case.draft.registration_number = number if number.strip("0") else ""
    case.given.add("registration_number")


def _read_transaction(case: _CaseFile, part: _Element) -> None:
    case.transaction = _value(part)


_HEADER_FIELDS = {
    "filing-date": "filing_date",
    "registration-date": "registration_date",
    "published-for-opposition-date": "publication_date",
    "status-code": "status_code",
    "status-date": "status_date",
}
_TOLD_OF_FEATURE = ("mark-drawing-code", "standard-characters-claimed-in", "drawing-3d-current-in")
# A header has some sixty elements; those that are not read are passed over without becoming Python objects.
_HEADER = (
    *_HEADER_FIELDS,
    *_KINDS,
    *_TOLD_OF_FEATURE,
    "mark-identification",
    "cancellation-date",
    "abandonment-date",
    "attorney-name",
    "domestic-representative-name",
)


def _read_header(case: _CaseFile, header: _Element) -> None:
    draft, given = case.draft, case.given
    kinds: dict[str, bool] = {}
    for part in header.iterchildren(*_HEADER):
        tag = part.tag
        written = part.text
        value = "" if written is None else written.strip()
        if tag in _KINDS:
            kinds[tag] = value == "T"
        elif tag in _HEADER_FIELDS:
            name = _HEADER_FIELDS[tag]
            setattr(draft, name, value)
            given.add("status" if name in ("status_code", "status_date") else name)
        elif tag in _TOLD_OF_FEATURE:
            case.features[tag] = value
        elif tag == "mark-identification":
            draft.texts = [DraftText(value)] if value else []
            given.add("texts")
        elif tag == "attorney-name":
            case.attorney = value
        elif tag == "domestic-representative-name":
            case.domestic = value
        else:
            # A registration that is cancelled was once an application that may have been abandoned and
            # revived.
            if tag == "cancellation-date" or not draft.termination_date:
                draft.termination_date = value or draft.termination_date
            given.add("termination_date")
    if kinds:
        given.update(("kind", "kind_office"))
        claimed = [word for tag, word in _KINDS.items() if kinds.get(tag)]
        draft.kind = claimed[0] if claimed else ""
        draft.kind_hint = claimed[1] if len(claimed) > 1 else ""


def _read_statements(case: _CaseFile, group: _Element) -> None:
    draft = case.draft
    case.given.update(("goods", "descriptions", "colours", "disclaimers", "translations", "transliterations"))
    for statement in group:
        values = _values(statement)
        code, said = values.get("type-code", ""), values.get("text", "")
        if not said:
            continue
        family = code[:2]
        if family == "GS":
            case.goods.append((code[2:5], said))
        elif family == "DM":
            draft.descriptions.append(DraftText(said))
        elif family == "CC":
            if not said.lower().startswith(_NO_COLOUR):
                draft.colours.append(DraftText(said))
        elif family in ("D0", "D1"):
            draft.disclaimers.append(DraftText(said))
        elif code.startswith("TLIT"):
            draft.transliterations.append(DraftText(said))
        elif family == "TR":
            draft.translations.append(DraftText(said))
        elif family == "MK":
            case.overflow.append(said)


def _read_events(case: _CaseFile, group: _Element) -> None:
    case.given.add("events")
    found: list[list[str]] = []
    for part in group.iter("case-file-event-statement", "code", "description-text", "date"):
        place = _EVENT.get(part.tag)
        if place is None:
            found.append(["", "", ""])
        elif found and (written := part.text) is not None:
            found[-1][place] = written.strip()
    case.draft.events = [DraftEvent(date, code, said) for date, code, said in found]


_EVENT = {"date": 0, "code": 1, "description-text": 2}


def _read_classifications(case: _CaseFile, group: _Element) -> None:
    case.given.add("nice_classes")
    nice = case.draft.nice_classes
    codes: list[str] = []
    for part in group.iter("classification", "international-code", "primary-code"):
        tag = part.tag
        if tag == "classification":
            codes = []
        elif tag == "primary-code":
            if primary := _value(part):
                case.classes.setdefault(primary, []).extend(codes)
        elif _NICE.fullmatch(code := _value(part)):
            codes.append(code)
            if code not in nice:
                nice.append(code)


def _read_correspondent(case: _CaseFile, group: _Element) -> None:
    case.correspondence = [line for part in group if (line := _value(part))]


def _read_owners(case: _CaseFile, group: _Element) -> None:
    case.given.add("applicants")
    highest = -1
    present: list[DraftParty] = []
    for owner in group:
        values = _values(owner)
        kind = values.get("party-type", "")
        rank = int(kind) if kind.isascii() and kind.isdigit() else 0
        if rank < highest or not values.get("party-name"):
            continue
        if rank > highest:
            highest, present = rank, []
        party = _owner(owner, values)
        if party not in present:
            present.append(party)
    case.draft.applicants = present


_ADDRESS = ("address-1", "address-2", "city", "state", "postcode")


def _owner(owner: _Element, values: dict[str, str]) -> DraftParty:
    address = ", ".join(line for tag in _ADDRESS if (line := values.get(tag)))
    country = values.get("country") or ("US" if values.get("state") else "")
    if not country:
        # Where the address names no country, the citizenship or place of incorporation is the only one there
        # is.
        nationality = next((_values(part) for part in owner if part.tag == "nationality"), {})
        country = nationality.get("country") or ("US" if nationality.get("state") else "")
    other = values.get("dba-aka-text")
    return DraftParty(
        name=values["party-name"],
        names=[DraftText(other)] if other else [],
        role="owner",
        address=address,
        country=_PADDED_COUNTRY.sub(r"\1", country),
    )


def _read_designs(case: _CaseFile, group: _Element) -> None:
    case.given.add("national_classes")
    case.draft.figurative_codes = [code for search in group if (code := _values(search).get("code"))]


def _read_foreign(case: _CaseFile, group: _Element) -> None:
    case.given.add("priorities")
    for application in group:
        values = _values(application)
        # F: the foreign application or registration is a basis of the filing (section 44(e)) without a
        # priority.
        if values.get("foreign-priority-claim-in", "T") == "T" and (
            values.get("application-number") or values.get("filing-date")
        ):
            country = _PADDED_COUNTRY.sub(r"\1", values.get("country", ""))
            case.draft.priorities.append(
                DraftPriority(country, values.get("application-number", ""), values.get("filing-date", ""))
            )


def _read_international(case: _CaseFile, group: _Element) -> None:
    values = _values(group)
    if "international-registration-number" in values or not len(group):
        case.draft.international_number = values.get("international-registration-number", "")
        case.given.add("international_number")
    case.international = values


def _read_madrid(case: _CaseFile, group: _Element) -> None:
    """Outgoing international applications based on this mark: their numbers."""
    case.given.add("numbers")
    for filing in group:
        values = _values(filing)
        for tag, kind in (
            ("international-registration-number", "madrid-registration"),
            ("reference-number", "madrid-reference"),
        ):
            number = values.get(tag, "")
            if number.strip("0"):
                case.draft.numbers.append((kind, number))


_PARTS: dict[str, Callable[[_CaseFile, _Element], None]] = {
    "serial-number": _read_serial,
    "registration-number": _read_registration,
    "transaction-date": _read_transaction,
    "case-file-header": _read_header,
    "case-file-statements": _read_statements,
    "case-file-event-statements": _read_events,
    "classifications": _read_classifications,
    "correspondent": _read_correspondent,
    "case-file-owners": _read_owners,
    "design-searches": _read_designs,
    "foreign-applications": _read_foreign,
    "international-registration": _read_international,
    "madrid-international-filing-requests": _read_madrid,
}
