"""Applicants: names, the spellings of each, what links them, and what persons have decided of them."""

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"

_STATEMENTS = (
    "ALTER TABLE index_state ADD COLUMN moves bigint NOT NULL DEFAULT 0",
    """
    CREATE TABLE applicant_name (
        identity bigint NOT NULL,
        place integer NOT NULL,
        root integer NOT NULL,
        apart text,
        country text,
        name text NOT NULL,
        core text NOT NULL,
        keys bytea NOT NULL,
        CONSTRAINT applicant_name_pkey PRIMARY KEY (place),
        CONSTRAINT applicant_name_identity_key UNIQUE (identity)
    )
    """,
    "CREATE INDEX applicant_name_root ON applicant_name (root)",
    """
    CREATE TABLE applicant_spelling (
        id bigint NOT NULL,
        place integer NOT NULL,
        score real NOT NULL,
        evidence text NOT NULL,
        applicant text COLLATE "C" NOT NULL,
        apart text,
        country text,
        office text,
        number text,
        typed text COLLATE "C" NOT NULL,
        heard text COLLATE "C" NOT NULL,
        name text NOT NULL,
        keys bytea NOT NULL,
        CONSTRAINT applicant_spelling_pkey PRIMARY KEY (id),
        CONSTRAINT applicant_spelling_place_fkey FOREIGN KEY (place) REFERENCES applicant_name (place)
    )
    """,
    "CREATE INDEX applicant_spelling_place ON applicant_spelling (place)",
    "CREATE INDEX applicant_spelling_applicant ON applicant_spelling (applicant)",
    "CREATE INDEX applicant_spelling_typed ON applicant_spelling (typed)",
    "CREATE INDEX applicant_spelling_heard ON applicant_spelling (heard)",
    """
    CREATE TABLE applicant_link (
        one integer NOT NULL,
        other integer NOT NULL,
        score real NOT NULL,
        evidence text NOT NULL,
        CONSTRAINT applicant_link_pkey PRIMARY KEY (one, other),
        CONSTRAINT applicant_link_one_fkey FOREIGN KEY (one) REFERENCES applicant_name (place),
        CONSTRAINT applicant_link_other_fkey FOREIGN KEY (other) REFERENCES applicant_name (place)
    )
    """,
    "CREATE INDEX applicant_link_other ON applicant_link (other)",
    """
    CREATE TABLE applicant_decision (
        id integer GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        applicant text COLLATE "C" NOT NULL,
        other text COLLATE "C" NOT NULL,
        spellings bigint[] NOT NULL,
        note text NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        undone_by text,
        undone_at timestamptz,
        CONSTRAINT applicant_decision_pkey PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE applicant_move (
        number bigint GENERATED ALWAYS AS IDENTITY,
        spelling bigint NOT NULL,
        CONSTRAINT applicant_move_pkey PRIMARY KEY (number)
    )
    """,
    """
    CREATE TABLE applicant_state (
        names bigint NOT NULL,
        decisions bigint NOT NULL,
        id smallint NOT NULL,
        CONSTRAINT applicant_state_pkey PRIMARY KEY (id)
    )
    """,
    "INSERT INTO applicant_state (names, decisions, id) VALUES (0, 0, 1)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
