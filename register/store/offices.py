"""What the register holds of each office: how many records of which right, and as of when."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Integer, cast, func, select, text

from register.model import PLAIN_STATUSES, Plain, Right
from register.store.schema import office_right, record


class OfficeRight(NamedTuple):
    """One right at one office: records held by plain status.

    `as_of` is when the newest feed that was taken in whole had been received.
    """

    office: str
    right: Right
    as_of: dt.datetime | None
    statuses: Mapping[Plain, int]

    @property
    def records(self) -> int:
        return sum(self.statuses.values())


class FiledInYear(NamedTuple):
    """Records of one right at one office by filing year (None where no filing date is known) and status."""

    office: str
    right: Right
    year: int | None
    status: Plain
    records: int


def office_summary(connection: Connection) -> list[OfficeRight]:
    """Every office and right of which something was delivered, kept up to date with each batch."""
    query = select(office_right).order_by(office_right.c.office, office_right.c.right)
    return [
        OfficeRight(
            row.office, row.right, row.as_of, {status: row._mapping[status] for status in PLAIN_STATUSES}
        )
        for row in connection.execute(query)
    ]


def filed_by_year(connection: Connection, office: str | None = None) -> list[FiledInYear]:
    """Counts all records, which takes about half a second for a million."""
    # The names are joined after counting, and date_part is a float while extract is a slow numeric: a fifth
    # of the time together.
    counted = (
        select(
            record.c.office_right_id,
            func.date_part("year", record.c.filed).label("year"),
            record.c.status,
            func.count().label("records"),
        )
        .where(~record.c.deleted)
        .group_by(record.c.office_right_id, text("year"), record.c.status)
        .subquery()
    )
    year = cast(counted.c.year, Integer)
    query = (
        select(office_right.c.office, office_right.c.right, year, counted.c.status, counted.c.records)
        .join(office_right, counted.c.office_right_id == office_right.c.id)
        .order_by(office_right.c.office, office_right.c.right, year, counted.c.status)
    )
    if office is not None:
        query = query.where(office_right.c.office == office)
    return [FiledInYear(*row) for row in connection.execute(query)]


def miscounted(connection: Connection) -> list[OfficeRight]:
    """Offices and rights whose kept counts differ from a count of the records, with the counts as they are.

    Empty in a sound register.
    """
    counted: dict[int, dict[Plain, int]] = {}
    query = (
        select(record.c.office_right_id, record.c.status, func.count())
        .where(~record.c.deleted)
        .group_by(record.c.office_right_id, record.c.status)
    )
    for identity, status, records in connection.execute(query):
        counted.setdefault(identity, dict.fromkeys(PLAIN_STATUSES, 0))[status] = records
    wrong = []
    for row in connection.execute(select(office_right)):
        actual = counted.get(row.id, dict.fromkeys(PLAIN_STATUSES, 0))
        if any(row._mapping[status] != actual[status] for status in PLAIN_STATUSES):
            wrong.append(OfficeRight(row.office, row.right, row.as_of, actual))
    return wrong
