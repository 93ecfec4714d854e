"""What a patch states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Draft, DraftText
from ingest.formats.patches import iso_date, stated
from register.model import Record


def test_only_what_is_filled_is_stated() -> None:
    assert stated(Draft(right="patent")) == frozenset()
    draft = Draft(
        right="patent", application_number="1", stamp="2024-01-01", office="US", titles=[DraftText("A")]
    )
    assert stated(draft) == {"titles"}


@pytest.mark.parametrize("field", ["status_code", "status_text", "status_wipo", "status_plain"])
def test_every_reading_of_a_status_states_the_status(field: str) -> None:
    draft = Draft(right="patent")
    setattr(draft, field, "registered")
    assert stated(draft) == {"status"}


def test_kind_and_feature_state_the_words_of_the_office_too() -> None:
    assert stated(Draft(right="trademark", kind="Trademark", feature="Word")) == {
        "kind",
        "kind_office",
        "feature",
        "feature_office",
    }


@given(
    st.sets(
        st.sampled_from(
            [name for name in Draft.__struct_fields__ if name not in ("right", "operation", "given")]
        )
    )
)
def test_what_is_stated_are_fields_of_the_record(fields: set[str]) -> None:
    draft = Draft(right="patent")
    for field in fields:
        setattr(draft, field, ["x"] if isinstance(getattr(draft, field), list) else "x")
    assert stated(draft) <= set(Record.__struct_fields__)


@pytest.mark.parametrize(
    ("date", "iso"),
    [("20240131", "2024-01-31"), ("2024", ""), ("", ""), ("2024-1-1", ""), ("１２３４５６７８", "")],
)
def test_a_stamp_is_a_whole_date_or_nothing(date: str, iso: str) -> None:
    assert iso_date(date) == iso
