"""Drafts as statements: offices, patches, refusals, and the words of our own formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import (
    Delivered,
    Draft,
    DraftGoods,
    DraftText,
)
from ingest.mapping import Mapper
from register.statement import NO_ENVELOPE, Rejected, Statement
from tests.ingest.mapped import PLACE, mark, record, refusal, said


def test_a_statement_carries_the_record_and_its_place() -> None:
    statement = said("SG", mark(stamp="2024-01-31"))
    assert isinstance(statement, Statement)
    assert statement.operation == "upsert"
    assert statement.given is None
    assert statement.record.id == "sg-tm-40202001321q"
    assert statement[3:] == ("2024-01-31", PLACE.file, 7, 120, 4096, b"<TradeMark/>", NO_ENVELOPE, ())


def test_a_statement_tells_what_of_it_was_not_understood_and_no_more() -> None:
    mapper = Mapper("SG", "st66")
    drafts = (mark(status_code="Zorbified"), mark(), mark(status_code="Zorbified", vienna_codes=["77.01.01"]))
    told = [mapper.statement(Delivered(draft, PLACE, b"")) for draft in drafts]
    word = ("status", "trademark: Zorbified")
    assert [one.unread for one in told if isinstance(one, Statement)] == [
        (word,),
        (),
        (word, ("vienna", "77.01.01")),
    ]


def test_what_is_refused_tells_its_right() -> None:
    assert refusal("SG", mark(filing_date="2024-13-45")).right == "trademark"


def test_a_record_that_names_no_office_is_of_the_feeds() -> None:
    assert record("SG", mark()).office == "SG"
    assert record("SG", mark(office="sg")).office == "SG"


def test_an_office_with_two_codes_has_one_identity() -> None:
    made = record("EM", mark(office="EU", application_number="000428557", designations=["EU"]))
    assert (made.id, made.designations) == ("em-tm-000428557", ("EM",))


def test_an_office_that_is_not_in_st3_is_refused() -> None:
    refused = refusal("SG", mark(office="Q9"))
    assert refused.code == "unknown-office"
    assert "'Q9'" in refused.reason


def test_a_record_of_another_office_is_refused_unless_the_profile_says_so() -> None:
    refused = refusal("SG", mark(office="MY"))
    assert refused.code == "wrong-office"
    assert "MY" in refused.reason
    assert "SG" in refused.reason
    assert record("EP", Draft(right="patent", office="MY", application_number="PI2012001234")).office == "MY"


def test_a_feed_of_no_office_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"ST\.3"):
        Mapper("Q9", "st66")


def test_a_patch_says_what_it_states_and_what_follows_from_it() -> None:
    draft = mark(
        operation="patch",
        given=frozenset(("kind", "goods", "texts")),
        kind="TRADE MARK",
        goods=[DraftGoods("9", "x")],
    )
    statement = said("SG", draft)
    assert isinstance(statement, Statement)
    assert statement.given is not None
    assert set(statement.given) == {"kind", "kind_office", "goods", "nice_classes", "texts"}
    assert statement.record.texts == ()


def test_our_own_words_are_not_the_offices() -> None:
    made = record("SG", mark(kind="collective", kind_hint="collective", feature="word"), "jsonl")
    assert (made.kind, made.kind_office, made.feature, made.feature_office) == (
        "collective",
        None,
        "word",
        None,
    )


def test_an_unknown_right_is_refused() -> None:
    assert refusal("SG", mark(right="plant")).code == "unknown-code"


@given(
    st.builds(
        mark,
        application_number=st.text(max_size=15),
        filing_date=st.text(max_size=12),
        status_code=st.text(max_size=12),
        texts=st.lists(st.builds(DraftText, st.text(), st.text(max_size=3)), max_size=2),
        nice_classes=st.lists(st.text(max_size=4), max_size=2),
        office=st.sampled_from(["", "SG", "TH", "??"]),
        designations=st.lists(st.text(max_size=4), max_size=2),
    )
)
def test_any_draft_becomes_a_statement_or_a_refusal(draft: Draft) -> None:
    made = said("SG", draft)
    assert isinstance(made, (Statement, Rejected))
    if isinstance(made, Statement):
        assert made.record.id.startswith("sg-tm-")
    else:
        assert made.reason
        assert made.mend
