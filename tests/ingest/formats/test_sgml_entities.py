"""Character entities of the SGML age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.sgml_entities import SGML_ENTITIES


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("eacute", "é"),
        ("lsqb", "["),
        ("ldquo", "“"),
        ("agr", "α"),
        ("OHgr", "Ω"),
        ("eeacgr", "ή"),
        ("b.alpha", "α"),
        ("SACUTE", "Ś"),
        ("EACUTE", "é"),
        ("LDQUO", "“"),
        ("YACY", "Я"),
        ("PHGR", "Φ"),
        ("supl", "¹"),
    ],
)
def test_names_of_every_set_are_characters(name: str, character: str) -> None:
    assert SGML_ENTITIES[name] == character


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9.]{0,12}", fullmatch=True))
def test_every_name_gives_a_text(name: str) -> None:
    found = SGML_ENTITIES[name]
    assert found
    assert found == SGML_ENTITIES.get(name)


def test_a_name_of_no_set_stands_for_itself() -> None:
    assert SGML_ENTITIES["nosuchname"] == "&nosuchname;"
    assert len(SGML_ENTITIES) == len(set(SGML_ENTITIES)) > 2000
