"""Folders for the servers of the tests."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder(name: str) -> Iterator[Path]:
    """A new folder with a short path that other accounts may enter; gone at the end.

    Not pytest's own: that one is closed to other accounts and too long for a socket on some systems.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"ipr-{name}-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
