"""A Postgres in the data directory, started when it is needed and stopped when nobody uses it any more.

Any number of processes may use the same one. Each user holds a shared lock on `postgres.users` while it
lives; the kernel frees it however the process ends. Whoever releases last gets that lock alone, and stops the
server. Starting and stopping are serialised by `postgres.lock`.
"""

import fcntl
import logging
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow
from sqlalchemy import URL

from register.store.postgres_cluster import (
    PORT,
    accepts,
    configure,
    disown_stale_pid,
    leftovers,
    postmaster,
    socket_folder,
    socket_path,
)
from register.store.postgres_programs import EmbeddedPostgresError, Programs, account_for, programs_folder

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError"]

log = logging.getLogger("ipregister.postgres")

USER = DATABASE = "ipregister"

# Crash recovery replays up to max_wal_size; 2 GB took under a minute where it was measured.
_START_SECONDS = 600
_PROBE_SECONDS = 30.0
_FAST_STOP_SECONDS = 60
_LEFTOVER_SECONDS = 5.0
_LAST_WORDS = 3


class EmbeddedPostgres:
    """The server in `data_dir`; see `acquire`, `ensure_alive` and `release`.

    `settings` are further lines of its configuration, which win over ours.
    """

    def __init__(self, data_dir: Path, settings: Mapping[str, str] | None = None) -> None:
        # One spelling, so that every process recognises the postmaster by the folder in its command line.
        self.data_dir = data_dir.resolve()
        self.cluster = self.data_dir / "postgres"
        self.log_file = self.cluster / "server.log"
        self._settings = dict(settings or {})
        self._users: int | None = None

    def acquire(self) -> str:
        """Make this process a user of the server, start it where needed, and return its SQLAlchemy URL.

        Good until `release`. Raises `EmbeddedPostgresError`.
        """
        try:
            with self._explained():
                self.data_dir.mkdir(parents=True, exist_ok=True)
                if self._users is None:
                    users = os.open(self.data_dir / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
                    fcntl.flock(users, fcntl.LOCK_SH)
                    self._users = users
                with self._alone():
                    self._start_and_probe()
        except BaseException:
            self._leave()
            raise
        return self.url(DATABASE)

    def ensure_alive(self) -> bool:
        """Start the server again where it died; True where that was needed. Cheap enough for twice a second.

        Raises `EmbeddedPostgresError` where it cannot be started now, for example on a full disk.
        """
        if self._lives():
            return False
        with self._explained(), self._alone():
            if self._lives():
                return False
            log.warning("the database has died; starting it again")
            self._start_and_probe()
        return True

    def release(self) -> None:
        """Stop being a user; the last one stops the server. Does nothing where this object is no user."""
        if self._users is None:
            return
        try:
            # Where the data directory was deleted under it, the server ends by itself within a minute.
            with suppress(FileNotFoundError), self._alone():
                if self._is_last_user():
                    self._stop()
        finally:
            self._leave()

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of the server's databases."""
        query = {"host": str(socket_folder(self.cluster)), "port": str(PORT)}
        return URL.create("postgresql+psycopg", USER, database=database, query=query).render_as_string()

    def __enter__(self) -> str:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The database in {self.data_dir} cannot be prepared: {error.strerror} ({error.filename})."
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = os.open(self.data_dir / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _is_last_user(self) -> bool:
        assert self._users is not None
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _leave(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _lives(self) -> bool:
        return postmaster(self.cluster) is not None and socket_path(self.cluster).exists()

    def _programs(self) -> Programs:
        return Programs(programs_folder(), account_for(self.cluster), self.data_dir)

    def _start_and_probe(self) -> None:
        """Under the lock: a server that answers, whatever was found."""
        # The socket first: it answers also where the noted pid means nothing here, as in another container.
        if accepts(self.cluster):
            try:
                return self._probe()
            except EmbeddedPostgresError as error:
                log.warning("%s Starting it again.", error)
        if postmaster(self.cluster) is not None:
            self._stop()
        programs = self._programs()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(programs)
        self._start(programs)
        self._probe()

    def _make_cluster(self, programs: Programs) -> None:
        """A new cluster, made beside and renamed: one that was cut short is never taken for a whole one."""
        making = self.data_dir / "postgres.making"
        if making.exists():
            shutil.rmtree(making)
        if self.cluster.exists() and any(self.cluster.iterdir()):
            raise EmbeddedPostgresError(
                f"{self.cluster} holds files and is no database: move it away, then start again."
            )
        making.mkdir(mode=0o700)
        if programs.account is not None:
            os.chown(making, programs.account.uid, programs.account.gid)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        options = ("-D", making, "-U", USER, "--auth=trust", *locale, "--no-instructions")
        ran = programs.run("initdb", *options, seconds=_START_SECONDS)
        if ran.returncode != 0:
            shutil.rmtree(making, ignore_errors=True)
            raise EmbeddedPostgresError(
                f"A new database cannot be made in {self.data_dir}: {_last_words(ran.stderr)}"
            )
        making.rename(self.cluster)
        folder = os.open(self.data_dir, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _start(self, programs: Programs) -> None:
        configure(self.cluster, programs.account, self._settings)
        self._end_leftovers()
        disown_stale_pid(self.cluster)
        log_begin = self.log_file.stat().st_size if self.log_file.exists() else 0
        options = ("-w", "-s", "-t", str(_START_SECONDS), "-D", self.cluster, "-l", self.log_file)
        ran = programs.run("pg_ctl", "start", *options, seconds=_START_SECONDS + 30)
        if ran.returncode != 0:
            reason = _reason(self._log_since(log_begin)) or _last_words(ran.stderr)
            raise EmbeddedPostgresError(f"The database in {self.cluster} does not start: {reason}")

    def _end_leftovers(self) -> None:
        """Server processes without a postmaster end by themselves once they look; the rest is ended.

        As long as one lives it may still write, and Postgres refuses to start.
        """
        end = time.monotonic() + _LEFTOVER_SECONDS
        while left := leftovers(self.cluster):
            if time.monotonic() > end:
                for pid in left:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def _probe(self) -> None:
        """Wait until a real connection answers, and see to it that our database is there."""
        end = time.monotonic() + _PROBE_SECONDS
        while True:
            try:
                with self._connect("postgres") as connection:
                    known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
                    if known.fetchone() is None:
                        connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
                return
            except psycopg.Error as error:
                if time.monotonic() > end or postmaster(self.cluster) is None:
                    raise EmbeddedPostgresError(
                        f"The database in {self.cluster} does not answer: {_last_words(str(error))}."
                    ) from error
                time.sleep(0.05)

    def _connect(self, database: str) -> psycopg.Connection[TupleRow]:
        """A connection that heeds none of the variables of libpq (PGOPTIONS, PGPORT, …)."""
        return psycopg.connect(
            host=str(socket_folder(self.cluster)),
            port=PORT,
            user=USER,
            dbname=database,
            options="",
            connect_timeout=10,
            autocommit=True,
        )

    def _stop(self) -> None:
        """End the server: in order, else at once, else by force."""
        programs = self._programs()
        for mode, seconds in (("fast", _FAST_STOP_SECONDS), ("immediate", 15)):
            pid = postmaster(self.cluster)
            if pid is None:
                return
            ran = self._try_stop(programs, mode, seconds)
            if ran is not None and ran.returncode == 0:
                return
        pid = postmaster(self.cluster)
        if pid is not None:
            log.warning("the database does not stop; killing it. It recovers at its next start.")
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _try_stop(
        self, programs: Programs, mode: str, seconds: int
    ) -> subprocess.CompletedProcess[str] | None:
        with suppress(EmbeddedPostgresError):
            options = ("-w", "-s", "-t", str(seconds), "-m", mode, "-D", self.cluster)
            return programs.run("pg_ctl", "stop", *options, seconds=seconds + 15)
        return None

    def _log_since(self, begin: int) -> str:
        with suppress(OSError), open(self.log_file, "rb") as file:
            file.seek(begin)
            return file.read().decode("utf-8", "replace")
        return ""


# What the server says of why it does not start; of a wrong setting it speaks before it gives up.
_COMPLAINT = re.compile(r"(?:FATAL|PANIC|LOG(?=:\s+(?:invalid|unrecognized|syntax error))):\s+(.*)")


def _reason(server_log: str) -> str:
    """Why a start failed, out of what the server wrote in its log; "" where it does not say."""
    return " / ".join(_COMPLAINT.findall(server_log))


def _last_words(text: str) -> str:
    """The last lines of what a program said, as one sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " / ".join(lines[-_LAST_WORDS:]) or "no reason was given."
