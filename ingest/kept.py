"""Kept sources read by the tables of now, with what stood in quarantine in its place between them."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from ingest.detect import UnknownFormatError
from ingest.draft import Position
from ingest.mapping import Mapper
from ingest.quarantined import QuarantineReader
from ingest.rereading import RereadError, reread
from register.statement import Rejected, Statement
from register.store.delivered_files import FileOfFeed, formats_of, places_of
from register.store.kept_sources import KeptBlock, KeptSource, Scope
from register.store.packing import storable
from register.store.quarantine import Quarantined, items_to_read_again
from register.store.shadow import Told, place_of_item
from register.store.tasks import name_again

_ITEMS_AT_ONCE = 200


class KeptReader:
    """Reads what concerns the records of a scope, for the reprocessing `feed_id`; one pass in the order of
    the blocks. `connection` is a transaction's each time.
    """

    def __init__(self, connection: Connection, scope: Scope, feed_id: int) -> None:
        self._connection = connection
        self._scope = scope
        self._feed_id = feed_id
        self._mappers: dict[tuple[str, str], Mapper] = {}
        self._formats: dict[FileOfFeed, str] = {}
        self._places: dict[FileOfFeed, int] = {}
        self._quarantine = QuarantineReader(scope.office)
        self._items: deque[Quarantined] = deque()
        self._last = (0, 0)
        self._is_over = False

    def read(self, blocks: Sequence[KeptBlock]) -> Iterable[Told]:
        """What the sources of these blocks say now, and before them what stands in quarantine of before."""
        for block in blocks:
            self._know({(block.feed_id, kept.source.place.file) for kept in block.sources})
            for kept in block.sources:
                file = (block.feed_id, kept.source.place.file)
                position = self._places.get(file, 1) + kept.source.place.number - 1
                yield from self._items_before((block.feed_id, position))
                told = self._read(kept, self._formats.get(file))
                if self._concerns(told, kept.office):
                    yield told

    def rest(self) -> Iterable[Told]:
        """What stands in quarantine after the last source."""
        yield from self._items_before(None)

    def _read(self, kept: KeptSource, format_name: str | None) -> Told:
        place = kept.source.place
        position = Position(name_again(kept.feed_id, place.file), place.number, place.line, place.offset)
        try:
            if format_name is None:
                raise RereadError(f"the format of {place.file} is not written down")
            delivered = reread(format_name, kept.office, kept.source.data, position, kept.source.envelope)
        except (RereadError, UnknownFormatError) as error:
            whole = kept.source.envelope.around(kept.source.data)
            return Told(
                Rejected("unreadable", str(error), _UNREADABLE, *position, whole),
                kept.block,
                kept.entry,
                kept.feed_id,
                is_readable=False,
            )
        return Told(
            self._mapper(kept.office, format_name).statement(delivered), kept.block, kept.entry, kept.feed_id
        )

    def _items_before(self, until: tuple[int, int] | None) -> Iterator[Told]:
        """What stands in quarantine of before this record of this feed; None: all that is left."""
        while True:
            if not self._items and not self._is_over:
                found = items_to_read_again(
                    self._connection, self._scope.office, self._feed_id, self._last, _ITEMS_AT_ONCE
                )
                self._items.extend(found)
                self._is_over = len(found) < _ITEMS_AT_ONCE
                if found:
                    self._last = (found[-1].feed_id, found[-1].id)
                    self._know({(item.feed_id, item.file) for item in found})
            if not self._items:
                return
            item = self._items[0]
            if until is not None and (item.feed_id, item.position) >= until:
                return
            self._items.popleft()
            told = self._item(item)
            if self._concerns(told, self._scope.office):
                yield told

    def _item(self, item: Quarantined) -> Told:
        format_name = self._formats.get((item.feed_id, storable(item.file)))
        # What was corrected is taken by a replay: here it is read as it came.
        said = self._quarantine.read(item.as_it_came, format_name, name_again(item.feed_id, item.file))
        return Told(said, *place_of_item(item.id), item.feed_id, item=item.id)

    def _concerns(self, told: Told, office: str) -> bool:
        """Whether it is about the records that are meant; `office` is whose feed it came with."""
        said = told.said
        if isinstance(said, Statement):
            return said.record.office == self._scope.office and said.record.right in self._scope.rights
        if told.is_readable and office != self._scope.office:
            # Whose record it is, is not known, and most that others deliver are their own.
            return False
        return said.right is None or said.right in self._scope.rights

    def _mapper(self, office: str, format_name: str) -> Mapper:
        mapper = self._mappers.get((office, format_name))
        if mapper is None:
            mapper = self._mappers[office, format_name] = Mapper(office, format_name)
        return mapper

    def _know(self, files: set[FileOfFeed]) -> None:
        new = {file for file in files if file not in self._formats}
        if new:
            self._formats.update(formats_of(self._connection, new))
            self._places.update(places_of(self._connection, new))


_UNREADABLE = "its record is left as it is; send it again in a feed of its own"
