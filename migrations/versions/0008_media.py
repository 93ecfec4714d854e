"""Images, sounds and films that come with records, by the hash of their bytes."""

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"

_TABLES = (
    """
    CREATE TABLE media (
        size bigint NOT NULL,
        hash text COLLATE "C" NOT NULL,
        type text NOT NULL,
        CONSTRAINT media_pkey PRIMARY KEY (hash)
    )
    """,
    """
    CREATE TABLE feed_media (
        feed_id integer NOT NULL,
        office text NOT NULL,
        base text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        hash text COLLATE "C" NOT NULL,
        CONSTRAINT feed_media_pkey PRIMARY KEY (feed_id, name),
        CONSTRAINT feed_media_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES feed (id),
        CONSTRAINT feed_media_hash_fkey FOREIGN KEY (hash) REFERENCES media (hash)
    )
    """,
    "CREATE INDEX feed_media_office_base ON feed_media (office, base, feed_id)",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
