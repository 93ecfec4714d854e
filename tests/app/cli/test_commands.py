"""The command line as an office types it: real processes on a data directory of their own."""

import json
import random
import signal
import time
from pathlib import Path

import pytest

from tests.app.cli.conftest import CommandLine

_RECORDS = 6000
_SEED = 20261123


def write_feed(path: Path, count: int, word: str = "SOLVANTA") -> Path:
    """Marks in our own format; every tenth comes a second time with another status."""
    with path.open("w", encoding="utf-8") as out:
        for n in [*range(count), *range(0, count, 10)]:
            record = {
                "office": "SG",
                "right": "trademark",
                "applicationNumber": f"402020{n:05d}A",
                "texts": [{"text": f"{word} {n}", "language": "en"}],
                "niceClasses": [1 + n % 45],
                "applicants": [{"name": f"Company {n % 50} Pte. Ltd.", "country": "SG"}],
                "filingDate": f"20{10 + n % 15}-01-31",
                "status": "registered",
            }
            out.write(json.dumps(record) + "\n")
    return path


def test_a_feed_is_counted_found_and_the_same_again_changes_nothing(
    command: CommandLine, tmp_path: Path
) -> None:
    feed = write_feed(tmp_path / "sg.jsonl", 100)
    first = command.json("ingest", feed, "--office", "SG")
    assert (first["read"], first["created"], first["unchanged"]) == (110, 100, 10)
    assert first["files"][0]["format"] == "jsonl"
    again = command.json("ingest", feed, "--office", "SG")
    assert (again["read"], again["unchanged"]) == (110, 110)
    found = command.json("search", "solvanta 42", "--match", "exact")
    assert [hit["title"] for hit in found["results"]] == ["SOLVANTA 42"]
    assert command.json("verify") == {
        "consistent": True,
        "records": 100,
        "offices": {"SG": 100},
        "problems": [],
        "wrong": 0,
    }


def test_an_expert_query_finds_and_a_wrong_one_is_shown_with_its_place(
    command: CommandLine, tmp_path: Path
) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 20), "--office", "SG")
    found = command.json("search", 'tm="solvanta 7" AND of=SG', "--match", "expert")
    assert [hit["title"] for hit in found["results"]] == ["SOLVANTA 7"]
    status, _, err = command.run("search", "tm=solvanta AND (foo=1)", "--match", "expert")
    assert status == 1
    assert f"tm=solvanta AND (foo=1)\n{' ' * 17}^^^\n" in err


def test_what_is_no_feed_is_refused_with_a_sentence(command: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 not a feed")
    status, out, err = command.run("ingest", tmp_path / "letter.pdf", "--office", "SG", "--json")
    assert (status, out) == (1, "")
    assert "PDF" in err
    assert "Traceback" not in err


def test_an_unknown_office_and_an_unknown_format_are_told(command: CommandLine, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "sg.jsonl", 1)
    status, _, err = command.run("ingest", feed, "--office", "ZZ")
    assert status == 1
    assert "ST.3" in err
    status, _, err = command.run("ingest", feed, "--office", "SG", "--format", "nothing")
    assert status == 1
    assert "st66" in err


def test_a_dry_run_writes_nothing(command: CommandLine, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "sg.jsonl", 20)
    assert command.json("ingest", feed, "--office", "SG", "--dry-run")["created"] == 20
    assert command.json("offices") == {"results": []}


def test_a_dry_run_is_reported_as_tables_and_as_json(command: CommandLine, tmp_path: Path) -> None:
    first = write_feed(tmp_path / "sg.jsonl", 150)
    command.json("ingest", first, "--office", "SG")
    ended = tmp_path / "ended.jsonl"
    lines = [json.loads(line) for line in first.read_text(encoding="utf-8").splitlines()]
    ended.write_text("".join(json.dumps({**line, "status": "ended"}) + "\n" for line in lines) + "{broken\n")
    status, out, err = command.run("ingest", ended, "--office", "SG", "--dry-run")
    assert status == 0, err
    words = " ".join(out.split())
    for told in ("nothing was changed", "it would be held", "→ ended", "bad-json", "of 100", "beside feed 1"):
        assert told in words
    told_json = command.json("ingest", ended, "--office", "SG", "--dry-run")
    (report,) = told_json["reports"]
    assert (told_json["dryRun"], report["wouldBeHeld"]) == (True, True)
    assert report["changes"][0]["updated"] == 150


def test_a_key_is_made_shown_once_and_revoked(command: CommandLine) -> None:
    made = command.json("key", "create", "--office", "SG", "--purpose", "read", "--note", "weekly feed")
    assert (made["office"], made["purpose"]) == ("SG", "read")
    assert made["expires"]
    (listed,) = command.json("key", "list")["keys"]
    assert (listed["purpose"], listed["note"]) == ("read", "weekly feed")
    assert made["key"] not in json.dumps(listed)
    assert command.json("key", "revoke", made["id"])["revoked"] is True


def test_the_audit_log_tells_what_the_operator_did_and_no_key(command: CommandLine, tmp_path: Path) -> None:
    made = command.json("key", "create", "--office", "SG")
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 2), "--office", "SG")
    command.json("key", "revoke", made["id"])
    listed = command.json("audit", "list", "--office", "SG")
    assert [one["action"] for one in listed["results"]] == ["key.revoked", "feed.received", "key.created"]
    assert {one["who"] for one in listed["results"]} == {"operator"}
    assert made["key"] not in json.dumps(listed)
    (received,) = command.json("audit", "list", "--action", "feed", "--from", "2020-01-01")["results"]
    assert received["detail"]["name"] == "sg.jsonl"
    assert command.run("audit", "list", "--action", "nothing")[0] == 1


def test_kills_at_random_moments_end_in_the_same_register(
    command: CommandLine, reachable: Path, tmp_path: Path
) -> None:
    feed = write_feed(tmp_path / "sg.jsonl", _RECORDS)
    begun = time.monotonic()
    calm = CommandLine(reachable / "calm")
    calm.json("ingest", feed, "--office", "SG")
    seconds = time.monotonic() - begun
    draw = random.Random(_SEED)
    for _ in range(4):
        process = command.start("ingest", feed, "--office", "SG", "--json")
        time.sleep(draw.uniform(0.3, 0.9) * seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    command.json("ingest", feed, "--office", "SG")
    assert command.json("verify") == calm.json("verify")
    for query in ("solvanta 17", "solvanta 5990"):
        ours, theirs = (one.json("search", query, "--match", "exact") for one in (command, calm))
        assert [hit["id"] for hit in ours["results"]] == [hit["id"] for hit in theirs["results"]]


def test_a_name_is_cleared_on_the_screen_and_into_files(command: CommandLine, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "marks.jsonl", 20)
    command.json("ingest", feed, "--office", "SG")
    told = command.json("clearance", "solvanta 3", "--classes", "4", "--offices", "SG")
    assert told["grade"] == "blocked"
    for ending, head in ((".pdf", b"%PDF"), (".xlsx", b"PK"), (".json", b"{")):
        out = tmp_path / f"report{ending}"
        status, _, err = command.run("clearance", "solvanta 3", "--out", out)
        assert status == 0, err
        assert out.read_bytes().startswith(head)
    status, out_text, _ = command.run("clearance", "solvanta 3")
    assert status == 0
    assert "no legal advice" in " ".join(out_text.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "report.doc"), ".pdf, .xlsx or .json"),
        (("--classes", "99"), "niceClasses"),
        (("--offices", "QQ"), "ST.3"),
    ],
)
def test_a_clearance_that_cannot_be_made_says_why(
    command: CommandLine, arguments: tuple[str, str], words: str
) -> None:
    status, _, err = command.run("clearance", "x", *arguments)
    assert status != 0
    assert words in err
