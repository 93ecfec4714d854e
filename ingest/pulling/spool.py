"""Where the replies of a run lie until they are a feed: `pulled/SOURCE/RUN/` in the data directory."""

import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ingest.pulling.asking import synced
from register.store.sources import SourcePage

# The same pages are the same archive, whenever they came.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK_BYTES = 1 << 20


class Spool:
    """The folder of one run."""

    def __init__(self, root: Path, source: str, run_id: int) -> None:
        self._source = source
        self.folder = root / source / str(run_id)
        self.folder.mkdir(parents=True, exist_ok=True)
        synced(self.folder.parent)

    def file(self, number: int) -> Path:
        """Where the body of a reply goes."""
        return self.folder / f"{number:06d}"

    def write(self, number: int, body: bytes) -> int:
        """Put what is to be kept of a reply into its place; its size."""
        part = self.file(number).with_suffix(".part")
        with part.open("wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        part.replace(self.file(number))
        synced(self.folder)
        return len(body)

    def holds(self, pages: Iterable[SourcePage]) -> bool:
        """Whether the replies are there in their sizes: another machine may have begun the run."""
        return all(
            self.file(page.number).is_file() and self.file(page.number).stat().st_size == page.size
            for page in pages
        )

    def packed(self, pages: list[SourcePage], name: str) -> Path:
        """The replies as one file: a single one as it is, several as an archive in their order."""
        if len(pages) == 1:
            return self.file(pages[0].number)
        whole = self.folder / f"{name}.zip"
        part = whole.with_suffix(".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1) as archive:
            for page in pages:
                entry = zipfile.ZipInfo(f"{page.number:06d}", _NO_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with (
                    self.file(page.number).open("rb") as source,
                    archive.open(entry, "w", force_zip64=True) as out,
                ):
                    shutil.copyfileobj(source, out, _CHUNK_BYTES)
        part.replace(whole)
        return whole

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def remove_others(root: Path, source: str, run_id: int | None) -> None:
    """Remove what runs of the source have left that are over."""
    for folder in (root / source).glob("*"):
        if folder.name != str(run_id):
            shutil.rmtree(folder, ignore_errors=True)
