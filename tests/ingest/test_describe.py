"""What is no feed is told in words that its sender understands."""

import pytest

from ingest.describe import describe, is_media
from ingest.formats.registry import Head


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"", "an empty file"),
        (b" \r\n\t", "an empty file"),
        (b"\0\1\2", "a binary file"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page"),
        (b"<html lang='th'></html>", "a web page"),
        (b"<a:books xmlns:a='urn:books'/>", "XML with the root element <books> in the namespace urn:books"),
        (b'{"weather": "fine"}', "JSON with the members weather"),
        (b"{}", "JSON without any member"),
        (b"Dear Sir,\nsee below", "plain text that begins 'Dear Sir,'"),
    ],
)
def test_a_file_is_told_by_what_it_holds(data: bytes, words: str) -> None:
    assert words in describe(Head(data))


def test_an_error_reply_in_xml_is_told_with_its_own_words() -> None:
    told = describe(Head("<error><message>คีย์ไม่ถูกต้อง</message></error>".encode()))
    assert "an error reply" in told
    assert "คีย์ไม่ถูกต้อง" in told


def test_an_error_reply_in_json_is_told_as_one() -> None:
    assert "an error reply" in describe(Head(b'{"errorCode": 401, "message": "no key"}'))


@pytest.mark.parametrize("data", [b"\x89PNG", b"\xff\xd8\xff\xe1", b"GIF89a", b"II*\0", b"RIFF", b"%PDF-1.4"])
def test_pictures_sounds_and_documents_are_media(data: bytes) -> None:
    assert is_media(data)


@pytest.mark.parametrize("data", [b"<a/>", b'{"a": 1}', b"office,right\n", b"PK\x03\x04", b""])
def test_what_may_be_a_feed_is_no_media(data: bytes) -> None:
    assert not is_media(data)
