"""Deliveries opened: packed in any way, and refused where they are made to harm."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from ingest.draft import HarmfulFeedError
from ingest.opening import Limits, open_delivery


def contents(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    return {member.name: member.stream.read() for member in open_delivery(path, limits)}


def read_in_pieces(path: Path, limits: Limits) -> None:
    for member in open_delivery(path, limits):
        while member.stream.read(65536):
            pass


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    assert contents(tmp_path / "a.xml") == {"a.xml": b"<a/>"}


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(b"<a/>"))
    assert contents(tmp_path / "a.xml.gz") == {"a.xml": b"<a/>"}


def test_every_member_of_a_zip_is_read_and_archives_within_it(tmp_path: Path) -> None:
    inner = zipped({"x.xml": b"<x/>"})
    (tmp_path / "d.zip").write_bytes(
        zipped({"a.xml": b"<a/>", "DOC/b.zip": inner, "c.xml.gz": gzip.compress(b"<c/>")})
    )
    assert contents(tmp_path / "d.zip") == {
        "d.zip/a.xml": b"<a/>",
        "d.zip/DOC/b.zip/x.xml": b"<x/>",
        "d.zip/c.xml": b"<c/>",
    }


def test_tar_archives_are_read_packed_or_not(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("in/a.xml")
    entry.size = 4
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        archive.addfile(entry, io.BytesIO(b"<a/>"))
    (tmp_path / "d.tar.gz").write_bytes(gzip.compress((tmp_path / "d.tar").read_bytes()))
    for name in ("d.tar", "d.tar.gz"):
        assert contents(tmp_path / name) == {f"{name}/in/a.xml": b"<a/>"}


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    for name in ("b.xml", "a.xml"):
        (tmp_path / "feeds" / name).write_bytes(b"<a/>")
    assert list(contents(tmp_path / "feeds")) == ["feeds/a.xml", "feeds/b.xml"]


@pytest.mark.parametrize("name", ["../../etc/x.xml", "/etc/x.xml", "a/../../x.xml", "..\\x.xml", "C:\\x.xml"])
def test_paths_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "d.zip").write_bytes(zipped({name: b"<a/>"}))
    with pytest.raises(HarmfulFeedError, match="out of the archive"):
        contents(tmp_path / "d.zip")


def test_links_in_an_archive_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        entry = tarfile.TarInfo("a.xml")
        entry.type = tarfile.SYMTYPE
        entry.linkname = "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(HarmfulFeedError, match="link"):
        contents(tmp_path / "d.tar")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(zipped({"a.xml": b"\0" * 20_000_000}))
    with pytest.raises(HarmfulFeedError, match="times its size"):
        read_in_pieces(tmp_path / "d.zip", Limits(ratio_from_bytes=1_000_000))


def test_archives_within_archives_without_end_are_refused(tmp_path: Path) -> None:
    data = b"<a/>"
    for _ in range(8):
        data = zipped({"a.zip": data})
    (tmp_path / "d.zip").write_bytes(data)
    with pytest.raises(HarmfulFeedError, match="deep"):
        contents(tmp_path / "d.zip")


def test_broken_packing_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(300_000).hex().encode()
    for name, whole in (
        ("a.gz", gzip.compress(data)),
        ("a.bz2", bz2.compress(data, 1)),
        ("a.xz", lzma.compress(data)),
    ):
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        members = open_delivery(tmp_path / name)
        member = next(members)
        before = member.stream.read(1 << 20)
        assert data.startswith(before)
        assert len(before) > len(data) // 3
        assert member.stream.read(1 << 20) == b""
        assert member.stream.damage is not None


def test_a_broken_member_of_a_zip_gives_what_came_before_and_the_others_whole(tmp_path: Path) -> None:
    data = random.Random(1).randbytes(300_000).hex().encode()
    packed = bytearray(zipped({"a.xml": data, "b.xml": b"<b/>"}))
    packed[200_000:200_100] = bytes(100)
    (tmp_path / "d.zip").write_bytes(packed)
    members = open_delivery(tmp_path / "d.zip")
    broken = next(members)
    before = broken.stream.read(1 << 20)
    assert len(before) > len(data) // 4
    assert broken.stream.read(1 << 20) == b""
    assert broken.stream.damage is not None
    assert next(members).stream.read() == b"<b/>"


def test_a_cut_zip_is_told(tmp_path: Path) -> None:
    whole = zipped({"a.xml": b"<a/>" * 100})
    (tmp_path / "a.zip").write_bytes(whole[:-30])
    members = open_delivery(tmp_path / "a.zip")
    member = next(members)
    assert member.stream.read() == b""
    assert member.stream.damage is not None
