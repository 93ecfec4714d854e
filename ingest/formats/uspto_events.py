"""The prosecution history of a case file, read without parsing where it is written as it always is.

The events are half of the bytes of a daily file and two thirds of its elements, each with the same five
children in the same order (source: USPTO, U.S. Trademark Applications XML documentation, DTD 2.0,
`case-file-event-statement`). One pass of a pattern over them takes a third of the time of an XML parser.
Whatever is written otherwise (a reference, a comment, an attribute, another order) is left to the parser.
"""

import re

from ingest.draft import DraftEvent

_BEGIN, _END = b"<case-file-event-statements>", b"</case-file-event-statements>"
# What may stand in a text that is its own value: no markup, and no character that XML forbids.
_PLAIN = r"([^<>&\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]*)"
_UNREAD = _PLAIN.replace("(", "").replace(")", "")
_EVENT = re.compile(
    rf"<case-file-event-statement>\s*<code>{_PLAIN}</code>\s*(?:<type>{_UNREAD}</type>\s*)?"
    rf"<description-text>{_PLAIN}</description-text>\s*<date>{_PLAIN}</date>\s*"
    rf"(?:<number>{_UNREAD}</number>\s*)?</case-file-event-statement>",
    re.ASCII,
)
_GROUPS = 3


class PlainEvents:
    """Takes the events out of one record after another: `found` are those of the last one, None where its
    events are still in it.
    """

    def __init__(self) -> None:
        self.found: list[DraftEvent] | None = None

    def take(self, source: bytes) -> bytes:
        """The record without what is in its list of events, where that could be read."""
        self.found = None
        begin = source.find(_BEGIN)
        # The letters before the pairs: a pair whose first letter is everywhere is slow to look for.
        if begin < 0 or (b"!" in source and b"<!" in source) or (b"?" in source and b"<?" in source):
            return source
        inner = begin + len(_BEGIN)
        end = source.find(_END, inner)
        if end < 0 or source.find(_BEGIN, inner) >= 0:
            return source
        try:
            parts = _EVENT.split(source[inner:end].decode())
        except UnicodeDecodeError:
            return source
        step = _GROUPS + 1
        if "".join(parts[::step]).strip(" \t\r\n"):
            return source
        self.found = [
            DraftEvent(date.strip(), code.strip(), said.strip())
            for code, said, date in zip(parts[1::step], parts[2::step], parts[3::step], strict=True)
        ]
        return source[:inner] + source[end:]
