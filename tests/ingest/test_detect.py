"""Formats are found by content, whatever a file is called."""

from importlib import import_module
from pathlib import Path

import pytest

import ingest.formats
from ingest.detect import MODULES, UnknownFormatError, detect, format_named, formats
from ingest.draft import NotAFeedError

_ST66 = (
    '<?xml version="1.0" encoding="{}"?>\n'
    '<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks"><TradeMarkTransactionBody>'
    "<TransactionContentDetails><TransactionData><TradeMarkDetails><TradeMark>"
    "<ApplicationNumber>1</ApplicationNumber></TradeMark></TradeMarkDetails></TransactionData>"
    "</TransactionContentDetails></TradeMarkTransactionBody></Transaction>"
)
_LINE = b'{"right": "trademark", "applicationNumber": "1"}\n'


def test_every_format_that_is_declared_is_asked() -> None:
    folder = Path(ingest.formats.__file__).parent
    modules = [import_module(f"ingest.formats.{path.stem}") for path in folder.glob("[!_]*.py")]
    declared = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    declared += [kind for module in modules for kind in getattr(module, "FORMATS", ())]
    assert {kind.name for kind in declared} == set(formats())


def test_no_two_formats_share_a_name() -> None:
    modules = [import_module(f"ingest.formats.{name}") for name in MODULES]
    several = [getattr(module, "FORMATS", None) or (module.FORMAT,) for module in modules]
    assert sum(map(len, several)) == len(formats())


def test_a_format_is_had_by_its_name() -> None:
    assert format_named("jsonl").name == "jsonl"


def test_a_name_that_no_format_has_is_answered_with_those_that_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"'st999'.*jsonl.*st66"):
        format_named("st999")


@pytest.mark.parametrize("name", ["marks.xml", "marks.txt", "marks", "marks.json"])
def test_the_name_of_a_file_decides_nothing(name: str) -> None:
    assert detect(_ST66.format("UTF-8").encode(), name).name == "st66"
    assert detect(_LINE, name).name == "jsonl"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "iso-8859-1"])
def test_a_file_is_known_in_any_encoding(encoding: str) -> None:
    declared = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
    assert detect(_ST66.format(declared).encode(encoding), "a.xml").name == "st66"


def test_a_head_that_is_cut_in_the_middle_of_a_letter_is_known() -> None:
    line = '{"right": "trademark", "applicationNumber": "1", "texts": [{"text": "ลดา"}]}\n'.encode()
    assert detect(line * 2000, "a").name == "jsonl"


@pytest.mark.parametrize("data", [b"", b" \n", b"%PDF-1.7", b"\0\1\2\3", b"<html><body/></html>", b"hello\n"])
def test_what_is_no_feed_is_refused_with_what_would_be_taken(data: bytes) -> None:
    with pytest.raises(NotAFeedError, match="it looks like") as refused:
        detect(data, "a")
    assert all(kind.title in str(refused.value) for kind in formats().values())


def test_a_comment_before_the_root_is_passed_over() -> None:
    reply = b"<!-- a page of <item> --><response><items><item><applicationNumber>1020190000999"
    reply += b"</applicationNumber></item></items></response>"
    assert detect(reply, "page").name == "kipo-api"


@pytest.mark.parametrize("kind", ["openapi", "swagger"])
def test_the_description_of_an_interface_is_no_reply_of_it(kind: str) -> None:
    mark = b'{"applicationNumber": {"type": "string"}, "markFeature": {"type": "string"}}'
    described = b'{"%b": "3.0.1", "paths": {}, "components": {"Mark": {"properties": %b}}}' % (
        kind.encode(),
        mark,
    )
    with pytest.raises(NotAFeedError, match="description of an interface"):
        detect(described, "api.json")
