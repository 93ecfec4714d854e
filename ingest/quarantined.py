"""What stands in quarantine, read again by the reader of its format and the profile as it is now."""

from collections.abc import Iterator

from ingest.detect import UnknownFormatError
from ingest.draft import Damage, Position
from ingest.mapping import Mapper
from ingest.rereading import RereadError, element_of, read_whole
from register.statement import Rejected, Statement
from register.store.quarantine import Quarantined


class QuarantineReader:
    """Reads items of the feeds of one office (ST.3), with one mapping."""

    def __init__(self, office: str) -> None:
        self._office = office
        self._mappers: dict[str, Mapper] = {}

    def read(self, item: Quarantined, format_name: str | None, file: str) -> Statement | Rejected:
        """What the item says now, corrected where it was; `file` is what its file is called in the feed that
        reads it again.
        """
        source = item.source if item.corrected is None else item.corrected
        if format_name is None:
            return _refused(item, file, source, "unknown-format", *_NO_FORMAT)
        if item.corrected is None and (item.is_cut or not item.record.strip()):
            return _refused(item, file, source, "source-not-kept", *_NOT_KEPT)
        return self._said(item, format_name, file, source)

    def corrected(self, item: Quarantined, format_name: str, given: bytes) -> tuple[bytes, Rejected | None]:
        """A correction as it is kept: whole, with what stands around the record; and why it would still not
        be taken, None where it would.

        `given` is either all that the quarantine shows, corrected, or the record alone.
        """
        found: list[tuple[bytes, Rejected]] = []
        for whole in _readings(item, given):
            said = self._said(item, format_name, item.file, whole)
            if isinstance(said, Statement):
                return whole, None
            found.append((whole, said))
        # What could be read and was refused says more than what could not be read.
        return next((one for one in found if one[1].code != _UNREADABLE), found[0])

    def _said(self, item: Quarantined, format_name: str, file: str, whole: bytes) -> Statement | Rejected:
        position = Position(file, item.number, item.line, item.offset)
        mapper = self._mappers.get(format_name)
        if mapper is None:
            mapper = self._mappers[format_name] = Mapper(self._office, format_name)
        try:
            one = read_whole(format_name, self._office, whole, position, element_of(item.record))
        except (RereadError, UnknownFormatError) as error:
            return _refused(item, file, whole, _UNREADABLE, str(error), _UNREADABLE_MEND)
        if isinstance(one, Damage):
            return _refused(item, file, whole, one.code, one.reason, one.mend)
        return mapper.statement(one)


def _readings(item: Quarantined, given: bytes) -> Iterator[bytes]:
    """The whole that a correction may mean, the likeliest first."""
    before, after = item.around
    if (not before.strip() and not after.strip()) or given.strip().startswith(before.strip()):
        yield given
    else:
        yield before + given.strip(b"\r\n") + after
        yield given


def _refused(item: Quarantined, file: str, source: bytes, code: str, reason: str, mend: str) -> Rejected:
    return Rejected(code, reason, mend, file, item.number, item.line, item.offset, source)


_UNREADABLE = "unreadable"
_UNREADABLE_MEND = (
    "correct the record so that its format can be read, and nothing but this one record stands there"
)
_NO_FORMAT = (
    "the format in which it came is not written down",
    "send the record in a feed of its own",
)
_NOT_KEPT = (
    "only a part of what came is kept, so it cannot be read again as it is",
    "correct it by sending the whole record, or send it in a feed of its own",
)
