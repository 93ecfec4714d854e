"""Sources from which feeds are fetched, and their runs."""

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"

_TABLES = (
    """
    CREATE TABLE feed_source (
        name text COLLATE "C" NOT NULL,
        office text NOT NULL,
        definition text NOT NULL,
        mark bytea,
        failures integer NOT NULL DEFAULT 0,
        problem text,
        next_run_at timestamptz,
        last_run_at timestamptz,
        last_success_at timestamptz,
        CONSTRAINT feed_source_pkey PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE source_run (
        id integer GENERATED ALWAYS AS IDENTITY,
        source text COLLATE "C" NOT NULL,
        state text NOT NULL,
        url text NOT NULL,
        definition text NOT NULL,
        place bytea,
        mark bytea,
        asked integer NOT NULL DEFAULT 0,
        pages integer NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,
        problem text,
        feed_id integer,
        begun_at timestamptz NOT NULL,
        ended_at timestamptz,
        CONSTRAINT source_run_pkey PRIMARY KEY (id),
        CONSTRAINT source_run_source_fkey
            FOREIGN KEY (source) REFERENCES feed_source (name) ON DELETE CASCADE,
        CONSTRAINT source_run_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX source_run_source_id ON source_run (source, id)",
    "CREATE INDEX source_run_feed_id ON source_run (feed_id)",
    "CREATE UNIQUE INDEX source_run_open ON source_run (source) WHERE state IN ('fetching', 'fetched')",
    """
    CREATE TABLE source_page (
        run_id integer NOT NULL,
        number integer NOT NULL,
        size bigint,
        request bytea NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT source_page_pkey PRIMARY KEY (run_id, number),
        CONSTRAINT source_page_run_id_fkey FOREIGN KEY (run_id) REFERENCES source_run (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX source_page_run_id_request ON source_page (run_id, request)",
    "CREATE INDEX source_page_run_id_content ON source_page (run_id, content)",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
