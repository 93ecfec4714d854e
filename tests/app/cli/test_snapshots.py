"""Snapshots and changes on the command line, and the daily snapshot of the worker."""

import json
import signal
import time
from pathlib import Path

from tests.app.cli.conftest import CommandLine
from tests.app.cli.test_commands import write_feed


def test_a_snapshot_is_made_listed_and_verified(command: CommandLine, tmp_path: Path) -> None:
    status, _, err = command.run("snapshot", "verify")
    assert (status, "no snapshot is kept" in err) == (1, True)
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 20), "--office", "SG")
    made = command.json("snapshot", "create")
    assert (made["records"], [one["name"] for one in made["files"]]) == (20, ["sg-trademark.jsonl.gz"])
    assert command.json("snapshot", "list") == {"results": [made]}
    assert command.json("snapshot", "verify")["whole"]
    [path] = (Path(command.environment["IPREGISTER_DATA_DIR"]) / "snapshots").rglob("*.gz")
    path.write_bytes(path.read_bytes()[:-9])
    status, out, _ = command.run("snapshot", "verify", "--all", "--json")
    assert (status, json.loads(out)["whole"]) == (1, False)


def test_changes_are_printed_from_a_point_on(command: CommandLine, tmp_path: Path) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 20), "--office", "SG")
    status, out, _ = command.run("changes", "--since", "15", "--offices", "SG", "--rights", "trademark")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (status, [one["timepoint"] for one in lines]) == (0, [16, 17, 18, 19, 20, 20])
    assert command.run("changes", "--since", "15", "--offices", "TH")[1] == '{"timepoint":20}\n'
    for wrong in (("--since", "yesterday"), ("--offices", "X"), ("--follow", "--limit", "3")):
        assert command.run("changes", *wrong)[0] == 1


def test_who_follows_is_told_what_comes(command: CommandLine, tmp_path: Path) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 3), "--office", "SG")
    following = command.start("changes", "--follow")
    try:
        assert following.stdout is not None
        first = [json.loads(following.stdout.readline()) for _ in range(4)]
        assert [one["timepoint"] for one in first] == [1, 2, 3, 3]
        command.json("ingest", write_feed(tmp_path / "more.jsonl", 2, "OTHER"), "--office", "SG")
        later = [json.loads(following.stdout.readline()) for _ in range(2)]
        assert [one["timepoint"] for one in later] == [4, 5]
    finally:
        following.send_signal(signal.SIGINT)
        following.communicate(timeout=60)


def test_the_worker_makes_the_snapshot_of_the_day(command: CommandLine, tmp_path: Path) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 5), "--office", "SG")
    command.environment["IPREGISTER_SNAPSHOTS"] = "2"
    worker = command.start("worker")
    try:
        folder = Path(command.environment["IPREGISTER_DATA_DIR"]) / "snapshots"
        end = time.monotonic() + 90
        while not [*folder.glob("2*")] and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.communicate(timeout=60)
    [made] = command.json("snapshot", "list")["results"]
    assert made["records"] == 5
    assert worker.returncode == 0
    assert [path.name for path in folder.iterdir()] == [made["snapshot"]]
