"""The tables of the register. `migrations/` builds them; a test holds the two together.

Columns stand widest first, so that no byte of a row is lost to alignment: rows of `record` and `change`
are what the disk is spent on.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, INT8MULTIRANGE, JSONB, REAL

from register.model import PLAIN_STATUSES

HEAD_REVISION = "0013"
KEY_PURPOSES = ("read", "upload", "admin")
OPERATIONS = ("insert", "update", "delete")
FEED_STATES = ("queued", "reading", "held", "done", "failed", "cancelled")
COUNT_NAMES = ("read", "created", "updated", "unchanged", "deleted", "quarantined")

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

operation_type = Enum(*OPERATIONS, name="operation", metadata=metadata)
plain_status_type = Enum(*PLAIN_STATUSES, name="plain_status", metadata=metadata)
feed_state_type = Enum(*FEED_STATES, name="feed_state", metadata=metadata)

# Ids are compared byte by byte: faster, the same on every machine, and a prefix is a range of the index.
identity = Text(collation="C")


def _moment(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=text("0"))


# Every version of every right in the order of commit: versions, history and outbox at once.
change = Table(
    "change",
    metadata,
    Column("timepoint", BigInteger, primary_key=True, autoincrement=False),
    # The timepoint of the version before, 0 for none: the versions of a record are a chain, which needs
    # no index.
    Column("previous", BigInteger, nullable=False),
    # The block that holds the source as delivered, and which entry of it; the block knows the feed and
    # the time.
    Column("block_id", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("operation", operation_type, nullable=False),
    Column("record_id", identity, nullable=False),
    Column("standing", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# The newest version of every right ever held.
record = Table(
    "record",
    metadata,
    Column("timepoint", BigInteger, nullable=False),
    Column("content_hash", BigInteger, nullable=False),
    Column("source_hash", BigInteger, nullable=False),
    # The feed whose statement set this state, and which statement of it: what the same feed says again is
    # known.
    Column("origin", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", plain_status_type, nullable=False),
    Column("filed", Date),
    Column("office_right_id", SmallInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("id", identity, primary_key=True),
    Column("standing", LargeBinary, nullable=False),
)

# Sources as delivered, in blocks of a batch.
source_block = Table(
    "source_block",
    metadata,
    _moment("changed_at", nullable=False),
    # The first change of the batch; empty where it changed nothing.
    Column("first_timepoint", BigInteger),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("feed_id", Integer, ForeignKey("feed.id"), nullable=False),
    # Where in the feed each source stood.
    Column("entries", LargeBinary, nullable=False),
    # Sources as delivered, compressed together.
    Column("sources", LargeBinary, nullable=False),
    Index(None, "feed_id"),
    Index(None, "changed_at"),
)

# The application of a patent document, for deletes that name the document only.
publication = Table(
    "publication",
    metadata,
    # Country, number and kind, for example ep-1000001-a1.
    Column("key", identity, primary_key=True),
    Column("record_id", identity, nullable=False),
)

# What is held by office and right: as of when, and how many records by status.
office_right = Table(
    "office_right",
    metadata,
    Column("id", SmallInteger, Identity(always=True), primary_key=True),
    Column("office", Text, nullable=False),
    Column("right", Text, nullable=False),
    _moment("as_of"),
    *(_count(status) for status in PLAIN_STATUSES),
    UniqueConstraint("office", "right"),
)

# What an office delivered. `read` is also the checkpoint: how many source records are applied.
feed = Table(
    "feed",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("office", Text, nullable=False),
    # File name as delivered.
    Column("name", Text, nullable=False),
    # Bytes as delivered.
    Column("size", BigInteger, nullable=False),
    # SHA-256 of the bytes.
    Column("digest", LargeBinary, nullable=False),
    Column("format", Text),
    # Version of the mapping from the office's words to ours.
    Column("mapping", Text),
    # Of bytes, office, format and mapping together.
    Column("fingerprint", LargeBinary),
    # The first feed of the same fingerprint, or this one.
    Column("origin", Integer),
    Column("dry_run", Boolean, nullable=False),
    Column("state", feed_state_type, nullable=False),
    Column("problem", Text),
    *(_count(name) for name in COUNT_NAMES),
    # Office:right of what was read.
    Column("covers", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    _moment("received_at", nullable=False),
    _moment("started_at"),
    _moment("finished_at"),
    # Name of the file that the delivery is kept in until it is read; empty where it came from a command.
    Column("spool", Text),
    # Share read, 0 to 1.
    Column("progress", REAL),
    # How often it was taken to be read since a batch was last applied, and when it may be taken again.
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    _moment("next_try_at"),
    # When its office said that it is meant so, though it ends many records.
    _moment("confirmed_at"),
    # What it has ended so far of what was held before it, as JSON by right.
    Column("ended", Text),
    # The feed that this one undoes, the one that undid this one, and whether records that changed since are
    # left as they are.
    Column("undoes", Integer, ForeignKey("feed.id")),
    Column("undone_by", Integer, ForeignKey("feed.id")),
    Column("leaves_changed", Boolean, nullable=False, server_default=text("false")),
    # Whether what was held before it is written down, from its first record on.
    Column("keeps_before", Boolean, nullable=False, server_default=text("false")),
    # What it is where it is no delivery and undoes none: `replay` of what stands in quarantine (of feed
    # `replays`, or of all feeds of the office), or `reprocess` of the office's records.
    Column("task", Text),
    Column("replays", Integer, ForeignKey("feed.id")),
    # Of a reprocessing: which right, where it is one, and the last record that it looked at.
    Column("scope", Text),
    Column("reached", Text),
    # How many of its records were taken before its turn; empty where nobody has looked for such.
    Column("ahead", BigInteger),
    CheckConstraint('"read" = created + updated + unchanged + deleted + quarantined', name="adds_up"),
    Index(None, "fingerprint"),
    Index(None, "office", "id"),
    Index("feed_waiting", "office", "id", postgresql_where=text("state IN ('queued', 'reading')")),
)

# What was held of the records that a batch of a feed touched, so that the feed can be undone.
feed_before = Table(
    "feed_before",
    metadata,
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    # How many source records of the feed came before the batch.
    Column("position", Integer, primary_key=True, autoincrement=False),
    # Heads as they were and the ids of new records, compressed.
    Column("heads", LargeBinary, nullable=False),
)

# Files that came with records; the bytes lie in the data directory, by their hash.
media = Table(
    "media",
    metadata,
    Column("size", BigInteger, nullable=False),
    # SHA-256 in hexadecimal.
    Column("hash", identity, primary_key=True),
    Column("type", Text, nullable=False),
)

# What a feed called each of them; `base` is the last part of the name in lower case.
feed_media = Table(
    "feed_media",
    metadata,
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    Column("office", Text, nullable=False),
    Column("base", identity, nullable=False),
    Column("name", identity, primary_key=True),
    Column("hash", identity, ForeignKey("media.hash"), nullable=False),
    Index("feed_media_office_base", "office", "base", "feed_id"),
)

# A delivery that comes in parts, and the feed that it became.
upload = Table(
    "upload",
    metadata,
    # Bytes that it will have.
    Column("length", BigInteger, nullable=False),
    _moment("created_at", nullable=False),
    _moment("expires_at", nullable=False),
    Column("feed_id", Integer, ForeignKey("feed.id")),
    Column("dry_run", Boolean, nullable=False),
    Column("id", identity, primary_key=True),
    Column("office", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("format", Text),
    # What the sender said of it, as it came.
    Column("told", Text, nullable=False),
    Index(None, "expires_at"),
)

# What a feed reads again of what stands in quarantine, in its order.
replay_item = Table(
    "replay_item",
    metadata,
    Column("item", BigInteger, ForeignKey("quarantine.id"), nullable=False),
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    # From 1.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Index(None, "item"),
)

# The files of a feed, archive members as outer.zip/inner.xml.
feed_file = Table(
    "feed_file",
    metadata,
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    # Which source record of the feed is the first of the file, from 1: the order of the files.
    Column("place", Integer, nullable=False),
    Column("format", Text),
    Column("problem", Text),
    *(_count(name) for name in COUNT_NAMES),
)

# Source records that could not be taken, each with the reason and the mend.
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("feed_id", Integer, ForeignKey("feed.id"), nullable=False),
    # Which source record of the feed, from 1.
    Column("position", Integer, nullable=False),
    Column("file", Text, nullable=False),
    # Which source record of the file, from 1.
    Column("number", Integer, nullable=False),
    Column("line", Integer),
    Column("offset", BigInteger),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("mend", Text, nullable=False),
    # The source, compressed: at most 8 MiB of it, 64 KiB of what cannot be read.
    Column("source", LargeBinary, nullable=False),
    _moment("resolved_at"),
    # How many bytes of the source stand before and after the record itself.
    Column("before", Integer, nullable=False, server_default=text("0")),
    Column("after", Integer, nullable=False, server_default=text("0")),
    # The source as its office corrected it, compressed.
    Column("corrected", LargeBinary),
    _moment("corrected_at"),
    # The feed that took it in after all.
    Column("resolved_by", Integer, ForeignKey("feed.id")),
    # Of what a replay could not take either: what it replayed.
    Column("item", BigInteger, ForeignKey("quarantine.id")),
    Index(None, "feed_id", "id"),
    Index("quarantine_item", "item", postgresql_where=text("item IS NOT NULL")),
    Index("quarantine_resolved_by", "resolved_by", postgresql_where=text("resolved_by IS NOT NULL")),
)

# What the records of a feed are like, by right; an empty right for what was refused before it was known.
feed_quality = Table(
    "feed_quality",
    metadata,
    # Statements taken, how many of them state a whole record, and statements refused.
    Column("statements", BigInteger, nullable=False),
    Column("records", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    # 0 to 100, empty where there is no whole record, and by which version of the formula.
    Column("score", REAL),
    Column("formula", SmallInteger, nullable=False),
    Column("right", Text, primary_key=True),
    # The counts of each field, as JSON.
    Column("counts", LargeBinary, nullable=False),
)

# Values of a feed that were not understood, and how often each came.
feed_unread = Table(
    "feed_unread",
    metadata,
    Column("count", BigInteger, nullable=False),
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    Column("right", Text, primary_key=True),
    # The kind of value, such as status.
    Column("what", Text, primary_key=True),
    Column("value", identity, primary_key=True),
)

# What a dry run found, all in all.
rehearsal = Table(
    "rehearsal",
    metadata,
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    # Why the feed would be held.
    Column("held", Text),
    # How many records would change in which way, as JSON by right.
    Column("counts", LargeBinary, nullable=False),
)

# Some of the records that a dry run found to change; the first ones of every way in which records change.
rehearsed_change = Table(
    "rehearsed_change",
    metadata,
    Column("offset", BigInteger),
    Column("feed_id", Integer, ForeignKey("feed.id"), primary_key=True),
    # Which source record of the feed, from 1, and which of its file.
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("line", Integer),
    Column("file", Text, nullable=False),
    Column("right", Text, nullable=False),
    # created, updated, returned or deleted.
    Column("kind", Text, nullable=False),
    Column("record_id", identity, nullable=False),
    Column("status_before", Text),
    Column("status_after", Text),
    Column("fields", ARRAY(Text), nullable=False),
    # The fields as they are and as they would be, as JSON, compressed.
    Column("detail", LargeBinary, nullable=False),
)

# How far each search index follows the changes.
index_state = Table(
    "index_state",
    metadata,
    Column("name", Text, primary_key=True),
    # Every change up to here is in the index, and every move of a spelling to another applicant.
    Column("timepoint", BigInteger, nullable=False),
    Column("moves", BigInteger, nullable=False, server_default=text("0")),
    _moment("updated_at", nullable=False),
)

# Keys with which an office delivers.
api_key = Table(
    "api_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("office", Text, nullable=False),
    # What it opens: one of `KEY_PURPOSES`.
    Column("purpose", Text, nullable=False),
    # What it is for, in the words of who made it.
    Column("note", Text, nullable=False, server_default=""),
    # SHA-256 of the key; the key is not kept.
    Column("hash", LargeBinary, nullable=False, unique=True),
    _moment("created_at", nullable=False),
    _moment("expires_at"),
    _moment("revoked_at"),
    _moment("last_used_at"),
)

# Who is signed in to the console of an office, and with which key.
console_session = Table(
    "console_session",
    metadata,
    _moment("begun_at", nullable=False),
    _moment("seen_at", nullable=False),
    _moment("expires_at", nullable=False),
    # SHA-256 of what the cookie holds, which is not kept.
    Column("hash", LargeBinary, primary_key=True),
    Column("key_id", Text, ForeignKey("api_key.id", ondelete="CASCADE"), nullable=False),
    Index(None, "expires_at"),
)

# Who did what, from where, on what, when, with what outcome. Triggers keep what is written as it is, until it
# is older than is kept (`register.store.audit`). It refers to nothing, so that nothing takes it along.
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _moment("at", nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    # A key by its id, the operator, the puller of sources, the service itself; and whose key it is.
    Column("who", Text, nullable=False),
    Column("actor_office", Text),
    # From where: an address, a command.
    Column("place", Text, nullable=False),
    # Whose things were acted on, and which: feed 12.
    Column("office", Text),
    Column("subject", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
    Index(None, "office", "id"),
    Index(None, "actor_office", "id"),
    Index(None, "at"),
    Index("audit_refused", "who", "at", postgresql_where=text("outcome = 'refused'")),
)

# Searches with their answers, for those who cite them. Nothing is known of who has searched.
receipt = Table(
    "receipt",
    metadata,
    _moment("issued_at", nullable=False),
    # When it was made or last asked for: what nobody asks for is forgotten after a time.
    _moment("used_at", nullable=False),
    Column("id", identity, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Index(None, "used_at"),
)

# Clearance of many names. The job is held until `lease_until` by whoever works on it.
clearance_job = Table(
    "clearance_job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    # The question as JSON.
    Column("request", LargeBinary, nullable=False),
    Column("names", Integer, nullable=False),
    # How often it was taken since a report was last made.
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    _moment("created_at", nullable=False),
    _moment("started_at"),
    _moment("finished_at"),
    _moment("lease_until"),
    _moment("expires_at", nullable=False),
    Column("problem", Text),
    Index(None, "expires_at"),
)

# The reports of a job as JSON, compressed.
clearance_report = Table(
    "clearance_report",
    metadata,
    Column("job_id", Text, ForeignKey("clearance_job.id", ondelete="CASCADE"), primary_key=True),
    # Which of the names, from 1.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("conflicts", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# A saved search: it tells its owner of what is new or changed among what it finds.
watch = Table(
    "watch",
    metadata,
    # Every change of the register up to here has been looked at.
    Column("reached", BigInteger, nullable=False),
    _moment("created_at", nullable=False),
    _moment("looked_at", nullable=False),
    # What scores less is no conflict.
    Column("least_score", REAL, nullable=False),
    Column("id", identity, primary_key=True),
    Column("name", Text, nullable=False),
    # The search as JSON.
    Column("query", LargeBinary, nullable=False),
    # SHA-256 of the owner's key, and of the token with which the watch is read only; neither is kept.
    Column("key_hash", LargeBinary, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    # Where events are sent, and what they are signed with: a signature needs the secret itself.
    Column("webhook", Text),
    Column("secret", LargeBinary),
    Index(None, "reached"),
)

# What a watch knows to match: the records that are in conflict with it now.
watch_conflict = Table(
    "watch_conflict",
    metadata,
    Column("version", Integer, nullable=False),
    Column("score", REAL),
    Column("watch_id", identity, ForeignKey("watch.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", identity, primary_key=True),
)

# What a watch has told, each version of a record once.
watch_event = Table(
    "watch_event",
    metadata,
    # The order in which events were found.
    Column("number", BigInteger, Identity(always=True), nullable=False),
    _moment("created_at", nullable=False),
    # When the next try to deliver it is due, and when it was taken.
    _moment("next_try_at"),
    _moment("delivered_at"),
    Column("version", Integer, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("id", identity, primary_key=True),
    Column("watch_id", identity, ForeignKey("watch.id", ondelete="CASCADE"), nullable=False),
    Column("record_id", identity, nullable=False),
    # Why the last try failed.
    Column("problem", Text),
    # What is delivered, as JSON.
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("watch_id", "record_id", "version"),
    Index(None, "watch_id", "number"),
    Index("watch_event_next_try_at", "next_try_at", postgresql_where=text("state = 'waiting'")),
)

# An address from which an office's feeds are fetched, by the name of its table.
feed_source = Table(
    "feed_source",
    metadata,
    Column("name", identity, primary_key=True),
    Column("office", Text, nullable=False),
    # Which table it was last asked by.
    Column("definition", Text, nullable=False),
    # What the next run goes on from, as JSON.
    Column("mark", LargeBinary),
    # Runs that failed, one after another, and why the last one did.
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("problem", Text),
    _moment("next_run_at"),
    _moment("last_run_at"),
    _moment("last_success_at"),
)

# A run of a source: what was asked, what came of it, and how far it is.
source_run = Table(
    "source_run",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("source", identity, ForeignKey("feed_source.name", ondelete="CASCADE"), nullable=False),
    Column("state", Text, nullable=False),
    # Without secrets.
    Column("url", Text, nullable=False),
    Column("definition", Text, nullable=False),
    # What is asked for next, and what is known once the run ends, as JSON.
    Column("place", LargeBinary),
    Column("mark", LargeBinary),
    Column("asked", Integer, nullable=False, server_default=text("0")),
    Column("pages", Integer, nullable=False, server_default=text("0")),
    Column("bytes", BigInteger, nullable=False, server_default=text("0")),
    Column("problem", Text),
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="SET NULL")),
    _moment("begun_at", nullable=False),
    _moment("ended_at"),
    Index(None, "source", "id"),
    Index(None, "feed_id"),
    # A source has one open run at most.
    Index(
        "source_run_open", "source", unique=True, postgresql_where=text("state IN ('fetching', 'fetched')")
    ),
)

# The replies of a run that is open; those that are kept lie in the data directory.
source_page = Table(
    "source_page",
    metadata,
    Column("run_id", Integer, ForeignKey("source_run.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # Bytes of the file; absent where the reply is not kept.
    Column("size", BigInteger),
    # Digests of what was asked and of what came.
    Column("request", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index(None, "run_id", "request"),
    Index(None, "run_id", "content"),
)

# How far the ledger of coverage follows the changes; one row.
coverage_state = Table(
    "coverage_state",
    metadata,
    Column("timepoint", BigInteger, nullable=False),
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
)

# By office and right: by which rule its numbers were placed, and the newest filing date held.
coverage = Table(
    "coverage",
    metadata,
    Column("newest_filed", Date),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
    # Version of the rule; empty where its numbers are to be placed anew.
    Column("rule", Text, nullable=False),
)

# The serial numbers that were ever delivered, of each year and series of an office's sequence of numbers.
number_series = Table(
    "number_series",
    metadata,
    # How many, and the highest of them.
    Column("held_count", BigInteger, nullable=False),
    Column("highest", BigInteger, nullable=False),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
    Column("series", Text, primary_key=True),
    Column("held", INT8MULTIRANGE, nullable=False),
)

# Status words that the mapping of their feed did not know, with how many records have each now.
unmapped_status = Table(
    "unmapped_status",
    metadata,
    Column("records", BigInteger, nullable=False),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
    # The word or code of the office, what it says beside it, and the mapping.
    Column("word", Text, primary_key=True),
    Column("told", Text, primary_key=True),
    Column("mapping", Text, primary_key=True),
)

# The last authority file (WIPO ST.37) of an office and right, and how much of it is held.
authority_file = Table(
    "authority_file",
    metadata,
    _moment("received_at", nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
    Column("name", Text, nullable=False),
)

# Every number that it lists.
authority_number = Table(
    "authority_number",
    metadata,
    # Which entry of the file.
    Column("place", Integer, nullable=False),
    # Of publication, 0 where it is not told.
    Column("year", Integer, nullable=False),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
    Column("held", Boolean, nullable=False),
    # Letters and digits only, lower case.
    Column("key", identity, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("exception", Text),
    Index(None, "office_right_id", "year", "place"),
)

# The same by year.
authority_year = Table(
    "authority_year",
    metadata,
    Column("listed", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("missing", BigInteger, nullable=False),
    Column("excepted", BigInteger, nullable=False),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("office_right_id", SmallInteger, ForeignKey("office_right.id"), primary_key=True),
)

# A name of applicants, and which other name is the oldest of its applicant.
applicant_name = Table(
    "applicant_name",
    metadata,
    # The id, as a number, of the applicant whose oldest name this is or would be.
    Column("identity", BigInteger, nullable=False, unique=True),
    # In the order in which names were met, from 0.
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("root", Integer, nullable=False),
    # The applicant to which somebody has given it.
    Column("apart", Text),
    Column("country", Text),
    Column("name", Text, nullable=False),
    # The letters of the name proper, in one form.
    Column("core", Text, nullable=False),
    # What it is found by, as 64-bit numbers, little-endian.
    Column("keys", LargeBinary, nullable=False),
    Index(None, "root"),
)

# Each way in which offices have spelled a name, and the applicant that it is for.
applicant_spelling = Table(
    "applicant_spelling",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, ForeignKey("applicant_name.place"), nullable=False),
    # How sure it is that this is the name, and why.
    Column("score", REAL, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("applicant", identity, nullable=False),
    # The applicant to which somebody has given it.
    Column("apart", Text),
    Column("country", Text),
    # The office's own number of the party.
    Column("office", Text),
    Column("number", Text),
    # In lower case, without accents, for those who type.
    Column("typed", identity, nullable=False),
    # The consonants that are heard of it: the same in every script.
    Column("heard", identity, nullable=False),
    Column("name", Text, nullable=False),
    # What else the name is found by because of it.
    Column("keys", LargeBinary, nullable=False),
    Index(None, "place"),
    Index(None, "applicant"),
    Index(None, "typed"),
    Index(None, "heard"),
)

# Names taken for one applicant's, each pair with the evidence.
applicant_link = Table(
    "applicant_link",
    metadata,
    Column("one", Integer, ForeignKey("applicant_name.place"), primary_key=True),
    Column("other", Integer, ForeignKey("applicant_name.place"), primary_key=True),
    Column("score", REAL, nullable=False),
    Column("evidence", Text, nullable=False),
    Index(None, "other"),
)

# What a person has decided of applicants; what is undone stays here.
applicant_decision = Table(
    "applicant_decision",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    # The applicant that is kept, or from which spellings are taken.
    Column("applicant", identity, nullable=False),
    # The applicant that becomes part of it, or is made of the spellings.
    Column("other", identity, nullable=False),
    Column("spellings", ARRAY(BigInteger), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    _moment("made_at", nullable=False),
    Column("undone_by", Text),
    _moment("undone_at"),
)

# Spellings whose applicant became another one, for those who follow.
applicant_move = Table(
    "applicant_move",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("spelling", BigInteger, nullable=False),
)

# How often names and decisions have changed; one row, which also keeps those who resolve from each other.
applicant_state = Table(
    "applicant_state",
    metadata,
    Column("names", BigInteger, nullable=False),
    Column("decisions", BigInteger, nullable=False),
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
)
