"""Words and codes of an office in our terms: statuses, kinds, countries, languages."""

import datetime as dt

import pytest

from ingest.draft import (
    Delivered,
    DraftParty,
    DraftText,
)
from ingest.mapping import Mapper
from register.model import Text
from register.statement import Statement
from tests.ingest.mapped import PLACE, mark, record


def test_a_status_keeps_the_offices_code_and_words() -> None:
    draft = mark(
        application_number="98763166",
        status_code="702",
        status_text="Section 8 &amp; 15",
        status_date="20160615",
    )
    status = record("US", draft, "uspto-daily").status
    assert (status.plain, status.office, status.text, status.date) == (
        "registered",
        "702",
        "Section 8 & 15",
        dt.date(2016, 6, 15),
    )


def test_words_count_where_the_code_is_not_known() -> None:
    status = record(
        "US", mark(application_number="98763166", status_code="999", status_text="Abandoned - Express")
    ).status
    assert (status.plain, status.office, status.text) == ("ended", "999", "Abandoned - Express")


def test_an_unknown_status_word_is_unknown_and_counted_not_refused() -> None:
    mapper = Mapper("SG", "ipos")
    for _ in range(2):
        statement = mapper.statement(Delivered(mark(status_code="Zorbified"), PLACE, b""))
        assert isinstance(statement, Statement)
        assert statement.record.status.plain == "unknown"
        assert statement.record.status.office == "Zorbified"
    assert mapper.notes["status", "trademark: Zorbified"] == 2


def test_registered_stays_registered_though_the_expiry_date_is_past() -> None:
    made = record("SG", mark(status_code="Registered", expiry_date="2001-01-01"))
    assert made.status.plain == "registered"


def test_a_text_without_a_language_has_the_likely_one() -> None:
    made = record("KR", mark(application_number="4020190000011", texts=[DraftText("돈퍼"), DraftText("123")]))
    assert made.texts == (Text("돈퍼", "ko", "Hang"), Text("123", None, None))


def test_an_unknown_language_is_counted_and_the_likely_one_taken() -> None:
    mapper = Mapper("TH", "st66")
    statement = mapper.statement(Delivered(mark(texts=[DraftText("ช้าง", "q9")]), PLACE, b""))
    assert isinstance(statement, Statement)
    assert statement.record.texts == (Text("ช้าง", "th", "Thai"),)
    assert mapper.notes["language", "q9"] == 1


@pytest.mark.parametrize(
    ("office", "country", "code"),
    [
        ("SG", "United States of America", "US"),
        ("SG", "USA", "US"),
        ("SG", "UK", "GB"),
        ("SG", "EL", "GR"),
        ("US", "KRX", "KR"),
        ("US", "ENX", "GB"),
        ("SG", "Atlantis", None),
        ("SG", "", None),
    ],
)
def test_countries_are_st3(office: str, country: str, code: str | None) -> None:
    draft = mark(application_number="98763166", applicants=[DraftParty(name="X", country=country)])
    assert record(office, draft).applicants[0].country == code


@pytest.mark.parametrize(
    ("kind", "hint", "expected"),
    [
        ("TRADE MARK", "TRADE MARK", ("individual", "TRADE MARK")),
        ("Individual", "TRADE MARK / TRADE MARK", ("individual", "Individual")),
        ("Individual", "COLLECTIVE MARK", ("collective", "COLLECTIVE MARK")),
        ("", "CERTIFICATION", ("certification", "CERTIFICATION")),
        ("Zorb", "", (None, "Zorb")),
    ],
)
def test_the_kind_of_a_mark_is_found_in_its_word_or_the_transactions(
    kind: str, hint: str, expected: tuple[str | None, str]
) -> None:
    made = record("MY", mark(application_number="2012060000", kind=kind, kind_hint=hint))
    assert (made.kind, made.kind_office) == expected


def test_the_feature_keeps_the_offices_word() -> None:
    made = record("ID", mark(application_number="D002014030000", feature="Merek Kata dan Lukisan"))
    assert (made.feature, made.feature_office) == ("combined", "Merek Kata dan Lukisan")
