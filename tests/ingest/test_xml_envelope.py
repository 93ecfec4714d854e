"""What is kept of the elements around a record."""

import io
from collections.abc import Collection

from ingest.formats.registry import Opened
from ingest.xml_envelope import EVERYTHING, envelope_of
from ingest.xml_records import XmlRecord, xml_records
from register.statement import Envelope


def envelopes(data: str, kept: Collection[str] = (), of_parent: Collection[str] = ()) -> list[Envelope]:
    opened = Opened("feed", "", io.BytesIO(data.encode()))
    return [
        envelope_of(found.context, kept, of_parent)
        for found in xml_records(opened, ("R",))
        if isinstance(found, XmlRecord)
    ]


def test_a_record_on_its_own_has_nothing_around_it() -> None:
    assert envelopes("<R/>") == [Envelope(b"", b"")]


def test_the_elements_around_a_record_keep_attributes_and_namespaces() -> None:
    data = '<a xmlns="urn:a" xmlns:b="urn:b" b:c="&lt;"><b:d>text<R/></b:d></a>'
    assert envelopes(data) == [
        Envelope(b'<a xmlns="urn:a" xmlns:b="urn:b" b:c="&lt;"><b:d>', b"</b:d></a>"),
    ]


def test_of_what_else_they_hold_the_named_children_before_the_record_are_kept() -> None:
    data = "<a><h>1<i>2</i></h>, <x/><b><h/><y>3</y><R/><h>after</h></b></a>"
    assert envelopes(data, ("h",)) == [Envelope(b"<a><h>1<i>2</i></h><b><h/>", b"</b></a>")]
    assert envelopes(data, (), EVERYTHING) == [Envelope(b"<a><b><h/><y>3</y>", b"</b></a>")]


def test_records_gone_by_are_no_part_of_it() -> None:
    one, two = envelopes("<a><b><R/></b><b><R>2</R></b></a>", (), EVERYTHING)
    assert one == two == Envelope(b"<a><b>", b"</b></a>")


def test_the_envelope_of_a_record_read_again_is_the_same() -> None:
    data = '<n:a xmlns:n="urn:n"><h xmlns="urn:h" xml:lang="th">ก</h><u:b><R/></u:b></n:a>'
    (kept,) = envelopes(data, ("h",))
    assert envelopes(kept.around(b"<R/>").decode(), ("h",)) == [kept]
