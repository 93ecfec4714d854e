"""Documents made of versions, as bytes where they come from another process."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from register.model import Status, decode_record
from search.document import IndexDocument, document_of


class Source(NamedTuple):
    """What a document is made of: a version's JSON and numbers, its resolved applicants by name, the statuses
    of earlier versions, and the day it was taken in.
    """

    body: bytes
    version: int
    timepoint: int
    applicants: Mapping[str, str]
    history: Sequence[Status]
    as_of: dt.date


def documents_of(sources: Sequence[Source]) -> list[IndexDocument]:
    return [
        document_of(
            decode_record(one.body),
            one.version,
            one.timepoint,
            one.applicants,
            history=one.history,
            as_of=one.as_of,
        )
        for one in sources
    ]


def encoded_documents_of(sources: Sequence[Source]) -> bytes:
    return _encoder.encode(documents_of(sources))


_encoder = msgspec.msgpack.Encoder()
decode_documents = msgspec.msgpack.Decoder(list[IndexDocument]).decode
"""The inverse of `encoded_documents_of`."""
