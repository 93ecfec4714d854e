"""Statements as the tests make them, and an office that delivers them."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from register.identity import record_id
from register.model import Plain, Publication, Record, Right, Status, Text, encode_record
from register.statement import Operation, Rejected, Statement
from register.store.changes import newest_after
from register.store.counts import Counts
from register.store.database import Database
from register.store.dry_run import DryRun
from register.store.feeds import Feed, NewFeed, begin_feed, create_feed, finish_feed
from register.store.finding import Item
from register.store.reading import find_records
from register.store.upsert import Upsert, in_batches
from register.store.versions import Version


def mark(number: str = "1", *texts: str, plain: Plain = "registered", **fields: Any) -> Record:
    """A trademark of Singapore."""
    return of_right("trademark", number, *texts, plain=plain, **fields)


def patent(number: str = "1", *publications: Publication, **fields: Any) -> Record:
    return of_right("patent", number, publications=publications, **fields)


def of_right(
    right: Right, number: str, *texts: str, plain: Plain = "registered", office: str = "SG", **fields: Any
) -> Record:
    record = Record(
        id=record_id(office, right, number, fields.get("design_number")),
        office=office,
        right=right,
        application_number=number,
        status=Status(plain=plain),
        filing_date=dt.date(2020, 1, 31),
        texts=tuple(Text(text, "en") for text in texts),
    )
    return msgspec.structs.replace(record, **fields)


def says(
    record: Record,
    operation: Operation = "upsert",
    *,
    stamp: str = "",
    given: Iterable[str] = (),
    number: int = 1,
    file: str = "feed.jsonl",
    source: bytes | None = None,
) -> Statement:
    delivered = encode_record(record) if source is None else source
    return Statement(
        operation, record, frozenset(given) or None, stamp, file, number, number, None, delivered
    )


def rejects(
    code: str = "no-number", *, number: int = 1, file: str = "feed.jsonl", source: bytes = b"{}"
) -> Rejected:
    return Rejected(code, "a record without a number", "add the number", file, number, number, 0, source)


def delete_of(publication: Publication) -> Statement:
    """The delete of a patent document, as a feed of publications sends it."""
    nameless = Record(id="", office="SG", right="patent", application_number="", publications=(publication,))
    return says(nameless, "delete")


class Office:
    """Delivers feeds; those with the same `digest` are the same bytes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._feeds = 0

    def begin(
        self,
        digest: str | None = None,
        *,
        mapping: str = "1",
        dry_run: bool = False,
        format_name: str | None = "jsonl",
    ) -> Feed:
        self._feeds += 1
        new = NewFeed(
            office="SG",
            name="feed.jsonl",
            size=1,
            digest=sha256((digest or f"own {self._feeds}").encode()).digest(),
            dry_run=dry_run,
        )
        with self.database.writing() as connection:
            return begin_feed(connection, create_feed(connection, new).id, format_name, mapping)

    def delivers(
        self, *items: Item, digest: str | None = None, mapping: str = "1", batch: int = 1000
    ) -> Counts:
        """A whole feed; its counts."""
        feed = self.begin(digest, mapping=mapping)
        upsert = Upsert(self.database, feed)
        for cut in in_batches(items, batch):
            upsert.apply(cut)
        return self.finish(feed)

    def rehearses(self, *items: Item, batch: int = 1000, digest: str | None = None) -> Counts:
        """A whole feed as a dry run."""
        feed = self.begin(digest, dry_run=True)
        with DryRun(self.database, feed) as run:
            for cut in in_batches(items, batch):
                run.apply(cut)
        return self.finish(feed)

    def finish(self, feed: Feed) -> Counts:
        with self.database.writing() as connection:
            return finish_feed(connection, feed.id).counts

    def held(self, identity: str = "sg-tm-1") -> Version:
        """The newest version of a right that must be held."""
        with self.database.reading() as connection:
            return find_records(connection, [identity])[identity]

    def register(self) -> dict[str, tuple[int, bool, bytes]]:
        """The whole register: version, whether deleted, and content by id."""
        with self.database.reading() as connection:
            return {
                newest.id: (newest.version, newest.deleted, newest.body)
                for newest in newest_after(connection, 0, 1_000_000)
            }
