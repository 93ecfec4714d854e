"""How far a run is, and what is known of a source between runs; kept as JSON, without secrets."""

import msgspec


class Place(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is asked for next.

    `url` where it is an address that a reply gave; `page` or `offset` or `cursor`; `day` (ISO 8601) of those
    that are asked for one by one; `since` as it was at the beginning of the run, and `begun`, since when the
    next run asks. `seen` records of the day or the whole, `total` as last told, and `back`, how often the run
    went back because it had shrunk. `files` of an index that are still to come.
    """

    url: str | None = None
    page: int = 0
    offset: int = 0
    cursor: str | None = None
    day: str | None = None
    until: str | None = None
    since: str | None = None
    begun: str | None = None
    seen: int = 0
    total: int | None = None
    back: int = 0
    files: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What the next run goes on from.

    `identity` is that of the source of which this is known. `etag` and `modified` are what the server said of
    its last state, `digest` (SHA-256, hex) what we saw of it; `since` a moment and `day` a day (ISO 8601) up
    to which all is there; `taken` are the files of that day in an index; `rest` is where a run stopped that
    had reached a bound.
    """

    identity: str = ""
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    since: str | None = None
    day: str | None = None
    taken: tuple[str, ...] = ()
    rest: Place | None = None


def encode(value: Place | Mark) -> bytes:
    return msgspec.json.encode(value)


def decode_place(data: bytes) -> Place:
    return msgspec.json.decode(data, type=Place)


def decode_mark(data: bytes | None) -> Mark:
    return Mark() if data is None else msgspec.json.decode(data, type=Mark)
