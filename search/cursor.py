"""Cursors: where an answer goes on, as text that only the same search can use.

A cursor holds its version, a mark of the search it belongs to, and the place. A checksum over all of it
refuses what was cut, changed or made up, so that a wrong cursor is an error and never a wrong page.
"""

import base64
import hashlib
from typing import NamedTuple

import msgspec

from search.engine import After
from search.errors import InputError
from search.query import SearchQuery

_VERSION = 1
_SUM_BYTES = 9
_MARK_BYTES = 6


class Place(NamedTuple):
    """`part` is which of the answer's parts comes next, `after` where in it; `id` breaks ties among scored
    results.
    """

    part: int
    after: After
    id: str = ""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(tuple[int, str, int, list[int | float], str])


def _mark(query: SearchQuery, engine: str) -> str:
    """What tells one search from another. The size of the page and the facets may change along the way."""
    parts = (
        query.text,
        query.match,
        query.without_rules,
        query.vienna_like,
        query.filters,
        query.sort,
        engine,
    )
    return hashlib.blake2b(_encoder.encode(parts), digest_size=_MARK_BYTES).hexdigest()


def _sum(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=_SUM_BYTES, person=b"ipreg cursor").digest()


def write_cursor(query: SearchQuery, engine: str, place: Place) -> str:
    payload = _encoder.encode((_VERSION, _mark(query, engine), place.part, list(place.after), place.id))
    return base64.urlsafe_b64encode(_sum(payload) + payload).decode("ascii").rstrip("=")


def read_cursor(query: SearchQuery, engine: str) -> Place | None:
    """Where the query's cursor points; None where it has none. Raises `InputError` for one that is not of
    this search.
    """
    if query.cursor is None:
        return None
    try:
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
        given, payload = raw[:_SUM_BYTES], raw[_SUM_BYTES:]
        if given != _sum(payload):
            raise ValueError
        version, mark, part, after, identity = _decoder.decode(payload)
    except (ValueError, msgspec.MsgspecError):
        raise InputError(
            "cursor", "this is no cursor of an answer", "use the `next` link of an answer as it is"
        ) from None
    if version != _VERSION or mark != _mark(query, engine):
        raise InputError("cursor", "this cursor belongs to another search", "begin again without a cursor")
    return Place(part, tuple(after), identity)
