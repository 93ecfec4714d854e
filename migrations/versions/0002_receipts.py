"""Receipts of searches."""

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE receipt (
            issued_at timestamptz NOT NULL,
            used_at timestamptz NOT NULL,
            id text COLLATE "C" NOT NULL,
            content bytea NOT NULL,
            CONSTRAINT receipt_pkey PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX receipt_used_at ON receipt (used_at)")
    # It is compressed already.
    op.execute("ALTER TABLE receipt ALTER COLUMN content SET STORAGE EXTERNAL")
