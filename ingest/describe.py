"""What a file that is no register feed looks like, in words for the person who sent it."""

import re

from ingest.formats.registry import Head
from ingest.known_documents import known_document

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (Word, Excel)"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_ERROR_KEYS = ("error", "errors", "errorCode", "fault", "exception", "message")
_TAG_TEXT = re.compile(
    rb"<(?:[\w.-]+:)?(resultMsg|message|faultstring|errorMessage|error)>([^<]{1,200})<", re.IGNORECASE
)
# What comes along with records in an archive.
_MEDIA = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"ID3",
    b"\0\0\0\x18ftyp",
    b"\0\0\0\x20ftyp",
    b"%PDF",
    b"BM",
)


def is_media(data: bytes) -> bool:
    """Whether a file begins as pictures, sounds, films and documents do that come along with records."""
    return data.startswith(_MEDIA)


def describe(head: Head) -> str:
    """One phrase that says what the file seems to be."""
    for signature, words in _SIGNATURES:
        if head.data.startswith(signature):
            return words
    known = known_document(head)
    if known is not None:
        return known
    if head.kind == "empty":
        return "an empty file"
    if head.kind == "binary":
        return "a binary file of no known kind"
    if head.kind == "xml":
        return _describe_xml(head)
    if head.kind == "json":
        return _describe_json(head)
    return f"plain text that begins {head.data[:60].decode('utf-8', 'replace').splitlines()[0]!r}"


def _describe_xml(head: Head) -> str:
    root = head.root or "?"
    if root.lower() in ("html", "!doctype"):
        return "a web page (HTML)"
    told = _TAG_TEXT.search(head.data)
    said = f", which says {told[2].decode('utf-8', 'replace').strip()!r}" if told and told[2].strip() else ""
    if root.lower() in ("error", "fault", "openapi_serviceresponse") or "Fault" in head.tag_set:
        return f"an error reply (root element <{root}>){said}"
    namespace = next(iter(sorted(name for name in head.namespaces if "XMLSchema-instance" not in name)), "")
    where = f" in the namespace {namespace}" if namespace else ""
    return f"XML with the root element <{root}>{where}{said}"


def _describe_json(head: Head) -> str:
    names = sorted(head.keys)[:8]
    if any(key in head.keys for key in _ERROR_KEYS) and len(head.keys) < 12:
        return f"an error reply (JSON with {', '.join(names)})"
    return f"JSON with the members {', '.join(names)}" if names else "JSON without any member"
