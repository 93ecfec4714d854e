"""What a delivery is as a whole, and which of its files are feeds."""

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.delivery import FeedFile, OtherFile, files_of, identify
from ingest.detect import UnknownFormatError

_LINE = b'{"right": "trademark", "applicationNumber": "1"}\n'


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def told(path: Path, format_name: str | None = None) -> dict[str, str | None]:
    """The format of each file, None of one that is no feed."""
    return {
        file.name: file.format.name if isinstance(file, FeedFile) else None
        for file in files_of(path, format_name)
    }


def test_a_file_is_identified_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(_LINE)
    (tmp_path / "b").write_bytes(_LINE)
    assert identify(tmp_path / "a") == identify(tmp_path / "b") == (len(_LINE), sha256(_LINE).digest())


def test_a_folder_is_identified_by_its_files_and_their_names(tmp_path: Path) -> None:
    for folder, name in (("one", "a"), ("same", "a"), ("other", "b")):
        (tmp_path / folder / "in").mkdir(parents=True)
        (tmp_path / folder / "in" / name).write_bytes(_LINE)
    one, same, other = (identify(tmp_path / folder) for folder in ("one", "same", "other"))
    assert one == same
    assert one.size == other.size == len(_LINE)
    assert one.digest != other.digest


def test_where_one_file_ends_and_the_next_begins_counts_too(tmp_path: Path) -> None:
    for folder, first, second in (("one", b"ab", b"c"), ("other", b"a", b"bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1").write_bytes(first)
        (tmp_path / folder / "2").write_bytes(second)
    assert identify(tmp_path / "one").digest != identify(tmp_path / "other").digest


def test_each_file_of_an_archive_is_looked_at_by_itself(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "d.zip",
        {"a.txt": _LINE, "b.csv": b"office,right,applicationNumber\nSG,trademark,1\n", "README": b"hello"},
    )
    assert told(path) == {"d.zip/a.txt": "jsonl", "d.zip/b.csv": "csv", "d.zip/README": None}


def test_pictures_that_come_along_are_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", {"a.jsonl": _LINE, "1.png": b"\x89PNG\r\n", "2.pdf": b"%PDF-1.4"})
    assert list(told(path)) == ["d.zip/a.jsonl"]


def test_a_picture_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"\x89PNG\r\n")
    (file,) = files_of(tmp_path / "1.png", None)
    assert isinstance(file, OtherFile)
    assert "a PNG image" in str(file.why)


def test_a_format_that_is_named_is_taken_instead_of_looking(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello\n")
    assert told(tmp_path / "a") == {"a": None}
    assert told(tmp_path / "a", "jsonl") == {"a": "jsonl"}


def test_a_format_that_is_none_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError):
        next(files_of(tmp_path / "not-there", "st999"))


def test_an_archive_that_cannot_be_opened_is_told_as_broken(tmp_path: Path) -> None:
    path = zipped(tmp_path / "d.zip", {"a.jsonl": _LINE})
    path.write_bytes(path.read_bytes()[:-10])
    (file,) = files_of(path, None)
    assert isinstance(file, OtherFile)
    assert "broken" in str(file.why)
