"""Snapshots: of one moment, whole or not there, and a beginning for who follows the changes."""

import datetime as dt
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.snapshots import making
from app.snapshots.daily import Daily, is_due
from app.snapshots.kept import Snapshots
from app.snapshots.making import SnapshotBusyError, StoppedError, make_snapshot
from app.snapshots.manifest import FILE, Manifest
from app.snapshots.verifying import problems_of
from ingest.pipeline import Loader
from register.store.bodies import every_body
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from tests.app.http.conftest import client_of
from tests.register.store.delivering import Office, mark, of_right, says


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[Database]:
    with closing(Database(fresh_database_url)) as database:
        yield database


@pytest.fixture
def office(database: Database) -> Office:
    """An office that has delivered four marks, one of them deleted, and two patents of another office."""
    office = Office(database)
    office.delivers(*(says(mark(str(number), f"TEXT {number}")) for number in range(4)))
    office.delivers(says(mark("2"), "delete"), says(mark("1", "ANOTHER")))
    office.delivers(*(says(of_right("patent", str(number), office="MY")) for number in range(2)))
    return office


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


@pytest.fixture
def client(database: Database, tmp_path: Path) -> Iterator[TestClient]:
    with client_of(Settings(data_dir=tmp_path), database, TantivyEngine(tmp_path / "index")) as client:
        yield client


def lines(snapshots: Snapshots, made: Manifest) -> dict[str, Any]:
    found = {}
    for one in made.files:
        for line in gzip.decompress(snapshots.path(made, one).read_bytes()).splitlines():
            record = json.loads(line)
            found[record["id"]] = record
    return found


def held(office: Office) -> dict[str, Any]:
    return {
        identity: json.loads(body)
        for identity, (_, deleted, body) in office.register().items()
        if not deleted
    }


def test_a_snapshot_holds_what_is_held_and_proves_it(office: Office, snapshots: Snapshots) -> None:
    made = make_snapshot(office.database, snapshots)
    assert made.snapshot == f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    assert [(one.name, one.records) for one in made.files] == [
        ("my-patent.jsonl.gz", 2),
        ("sg-trademark.jsonl.gz", 3),
    ]
    assert (made.records, made.timepoint) == (5, 8)
    assert lines(snapshots, made) == held(office)
    assert problems_of(snapshots, made) == []
    assert snapshots.every() == [made]


def test_the_same_register_gives_the_same_files(office: Office, snapshots: Snapshots) -> None:
    first, second = (make_snapshot(office.database, snapshots) for _ in range(2))
    assert first.files == second.files
    assert second.snapshot == f"{first.snapshot}-2"
    assert {one.snapshot for one in snapshots.every()} == {first.snapshot, second.snapshot}


def test_an_empty_register_has_a_snapshot_too(database: Database, snapshots: Snapshots) -> None:
    made = make_snapshot(database, snapshots)
    assert (made.records, made.timepoint, made.files) == (0, 0, ())


def test_what_is_committed_while_it_is_made_is_not_in_it(
    office: Office, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(office)

    def reading(*asked: Any) -> Iterator[list[bytes]]:
        later = Office(office.database)
        delivered = threading.Thread(
            target=lambda: later.delivers(says(mark("9", "NEW")), says(mark("0"), "delete"), digest="later")
        )
        delivered.start()
        delivered.join()
        yield from every_body(*asked)

    monkeypatch.setattr(making, "every_body", reading)
    made = make_snapshot(office.database, snapshots)
    assert lines(snapshots, made) == before
    assert made.timepoint == 8


def test_who_takes_a_snapshot_and_the_changes_after_it_has_the_register(
    office: Office, snapshots: Snapshots, client: TestClient
) -> None:
    made = make_snapshot(office.database, snapshots)
    copy = lines(snapshots, made)
    office.delivers(says(mark("3"), "delete"), says(mark("2", "BACK")), says(mark("7")))
    told = client.get(f"/v1/snapshots/{made.snapshot}").json()
    for line in client.get(told["changes"]).text.splitlines():
        change = json.loads(line)
        if change.get("operation") == "delete":
            del copy[change["id"]]
        elif "id" in change:
            copy[change["id"]] = change["record"]
    assert copy == held(office)


def test_a_file_of_a_snapshot_is_a_feed(
    office: Office, snapshots: Snapshots, postgres: Any, tmp_path: Path
) -> None:
    made = make_snapshot(office.database, snapshots)
    with postgres.fresh() as url, closing(Database(url)) as elsewhere:
        for one in made.files:
            copy = tmp_path / one.name
            copy.write_bytes(snapshots.path(made, one).read_bytes())
            counts = Loader(elsewhere, one.office).load(copy).feed.counts
            assert (counts.read, counts.created) == (one.records, one.records)
        there = Snapshots(tmp_path / "again")
        again = lines(there, make_snapshot(elsewhere, there))
    # Taking in tells the script of each text, which these records came without.
    for record in again.values():
        for told in record.get("texts", ()):
            assert told.pop("script") == "Latn"
    assert again == lines(snapshots, made)


def test_what_breaks_off_leaves_nothing(
    office: Office, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoppedError):
        make_snapshot(office.database, snapshots, lambda: True)

    def full(*_: Any) -> Iterator[list[bytes]]:
        yield [b"{}"]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "every_body", full)
    with pytest.raises(OSError, match="No space"):
        make_snapshot(office.database, snapshots)
    assert list(snapshots.folder.iterdir()) == []


def test_what_a_killed_maker_left_is_swept_and_never_shown(office: Office, snapshots: Snapshots) -> None:
    left = snapshots.begin()
    (left / "sg-trademark.jsonl.gz").write_bytes(b"half")
    assert snapshots.every() == []
    made = make_snapshot(office.database, snapshots)
    assert [path.name for path in snapshots.folder.iterdir()] == [made.snapshot]


def test_two_are_not_made_at_once(office: Office, snapshots: Snapshots) -> None:
    def another() -> bool:
        with pytest.raises(SnapshotBusyError):
            make_snapshot(office.database, snapshots)
        return False

    assert problems_of(snapshots, make_snapshot(office.database, snapshots, another)) == []


def test_only_the_newest_are_kept(office: Office, snapshots: Snapshots) -> None:
    made = [make_snapshot(office.database, snapshots).snapshot for _ in range(4)]
    assert sorted(snapshots.prune(2)) == sorted(made[:2])
    assert {one.snapshot for one in snapshots.every()} == set(made[2:])
    assert snapshots.prune(2) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:-1], "bytes instead of"),
        (lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:], "another checksum"),
    ],
)
def test_a_damaged_file_is_told(office: Office, snapshots: Snapshots, damage: Any, said: str) -> None:
    made = make_snapshot(office.database, snapshots)
    path = snapshots.path(made, made.files[0])
    path.write_bytes(damage(path.read_bytes()))
    [problem] = problems_of(snapshots, made)
    assert said in problem


def test_a_missing_and_a_strange_file_are_told(office: Office, snapshots: Snapshots) -> None:
    made = make_snapshot(office.database, snapshots)
    snapshots.path(made, made.files[0]).rename(snapshots.folder / made.snapshot / "other.gz")
    assert problems_of(snapshots, made) == [
        "other.gz is not in the manifest",
        "my-patent.jsonl.gz is missing",
    ]


def test_one_is_due_once_a_day_from_its_hour_on(office: Office, snapshots: Snapshots) -> None:
    today = dt.datetime.now(dt.UTC).replace(hour=12)
    assert is_due(snapshots, 12, today)
    assert not is_due(snapshots, 13, today)
    make_snapshot(office.database, snapshots)
    assert not is_due(snapshots, 0, today)
    assert is_due(snapshots, 0, today + dt.timedelta(days=1))


class Ran:
    """A process that has ended."""

    def __init__(self, status: int) -> None:
        self.process = self
        self.returncode = status

    def alive(self) -> bool:
        return False

    def stop(self) -> None:
        """It has."""


@pytest.mark.parametrize(("status", "starts"), [(1, 1), (0, 2)])
def test_after_a_failure_the_worker_waits(tmp_path: Path, status: int, starts: int) -> None:
    started: list[int] = []

    def start() -> Any:
        started.append(1)
        return Ran(status)

    daily = Daily(Settings(data_dir=tmp_path, snapshots=3), start)
    for _ in range(4):
        assert daily.look() is False
    assert len(started) == starts


def test_snapshots_are_served_with_parts_and_checksums(
    office: Office, snapshots: Snapshots, client: TestClient
) -> None:
    assert client.get("/v1/snapshots").json() == {"results": []}
    made = make_snapshot(office.database, snapshots)
    [told] = client.get("/v1/snapshots").json()["results"]
    assert told == client.get(f"/v1/snapshots/{made.snapshot}").json()
    assert (told["records"], told["timepoint"], told["changes"]) == (5, 8, "/v1/changes?since=8&format=jsonl")
    for one in told["files"]:
        address = told["filesAt"][one["name"]]
        got = client.get(address, headers={"accept-encoding": "gzip"})
        assert (got.status_code, got.headers["content-type"]) == (200, "application/gzip")
        assert "content-encoding" not in got.headers
        assert (len(got.content), got.headers["etag"]) == (one["bytes"], f'"{one["sha256"]}"')
        assert got.headers["repr-digest"].startswith("sha-256=:")
        part = client.get(address, headers={"range": "bytes=10-19", "if-range": got.headers["etag"]})
        assert (part.status_code, part.content) == (206, got.content[10:20])
        assert client.get(address, headers={"if-none-match": got.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "2001-01-01",
        "2001-01-01/sg-trademark.jsonl.gz",
        "{today}/other.gz",
        "{today}/manifest.json",
        "..%2f..",
    ],
)
def test_nothing_else_is_served(office: Office, snapshots: Snapshots, client: TestClient, path: str) -> None:
    made = make_snapshot(office.database, snapshots)
    got = client.get("/v1/snapshots/" + path.format(today=made.snapshot))
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")


def test_a_folder_that_is_no_snapshot_is_passed_over(snapshots: Snapshots) -> None:
    for name, content in (("2026-01-01", b"{"), ("2026-01-02", b"")):
        (snapshots.folder / name).mkdir(parents=True)
        (snapshots.folder / name / FILE).write_bytes(content)
    (snapshots.folder / "empty").mkdir()
    assert snapshots.every() == []


def test_the_page_shows_snapshots_and_leads_to_the_rest(
    office: Office, snapshots: Snapshots, client: TestClient
) -> None:
    assert "No snapshot is kept" in client.get("/data").text
    made = make_snapshot(office.database, snapshots)
    shown = client.get("/data").text
    for address in (
        f"/v1/snapshots/{made.snapshot}/sg-trademark.jsonl.gz",
        f"/v1/snapshots/{made.snapshot}",
        "/v1/rights?format=xlsx",
        "/v1/changes",
    ):
        assert f'href="{address}"' in shown
    assert made.files[0].sha256 in shown
    assert 'href="/data"' in client.get("/").text
