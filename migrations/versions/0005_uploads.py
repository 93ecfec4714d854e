"""Uploads: feeds as a queue, what was held before each, uploads in parts, keys that only read."""

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"

_STATEMENTS = (
    """
    ALTER TABLE feed
        ADD COLUMN spool text,
        ADD COLUMN progress real,
        ADD COLUMN attempts smallint NOT NULL DEFAULT 0,
        ADD COLUMN next_try_at timestamptz,
        ADD COLUMN confirmed_at timestamptz,
        ADD COLUMN ended text,
        ADD COLUMN undoes integer,
        ADD COLUMN undone_by integer,
        ADD COLUMN leaves_changed boolean NOT NULL DEFAULT false,
        ADD COLUMN keeps_before boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT feed_undoes_fkey FOREIGN KEY (undoes) REFERENCES feed (id),
        ADD CONSTRAINT feed_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES feed (id)
    """,
    "CREATE INDEX feed_waiting ON feed (office, id) WHERE state IN ('queued', 'reading')",
    """
    CREATE TABLE feed_before (
        feed_id integer NOT NULL,
        position integer NOT NULL,
        heads bytea NOT NULL,
        CONSTRAINT feed_before_pkey PRIMARY KEY (feed_id, position),
        CONSTRAINT feed_before_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    # It is compressed already.
    "ALTER TABLE feed_before ALTER COLUMN heads SET STORAGE EXTERNAL",
    """
    CREATE TABLE upload (
        length bigint NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        feed_id integer,
        dry_run boolean NOT NULL,
        id text COLLATE "C" NOT NULL,
        office text NOT NULL,
        name text NOT NULL,
        format text,
        told text NOT NULL,
        CONSTRAINT upload_pkey PRIMARY KEY (id),
        CONSTRAINT upload_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    "CREATE INDEX upload_expires_at ON upload (expires_at)",
    "ALTER TABLE api_key ADD COLUMN read_only boolean NOT NULL DEFAULT false",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
