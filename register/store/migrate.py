"""Brings the database to the schema that this version of the code works with."""

import importlib.util
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from register.store.schema import HEAD_REVISION


class SchemaTooNewError(Exception):
    """The database was migrated by a newer version of the code than this one."""


def upgrade(url: str) -> None:
    """Run the migrations that the database at `url` lacks; a look and no more where it lacks none.

    Safe to call from several processes at once. Raises `SchemaTooNewError`.
    """
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        held = revision(connection)
        connection.rollback()
        if held == HEAD_REVISION:
            return
        if held is not None and held not in _known_revisions():
            raise SchemaTooNewError(
                f"the database is at revision {held}, which this version does not know; run a newer version"
            )
        _migrate(connection)
        connection.commit()


def revision(connection: Connection) -> str | None:
    """The revision that the database is at, None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    held = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if held is None else str(held)


def migrations_folder() -> Path:
    spec = importlib.util.find_spec("migrations")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _known_revisions() -> frozenset[str]:
    return frozenset(path.name.partition("_")[0] for path in (migrations_folder() / "versions").glob("0*.py"))


def _migrate(connection: Connection) -> None:
    # Alembic takes a fifth of a second to import, which every start would pay for.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
