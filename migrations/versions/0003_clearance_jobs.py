"""Clearance of many names: jobs and their reports."""

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE clearance_job (
            id text NOT NULL,
            state text NOT NULL,
            request bytea NOT NULL,
            names integer NOT NULL,
            attempts integer NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL,
            started_at timestamptz,
            finished_at timestamptz,
            lease_until timestamptz,
            expires_at timestamptz NOT NULL,
            problem text,
            CONSTRAINT clearance_job_pkey PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX clearance_job_expires_at ON clearance_job (expires_at)")
    op.execute(
        """
        CREATE TABLE clearance_report (
            job_id text NOT NULL,
            number integer NOT NULL,
            conflicts integer NOT NULL,
            name text NOT NULL,
            grade text NOT NULL,
            body bytea NOT NULL,
            CONSTRAINT clearance_report_pkey PRIMARY KEY (job_id, number),
            CONSTRAINT clearance_report_job_id_fkey
                FOREIGN KEY (job_id) REFERENCES clearance_job (id) ON DELETE CASCADE
        )
        """
    )
    # It is compressed already.
    op.execute("ALTER TABLE clearance_report ALTER COLUMN body SET STORAGE EXTERNAL")
