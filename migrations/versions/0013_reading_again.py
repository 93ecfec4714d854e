"""What stands in quarantine corrected and read again, records read again by a newer mapping, and records that
go ahead of their feed.
"""

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"

_CHANGES = (
    """
    ALTER TABLE feed
        ADD COLUMN task text,
        ADD COLUMN replays integer,
        ADD COLUMN scope text,
        ADD COLUMN reached text,
        ADD COLUMN ahead bigint,
        ADD CONSTRAINT feed_replays_fkey FOREIGN KEY (replays) REFERENCES feed (id)
    """,
    """
    ALTER TABLE quarantine
        ADD COLUMN before integer DEFAULT 0 NOT NULL,
        ADD COLUMN after integer DEFAULT 0 NOT NULL,
        ADD COLUMN corrected bytea,
        ADD COLUMN corrected_at timestamp with time zone,
        ADD COLUMN resolved_by integer,
        ADD COLUMN item bigint,
        ADD CONSTRAINT quarantine_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES feed (id),
        ADD CONSTRAINT quarantine_item_fkey FOREIGN KEY (item) REFERENCES quarantine (id)
    """,
    "CREATE INDEX quarantine_item ON quarantine (item) WHERE item IS NOT NULL",
    "CREATE INDEX quarantine_resolved_by ON quarantine (resolved_by) WHERE resolved_by IS NOT NULL",
    """
    CREATE TABLE replay_item (
        item bigint NOT NULL,
        feed_id integer NOT NULL,
        number integer NOT NULL,
        CONSTRAINT replay_item_pkey PRIMARY KEY (feed_id, number),
        CONSTRAINT replay_item_item_fkey FOREIGN KEY (item) REFERENCES quarantine (id),
        CONSTRAINT replay_item_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id)
    )
    """,
    "CREATE INDEX replay_item_item ON replay_item (item)",
)


def upgrade() -> None:
    for statement in _CHANGES:
        op.execute(statement)
