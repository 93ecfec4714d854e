"""The connections of one process to the register's database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

_CONNECT_SECONDS = 10
_IDLE_IN_TRANSACTION = "120s"
_WAIT_FOR_CONNECTION = 30.0


class Database:
    """A pool of connections to one database; safe to share between threads, not to be carried over a fork.

    `statement_seconds` bounds each statement: short for those who answer people, long for those who load.
    """

    def __init__(self, url: str, *, connections: int = 5, statement_seconds: float = 30.0) -> None:
        options = {
            "statement_timeout": f"{int(statement_seconds * 1000)}ms",
            "idle_in_transaction_session_timeout": _IDLE_IN_TRANSACTION,
            "timezone": "UTC",
            # A plan kept from when a table was empty would read the whole of it for ever after.
            "plan_cache_mode": "force_custom_plan",
            # Compiling a plan costs more than all of our statements gain by it.
            "jit": "off",
            # "already exists, skipping" for the temporary table of each batch is no news.
            "client_min_messages": "warning",
        }
        self.engine = create_engine(
            url,
            pool_size=connections,
            max_overflow=connections,
            pool_timeout=_WAIT_FOR_CONNECTION,
            # Finds the connections that a restart of the server has cut before they are used.
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _CONNECT_SECONDS,
                "application_name": "ipregister",
                "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
            },
        )
        self._reads = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one state of the register and cannot write."""
        with self._reads.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed where the block ends without an exception."""
        with self.engine.begin() as connection:
            yield connection

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads in one transaction; once more where the server was lost meanwhile."""
        try:
            with self.reading() as connection:
                return work(connection)
        except (DBAPIError, psycopg.Error) as error:
            if not is_lost(error):
                raise
        with self.reading() as connection:
            return work(connection)

    def close(self) -> None:
        self.engine.dispose()


def is_lost(error: BaseException) -> bool:
    """Whether the server was lost or is just starting, so that trying again makes sense."""
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    # Class 08 is a broken connection, 57P01 to 57P03 a server that stops, crashed, or does not take
    # anyone yet.
    return cause.sqlstate is None or cause.sqlstate.startswith("08") or cause.sqlstate in _LOST


_LOST = frozenset({"57P01", "57P02", "57P03"})


def driver(connection: Connection) -> psycopg.Connection[Any]:
    """The driver's own connection under the same transaction, for COPY and arrays in bulk."""
    held = connection.connection.driver_connection
    assert isinstance(held, psycopg.Connection)
    return held
