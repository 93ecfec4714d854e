"""Cursors: only their own search takes them, and only whole."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cursor import Place, read_cursor, write_cursor
from search.errors import InputError
from search.query import Filters, SearchQuery, Sort

QUERY = SearchQuery(text="steiger", filters=Filters(offices=("SG",)))


def told(query: SearchQuery, cursor: str, engine: str = "tantivy") -> Place | None:
    return read_cursor(dataclasses.replace(query, cursor=cursor), engine)


@given(
    st.integers(0, 9), st.lists(st.integers(0, 1 << 62) | st.floats(0, 1), max_size=3), st.text(max_size=20)
)
def test_a_cursor_leads_back_to_its_place(part: int, after: list[int | float], identity: str) -> None:
    place = Place(part, tuple(after), identity)
    assert told(QUERY, write_cursor(QUERY, "tantivy", place)) == place


def test_no_cursor_is_the_beginning() -> None:
    assert read_cursor(QUERY, "tantivy") is None


def test_another_size_of_page_and_other_facets_go_on() -> None:
    cursor = write_cursor(QUERY, "tantivy", Place(0, (1,)))
    assert told(dataclasses.replace(QUERY, limit=5, facets=("offices",)), cursor) == Place(0, (1,))


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(QUERY, text="staiger"),
        dataclasses.replace(QUERY, match="exact"),
        dataclasses.replace(QUERY, sort=Sort("filingDate")),
        dataclasses.replace(QUERY, filters=Filters(offices=("TH",))),
    ],
)
def test_another_search_refuses_it(other: SearchQuery) -> None:
    cursor = write_cursor(QUERY, "tantivy", Place(0, (1,)))
    with pytest.raises(InputError, match="another search") as error:
        told(other, cursor)
    assert error.value.field == "cursor"


def test_another_engine_refuses_it() -> None:
    with pytest.raises(InputError):
        told(QUERY, write_cursor(QUERY, "tantivy", Place(0, (1,))), "opensearch")


@given(st.integers(0, 60), st.characters(codec="ascii"))
def test_a_changed_cursor_is_refused(position: int, letter: str) -> None:
    cursor = write_cursor(QUERY, "tantivy", Place(0, (123456789,)))
    position %= len(cursor)
    changed = cursor[:position] + letter + cursor[position + 1 :]
    if changed != cursor and position < len(cursor) - 1:
        with pytest.raises(InputError):
            told(QUERY, changed)


@pytest.mark.parametrize("cursor", ["", "zzzz", "\0", "A" * 5000, "é", "====", "bnVsbA"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InputError):
        told(QUERY, cursor)
