"""What the records of feeds are like, and what a dry run finds."""

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"

_TABLES = (
    """
    CREATE TABLE feed_quality (
        statements bigint NOT NULL,
        records bigint NOT NULL,
        refused bigint NOT NULL,
        feed_id integer NOT NULL,
        score real,
        formula smallint NOT NULL,
        "right" text NOT NULL,
        counts bytea NOT NULL,
        CONSTRAINT feed_quality_pkey PRIMARY KEY (feed_id, "right"),
        CONSTRAINT feed_quality_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    """
    CREATE TABLE feed_unread (
        count bigint NOT NULL,
        feed_id integer NOT NULL,
        "right" text NOT NULL,
        what text NOT NULL,
        value text COLLATE "C" NOT NULL,
        CONSTRAINT feed_unread_pkey PRIMARY KEY (feed_id, "right", what, value),
        CONSTRAINT feed_unread_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    """
    CREATE TABLE rehearsal (
        feed_id integer NOT NULL,
        held text,
        counts bytea NOT NULL,
        CONSTRAINT rehearsal_pkey PRIMARY KEY (feed_id),
        CONSTRAINT rehearsal_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    """
    CREATE TABLE rehearsed_change (
        "offset" bigint,
        feed_id integer NOT NULL,
        position integer NOT NULL,
        number integer NOT NULL,
        line integer,
        file text NOT NULL,
        "right" text NOT NULL,
        kind text NOT NULL,
        record_id text COLLATE "C" NOT NULL,
        status_before text,
        status_after text,
        fields text[] NOT NULL,
        detail bytea NOT NULL,
        CONSTRAINT rehearsed_change_pkey PRIMARY KEY (feed_id, position),
        CONSTRAINT rehearsed_change_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
