"""A source that the register keeps, read again: a newer reader or mapping applied to what was delivered
once."""

import io
import re

from ingest.detect import format_named
from ingest.draft import Damage, Delivered, NotAFeedError, Position
from ingest.formats.registry import Opened
from register.statement import NO_ENVELOPE, Envelope

_ELEMENT = re.compile(rb"\s*<(?:[\w.-]+:)?([\w.-]+)")


class RereadError(Exception):
    """A kept source that the reader of its format no longer takes; the message says why."""


def reread(
    format_name: str, office: str, source: bytes, position: Position, envelope: Envelope = NO_ENVELOPE
) -> Delivered:
    """What the format's reader gives for one record as it was delivered by `office` (ST.3).

    `source` and `envelope` are those of the record's `Delivered`, `position` is where it stood. Raises
    `RereadError`, and `ingest.detect.UnknownFormatError`.
    """
    one = read_whole(format_name, office, envelope.around(source), position, element_of(source))
    if isinstance(one, Damage):
        raise RereadError(f"record {position.record} of {position.file}: {one.reason}")
    return Delivered(one.draft, position, source, envelope)


def element_of(source: bytes) -> str:
    """The local name of the element that a source is, "" outside XML."""
    element = _ELEMENT.match(source)
    return element[1].decode("ascii", "replace") if element is not None else ""


def read_whole(
    format_name: str, office: str, whole: bytes, position: Position, element: str
) -> Delivered | Damage:
    """What the format's reader gives for a small delivery of one record, which is in such an `element`.

    Raises as `reread` does, where it is not just one record.
    """
    opened = Opened(position.file, office, io.BytesIO(whole), again=element)
    try:
        found = list(format_named(format_name, office).read(opened))
    except NotAFeedError as error:
        raise RereadError(f"record {position.record} of {position.file}: {error}") from None
    if len(found) != 1:
        raise RereadError(f"record {position.record} of {position.file} reads as {len(found)} records")
    return found[0]._replace(position=position)
