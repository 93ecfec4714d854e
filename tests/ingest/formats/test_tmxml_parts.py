"""Parts that ST.66 and ST.86 have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.formats.tmxml_parts import earliest, value_of, values_of, words_of


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<t>  kopi\n   susu </t>", "kopi susu"),
        ("<t>H<sub>2</sub>O <b>clean</b></t>", "H2O clean"),
        ("<t>-</t>", ""),
        ("<t/>", ""),
        ("<t><a/></t>", ""),
    ],
)
def test_words_are_all_the_text_with_its_white_space_folded(data: str, words: str) -> None:
    assert words_of(etree.fromstring(data)) == words


def test_values_are_the_first_leaves_that_say_something() -> None:
    element = etree.fromstring("<p xmlns='urn:x'><a> 1 </a><a>2</a><b>-</b><c/><d><e>3</e></d></p>")
    assert values_of(element) == {"a": "1"}
    assert [value_of(child) for child in element] == ["1", "2", "", "", ""]


@given(st.lists(st.dates()))
def test_of_iso_dates_the_earliest_counts(dates: list[object]) -> None:
    given_dates = [str(date) for date in dates]
    assert earliest(given_dates) == min(given_dates, default="")


def test_of_other_dates_the_first_that_stands_there_counts() -> None:
    assert earliest(["", "02/01/2024", "01/01/2023"]) == "02/01/2024"
