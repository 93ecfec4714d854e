"""Deliveries on their way into the register: every record is accounted for, and nothing is taken twice."""

import gzip
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.draft import Damage, Delivered
from ingest.feed_run import Progress
from ingest.formats import jsonl
from ingest.formats.registry import Opened
from ingest.pipeline import Loaded, Loader, RefusedFeedError
from register.model import Record, decode_record
from register.store.changes import newest_after
from register.store.counts import Counts
from register.store.database import Database
from register.store.feeds import Feed, list_feeds
from register.store.quarantine import quarantine_codes
from tests.servers.postgres import ScratchPostgres

_CSV = "office,right,applicationNumber,text,filingDate,status\nSG,trademark,C1,COCOA,2020-01-31,registered\n"


class CutShortError(BaseException):
    """The process ends in mid-load, as by a kill: nothing of ours gets to say anything."""


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    held = Database(fresh_database_url)
    yield held
    held.close()


def line(number: int, text: str = "LIME", **further: object) -> str:
    """A mark of Singapore as a line of `jsonl`."""
    said = {
        "office": "SG",
        "right": "trademark",
        "applicationNumber": f"T{number:05d}",
        "texts": [{"text": text, "language": "en"}],
        "filingDate": "2020-01-31",
        "status": "registered",
    }
    return json.dumps(said | further) + "\n"


def feed_of(path: Path, *lines: str) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def load(database: Database, path: Path, *, dry_run: bool = False) -> Loaded:
    return Loader(database, "SG").load(path, dry_run=dry_run)


def register(database: Database) -> dict[str, tuple[int, bool, Record]]:
    """The whole register: version, whether deleted, and content by id."""
    with database.reading() as connection:
        return {
            newest.id: (newest.version, newest.deleted, decode_record(newest.body))
            for newest in newest_after(connection, 0, 1_000_000)
        }


def only_feed(database: Database) -> Feed:
    with database.reading() as connection:
        (feed,) = list_feeds(connection)
    return feed


def codes(database: Database, feed: Feed) -> dict[str, int]:
    with database.reading() as connection:
        return quarantine_codes(connection, feed.id)


def test_every_record_of_a_feed_is_counted_once(database: Database, tmp_path: Path) -> None:
    load(database, feed_of(tmp_path / "first", line(1), line(2), line(3)))
    loaded = load(
        database,
        feed_of(
            tmp_path / "second",
            line(1),
            line(2, "LEMON"),
            line(3, operation="delete"),
            line(4),
            "{broken\n",
            line(5, filingDate="yesterday"),
            line(9, operation="delete"),
        ),
    )
    expected = Counts(read=7, created=1, updated=1, unchanged=1, deleted=1, quarantined=3)
    assert loaded.feed.counts == expected
    assert [(file.name, file.format, file.counts) for file in loaded.files] == [("second", "jsonl", expected)]
    assert sum(codes(database, loaded.feed).values()) == 3
    assert (loaded.feed.state, loaded.feed.problem) == ("done", None)


def test_the_quality_of_a_feed_is_told(database: Database, tmp_path: Path) -> None:
    quality = load(database, feed_of(tmp_path / "feed", line(1), line(2), "{broken\n")).quality
    assert (quality.taken, quality.refused, quality.refusals) == (2, 1, {"bad-json": 1})
    # Marks of Singapore are numbered otherwise.
    assert [(unread.what, unread.count) for unread in quality.unread] == [("number-shape", 2)]


def test_the_same_delivery_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    path = feed_of(tmp_path / "feed", line(1), line(2), line(1, "LEMON"), line(2, operation="delete"))
    load(database, path)
    held = register(database)
    again = load(database, path).feed.counts
    assert register(database) == held
    assert (again.read, again.created, again.updated, again.deleted) == (4, 0, 0, 0)


def test_the_feeds_of_an_archive_are_taken_and_its_pictures_passed_over(
    database: Database, tmp_path: Path
) -> None:
    path = zipped(
        tmp_path / "all.zip",
        {"1.png": b"\x89PNG\r\n", "a.jsonl": line(1) + line(2), "read me": "hello", "b.csv": _CSV},
    )
    loaded = load(database, path)
    assert loaded.feed.counts == Counts(read=3, created=3)
    told = {file.name: (file.format, file.counts.read) for file in loaded.files}
    assert told == {
        "all.zip/a.jsonl": ("jsonl", 2),
        "all.zip/read me": (None, 0),
        "all.zip/b.csv": ("csv", 1),
    }
    (other,) = (file for file in loaded.files if file.format is None)
    assert other.problem is not None
    assert "plain text" in other.problem


def test_a_delivery_without_a_feed_is_refused_and_kept_as_failed(database: Database, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(RefusedFeedError, match="a PDF document"):
        load(database, tmp_path / "letter.pdf")
    feed = only_feed(database)
    assert (feed.state, feed.counts) == ("failed", Counts())
    assert feed.problem is not None
    assert "a PDF document" in feed.problem
    assert register(database) == {}


def test_an_archive_without_a_feed_is_refused_by_its_first_file(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"read me": "hello", "page": "<html/>"})
    with pytest.raises(
        RefusedFeedError, match=r"none of the 2 files is a record feed; the first, all.zip/read"
    ):
        load(database, path)


def test_an_archive_that_leads_out_of_itself_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(RefusedFeedError, match="leads out of the archive"):
        load(database, zipped(tmp_path / "all.zip", {"../a.jsonl": line(1)}))
    assert only_feed(database).state == "failed"


def test_broken_packing_is_one_more_refusal_after_what_could_be_read(
    database: Database, tmp_path: Path
) -> None:
    draw = random.Random(1)
    packed = gzip.compress("".join(line(n, draw.randbytes(40).hex()) for n in range(2000)).encode())
    (tmp_path / "feed.gz").write_bytes(packed[: len(packed) // 2])
    loaded = load(database, tmp_path / "feed.gz")
    counts = loaded.feed.counts
    assert codes(database, loaded.feed)["broken-packing"] == 1
    assert 900 < counts.created < 1100
    assert counts.read == counts.created + counts.quarantined
    assert len(register(database)) == counts.created


def test_a_dry_run_tells_what_would_be_and_writes_none_of_it(database: Database, tmp_path: Path) -> None:
    load(database, feed_of(tmp_path / "first", line(1)))
    held = register(database)
    path = feed_of(tmp_path / "second", line(1, "LEMON"), line(2), "{broken\n")
    rehearsed = load(database, path, dry_run=True)
    assert register(database) == held
    assert rehearsed.feed.counts == Counts(read=3, created=1, updated=1, quarantined=1)
    assert load(database, path).feed.counts == rehearsed.feed.counts


def after_batches(count: int) -> Callable[[Progress], None]:
    """Cuts a load short once so many batches are on their way."""
    seen: list[Progress] = []

    def cut(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == count:
            raise CutShortError

    return cut


@pytest.mark.parametrize("cuts", [(1,), (2,), (4,), (1, 1, 2)])
def test_a_feed_that_was_cut_short_goes_on_where_it_was(
    postgres: ScratchPostgres, tmp_path: Path, cuts: tuple[int, ...]
) -> None:
    lines = [line(n % 3000, f"LIME {n // 3000}") if n % 97 else "{broken\n" for n in range(4500)]
    path = feed_of(tmp_path / "feed", *lines)
    with postgres.fresh() as url:
        whole = Database(url)
        expected = load(whole, path)
        expected_register = register(whole)
        whole.close()
    with postgres.fresh() as url:
        database = Database(url)
        with pytest.raises(CutShortError):
            Loader(database, "SG", progress=after_batches(cuts[0])).load(path)
        feed = only_feed(database)
        assert feed.state == "reading"
        for more in cuts[1:]:
            with pytest.raises(CutShortError):
                Loader(database, "SG", progress=after_batches(more)).go_on(feed.id, path)
        loaded = Loader(database, "SG").go_on(feed.id, path)
        assert loaded.feed.counts == expected.feed.counts
        assert [file.counts for file in loaded.files] == [file.counts for file in expected.files]
        assert loaded.quality == expected.quality
        assert codes(database, loaded.feed) == {"bad-json": 47}
        assert register(database) == expected_register
        database.close()


def test_an_error_of_ours_keeps_what_was_applied_and_fails_the_feed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reads_a_little(opened: Opened) -> Iterator[Delivered | Damage]:
        yield next(jsonl.FORMAT.read(opened))
        raise ZeroDivisionError

    broken = jsonl.FORMAT._replace(read=reads_a_little)
    monkeypatch.setattr("ingest.delivery.detect", lambda *_: broken)
    with pytest.raises(ZeroDivisionError):
        load(database, feed_of(tmp_path / "feed", line(1)))
    feed = only_feed(database)
    assert feed.state == "failed"
    assert feed.problem is not None
    assert "ZeroDivisionError" in feed.problem


def test_how_far_a_feed_is_is_told(database: Database, tmp_path: Path) -> None:
    told: list[Progress] = []
    path = feed_of(tmp_path / "feed", *(line(n) for n in range(2500)))
    Loader(database, "SG", progress=told.append).load(path)
    assert [progress.file for progress in told] == ["feed"] * 3
    shares = [progress.share for progress in told if progress.share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.01)


def test_an_office_that_is_none_is_told_before_anything_is_written(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"ST\.3"):
        Loader(database, "ZZ")
    with database.reading() as connection:
        assert list_feeds(connection) == []
