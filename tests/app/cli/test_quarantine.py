"""`ipregister quarantine` as an office types it."""

import json
from pathlib import Path

from tests.app.cli.conftest import CommandLine
from tests.app.cli.test_commands import write_feed


def test_what_stands_in_quarantine_is_listed_shown_corrected_and_read_again(
    command: CommandLine, tmp_path: Path
) -> None:
    feed = write_feed(tmp_path / "sg.jsonl", 3)
    good, bad, _, again = feed.read_text().splitlines()
    feed.write_text("\n".join([good, bad.replace("-01-31", "-13-31"), '{"broken', again]) + "\n")
    loaded = command.json("ingest", feed, "--office", "SG")
    [number] = loaded["feeds"]
    listed = command.json("quarantine", str(number))["results"]
    assert [one["position"]["record"] for one in listed] == [2, 3]
    shown = command.json("quarantine", "show", str(listed[0]["id"]))
    assert json.loads(shown["source"])["filingDate"].endswith("-13-31")
    (tmp_path / "one.json").write_text(bad)
    status, _, err = command.run("quarantine", "correct", str(listed[1]["id"]), feed)
    assert (status, "nothing was changed" in err) == (1, True)
    corrected = command.json("quarantine", "correct", str(listed[0]["id"]), tmp_path / "one.json")
    assert corrected["corrected"].strip() == bad
    done = command.json("quarantine", "replay", "--office", "SG")
    assert (done["read"], done["created"], done["quarantined"]) == (2, 1, 1)
    found = command.json("search", "solvanta 1", "--match", "exact")
    assert [hit["title"] for hit in found["results"]] == ["SOLVANTA 1"]
    left = command.json("quarantine", "list", "--office", "SG", "--open")["results"]
    assert [(one["id"], one["triedBy"]) for one in left] == [(listed[1]["id"], done["feed"])]
    status, _, err = command.run("quarantine", "replay")
    assert (status, "--office" in err) == (1, True)
    assert command.json("verify")["consistent"]
