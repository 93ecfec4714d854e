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
    form = format_named(format_name, office)
    element = _ELEMENT.match(source)
    name = element[1].decode("ascii", "replace") if element is not None else ""
    opened = Opened(position.file, office, io.BytesIO(envelope.around(source)), again=name)
    try:
        found = list(form.read(opened))
    except NotAFeedError as error:
        raise RereadError(f"record {position.record} of {position.file}: {error}") from None
    if len(found) != 1:
        raise RereadError(f"record {position.record} of {position.file} reads as {len(found)} records")
    [one] = found
    if isinstance(one, Damage):
        raise RereadError(f"record {position.record} of {position.file}: {one.reason}")
    return Delivered(one.draft, position, source, envelope)
