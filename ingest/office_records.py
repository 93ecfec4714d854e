"""A draft as a record: its right, identity, dates and status, put together with its texts and lists."""

import datetime as dt
import re
from typing import Any, Final

from ingest.dates import ImpossibleDateError
from ingest.draft import Draft
from ingest.office_parts import OWN_FORMATS, OfficeParts
from ingest.office_values import Notes, OfficeValues
from ingest.profile import Profile
from ingest.refusal import RefusedError
from ingest.texts import LONGEST, TooLongError
from register.identity import SHORT_RIGHTS, number_key, record_id
from register.model import PLAIN_STATUSES, RIGHTS, Plain, Publication, Record, Right, Status

_DATES: Final = (
    ("filing_date", "filingDate"),
    ("publication_date", "publicationDate"),
    ("registration_date", "registrationDate"),
    ("expiry_date", "expiryDate"),
    ("termination_date", "terminationDate"),
)
_NUMBERS: Final = (
    "application_number",
    "registration_number",
    "publication_number",
    "international_number",
    "design_number",
    "st13",
)


class OfficeRecords:
    """Makes the records of one office."""

    def __init__(self, office: Profile, format_name: str, notes: Notes, own_feed: bool = True) -> None:
        self._values = OfficeValues(office, format_name, notes, own_feed)
        self._own_format = format_name in OWN_FORMATS
        self._parts = OfficeParts(self._values, format_name)
        self._profile = office
        self._code = office.office
        event = office.quirks.international_event
        self._international = re.compile(event) if event else None

    def record(self, draft: Draft) -> Record:
        """The record that a draft states. Raises `RefusedError`."""
        right = self._right(draft)
        fields: dict[str, Any] = {}
        self._put_numbers(draft, fields)
        self._put_identity(draft, right, fields)
        right = fields["right"]
        try:
            self._put_dates(draft, fields)
            self._put_status(draft, right, fields)
            self._parts.put_lists(draft, fields)
            self._parts.put_words(draft, right, fields)
        except TooLongError as error:
            raise RefusedError(
                "too-large",
                f"a text of the record has {error}",
                f"give at most {LONGEST:,} characters in one text",
            ) from None
        if not fields["application_number"] and "registration_number" not in fields:
            fields.setdefault("publications", (Publication(self._code, fields["publication_number"]),))
        return Record(**fields)

    # numbers

    def _right(self, draft: Draft) -> Right:
        if draft.right not in SHORT_RIGHTS:
            raise RefusedError(
                "unknown-code", f"{draft.right!r} is no right", f"give one of {', '.join(RIGHTS)}"
            )
        right = draft.right
        if draft.kind_hint and self._profile.rights:
            right = self._values.right(draft.kind_hint, right)
        if right == "patent" and draft.publications:
            kinds = self._profile.utility_model_kinds
            if any(publication.kind in kinds for publication in draft.publications):
                return "utility-model"
        return right

    def _put_numbers(self, draft: Draft, fields: dict[str, Any]) -> None:
        for name in _NUMBERS:
            value = getattr(draft, name)
            if value and (number := self._parts.number(value)):
                fields[name] = number

    def _put_identity(self, draft: Draft, right: Right, fields: dict[str, Any]) -> None:
        """Put id, office, right and application number, and the international number that another carries."""
        application: str = fields.get("application_number", "")
        if not application:
            for name in self._profile.identity.get(right, ()):
                application = application or fields.get(f"{name}_number", "")
        fields["office"], fields["right"], fields["application_number"] = self._code, right, application
        if not number_key(application):
            fields["id"] = self._id_without_application(draft, right, fields)
            return
        shape = self._values.shape(application, right, draft.kind_hint)
        if shape is not None:
            if right == "patent":
                fields["right"] = shape.right
            if shape.international:
                fields.setdefault("international_number", shape.international)
        if self._international is not None and "international_number" not in fields:
            international = self._international_of_events(draft)
            if international:
                fields["international_number"] = international
        design: str | None = fields.get("design_number")
        if design is not None:
            design = _within(design, application, fields.get("registration_number", ""))
        fields["id"] = record_id(self._code, fields["right"], application, design)

    def _id_without_application(self, draft: Draft, right: Right, fields: dict[str, Any]) -> str:
        """The id of a delete that names a registration or a publication only.

        It is the right's own where the office gives a right one number for life; of a publication the store
        knows the application. Raises `RefusedError` for anything but a delete with such a number.
        """
        number: str = fields.get("registration_number") or fields.get("publication_number", "")
        if draft.operation != "delete" or not number_key(number):
            raise RefusedError(
                "no-number",
                "the record has no application number",
                "give the application number of the right; without it the record cannot be told from others",
            )
        return record_id(self._code, right, number)

    def _international_of_events(self, draft: Draft) -> str:
        assert self._international is not None
        for event in draft.events:
            for told in (event.text, event.code):
                found = self._international.search(told)
                if found is not None:
                    return found["international"]
        return ""

    # dates and status

    def _put_dates(self, draft: Draft, fields: dict[str, Any]) -> None:
        for name, label in _DATES:
            value = getattr(draft, name)
            if value:
                date = self._own_date(value, label)
                if date is not None:
                    fields[name] = date
        if not self._profile.quirks.registration_may_precede_filing:
            filed, registered = fields.get("filing_date"), fields.get("registration_date")
            if filed is not None and registered is not None and registered < filed:
                self._values.note("date-order", "registrationDate before filingDate")

    def _own_date(self, value: str, label: str) -> dt.date | None:
        try:
            return self._values.date(value)
        except ImpossibleDateError as error:
            raise RefusedError(
                "impossible-date",
                f"{label} is {error.value!r}: {error.why}",
                "give the day as YYYY-MM-DD, or leave it out",
            ) from None

    def _put_status(self, draft: Draft, right: Right, fields: dict[str, Any]) -> None:
        code = self._parts.line(draft.status_code)
        words = self._parts.line(draft.status_text)
        date = self._own_date(draft.status_date, "status date") if draft.status_date else None
        plain: Plain
        if draft.status_plain:
            if draft.status_plain not in PLAIN_STATUSES:
                raise RefusedError(
                    "unknown-code",
                    f"{draft.status_plain!r} is no status",
                    f"give one of {', '.join(PLAIN_STATUSES)}",
                )
            plain = draft.status_plain
        elif code or words:
            plain = self._values.status(right, code, words, "expiry_date" in fields)
            if plain == "unknown" and self._own_format:
                raise RefusedError(
                    "unknown-code",
                    f"the status {code or words!r} is neither one of ours nor known of {self._code}",
                    f"give one of {', '.join(PLAIN_STATUSES)}",
                )
        elif right in self._profile.quirks.registered_where_dated and "registration_date" in fields:
            plain = "registered"
        else:
            plain = "unknown"
        told = words if code and words != code else ""
        fields["status"] = Status(plain, code or words or None, told or None, draft.status_wipo or None, date)


def _within(design: str, application: str, registration: str) -> str:
    """The identifier of a design within its application, where it repeats the number of that
    (`004247823-0007`).
    """
    key = number_key(design)
    for number in (application, registration):
        whole = number_key(number)
        if whole and key.startswith(whole) and len(key) > len(whole):
            return key[len(whole) :]
    return design
