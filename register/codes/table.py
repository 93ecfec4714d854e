"""Reading the tables of this package: CSV, UTF-8, with a header, a row a line."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows(table: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """The named columns of a table of `tables/`, a tuple of strings a row; an empty cell is "".

    Raises FileNotFoundError for a table that is not there and ValueError for a column that the table has not.
    """
    text = files(__package__).joinpath("tables", table).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines(), strict=True)
    header = next(lines)
    missing = [column for column in columns if column not in header]
    if missing:
        raise ValueError(f"{table} has no column {', '.join(missing)}; it has {', '.join(header)}")
    places = [header.index(column) for column in columns]
    for line in lines:
        yield tuple(line[place] for place in places)


def pairs(table: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a table as a mapping; errors as for `rows`."""
    return {row[0]: row[1] for row in rows(table, key, value)}
