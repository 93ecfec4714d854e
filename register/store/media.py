"""Images, sounds and films that came with records: kept once by the hash of their bytes, found by the name
that a record gives them.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from register.store.packing import storable
from register.store.schema import feed_media, media


class StoredMedia(msgspec.Struct, frozen=True):
    """`hash` is the SHA-256 of the bytes in hexadecimal, `type` a media type such as image/png."""

    hash: str
    type: str
    size: int


class DeliveredMedia(NamedTuple):
    """A file of a delivery by its name there, archives as outer.zip/inner.png."""

    name: str
    stored: StoredMedia


class Wanted(NamedTuple):
    """What a record calls a file: the record's office, the feed and the file that its statement stood in
    (0 and "" where that is not known), and the name.
    """

    office: str
    feed: int
    beside: str
    name: str


def add_media(connection: Connection, feed_id: int, office: str, delivered: Iterable[DeliveredMedia]) -> None:
    """Write down files of a feed whose bytes are in their place."""
    files = {storable(one.name): one.stored for one in delivered}
    if not files:
        return
    rows = {one.hash: {"hash": one.hash, "type": one.type, "size": one.size} for one in files.values()}
    connection.execute(insert(media).on_conflict_do_nothing(), list(rows.values()))
    links = insert(feed_media)
    connection.execute(
        links.on_conflict_do_update(index_elements=["feed_id", "name"], set_={"hash": links.excluded.hash}),
        [
            {"feed_id": feed_id, "office": office, "base": _base(name), "name": name, "hash": one.hash}
            for name, one in files.items()
        ],
    )


def find_media(connection: Connection, name: str) -> StoredMedia | None:
    """By its hash."""
    row = connection.execute(
        select(media.c.hash, media.c.type, media.c.size).where(media.c.hash == name)
    ).one_or_none()
    return None if row is None else StoredMedia(*row)


def media_of(connection: Connection, wanted: Sequence[Wanted]) -> list[StoredMedia | None]:
    """What each name means: the file of the record's own feed that stands where the record says, else that of
    the office's newest feed with it. None where there is none, or several that differ and none stands nearer.
    """
    offices, bases = {one.office for one in wanted}, {_base(one.name) for one in wanted}
    query = (
        select(feed_media.c.feed_id, feed_media.c.office, feed_media.c.base, feed_media.c.name, *_STORED)
        .join(media, media.c.hash == feed_media.c.hash)
        .where(feed_media.c.office.in_(offices), feed_media.c.base.in_(bases))
    )
    held: dict[tuple[str, str], list[_Link]] = {}
    for row in connection.execute(query):
        link = _Link(row.feed_id, row.name, StoredMedia(row.hash, row.type, row.size))
        held.setdefault((row.office, row.base), []).append(link)
    return [_best(one, held.get((one.office, _base(one.name)), ())) for one in wanted]


class _Link(NamedTuple):
    feed: int
    name: str
    stored: StoredMedia


_STORED = (media.c.hash, media.c.type, media.c.size)


def _best(wanted: Wanted, links: Collection[_Link]) -> StoredMedia | None:
    """The link that the name means most likely."""
    asked = _parts(wanted.name)
    beside = PurePosixPath(wanted.beside).parent.as_posix()
    for feed in sorted({link.feed for link in links}, key=lambda feed: (feed != wanted.feed, -feed)):
        near = [link for link in links if link.feed == feed]
        ending = [link for link in near if _parts(link.name)[-len(asked) :] == asked]
        here = [link for link in ending if link.name.casefold().startswith(f"{beside}/".casefold())]
        for few in (here, ending, near):
            if len({link.stored.hash for link in few}) == 1:
                return next(iter(few)).stored
    return None


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/").casefold()).parts


def _base(name: str) -> str:
    return storable(PurePosixPath(name.replace("\\", "/")).name.casefold())[:200]
