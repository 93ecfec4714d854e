"""The files of a Postgres cluster: its configuration, its socket, and the pid that it wrote down."""

import os
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from register.store.postgres_programs import Account, EmbeddedPostgresError

PORT = 5432
_SOCKET = f".s.PGSQL.{PORT}"

# Bulk loads on a small machine: checkpoints seldom, full pages compressed, no standby to write for. Whatever
# is committed is on the disk (synchronous_commit and fsync stay on).
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "huge_pages": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "wal_compression": "on",
    "wal_buffers": "16MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A failing batch is reported by whoever sent it; its rows do not belong into a log.
    "log_min_error_statement": "panic",
}

# The kernel's limit for the path of a socket is 108 bytes on Linux and 104 on macOS, its end included.
_SOCKET_PATH_BYTES = 103
# pg_ctl puts its paths between double quotes into a shell command without escaping them.
_UNQUOTABLE = frozenset('"$`\\\n')
_LOG_BYTES = 8 << 20
# More than the highest pid of any system, and still a number that Postgres reads.
_NO_PID = 2**31 - 1


def configure(cluster: Path, account: Account | None, further: Mapping[str, str]) -> None:
    """Write `postgresql.conf` where it is not as it should be, and keep the log from growing for ever.

    Raises `EmbeddedPostgresError` for a path that Postgres's own starter cannot take.
    """
    if not _UNQUOTABLE.isdisjoint(str(cluster)):
        raise EmbeddedPostgresError(
            f'The database cannot be started in {cluster}: its path holds one of " $ ` \\ or a line end. '
            "Name another folder in IPREGISTER_DATA_DIR."
        )
    folder = _usable_socket_folder(cluster, account)
    settings = {**SETTINGS, **further, "unix_socket_directories": f'"{folder}"'}
    lines = ["# Written by ipregister at each start: a change made here is lost."]
    lines += [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    _write(cluster / "postgresql.conf", "\n".join(lines) + "\n", account)
    server_log = cluster / "server.log"
    with suppress(FileNotFoundError):
        if server_log.stat().st_size > _LOG_BYTES:
            server_log.replace(cluster / "server.log.1")


def socket_folder(cluster: Path) -> Path:
    """The folder of the server's socket: the cluster's own, or one noted there where that cannot be."""
    if _takes_socket(cluster):
        return cluster
    try:
        return Path((cluster / "socket_folder").read_text("utf-8"))
    except FileNotFoundError:
        return cluster


def _takes_socket(folder: Path) -> bool:
    """Whether the path is short enough for the kernel, and without the comma at which libpq splits."""
    return len(os.fsencode(folder / _SOCKET)) <= _SOCKET_PATH_BYTES and "," not in str(folder)


def socket_path(cluster: Path) -> Path:
    """Where the server's socket is, or would be."""
    return socket_folder(cluster) / _SOCKET


def accepts(cluster: Path) -> bool:
    """Whether somebody listens on the socket, ready or still starting."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(10)
        try:
            client.connect(str(socket_path(cluster)))
        except OSError:
            return False
    return True


def _usable_socket_folder(cluster: Path, account: Account | None) -> Path:
    if _takes_socket(cluster):
        return cluster
    noted, owner = socket_folder(cluster), account.uid if account is not None else os.geteuid()
    with suppress(OSError):
        found = noted.lstat()
        if noted != cluster and found.st_uid == owner and found.st_mode & 0o777 == 0o700 and noted.is_dir():
            return noted
    short = Path(tempfile.gettempdir())
    if not _takes_socket(short / "ipregister-12345678"):
        short = Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="ipregister-", dir=short))
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    _write(cluster / "socket_folder", str(folder), account)
    return folder


def _write(path: Path, text: str, account: Account | None) -> None:
    """Replace a file as a whole, and only where it differs: on a full disk what is right already stays."""
    with suppress(FileNotFoundError):
        if path.read_text("utf-8") == text:
            return
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, "utf-8")
    if account is not None:
        os.chown(beside, account.uid, account.gid)
    beside.replace(path)


def postmaster(cluster: Path) -> int | None:
    """The pid of the living postmaster of this cluster, or None.

    A pid that was noted is believed only where that process is a Postgres on this very folder: after a kill
    it may belong to anybody.
    """
    pid = _noted_pid(cluster / "postmaster.pid")
    return pid if pid is not None and _serves(pid, cluster) else None


def disown_stale_pid(cluster: Path) -> None:
    """Make a note that a killed postmaster left behind harmless. To be called only where no postmaster lives.

    Postgres refuses to start while a process of the same account has the noted pid, though it be another
    program. The pid is exchanged for one that cannot be, and the rest is kept: from it Postgres sees whether
    old server processes still hold the shared memory. A note that a full disk left empty goes.
    """
    note = cluster / "postmaster.pid"
    with suppress(FileNotFoundError):
        lines = note.read_text("utf-8", "replace").splitlines(keepends=True)
        if len(lines) < 7:
            note.unlink()
        elif _noted_pid(note) != _NO_PID:
            # In place: Postgres wants the file to be its own account's.
            note.write_text("".join([f"{_NO_PID}\n", *lines[1:]]), "utf-8")
    socket_path(cluster).with_name(f"{_SOCKET}.lock").unlink(missing_ok=True)
    socket_path(cluster).unlink(missing_ok=True)


def leftovers(cluster: Path) -> list[int]:
    """Server processes that work in this cluster, by their working directory; [] where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").readlink() == cluster and (entry / "comm").read_text().startswith("postgres"):
                found.append(int(entry.name))
    return found


def _noted_pid(note: Path) -> int | None:
    try:
        return int(note.read_text("utf-8", "replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _serves(pid: int, cluster: Path) -> bool:
    """Whether the process is a Postgres on that folder; a dead one that nobody has waited for is not."""
    command_line = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            words = command_line.read_bytes().split(b"\0")
        except OSError:
            return False
        return words[0].endswith(b"/postgres") and os.fsencode(cluster) in words
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return "postgres" in said and str(cluster) in said
