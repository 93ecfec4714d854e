"""The events of a case file without a parser: what the parser would give, or left to it."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.draft import DraftEvent
from ingest.formats.uspto_case_file import draft_of
from ingest.formats.uspto_events import PlainEvents

_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)
_BLANKS = st.sampled_from(["", " ", "\n", "\n\t  "])


def _event(code: str, said: str, date: str, gap: str = "") -> str:
    parts = (
        f"<code>{code}</code>",
        "<type>I</type>",
        f"<description-text>{said}</description-text>",
        f"<date>{date}</date>",
        "<number>1</number>",
    )
    inner = gap + gap.join(parts) + gap
    return f"<case-file-event-statement>{inner}</case-file-event-statement>{gap}"


def _case(events: str) -> bytes:
    return (
        "<case-file><serial-number>90000001</serial-number><case-file-event-statements>"
        f"{events}</case-file-event-statements></case-file>"
    ).encode()


def _taken(source: bytes) -> list[DraftEvent] | None:
    events = PlainEvents()
    left = events.take(source)
    return draft_of(etree.fromstring(left), events=events.found).events


def test_plain_events_are_taken_out_and_the_rest_is_left() -> None:
    events = PlainEvents()
    left = events.take(_case(_event("NWAP", "NEW APPLICATION", "20240101", "\n  ") * 2))
    assert left == _case("")
    assert events.found == [DraftEvent("20240101", "NWAP", "NEW APPLICATION")] * 2


@given(st.lists(st.tuples(_TEXTS, _TEXTS, _TEXTS, _BLANKS), max_size=4))
def test_they_are_those_that_a_parser_gives(found: list[tuple[str, str, str, str]]) -> None:
    written = "".join(
        _event(escape(code), escape(said), escape(date), gap) for code, said, date, gap in found
    )
    source = _case(written)
    assert _taken(source) == draft_of(etree.fromstring(source)).events


@pytest.mark.parametrize(
    "events",
    [
        _event("A&amp;B", "NEW", "20240101"),
        _event("NWAP", "<b>NEW</b>", "20240101"),
        _event("NWAP", "NEW", "20240101").replace("<code>", '<code a="1">'),
        _event("NWAP", "NEW", "20240101") + "stray",
        "<!-- " + _event("NWAP", "NEW", "20240101") + " -->",
        _event("NWAP", "NEW", "20240101") + "<?page 2?>",
        "<case-file-event-statement><date>20240101</date><code>NWAP</code></case-file-event-statement>",
        "<case-file-event-statement/>",
    ],
)
def test_whatever_is_written_otherwise_is_left_to_the_parser(events: str) -> None:
    taken = PlainEvents()
    assert taken.take(_case(events)) == _case(events)
    assert taken.found is None


def test_the_events_of_the_record_before_are_not_those_of_the_next() -> None:
    taken = PlainEvents()
    taken.take(_case(_event("NWAP", "NEW", "20240101")))
    taken.take(b"<case-file/>")
    assert taken.found is None


def test_letters_of_no_encoding_are_left_to_the_parser() -> None:
    taken = PlainEvents()
    taken.take(_case(_event("NWAP", "@", "20240101")).replace(b"@", b"\xff"))
    assert taken.found is None
