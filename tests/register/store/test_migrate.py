"""The migrations build the tables that the code works with."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Enum, create_engine, text
from sqlalchemy.pool import NullPool

from register.store.keys import list_keys
from register.store.migrate import SchemaTooNewError, migrations_folder, revision, upgrade
from register.store.schema import HEAD_REVISION, metadata


def test_the_migrations_build_the_tables_of_the_schema(fresh_database_url: str) -> None:
    engine = create_engine(fresh_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_enums_hold_what_the_schema_says(fresh_database_url: str) -> None:
    engine = create_engine(fresh_database_url, poolclass=NullPool)
    types = {column.type.name: column.type.enums for table in metadata.tables.values()
             for column in table.columns if isinstance(column.type, Enum)}  # fmt: skip
    with engine.connect() as connection:
        for name, labels in types.items():
            built = connection.scalar(text(f"SELECT enum_range(NULL::{name})::text[]"))
            assert built == labels


def test_the_revision_the_code_expects_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD_REVISION]


def test_an_empty_database_is_brought_to_the_newest_revision_and_then_left_alone(
    empty_database_url: str,
) -> None:
    engine = create_engine(empty_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert revision(connection) is None
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    with engine.connect() as connection:
        assert revision(connection) == HEAD_REVISION


def test_keys_from_before_keep_what_they_open_and_their_words(empty_database_url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    engine = create_engine(empty_database_url, poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        connection.execute(
            text(
                "INSERT INTO api_key (id, office, purpose, hash, created_at, read_only) VALUES"
                " ('a', 'SG', 'nightly', '\\x01', now(), false), ('b', 'SG', 'board', '\\x02', now(), true)"
            )
        )
    upgrade(empty_database_url)
    with engine.connect() as connection:
        keys = list_keys(connection)
    assert [(key.id, key.purpose, key.note) for key in keys] == [
        ("a", "upload", "nightly"),
        ("b", "read", "board"),
    ]


def test_several_processes_may_start_at_once(empty_database_url: str) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(upgrade, [empty_database_url] * 3))


def test_a_database_of_a_newer_version_is_refused(fresh_database_url: str) -> None:
    engine = create_engine(fresh_database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError, match="9999"):
        upgrade(fresh_database_url)
