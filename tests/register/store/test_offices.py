"""Counts by office and right, kept with every batch."""

import datetime as dt

import pytest
from sqlalchemy import text

from register.store.offices import FiledInYear, filed_by_year, miscounted, office_summary
from tests.register.store.delivering import Office, mark, of_right, says


def test_records_are_counted_by_office_right_and_status(office: Office) -> None:
    office.delivers(
        says(mark("1")),
        says(mark("2", plain="pending")),
        says(mark("3")),
        says(of_right("design", "1", office="TH", plain="expired")),
    )
    office.delivers(says(mark("1", plain="ended")), says(mark("3"), "delete"), says(mark("3"), "delete"))
    with office.database.reading() as connection:
        marks, designs = office_summary(connection)
        assert miscounted(connection) == []
    assert (marks.office, marks.right, marks.records) == ("SG", "trademark", 2)
    assert marks.statuses == {"pending": 1, "registered": 0, "expired": 0, "ended": 1, "unknown": 0}
    assert (designs.office, designs.right, designs.statuses["expired"]) == ("TH", "design", 1)


def test_records_are_counted_by_filing_year(office: Office) -> None:
    office.delivers(
        says(mark("1", filing_date=dt.date(1999, 12, 31))),
        says(mark("2", filing_date=None)),
        says(mark("3", filing_date=dt.date(1999, 1, 1))),
        says(mark("4")),
        says(mark("4"), "delete"),
        says(of_right("design", "1", office="TH")),
    )
    with office.database.reading() as connection:
        years = filed_by_year(connection, "SG")
        assert len(filed_by_year(connection)) == 3
    assert years == [
        FiledInYear("SG", "trademark", 1999, "registered", 2),
        FiledInYear("SG", "trademark", None, "registered", 1),
    ]


@pytest.mark.parametrize("tampering", ["DELETE FROM record", "UPDATE office_right SET ended = 5"])
def test_counts_that_differ_from_the_records_are_found(office: Office, tampering: str) -> None:
    office.delivers(says(mark("1")))
    with office.database.writing() as connection:
        connection.execute(text(tampering))
    with office.database.reading() as connection:
        [wrong] = miscounted(connection)
    assert (wrong.office, wrong.right) == ("SG", "trademark")
