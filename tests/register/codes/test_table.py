import csv
from importlib.resources import files

import pytest

from register.codes.table import pairs, rows

TABLES = sorted(
    entry.name
    for entry in files("register.codes").joinpath("tables").iterdir()
    if entry.name.endswith(".csv")
)


def lines(table: str) -> list[list[str]]:
    text = files("register.codes").joinpath("tables", table).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), strict=True))


def test_columns_come_in_the_order_asked_for() -> None:
    assert ("goods", "9") in set(rows("nice_classes.csv", "kind", "class"))


def test_two_columns_are_a_mapping() -> None:
    assert pairs("nice_classes.csv", "class", "kind")["42"] == "services"


def test_an_unknown_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(ValueError, match=r"no column colour; it has class, kind"):
        list(rows("nice_classes.csv", "colour"))


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        list(rows("no_such_table.csv", "class"))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_every_column(table: str) -> None:
    header, *body = lines(table)
    assert body
    assert all(len(line) == len(header) for line in body)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_says_where_it_is_from_and_how_sure_it_is(table: str) -> None:
    header, *body = lines(table)
    source = next(place for place, name in enumerate(header) if name.endswith("source"))
    verified = next(place for place, name in enumerate(header) if name.endswith("verified"))
    assert all(line[source] for line in body)
    assert {line[verified] for line in body} <= {"yes", "partly", "no"}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_described(table: str) -> None:
    described = files("register.codes").joinpath("tables", "README.md").read_text(encoding="utf-8")
    assert f"`{table}`" in described
