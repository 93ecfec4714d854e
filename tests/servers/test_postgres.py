"""Databases of the tests: fresh, apart from each other, and migrated."""

from sqlalchemy import NullPool, create_engine, inspect, text

from tests.servers.postgres import ScratchPostgres


def tables(url: str) -> list[str]:
    return inspect(create_engine(url, poolclass=NullPool)).get_table_names()


def test_a_fresh_database_has_the_tables_and_an_empty_one_has_none(
    fresh_database_url: str, empty_database_url: str
) -> None:
    assert "alembic_version" in tables(fresh_database_url)
    assert tables(empty_database_url) == []


def test_what_one_test_writes_the_next_does_not_see(postgres: ScratchPostgres) -> None:
    with postgres.fresh() as url, create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("create table left_behind ()"))
    with postgres.fresh() as url:
        assert "left_behind" not in tables(url)
