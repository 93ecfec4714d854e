"""Parties in the manner of ST.36."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.draft import DraftParty, DraftText
from ingest.formats.st36_parties import parties, party_of


def _party(inner: str) -> DraftParty | None:
    return party_of(etree.fromstring(f"<applicant>{inner}</applicant>"))


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ("<addressbook><orgname>Lime Inc.</orgname></addressbook>", "Lime Inc."),
        ("<addressbook><name>Lime  &amp;\n Co, </name></addressbook>", "Lime & Co"),
        (
            "<addressbook><prefix>Dr.</prefix><last-name>Doe</last-name><first-name>Jane</first-name>"
            "<middle-name>X.</middle-name><suffix>Jr.</suffix></addressbook>",
            "Jane X. Doe Jr.",
        ),
        ("<orgname>Lime Inc.</orgname>", "Lime Inc."),
        ("<applicant-name><name>LIME INC [US]</name></applicant-name>", "LIME INC"),
        ("<addressbook><text>Lime, Hanoi</text></addressbook>", "Lime, Hanoi"),
    ],
)
def test_a_name_is_found_wherever_it_stands(inner: str, name: str) -> None:
    party = _party(inner)
    assert party is not None
    assert party.name == name


@pytest.mark.parametrize("inner", ["", "<addressbook/>", "<addressbook><name> </name></addressbook>"])
def test_without_a_name_there_is_no_party(inner: str) -> None:
    assert _party(inner) is None


def test_an_address_book_for_each_language_gives_further_names() -> None:
    party = _party(
        "<addressbook lang='ja'><name>ライム</name></addressbook><addressbook lang='en'><name>Lime</name>"
        "</addressbook>"
    )
    assert party is not None
    assert (party.name, party.names) == ("ライム", [DraftText("Lime", "en")])


@pytest.mark.parametrize(
    ("inner", "country"),
    [
        ("<addressbook><name>A</name><address><country>FI</country></address></addressbook>", "FI"),
        ("<addressbook><name>A</name></addressbook><residence><country>JP</country></residence>", "JP"),
        ("<addressbook><name>A</name></addressbook><nationality><country>VN</country></nationality>", "VN"),
        ("<addressbook><name>A [TH]</name></addressbook>", "TH"),
        ("<addressbook><name>A</name><address><country>unknown</country></address></addressbook>", ""),
    ],
)
def test_the_country_is_that_of_the_address_else_of_the_residence(inner: str, country: str) -> None:
    party = _party(inner)
    assert party is not None
    assert party.country == country


def _list(*entries: tuple[str, str]) -> etree._Element:
    made = "".join(
        f"<applicant data-format='{form}'><applicant-name><name>{name}</name></applicant-name></applicant>"
        for form, name in entries
    )
    return etree.fromstring(f"<applicants>{made}</applicants>")


def test_originals_beyond_those_counted_are_parties_of_their_own() -> None:
    made = parties(
        [_list(("docdb", "A"), ("docdb", "B"), ("original", "a"), ("original", "b"), ("original", "c"))],
        "applicant",
    )
    assert [one.name for one in made] == ["a", "b", "c"]


def test_a_party_named_twice_alike_is_one() -> None:
    assert len(parties([_list(("", "A"), ("", "A"))], "applicant")) == 1


@given(st.integers(1, 5), st.integers(1, 3))
def test_repetitions_of_the_originals_are_matched_by_their_place(count: int, times: int) -> None:
    counted = [("epodoc", f"NAME {n} [FI]") for n in range(count)]
    originals = [("original", f"name {n} spelling {k}") for k in range(times) for n in range(count)]
    made = parties([_list(*counted, *originals)], "applicant")
    assert [one.name for one in made] == [f"name {n} spelling 0" for n in range(count)]
    for n, one in enumerate(made):
        spellings = [other.text for other in one.names]
        assert spellings == [*(f"name {n} spelling {k}" for k in range(1, times)), f"NAME {n}"]
        assert one.country == "FI"
