"""Transactions, and what becomes of them when the server goes."""

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from register.store.database import Database, is_lost
from register.store.index_states import mark_reached, reached


def cut_all(database: Database) -> None:
    """Cut every other connection of this database, as a restart of the server does."""
    with database.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(InternalError, match="read-only"), database.reading() as connection:
        mark_reached(connection, "marks", 1)


def test_a_reading_transaction_sees_one_state(database: Database) -> None:
    with database.reading() as reader:
        assert reached(reader, "marks") == 0
        with database.writing() as writer:
            mark_reached(writer, "marks", 1)
        assert reached(reader, "marks") == 0


def test_a_writing_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            mark_reached(connection, "marks", 1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with database.reading() as connection:
        assert reached(connection, "marks") == 0


def test_connections_that_a_restart_has_cut_are_replaced_unnoticed(database: Database) -> None:
    with database.reading() as first, database.reading() as second:
        first.execute(text("SELECT 1"))
        second.execute(text("SELECT 1"))
    cut_all(database)
    for _ in range(3):
        with database.reading() as connection:
            assert connection.scalar(text("SELECT 1")) == 1


def test_a_read_that_is_cut_is_done_once_more(database: Database) -> None:
    tries = []

    def work(connection: Connection) -> int:
        tries.append(1)
        if len(tries) == 1:
            cut_all(database)
        return connection.scalar(text("SELECT 42")) or 0

    assert database.read(work) == 42
    assert len(tries) == 2


def test_a_read_that_is_wrong_is_not_done_again(database: Database) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError):
        database.read(work)
    assert len(tries) == 1


def test_a_statement_has_its_time(fresh_database_url: str) -> None:
    hasty = Database(fresh_database_url, statement_seconds=0.2)
    with pytest.raises(OperationalError, match="statement timeout"), hasty.reading() as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    hasty.close()


def test_a_full_disk_or_a_cancelled_statement_is_no_lost_server() -> None:
    assert not is_lost(psycopg.errors.DiskFull())
    assert not is_lost(psycopg.errors.QueryCanceled())
    assert not is_lost(ValueError())
    assert is_lost(psycopg.errors.AdminShutdown())
    assert is_lost(psycopg.errors.CannotConnectNow())
    assert is_lost(psycopg.OperationalError("server closed the connection unexpectedly"))
