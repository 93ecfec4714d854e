"""Document type declarations: passed over where they are harmless, refused where they declare what could be
expanded.
"""

import re

from ingest.draft import HarmfulFeedError
from ingest.xml_window import Window

MAX_DOCTYPE_BYTES = 4 << 20

_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s]+)\s+(.*?)>", re.DOTALL)
# An unparsed entity names a picture file; nothing is ever read or expanded for it.
_UNPARSED = re.compile(rb"(?:SYSTEM|PUBLIC)\b.*\bNDATA\s+[\w.-]+\s*$", re.DOTALL)


def doctype_length(window: Window) -> int:
    """The length of the declaration that begins at the window's position.

    Raises `HarmfulFeedError` for entities other than pictures, `EndOfInputError` where the file ends inside.
    """
    end = window.find(b">", 0, MAX_DOCTYPE_BYTES)
    bracket = window.data.find(b"[", window.pos, window.pos + end)
    if bracket < 0:
        return end + 1
    inside = bracket - window.pos
    close = window.find(b"]", inside, MAX_DOCTYPE_BYTES)
    end = window.find(b">", close, MAX_DOCTYPE_BYTES)
    while window.data[window.pos + close + 1 : window.pos + end].strip():
        close = window.find(b"]", close + 1, MAX_DOCTYPE_BYTES)
        end = window.find(b">", close, MAX_DOCTYPE_BYTES)
    _refuse_entities(window.data[window.pos + inside + 1 : window.pos + close])
    return end + 1


def _refuse_entities(subset: bytes) -> None:
    for parameter, name, value in _ENTITY.findall(subset):
        if parameter or not _UNPARSED.match(value):
            raise HarmfulFeedError(
                f"the document type declares the entity {name[:40].decode('utf-8', 'replace')!r}; "
                "feeds are taken without entity declarations"
            )
    rest = _ENTITY.sub(b"", subset)
    if b"<!ENTITY" in rest or b"%" in rest:
        raise HarmfulFeedError("the document type declares entities; feeds are taken without them")
