"""What a batch of statements changes, decided without touching the database.

Counted as `unchanged`: a statement with the same content; one older than what is held; the delete of a
deleted right; and everything that the very same feed has said before. For the last, each right knows which
statement of which feed set its state: a number may come twice in one feed with different content, and the
feed sent again must not lead the right through its states again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from register.merge import NOTHING, Held, Standing, state_all, state_end, state_some, take_away, takes_all
from register.model import Plain, Record, Right, decode_record, encode_record
from register.statement import Rejected, Statement
from register.store.before import Before, HeadBefore, head_before
from register.store.blocks import BlockBuilder
from register.store.counts import Outcome
from register.store.heads import Head, encode_standing, filed_day
from register.store.packing import checksum, pack_record, short_hash, unpack
from register.store.publications import publication_key

OVER: frozenset[Plain] = frozenset({"expired", "ended"})
"""Plain states of rights that are not in force and will not come into force."""

# A row of an index holds 2,700 bytes; no office's number comes near this.
_LONGEST_ID = 255


class ChangeRow(NamedTuple):
    """A row of `change`."""

    timepoint: int
    previous: int
    block_id: int
    entry: int
    version: int
    operation: str
    record_id: str
    standing: bytes
    body: bytes


class Found(NamedTuple):
    """What the database holds for a batch.

    `heads` by record id, `bodies` packed by timepoint, `applications` record ids by publication key,
    `office_rights` the ids of rows by office and right; `timepoint` and `block` the last ones given.
    """

    heads: dict[str, Head]
    bodies: Mapping[int, bytes]
    applications: Mapping[str, str]
    office_rights: Mapping[tuple[str, Right], int]
    timepoint: int
    block: int


def usable(identity: str) -> bool:
    """Whether the id or key can be stored and looked up."""
    return 0 < len(identity) <= _LONGEST_ID and identity.isprintable()


def names_publication_only(statement: Statement) -> bool:
    """Whether it is the delete of a patent document, which does not say whose application it is."""
    if statement.operation != "delete" or statement.record.application_number:
        return False
    return bool(statement.record.publications)


def needs_content(head: Head, statement: Statement) -> bool:
    """Whether the content held is needed to know what holds after the statement."""
    return statement.operation != "upsert" or not takes_all(head.standing, statement.stamp)


class Decision:
    """Takes the statements of a batch one by one and holds what is to be written.

    `origin` is the feed that said all this first, `position` how many of its source records came before.
    `ahead` is the feed itself where some of its records were taken before their turn; now that it comes they
    count as what they did then.
    """

    def __init__(self, origin: int, position: int, found: Found, ahead: int | None = None) -> None:
        self.origin = origin
        self._ahead = ahead
        self.position = position
        self.heads = found.heads
        self.changes: list[ChangeRow] = []
        self.quarantined: list[tuple[int, Rejected]] = []
        self.publications: dict[str, str] = {}
        self.tallies: Counter[tuple[int, Plain]] = Counter()
        self.blocks = BlockBuilder(found.block + 1)
        # How many records that were held it deletes, or makes expired or ended, by office and right.
        self.ended: Counter[int] = Counter()
        self._before: dict[str, HeadBefore] = {}
        self._bodies = found.bodies
        self._applications = found.applications
        self._office_rights = found.office_rights
        self._timepoint = found.timepoint

    def take(self, item: Statement | Rejected) -> Outcome:
        """Follow one source record of the feed."""
        self.position += 1
        if isinstance(item, Rejected):
            self.quarantined.append((self.position, item))
            return "quarantined"
        identity = item.record.id
        if names_publication_only(item):
            application = self._application(item)
            if application is None:
                return self._reject(item, "unknown-publication", *_UNKNOWN_PUBLICATION)
            identity = application
        if not usable(identity):
            return self._reject(item, "unusable-number", *_UNUSABLE)
        head = self.heads.get(identity)
        if head is not None and head.origin == self._ahead:
            came_ahead = head.position == self.position
            outcome = self._follow(head, item)
            return _came_ahead(head) if came_ahead and outcome == "unchanged" else outcome
        if head is not None and head.origin == self.origin and self.position <= head.position:
            return "unchanged"
        return self._follow(head, item)

    def _follow(self, head: Head | None, item: Statement) -> Outcome:
        if item.operation == "upsert" and (head is None or takes_all(head.standing, item.stamp)):
            return self._replace(head, item)
        return self._merge(head, item)

    def head_of(self, item: Statement) -> Head | None:
        """The head of the record that the statement is about, None where none is held."""
        identity = self._application(item) if names_publication_only(item) else item.record.id
        return None if identity is None else self.heads.get(identity)

    def refuse(self, item: Statement, code: str, reason: str, mend: str) -> Outcome:
        """Put the statement that was last followed into quarantine."""
        return self._reject(item, code, reason, mend)

    def before(self) -> Before:
        """What was held of the records that it touches."""
        touched = [
            msgspec.structs.replace(was, standing_after=self.heads[identity].standing_bytes)
            for identity, was in self._before.items()
        ]
        return Before(touched, [head.id for head in self.new_heads()])

    def touched_heads(self) -> Iterable[Head]:
        return (head for head in self.heads.values() if head.is_touched and not head.is_new)

    def new_heads(self) -> Iterable[Head]:
        return (head for head in self.heads.values() if head.is_new)

    def _replace(self, head: Head | None, item: Statement) -> Outcome:
        """A full statement that nothing held outlives; what is held is not even read."""
        stamp = item.stamp or (head.standing.floor if head is not None else "")
        standing = Standing(stamp) if stamp else NOTHING
        return self._settle(head, item, Held(item.record, standing, False))

    def _merge(self, head: Head | None, item: Statement) -> Outcome:
        held = None if head is None else self._held(head)
        if names_publication_only(item) and held is not None:
            after = take_away(held, item.record.publications[0], item.stamp)
        elif item.operation == "delete":
            if held is None and not item.stamp:
                return self._reject(item, "not-held", *_NOT_HELD)
            after = state_end(held, item.record, item.stamp)
        elif item.operation == "patch":
            after = state_some(held, item.record, item.given or frozenset(), item.stamp)
        else:
            after = state_all(held, item.record, item.stamp)
        if after is held:
            return "unchanged"
        return self._settle(head, item, after)

    def _settle(self, head: Head | None, item: Statement, after: Held) -> Outcome:
        """Write down what holds after the statement, where it differs from what is held."""
        record, standing, deleted = after
        try:
            body = encode_record(record)
        except UnicodeEncodeError:
            return self._reject(item, "no-text", *_NO_TEXT)
        content = short_hash(body)
        source = checksum(item.source)
        if head is None:
            outcome: Outcome = "deleted" if deleted else "created"
            head, previous = self._new_head(record), 0
        elif head.deleted == deleted and (deleted or head.content_hash == content):
            self._stay(head, item, after, source)
            return "unchanged"
        else:
            outcome = "deleted" if deleted else "updated"
            previous = head.timepoint
            self._remember(head)
            if not head.deleted:
                self.tallies[head.office_right_id, head.status] -= 1
                if deleted or (record.status.plain in OVER and head.status not in OVER):
                    self.ended[head.office_right_id] += 1
        self._timepoint += 1
        block, entry = self.blocks.add(item)
        head.timepoint = self._timepoint
        head.content_hash, head.source_hash = content, source
        head.origin, head.position = self.origin, self.position
        head.version += 1
        head.deleted, head.record, head.is_touched = deleted, record, True
        head.status, head.filed = record.status.plain, filed_day(record.filing_date)
        if standing is not head.standing:
            head.standing, head.standing_bytes = standing, encode_standing(standing)
        if not deleted:
            self.tallies[head.office_right_id, head.status] += 1
            if record.publications and record.right in ("patent", "utility-model"):
                keys = map(publication_key, record.publications)
                self.publications.update((key, head.id) for key in keys if usable(key))
        self.changes.append(
            ChangeRow(
                self._timepoint, previous, block, entry, head.version, _OPERATIONS[outcome], head.id,
                head.standing_bytes, pack_record(body),
            )
        )  # fmt: skip
        return outcome

    def _stay(self, head: Head, item: Statement, after: Held, source: int) -> None:
        """The content is the same; what is new may be its stamp, or something in the source that no mapping
        reads.

        Such a source is kept too, so that a later mapping can read it.
        """
        head.record = after.record
        if item.operation != "delete" and source != head.source_hash:
            self._remember(head)
            self.blocks.add(item)
            head.source_hash, head.is_touched = source, True
        if after.standing != head.standing:
            self._remember(head)
            head.standing, head.standing_bytes = after.standing, encode_standing(after.standing)
            head.is_touched = True

    def _remember(self, head: Head) -> None:
        if not head.is_new and head.id not in self._before:
            self._before[head.id] = head_before(head)

    def _new_head(self, record: Record) -> Head:
        right = self._office_rights[record.office, record.right]
        head = Head(record.id, 0, 0, 0, 0, 0, 0, "unknown", None, right, False, b"", is_new=True)
        self.heads[record.id] = head
        return head

    def _held(self, head: Head) -> Held:
        if head.record is None:
            head.record = decode_record(unpack(self._bodies[head.timepoint]))
        return Held(head.record, head.standing, head.deleted)

    def _application(self, item: Statement) -> str | None:
        key = publication_key(item.record.publications[0])
        if key.endswith("-"):
            ids = {identity for known, identity in self.publications.items() if known.startswith(key)}
            if len(ids) == 1:
                return ids.pop()
        return self.publications.get(key) or self._applications.get(key)

    def _reject(self, item: Statement, code: str, reason: str, mend: str) -> Outcome:
        whole = item.envelope.around(item.source)
        place = (item.file, item.number, item.line, item.offset)
        around = len(item.envelope.before), len(item.envelope.after)
        rejected = Rejected(code, reason, mend, *place, whole, item.record.right, *around)
        self.quarantined.append((self.position, rejected))
        return "quarantined"


def _came_ahead(head: Head) -> Outcome:
    return "deleted" if head.deleted else "created"


_OPERATIONS: dict[Outcome, str] = {"created": "insert", "updated": "update", "deleted": "delete"}
_NOT_HELD = (
    "a delete of a right that is not held; there is nothing to delete",
    "check the application number, or send the right first",
)
_UNUSABLE = (
    "a number that makes no id: too long, or with characters that cannot be shown",
    "check that the field of the number holds the number and nothing else",
)
_NO_TEXT = (
    "a text with half a surrogate pair, which no encoding can hold",
    "correct the escape sequence in the text",
)
_UNKNOWN_PUBLICATION = (
    "a delete of a publication that belongs to no application held",
    "check the publication number, or send the application first",
)
