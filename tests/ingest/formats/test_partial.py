"""Files of which only some records, or none, are whole."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.draft import Damage, Delivered, Draft, NotAFeedError, Position
from ingest.formats.partial import whole_records
from ingest.xml_records import XmlRecord

_BROKEN = Damage(Position("f", 1), "bad-xml", "broken", "mend it", b"")


def _records(kinds: str) -> Iterator[XmlRecord | Damage]:
    """`w` a whole record, `p` a part of one, `b` a broken one."""
    for number, kind in enumerate(kinds, 1):
        if kind == "b":
            yield _BROKEN
        else:
            element = etree.Element(kind)
            yield XmlRecord(element, element, kind.encode(), Position("f", number))


def _draft_of(record: XmlRecord) -> Draft | None:
    return Draft(right="patent", application_number="1") if record.element.tag == "w" else None


def _read(kinds: str) -> list[str]:
    found = whole_records(_records(kinds), _draft_of, "no number", lambda: NotAFeedError("parts only"))
    return ["w" if isinstance(one, Delivered) else one.code for one in found]


@pytest.mark.parametrize("kinds", ["", "p", "ppp", "p" * 5000])
def test_parts_alone_are_refused(kinds: str) -> None:
    with pytest.raises(NotAFeedError, match="parts only"):
        _read(kinds)


@given(st.text("wpb", max_size=30).filter(lambda kinds: set(kinds) & set("wb")))
def test_nothing_vanishes_and_the_order_stays(kinds: str) -> None:
    names = {"w": "w", "p": "partial", "b": "bad-xml"}
    assert _read(kinds) == [names[kind] for kind in kinds]


@pytest.mark.parametrize("kinds", ["b" + "p" * 3000, "p" * 999 + "b" * 2 + "w"])
def test_nothing_vanishes_however_many_parts_come_first(kinds: str) -> None:
    assert len(_read(kinds)) == len(kinds)


def test_a_part_says_what_it_lacks() -> None:
    found = list(whole_records(_records("wp"), _draft_of, "no number", lambda: NotAFeedError("")))
    assert isinstance(found[1], Damage)
    assert "no number" in found[1].reason
    assert found[1].source == b"p"
