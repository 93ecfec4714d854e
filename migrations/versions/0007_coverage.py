"""The ledger of coverage: numbers held and expected, status words that are not known."""

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"

_TABLES = (
    """
    CREATE TABLE coverage_state (
        timepoint bigint NOT NULL,
        id smallint NOT NULL,
        CONSTRAINT coverage_state_pkey PRIMARY KEY (id)
    )
    """,
    "INSERT INTO coverage_state (timepoint, id) VALUES (0, 1)",
    """
    CREATE TABLE coverage (
        newest_filed date,
        office_right_id smallint NOT NULL,
        rule text NOT NULL,
        CONSTRAINT coverage_pkey PRIMARY KEY (office_right_id),
        CONSTRAINT coverage_office_right_id_fkey FOREIGN KEY (office_right_id) REFERENCES office_right (id)
    )
    """,
    """
    CREATE TABLE number_series (
        held_count bigint NOT NULL,
        highest bigint NOT NULL,
        year integer NOT NULL,
        office_right_id smallint NOT NULL,
        series text NOT NULL,
        held int8multirange NOT NULL,
        CONSTRAINT number_series_pkey PRIMARY KEY (year, office_right_id, series),
        CONSTRAINT number_series_office_right_id_fkey FOREIGN KEY (office_right_id)
            REFERENCES office_right (id)
    )
    """,
    """
    CREATE TABLE unmapped_status (
        records bigint NOT NULL,
        office_right_id smallint NOT NULL,
        word text NOT NULL,
        told text NOT NULL,
        mapping text NOT NULL,
        CONSTRAINT unmapped_status_pkey PRIMARY KEY (office_right_id, word, told, mapping),
        CONSTRAINT unmapped_status_office_right_id_fkey FOREIGN KEY (office_right_id)
            REFERENCES office_right (id)
    )
    """,
    """
    CREATE TABLE authority_file (
        received_at timestamptz NOT NULL,
        entries bigint NOT NULL,
        office_right_id smallint NOT NULL,
        name text NOT NULL,
        CONSTRAINT authority_file_pkey PRIMARY KEY (office_right_id),
        CONSTRAINT authority_file_office_right_id_fkey FOREIGN KEY (office_right_id)
            REFERENCES office_right (id)
    )
    """,
    """
    CREATE TABLE authority_number (
        place integer NOT NULL,
        year integer NOT NULL,
        office_right_id smallint NOT NULL,
        held boolean NOT NULL,
        key text COLLATE "C" NOT NULL,
        kind text NOT NULL,
        number text NOT NULL,
        exception text,
        CONSTRAINT authority_number_pkey PRIMARY KEY (office_right_id, key, kind),
        CONSTRAINT authority_number_office_right_id_fkey FOREIGN KEY (office_right_id)
            REFERENCES office_right (id)
    )
    """,
    """
    CREATE INDEX authority_number_office_right_id_year_place
    ON authority_number (office_right_id, year, place)
    """,
    """
    CREATE TABLE authority_year (
        listed bigint NOT NULL,
        held bigint NOT NULL,
        missing bigint NOT NULL,
        excepted bigint NOT NULL,
        year integer NOT NULL,
        office_right_id smallint NOT NULL,
        CONSTRAINT authority_year_pkey PRIMARY KEY (year, office_right_id),
        CONSTRAINT authority_year_office_right_id_fkey FOREIGN KEY (office_right_id)
            REFERENCES office_right (id)
    )
    """,
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
