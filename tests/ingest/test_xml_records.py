"""XML deliveries cut at their records."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, HarmfulFeedError
from ingest.formats.registry import Opened
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import local, text, whole_text


def cut(data: bytes, *tags: str, entities: dict[str, str] | None = None) -> list[XmlRecord | Damage]:
    return list(xml_records(Opened("feed.xml", "TH", io.BytesIO(data)), tags, entities))


def records(data: bytes, *tags: str) -> list[XmlRecord]:
    taken = cut(data, *tags)
    assert all(isinstance(one, XmlRecord) for one in taken), taken
    return [one for one in taken if isinstance(one, XmlRecord)]


def test_each_record_is_parsed_alone_with_the_namespaces_around_it() -> None:
    made = records(b'<a xmlns="u:x" xmlns:w="u:w"><T><w:n>1</w:n></T>\n<T/></a>', "T")
    assert [one.element.tag for one in made] == ["{u:x}T", "{u:x}T"]
    assert text(made[0].element, "n") == "1"


def test_the_source_is_the_bytes_as_delivered() -> None:
    made = records(b"<a><T  k='a>b' >\n y</T ></a>", "T")
    assert made[0].source == b"<T  k='a>b' >\n y</T >"


def test_the_position_tells_number_line_and_offset() -> None:
    made = records(b"<a>\n<T>1</T>\n\n<T>2</T></a>", "T")
    assert [(one.position.record, one.position.line, one.position.offset) for one in made] == [
        (1, 2, 4),
        (2, 4, 14),
    ]


def test_the_context_has_the_siblings_before_the_record() -> None:
    made = cut(b"<a><h>1</h><T/><h>2</h><T/></a>", "T")
    seen = []
    for one in made:
        assert isinstance(one, XmlRecord)
        seen.append(one.context)
    parent = seen[-1].getparent()
    assert parent is not None
    assert [whole_text(child) for child in parent if local(child) == "h"] == ["1", "2"]


def test_a_record_may_hold_its_own_name_comments_and_sections() -> None:
    made = records(b"<a><T><!-- </T> --><![CDATA[</T>]]>x<T>in</T></T><T>2</T></a>", "T")
    assert [whole_text(one.element) for one in made] == ["</T>xin", "2"]


def test_a_record_may_hold_its_own_name_behind_one_that_begins_like_it() -> None:
    source = b"<item><item-list/><item>1</item><item-end/></item>"
    made = records(b"<f>" + source + b"<item/></f>", "item")
    assert [one.source for one in made] == [source, b"<item/>"]


def test_a_record_in_a_comment_is_no_record() -> None:
    assert [whole_text(one.element) for one in records(b"<a><!-- <T>0</T> --><T>1</T></a>", "T")] == ["1"]


def test_many_documents_in_one_file() -> None:
    one = b'<?xml version="1.0"?>\n<!DOCTYPE T SYSTEM "t.dtd" [ ]>\n<T>%d</T>\n'
    made = records(b"".join(one % n for n in range(5)), "T")
    assert [whole_text(record.element) for record in made] == ["0", "1", "2", "3", "4"]


def test_a_prefix_that_nobody_declared_is_borne() -> None:
    made = records(b'<exch:T><exch:c o:k="1">x</exch:c></exch:T>', "T")
    assert text(made[0].element, "c") == "x"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "euc-kr", "iso-8859-1", "tis-620", "big5", "shift_jis"]
)
def test_any_declared_encoding_is_read(encoding: str) -> None:
    word = {"euc-kr": "상표", "iso-8859-1": "für", "tis-620": "ทอง", "big5": "商標", "shift_jis": "商標"}.get(
        encoding, "ຄຳ"
    )
    data = f'<?xml version="1.0" encoding="{encoding}"?><a><T>{word}</T></a>'.encode(encoding)
    assert whole_text(records(data, "T")[0].element) == word


def test_one_broken_record_does_not_take_the_others_with_it() -> None:
    taken = cut(b"<a><T>1</T><T>\xff</T><T>&nobody;</T><T><b></T><T>2</T></a>", "T")
    assert [one.code if isinstance(one, Damage) else whole_text(one.element) for one in taken] == [
        "1",
        "bad-encoding",
        "bad-xml",
        "bad-xml",
        "2",
    ]


def test_what_comes_before_the_cut_is_taken_and_the_cut_is_told_once() -> None:
    taken = cut(b"<a><T>1</T><T>2</T><T>cut he", "T")
    assert [one.code if isinstance(one, Damage) else whole_text(one.element) for one in taken] == [
        "1",
        "2",
        "truncated",
    ]
    taken = cut(b"<a><T>1</T>", "T")
    assert [one.code if isinstance(one, Damage) else whole_text(one.element) for one in taken] == [
        "1",
        "truncated",
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY x SYSTEM "file:///etc/passwd">',
        b'<!ENTITY x "lol">',
        b'<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;',
        b'<!ENTITY x PUBLIC "-//x" "http://127.0.0.1/x">',
    ],
)
def test_entities_that_could_be_expanded_are_refused(declaration: bytes) -> None:
    with pytest.raises(HarmfulFeedError):
        cut(b"<!DOCTYPE a [" + declaration + b"]><a><T>&x;</T></a>", "T")


def test_pictures_in_a_document_type_are_harmless() -> None:
    data = (
        b'<!DOCTYPE T SYSTEM "t.dtd" [<!ENTITY p.TIF SYSTEM "p.TIF" NDATA TIF>\n]><T>&lsquo;&amp;&rsquo;</T>'
    )
    taken = cut(data, "T", entities={"lsquo": "‘", "rsquo": "<"})
    assert isinstance(taken[0], XmlRecord)
    assert whole_text(taken[0].element) == "‘&<"


def test_a_tag_that_is_none_is_a_damage() -> None:
    taken = cut(b"<a><T <b>1</T><T>2</T></a>", "T")
    assert [isinstance(one, Damage) for one in taken][-1] is False


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30), max_size=20
    ),
    st.integers(1, 70),
)
def test_every_text_comes_back_whatever_the_chunks(texts: list[str], size: int) -> None:
    class Dribble(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    escaped = [one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for one in texts]
    data = ("<all>" + "\n".join(f"<T><n>{one}</n></T>" for one in escaped) + "</all>").encode()
    made = list(xml_records(Opened("f", "TH", Dribble(data)), ["T"]))
    found = []
    for one in made:
        assert isinstance(one, XmlRecord)
        found.append(text(one.element, "n"))
    assert found == [one.strip() for one in texts]
