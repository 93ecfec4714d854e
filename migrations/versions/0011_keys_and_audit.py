"""Keys by purpose, sessions of the console, and the audit log, which takes no change of what is written."""

from alembic import op

revision: str = "0011"
down_revision: str | None = "0009"

_STATEMENTS = (
    "ALTER TABLE api_key RENAME COLUMN purpose TO note",
    "ALTER TABLE api_key ALTER COLUMN note SET DEFAULT ''",
    "ALTER TABLE api_key ADD COLUMN purpose text NOT NULL DEFAULT 'upload'",
    "UPDATE api_key SET purpose = 'read' WHERE read_only",
    "ALTER TABLE api_key ALTER COLUMN purpose DROP DEFAULT",
    "ALTER TABLE api_key DROP COLUMN read_only",
    """
    CREATE TABLE console_session (
        begun_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        hash bytea NOT NULL,
        key_id text NOT NULL,
        CONSTRAINT console_session_pkey PRIMARY KEY (hash),
        CONSTRAINT console_session_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_key (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX console_session_expires_at ON console_session (expires_at)",
    """
    CREATE TABLE audit (
        id bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        action text NOT NULL,
        outcome text NOT NULL,
        who text NOT NULL,
        actor_office text,
        place text NOT NULL,
        office text,
        subject text NOT NULL,
        detail jsonb NOT NULL,
        CONSTRAINT audit_pkey PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX audit_office_id ON audit (office, id)",
    "CREATE INDEX audit_actor_office_id ON audit (actor_office, id)",
    "CREATE INDEX audit_at ON audit (at)",
    "CREATE INDEX audit_refused ON audit (who, at) WHERE outcome = 'refused'",
    # What is written stays as it is. Only who says how long entries are kept may remove older ones.
    """
    CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < nullif(current_setting('ipregister.audit_kept_from', true), '')::timestamptz THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'the audit log is only added to'
            USING ERRCODE = 'insufficient_privilege';
    END
    $$
    """,
    """
    CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_stays()
    """,
    """
    CREATE TRIGGER audit_stays_whole BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
