"""The register: changes, records, sources, feeds, quarantine, offices, index states, keys."""

from alembic import op

revision: str = "0001"
down_revision: str | None = None

_TYPES = (
    "CREATE TYPE operation AS ENUM ('insert', 'update', 'delete')",
    "CREATE TYPE plain_status AS ENUM ('pending', 'registered', 'expired', 'ended', 'unknown')",
    "CREATE TYPE feed_state AS ENUM ('queued', 'reading', 'held', 'done', 'failed', 'cancelled')",
)

_COUNTS = """
    "read" bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    deleted bigint NOT NULL DEFAULT 0,
    quarantined bigint NOT NULL DEFAULT 0
"""

_TABLES = (
    """
    CREATE TABLE change (
        timepoint bigint NOT NULL,
        previous bigint NOT NULL,
        block_id integer NOT NULL,
        entry integer NOT NULL,
        version integer NOT NULL,
        operation operation NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        standing bytea NOT NULL,
        body bytea NOT NULL,
        CONSTRAINT change_pkey PRIMARY KEY (timepoint)
    )
    """,
    """
    CREATE TABLE record (
        timepoint bigint NOT NULL,
        content_hash bigint NOT NULL,
        source_hash bigint NOT NULL,
        origin integer NOT NULL,
        position integer NOT NULL,
        version integer NOT NULL,
        status plain_status NOT NULL,
        filed date,
        office_right_id smallint NOT NULL,
        deleted boolean NOT NULL,
        id text COLLATE "C" NOT NULL,
        standing bytea NOT NULL,
        CONSTRAINT record_pkey PRIMARY KEY (id)
    )
    """,
    f"""
    CREATE TABLE feed (
        id integer GENERATED ALWAYS AS IDENTITY,
        office text NOT NULL,
        name text NOT NULL,
        size bigint NOT NULL,
        digest bytea NOT NULL,
        format text,
        mapping text,
        fingerprint bytea,
        origin integer,
        dry_run boolean NOT NULL,
        state feed_state NOT NULL,
        problem text,
        {_COUNTS},
        covers text[] NOT NULL DEFAULT '{{}}',
        received_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        CONSTRAINT feed_pkey PRIMARY KEY (id),
        CONSTRAINT feed_adds_up CHECK ("read" = created + updated + unchanged + deleted + quarantined)
    )
    """,
    "CREATE INDEX feed_fingerprint ON feed (fingerprint)",
    "CREATE INDEX feed_office_id ON feed (office, id)",
    f"""
    CREATE TABLE feed_file (
        feed_id integer NOT NULL,
        name text NOT NULL,
        place integer NOT NULL,
        format text,
        problem text,
        {_COUNTS},
        CONSTRAINT feed_file_pkey PRIMARY KEY (feed_id, name),
        CONSTRAINT feed_file_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    """
    CREATE TABLE source_block (
        changed_at timestamptz NOT NULL,
        first_timepoint bigint,
        id integer NOT NULL,
        feed_id integer NOT NULL,
        entries bytea NOT NULL,
        sources bytea NOT NULL,
        CONSTRAINT source_block_pkey PRIMARY KEY (id),
        CONSTRAINT source_block_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    "CREATE INDEX source_block_feed_id ON source_block (feed_id)",
    "CREATE INDEX source_block_changed_at ON source_block (changed_at)",
    """
    CREATE TABLE publication (
        key text COLLATE "C" NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        CONSTRAINT publication_pkey PRIMARY KEY (key)
    )
    """,
    """
    CREATE TABLE office_right (
        id smallint GENERATED ALWAYS AS IDENTITY,
        office text NOT NULL,
        "right" text NOT NULL,
        as_of timestamptz,
        pending bigint NOT NULL DEFAULT 0,
        registered bigint NOT NULL DEFAULT 0,
        expired bigint NOT NULL DEFAULT 0,
        ended bigint NOT NULL DEFAULT 0,
        unknown bigint NOT NULL DEFAULT 0,
        CONSTRAINT office_right_pkey PRIMARY KEY (id),
        CONSTRAINT office_right_office_right_key UNIQUE (office, "right")
    )
    """,
    """
    CREATE TABLE quarantine (
        id bigint GENERATED ALWAYS AS IDENTITY,
        feed_id integer NOT NULL,
        position integer NOT NULL,
        file text NOT NULL,
        number integer NOT NULL,
        line integer,
        "offset" bigint,
        code text NOT NULL,
        reason text NOT NULL,
        mend text NOT NULL,
        source bytea NOT NULL,
        resolved_at timestamptz,
        CONSTRAINT quarantine_pkey PRIMARY KEY (id),
        CONSTRAINT quarantine_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    "CREATE INDEX quarantine_feed_id_id ON quarantine (feed_id, id)",
    """
    CREATE TABLE index_state (
        name text NOT NULL,
        timepoint bigint NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT index_state_pkey PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE api_key (
        id text NOT NULL,
        office text NOT NULL,
        purpose text NOT NULL,
        hash bytea NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT api_key_pkey PRIMARY KEY (id),
        CONSTRAINT api_key_hash_key UNIQUE (hash)
    )
    """,
)

# What these hold is compressed already; Postgres shall not try to.
_COMPRESSED = (
    ("change", "body"),
    ("source_block", "entries"),
    ("source_block", "sources"),
    ("quarantine", "source"),
)


def upgrade() -> None:
    for statement in (*_TYPES, *_TABLES):
        op.execute(statement)
    for table, column in _COMPRESSED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL")
