"""What the ledger of coverage says: counts by office, right and year, and the missing numbers as ranges."""

import datetime as dt
from typing import NamedTuple, cast

from sqlalchemy import Connection, RowMapping, text

from register.coverage import SPARSE_SHARE, Basis
from register.model import Right


class Gaps(NamedTuple):
    """The numbers of one office and right: expected, held, missing, and excepted by the office itself.

    `basis` is None, and the counts are 0, where nothing says what there should be.
    """

    office: str
    right: Right
    basis: Basis | None
    expected: int
    held: int
    missing: int
    excepted: int
    newest_filed: dt.date | None


class YearGaps(NamedTuple):
    """The same for a year and series. `sparse`: so little of it is held that it does not tell what is
    missing, and does not count.
    """

    right: Right
    year: int
    series: str
    basis: Basis
    expected: int
    held: int
    missing: int
    excepted: int
    sparse: bool


class Missing(NamedTuple):
    """Numbers that are missing one after another: the first and the last of them, and how many."""

    right: Right
    year: int
    series: str
    first: str
    last: str
    numbers: int


class UnmappedWord(NamedTuple):
    """A status word that its mapping did not know, and how many records have it now."""

    right: Right
    word: str
    told: str
    mapping: str
    records: int


_SPARSE = f"held_count < {SPARSE_SHARE} * highest"

_SUMMARY = f"""
    SELECT o.office, o."right", c.newest_filed, s.*, a.*
    FROM office_right AS o
    LEFT JOIN coverage AS c ON c.office_right_id = o.id
    LEFT JOIN (
        SELECT office_right_id AS s_id, sum(highest)::bigint AS s_expected, sum(held_count)::bigint AS s_held
        FROM number_series WHERE NOT ({_SPARSE}) GROUP BY office_right_id
    ) AS s ON s.s_id = o.id
    LEFT JOIN (
        SELECT office_right_id AS a_id, sum(listed)::bigint AS a_listed, sum(held)::bigint AS a_held,
               sum(missing)::bigint AS a_missing, sum(excepted)::bigint AS a_excepted
        FROM authority_year GROUP BY office_right_id
    ) AS a ON a.a_id = o.id
    ORDER BY o.office, o."right"
"""

_YEARS = f"""
    SELECT o."right", y.year, '' AS series, 'authority' AS basis, y.listed AS expected, y.held, y.missing,
           y.excepted, false AS sparse
    FROM authority_year AS y JOIN office_right AS o ON o.id = y.office_right_id
    WHERE o.office = :office
    UNION ALL
    SELECT o."right", n.year, n.series, 'sequence', n.highest, n.held_count, n.highest - n.held_count, 0,
           {_SPARSE}
    FROM number_series AS n JOIN office_right AS o ON o.id = n.office_right_id
    WHERE o.office = :office
      AND NOT EXISTS (SELECT FROM authority_file AS f WHERE f.office_right_id = n.office_right_id)
    ORDER BY 1, 2 DESC, 3
"""

# The numbers of an authority file are missing one after another where nothing that is held or excepted stands
# between them in the list.
_MISSING_OF_AUTHORITY = """
    SELECT min(place) AS "at", (array_agg(number ORDER BY place))[1] AS first,
           (array_agg(number ORDER BY place DESC))[1] AS last, count(*) AS "count"
    FROM (
        SELECT place, number, held OR exception IS NOT NULL AS fine,
               place - row_number() OVER (PARTITION BY held OR exception IS NOT NULL ORDER BY place) AS island
        FROM authority_number WHERE office_right_id = :identity AND year = :year
    ) AS listed
    WHERE NOT fine GROUP BY island ORDER BY 1 LIMIT :limit OFFSET :skip
"""
_MISSING_OF_SEQUENCE = """
    SELECT lower(r)::text AS first, (upper(r) - 1)::text AS last, upper(r) - lower(r) AS "count"
    FROM (
        SELECT unnest(int8multirange(int8range(1, highest + 1)) - held) AS r FROM number_series
        WHERE office_right_id = :identity AND year = :year AND series = :series
    ) AS holes
    ORDER BY lower(r) LIMIT :limit OFFSET :skip
"""


def coverage_summary(connection: Connection) -> list[Gaps]:
    """Every office and right. Where there is an authority file, its numbers count, not the sequence."""
    return [_gaps(row) for row in connection.execute(text(_SUMMARY)).mappings()]


def _gaps(row: RowMapping) -> Gaps:
    told = row["office"], cast("Right", row["right"])
    newest = row["newest_filed"]
    if row["a_id"] is not None:
        listed, held = row["a_listed"], row["a_held"]
        return Gaps(*told, "authority", listed, held, row["a_missing"], row["a_excepted"], newest)
    if row["s_id"] is not None:
        expected, held = row["s_expected"], row["s_held"]
        return Gaps(*told, "sequence", expected, held, expected - held, 0, newest)
    return Gaps(*told, None, 0, 0, 0, 0, newest)


def gaps_by_year(connection: Connection, office: str) -> list[YearGaps]:
    """Every year and series of an office (ST.3), by right, the newest year first."""
    return [YearGaps(*row) for row in connection.execute(text(_YEARS), {"office": office})]


def missing_numbers(
    connection: Connection, office: str, of: YearGaps, *, limit: int, skip: int = 0
) -> list[Missing]:
    """Ranges of missing numbers of a year and series, in order. Of a sequence they are serial numbers, of an
    authority file numbers as it writes them.
    """
    query = _MISSING_OF_AUTHORITY if of.basis == "authority" else _MISSING_OF_SEQUENCE
    identity = connection.scalar(
        text('SELECT id FROM office_right WHERE office = :office AND "right" = :right'),
        {"office": office, "right": of.right},
    )
    told = {"identity": identity, "year": of.year, "limit": limit, "skip": skip}
    if of.basis == "sequence":
        told["series"] = of.series
    rows = connection.execute(text(query), told)
    return [Missing(of.right, of.year, of.series, row.first, row.last, row._mapping["count"]) for row in rows]


def unmapped_words(connection: Connection, office: str | None = None) -> dict[str, list[UnmappedWord]]:
    """Status words that nobody knows, by office (ST.3), the most frequent first."""
    query = text(
        """
        SELECT o.office, o."right", u.word, u.told, u.mapping, u.records
        FROM unmapped_status AS u JOIN office_right AS o ON o.id = u.office_right_id
        WHERE u.records > 0 AND (CAST(:office AS text) IS NULL OR o.office = :office)
        ORDER BY o.office, u.records DESC, o."right", u.word
        """
    )
    found: dict[str, list[UnmappedWord]] = {}
    for row in connection.execute(query, {"office": office}):
        found.setdefault(row.office, []).append(UnmappedWord(*row[1:]))
    return found
