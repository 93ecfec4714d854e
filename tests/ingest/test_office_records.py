"""Drafts as records: numbers and identity, dates and status."""

import datetime as dt

import pytest

from ingest.draft import (
    Delivered,
    Draft,
    DraftEvent,
    DraftPriority,
    DraftPublication,
)
from ingest.mapping import Mapper
from register.model import Event, Number, Priority, Publication
from register.statement import Statement
from tests.ingest.mapped import PLACE, mark, record, refusal


def test_numbers_stay_as_delivered() -> None:
    made = record(
        "SG",
        mark(
            application_number="40-2020/01321Q",
            registration_number=" R 1 ",
            numbers=[("docket", "X-1"), ("docket", "")],
        ),
    )
    assert (made.id, made.application_number) == ("sg-tm-40202001321q", "40-2020/01321Q")
    assert made.registration_number == "R 1"
    assert made.numbers == (Number("docket", "X-1"),)


@pytest.mark.parametrize("zeros", ["0000000", "0", "-", " "])
def test_a_number_of_zeros_is_none(zeros: str) -> None:
    assert (
        record("US", mark(application_number="98763166", registration_number=zeros)).registration_number
        is None
    )


@pytest.mark.parametrize("format_name", ["jsonl", "csv"])
def test_a_number_of_zeros_is_a_number_in_our_own_formats(format_name: str) -> None:
    assert record("TH", mark(application_number="000000000"), format_name).id == "th-tm-000000000"


def test_a_number_that_the_office_writes_for_none_is_none() -> None:
    assert (
        record("KH", mark(application_number="KH/673426/M", registration_number="KH/M/")).registration_number
        is None
    )


@pytest.mark.parametrize(
    ("office", "number", "international"),
    [
        ("KH", "KH/673426/M", "673426"),
        ("ID", "M0020181390000", "1390000"),
        ("LA", "M/1350065", "1350065"),
        ("EM", "W00928475", "928475"),
        ("SG", "40202001321Q", None),
    ],
)
def test_the_international_number_is_found_in_the_application_number(
    office: str, number: str, international: str | None
) -> None:
    assert record(office, mark(application_number=number)).international_number == international


def test_a_number_is_international_where_the_office_calls_the_mark_so() -> None:
    madrid = mark(application_number="1411871", kind_hint="Trademark-Madrid / Trademark-Madrid")
    assert record("BN", madrid).international_number == "1411871"
    assert record("BN", mark(application_number="41187", kind_hint="Trademark")).international_number is None


def test_the_international_number_is_found_in_an_event() -> None:
    draft = mark(
        application_number="190000001", events=[DraftEvent("2019-01-02", "Madrid Designation", "IRN:1504436")]
    )
    assert record("TH", draft).international_number == "1504436"


def test_a_delivered_international_number_stays() -> None:
    assert (
        record("KH", mark(application_number="KH/673426/M", international_number="IR 1")).international_number
        == "IR 1"
    )


@pytest.mark.parametrize(
    ("office", "number", "right"),
    [
        ("KR", "2020190000123", "utility-model"),
        ("KR", "1020190012345", "patent"),
        ("CN", "201920123456.7", "utility-model"),
    ],
)
def test_the_shape_of_a_number_tells_utility_models_from_patents(
    office: str, number: str, right: str
) -> None:
    made = record(office, Draft(right="patent", application_number=number))
    assert made.right == right


def test_the_kind_of_a_document_tells_utility_models_from_patents() -> None:
    draft = Draft(
        right="patent",
        office="JP",
        application_number="2020001234",
        publications=[DraftPublication("JP", "3226000", "U")],
    )
    assert record("EP", draft).id == "jp-um-2020001234"


def test_the_word_of_an_office_tells_an_indication_from_a_mark() -> None:
    draft = mark(application_number="KH/1/14", kind_hint="Geographical Indications / Domestic GI")
    assert record("KH", draft).right == "geographical-indication"


@pytest.mark.parametrize(
    ("number", "design", "identity"),
    [
        ("3020210059920", "M001", "kr-ds-3020210059920-m001"),
        ("004247823", "004247823-0007", "kr-ds-004247823-0007"),
        ("004247823", "", "kr-ds-004247823"),
    ],
)
def test_a_design_has_its_own_identity_within_its_application(
    number: str, design: str, identity: str
) -> None:
    made = record("KR", Draft(right="design", application_number=number, design_number=design))
    assert made.id == identity
    assert made.design_number == (design or None)


def test_a_record_without_a_number_is_refused() -> None:
    refused = refusal("SG", mark(application_number=" - ", registration_number="123"))
    assert (refused.code, refused.number, refused.line, refused.source) == (
        "no-number",
        7,
        120,
        b"<TradeMark/>",
    )
    assert refused.mend


def test_a_delete_may_name_a_registration_or_a_publication_only() -> None:
    deleted = record("NZ", mark(operation="delete", application_number="", registration_number="1234567"))
    assert (deleted.id, deleted.application_number) == ("nz-tm-1234567", "")
    published = Draft(right="patent", operation="delete", office="EP", publication_number="2400812")
    assert record("EP", published).publications == (Publication("EP", "2400812"),)
    assert refusal("SG", mark(operation="delete", application_number="")).code == "no-number"


def test_international_registers_go_by_the_international_number() -> None:
    made = record("WO", mark(application_number="", international_number="1504436"))
    assert (made.id, made.application_number) == ("wo-tm-1504436", "1504436")


def test_an_indication_may_be_known_by_its_registration_only() -> None:
    draft = Draft(right="geographical-indication", registration_number="GI 12")
    assert record("TH", draft).id == "th-gi-gi12"


def test_dates_are_days() -> None:
    made = record("TH", mark(filing_date="31-01-2567", publication_date="2024-03-01", expiry_date="25670000"))
    assert (made.filing_date, made.publication_date, made.expiry_date) == (
        dt.date(2024, 1, 31),
        dt.date(2024, 3, 1),
        None,
    )


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("filing_date", "filingDate"),
        ("publication_date", "publicationDate"),
        ("registration_date", "registrationDate"),
        ("expiry_date", "expiryDate"),
        ("termination_date", "terminationDate"),
        ("status_date", "status date"),
    ],
)
def test_an_impossible_date_of_the_record_is_refused_naming_field_and_value(field: str, label: str) -> None:
    refused = refusal("SG", mark(**{field: "2024-13-45"}))
    assert refused.code == "impossible-date"
    assert label in refused.reason
    assert "2024-13-45" in refused.reason


def test_an_impossible_date_of_a_part_is_left_out_and_counted() -> None:
    mapper = Mapper("SG", "st66")
    draft = mark(
        priorities=[DraftPriority("JP", "1", "2024-13-45")], events=[DraftEvent("20230230", "X", "x")]
    )
    statement = mapper.statement(Delivered(draft, PLACE, b""))
    assert isinstance(statement, Statement)
    assert statement.record.priorities == (Priority("JP", "1", None),)
    assert statement.record.events == (Event(None, "X", "x"),)
    assert mapper.notes == {("date", "priority: 2024-13-45"): 1, ("date", "event: 20230230"): 1}


def test_malformed_dates_of_the_uspto_are_absent() -> None:
    assert record("US", mark(application_number="74800000", filing_date="10101")).filing_date is None


def test_a_plain_status_of_the_format_goes_before_the_tables() -> None:
    made = record("US", mark(application_number="98763166", status_plain="registered", status_code="602"))
    assert (made.status.plain, made.status.office) == ("registered", "602")


@pytest.mark.parametrize("word", [{"status_plain": "registred"}, {"status_code": "registred"}])
def test_an_unknown_status_in_our_own_formats_is_refused(word: dict[str, str]) -> None:
    refused = refusal("SG", mark(**word), "jsonl")
    assert refused.code == "unknown-code"
    assert "registred" in refused.reason
    assert "pending" in refused.mend


def test_dates_out_of_order_are_counted_unless_the_law_makes_them_so() -> None:
    draft = mark(application_number="2012060000", filing_date="2012-12-13", registration_date="2012-06-13")
    for office, notes in (("SG", {("date-order", "registrationDate before filingDate"): 1}), ("MY", {})):
        mapper = Mapper(office, "st66")
        mapper.statement(Delivered(draft, PLACE, b""))
        assert {key: count for key, count in mapper.notes.items() if key[0] == "date-order"} == notes


@pytest.mark.parametrize(
    ("office", "fields", "plain"),
    [
        ("TH", {"registration_date": "2024-05-01"}, "registered"),
        ("TH", {"registration_number": "99001"}, "unknown"),
        ("TH", {}, "unknown"),
        ("TH", {"registration_date": "2024-05-01", "status_code": "ละทิ้ง"}, "ended"),
        ("VN", {"registration_date": "2024-05-01"}, "unknown"),
    ],
)
def test_a_day_of_grant_says_that_a_patent_is_registered_where_the_profile_does(
    office: str, fields: dict[str, str], plain: str
) -> None:
    draft = Draft(right="patent", application_number="1901001234", **fields)  # type: ignore[arg-type]  # names of strings
    assert record(office, draft).status.plain == plain
