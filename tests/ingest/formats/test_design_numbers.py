"""Designs within their application."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Draft, DraftText
from ingest.formats.design_numbers import put_design_number, several_designs, taken_over

_NUMBERS = st.text(st.sampled_from("0123456789AM"), min_size=1, max_size=12)


def _numbered(application: str, identifier: str, several: bool | None, place: int = 1) -> Draft:
    draft = Draft(right="design", application_number=application)
    put_design_number(draft, identifier, place, several)
    return draft


@given(_NUMBERS, st.integers(1, 9999))
def test_the_number_of_the_application_is_left_off(application: str, design: int) -> None:
    draft = _numbered(application, f"{application}-{design:04}", True)
    assert draft.design_number == f"{design:04}"
    assert draft.numbers == [("design", f"{application}-{design:04}")]


def test_one_of_several_without_an_identifier_is_numbered_by_its_place() -> None:
    assert _numbered("1", "", True, 3).design_number == "3"
    assert _numbered("1", "", None, 3).design_number == ""


def test_a_design_takes_over_what_it_does_not_say_itself() -> None:
    application = Draft(
        right="design",
        office="DE",
        filing_date="2023-01-01",
        titles=[DraftText("a")],
        numbers=[("file", "1")],
    )
    design = Draft(right="design", titles=[DraftText("b")], numbers=[("x", "2")], operation="delete")
    taken_over(design, application)
    assert (design.office, design.filing_date, design.titles) == ("DE", "2023-01-01", [DraftText("b")])
    assert (design.numbers, design.operation) == ([("file", "1"), ("x", "2")], "delete")
    other = Draft(right="design")
    taken_over(other, application)
    other.titles.append(DraftText("c"))
    assert application.titles == [DraftText("a")]


@pytest.mark.parametrize(
    ("present", "total", "several"),
    [(2, "1", True), (1, "4", True), (1, "1", False), (1, "", None), (1, "²", None), (1, "9" * 5000, None)],
)
def test_the_total_counts_where_only_one_design_is_there(
    present: int, total: str, several: bool | None
) -> None:
    assert several_designs(present, total) is several
