"""What a record's page shows of it."""

import msgspec

from app.http.records import parties_of
from app.pages.record_view import Value, sections_of
from register.model import Party
from tests.search.sample import record


def test_a_party_without_a_name_is_shown_by_the_offices_number() -> None:
    known = Party("", role="applicant", number="854999")
    one = msgspec.structs.replace(record("EM", "1", "ACME"), applicants=(known,))
    (applicant,) = parties_of(one, {})
    assert (applicant.name, applicant.number, applicant.applicant) == ("", "854999", None)
    rows = {label: values for section in sections_of(one, (applicant,), ()) for label, values in section.rows}
    assert rows["Applicant or owner"] == [Value("No name, the office's number 854999", note="applicant")]
