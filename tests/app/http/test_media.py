"""Images and other files beside the records of a delivery: kept once, found by name, served, made small."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.app.http.conftest import MARKS_SG, jsonl
from tests.app.http.test_feeds import Sent


@pytest.fixture
def sent(fresh_database_url: str, tmp_path: Path) -> Iterator[Sent]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield made


def png(colour: str, width: int = 800, height: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in files.items():
            made.writestr(name, body)
    return out.getvalue()


def mark(number: int, *files: str) -> dict[str, Any]:
    media = [{"kind": "image", "file": file, "format": "PNG"} for file in files]
    return {**MARKS_SG[1], "applicationNumber": f"40202{number:06d}K", "media": media}


def media(sent: Sent, number: int) -> Any:
    return sent.client.get(f"/v1/rights/sg-tm-40202{number:06d}k/media").json()["results"]


def test_a_file_beside_a_record_is_served_as_it_came_in_ranges_and_once_only(sent: Sent) -> None:
    body = png("red")
    sent.taken(archive({"marks.jsonl": jsonl([mark(1, "images/one.png")]), "images/one.png": body}))
    (found,) = media(sent, 1)
    assert found["href"] == f"/v1/media/{hashlib.sha256(body).hexdigest()}"
    assert (found["type"], found["size"]) == ("image/png", len(body))
    whole = sent.client.get(found["href"])
    assert whole.content == body
    assert whole.headers["content-type"] == "image/png"
    part = sent.client.get(found["href"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, body[10:20])
    known = sent.client.get(found["href"], headers={"If-None-Match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_small_picture_is_made_of_an_image(sent: Sent) -> None:
    sent.taken(archive({"marks.jsonl": jsonl([mark(1, "one.png")]), "one.png": png("red")}))
    small = sent.client.get(media(sent, 1)[0]["thumbnail"])
    assert small.headers["content-type"] == "image/webp"
    with Image.open(io.BytesIO(small.content)) as image:
        assert image.size == (256, 128)


def test_of_files_of_one_name_that_of_the_record_s_own_folder_is_meant(sent: Sent) -> None:
    files = {}
    for number, colour in ((1, "red"), (2, "blue")):
        files[f"{number}/mark.jsonl"] = jsonl([mark(number, "1.png")])
        files[f"{number}/1.png"] = png(colour)
    sent.taken(archive(files))
    assert media(sent, 1)[0]["href"].endswith(hashlib.sha256(png("red")).hexdigest())
    assert media(sent, 2)[0]["href"].endswith(hashlib.sha256(png("blue")).hexdigest())


def test_a_later_feed_without_the_image_keeps_it(sent: Sent) -> None:
    sent.taken(archive({"marks.jsonl": jsonl([mark(1, "one.png")]), "one.png": png("red")}))
    sent.taken(jsonl([{**mark(1, "one.png"), "status": "expired"}]))
    assert media(sent, 1)[0]["href"]


def test_a_name_without_a_file_and_an_address_at_the_office_are_told_as_they_are(sent: Sent) -> None:
    sent.taken(jsonl([mark(1, "gone.png", "https://office.example/1.png")]))
    gone, away = media(sent, 1)
    assert "href" not in gone
    assert away["href"] == "https://office.example/1.png"


def test_a_dry_run_keeps_no_files(sent: Sent) -> None:
    body = archive({"marks.jsonl": jsonl([mark(1, "one.png")]), "one.png": png("red")})
    sent.taken(body, "office=SG&dryRun=true")
    assert not (sent.folder / "media").exists()


def test_an_image_made_to_fill_the_memory_has_no_small_picture(sent: Sent) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb += chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    files = {
        "marks.jsonl": jsonl([mark(1, "bomb.png", "cut.png")]),
        "bomb.png": bomb,
        "cut.png": png("red")[:60],
    }
    sent.taken(archive(files))
    for found in media(sent, 1):
        assert sent.client.get(found["thumbnail"]).status_code == 404
        assert sent.client.get(found["href"]).status_code == 200


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fetc%2fpasswd", "x"])
def test_what_is_not_there_is_not_found(sent: Sent, name: str) -> None:
    assert sent.client.get(f"/v1/media/{name}").status_code == 404


def test_results_and_the_page_of_a_record_show_the_picture(sent: Sent) -> None:
    sent.taken(archive({"marks.jsonl": jsonl([mark(1, "one.png")]), "one.png": png("red")}))
    indexer = Indexer(sent.database, TantivyEngine(sent.folder / "index"))
    indexer.drain()
    indexer.close()
    thumbnail = media(sent, 1)[0]["thumbnail"]
    assert f'src="{thumbnail}"' in sent.client.get("/search?q=banyan").text
    assert f'src="{thumbnail}"' in sent.client.get("/rights/sg-tm-40202000001k").text
