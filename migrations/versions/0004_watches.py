"""Watches, what they know to match, and what they have told."""

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"

_TABLES = (
    """
    CREATE TABLE watch (
        reached bigint NOT NULL,
        created_at timestamptz NOT NULL,
        looked_at timestamptz NOT NULL,
        least_score real NOT NULL,
        id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        query bytea NOT NULL,
        key_hash bytea NOT NULL,
        token_hash bytea NOT NULL,
        webhook text,
        secret bytea,
        CONSTRAINT watch_pkey PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX watch_reached ON watch (reached)",
    """
    CREATE TABLE watch_conflict (
        version integer NOT NULL,
        score real,
        watch_id text COLLATE "C" NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        CONSTRAINT watch_conflict_pkey PRIMARY KEY (watch_id, record_id),
        CONSTRAINT watch_conflict_watch_id_fkey FOREIGN KEY (watch_id) REFERENCES watch (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE watch_event (
        number bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL,
        next_try_at timestamptz,
        delivered_at timestamptz,
        version integer NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        kind text NOT NULL,
        state text NOT NULL,
        id text COLLATE "C" NOT NULL,
        watch_id text COLLATE "C" NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        problem text,
        body bytea NOT NULL,
        CONSTRAINT watch_event_pkey PRIMARY KEY (id),
        CONSTRAINT watch_event_watch_id_fkey FOREIGN KEY (watch_id) REFERENCES watch (id) ON DELETE CASCADE,
        CONSTRAINT watch_event_watch_id_record_id_version_key UNIQUE (watch_id, record_id, version)
    )
    """,
    "CREATE INDEX watch_event_watch_id_number ON watch_event (watch_id, number)",
    "CREATE INDEX watch_event_next_try_at ON watch_event (next_try_at) WHERE state = 'waiting'",
    # It is compressed already.
    "ALTER TABLE watch_event ALTER COLUMN body SET STORAGE EXTERNAL",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
