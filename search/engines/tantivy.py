"""The embedded engine: tantivy indexes in folders of one directory, written by one process, read by many.

The file `live` names the live index and is replaced in one step. Readers look at it, and at the index's own
list of segments, before each search, so a commit of another process is seen by the next search of every
process.
"""

import datetime as dt
import os
import re
import shutil
from pathlib import Path
from typing import Literal

import tantivy

from search.engines.tantivy_reader import POINTER, TantivyReader
from search.engines.tantivy_schema import schema
from search.engines.tantivy_writer import TantivyWriter
from search.errors import IndexUnavailableError
from search.fields import SCHEMA_VERSION


class TantivyEngine:
    """Indexes under `directory`, which is made where it is missing."""

    kind: Literal["tantivy", "opensearch"] = "tantivy"

    def __init__(self, directory: Path, alias: str = "ipregister") -> None:
        self._directory = directory
        self._alias = alias
        self._own = re.compile(rf"{re.escape(alias)}-[a-z0-9.]+-[0-9]{{8}}t[0-9]{{12}}")
        self._directory.mkdir(parents=True, exist_ok=True)

    def live(self) -> str | None:
        try:
            name = (self._directory / POINTER).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        return name if (self._directory / name / "meta.json").exists() else None

    def create(self) -> str:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dt%H%M%S%f")
        name = f"{self._alias}-{SCHEMA_VERSION}-{stamp}"
        path = self._directory / name
        path.mkdir()
        tantivy.Index(schema(), path=str(path))
        return name

    def make_live(self, name: str) -> None:
        if name not in self.names():
            raise ValueError(f"there is no index {name}")
        pointer = self._directory / POINTER
        replacement = pointer.with_suffix(f".{os.getpid()}")
        with open(replacement, "w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        replacement.replace(pointer)

    def names(self) -> list[str]:
        return sorted(path.name for path in self._directory.iterdir() if self._own.fullmatch(path.name))

    def drop(self, name: str) -> None:
        if name == self.live():
            raise ValueError(f"{name} is the live index")
        if name in self.names():
            shutil.rmtree(self._directory / name)

    def reader(self) -> TantivyReader:
        return TantivyReader(self._directory, None)

    def reader_of(self, name: str) -> TantivyReader:
        return TantivyReader(self._directory, name)

    def writer(self, name: str) -> TantivyWriter:
        path = self._directory / name
        if not (path / "meta.json").exists():
            raise IndexUnavailableError("there is no such index")
        return TantivyWriter(path)

    def size_bytes(self, name: str) -> int:
        total = 0
        for path in (self._directory / name).iterdir():
            try:
                total += path.stat().st_size
            except FileNotFoundError:
                # A merge took the file away meanwhile.
                continue
        return total
