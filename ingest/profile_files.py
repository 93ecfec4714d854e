"""Where the tables of offices lie: those of the program, and before them a folder of one's own."""

import threading
from functools import cache
from importlib.resources import files
from pathlib import Path

from register.codes.offices import is_st3

_held: list[Path] = []
_lock = threading.Lock()

Stamp = tuple[str, int, int]
"""Which text of a table: its path, when it was written (ns), its length."""


def use_folder(folder: Path | None) -> None:
    """Look for tables in this folder first, in the whole process; it need not be there."""
    with _lock:
        _held[:] = [] if folder is None else [folder]


def own_folder() -> Path | None:
    return _held[0] if _held else None


@cache
def packaged_codes() -> tuple[str, ...]:
    """The ST.3 codes of the offices whose tables come with the program, in alphabetical order."""
    tables = files(__package__).joinpath("offices").iterdir()
    names = (table.name.removesuffix(".toml").upper() for table in tables)
    return tuple(sorted(name for name in names if is_st3(name)))


def own_codes() -> tuple[str, ...]:
    """The ST.3 codes of the tables in the folder of one's own, in alphabetical order."""
    folder = own_folder()
    if folder is None or not folder.is_dir():
        return ()
    names = (path.stem.upper() for path in folder.glob("*.toml"))
    return tuple(sorted(name for name in names if is_st3(name)))


def own_stamp(office: str) -> Stamp | None:
    """Which table of one's own an office has now; None where it has none."""
    folder = own_folder()
    if folder is None:
        return None
    for name in (office, office.lower()):
        path = folder / f"{name}.toml"
        try:
            found = path.stat()
        except OSError:
            continue
        return str(path), found.st_mtime_ns, found.st_size
    return None


def packaged_text(name: str) -> str:
    """The text of a table that comes with the program, by its name without the ending."""
    return files(__package__).joinpath("offices", f"{name}.toml").read_text(encoding="utf-8")
