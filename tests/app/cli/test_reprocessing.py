"""`ipregister reprocess` as an office types it."""

import json
from pathlib import Path

from tests.app.cli.conftest import CommandLine

_TABLE = 'office = "SG"\nname = "Mine"\nmapping = "{0}"\n[[status]]\n{1} = ["Alive"]\n'
_RECORDS = 300


def test_a_changed_table_is_rehearsed_held_confirmed_and_applied(
    command: CommandLine, tmp_path: Path
) -> None:
    offices = tmp_path / "offices"
    offices.mkdir()
    command.environment["IPREGISTER_OFFICES_DIR"] = str(offices)
    (offices / "SG.toml").write_text(_TABLE.format("2030-01-01", "registered"))
    feed = tmp_path / "sg.jsonl"
    with feed.open("w", encoding="utf-8") as out:
        for number in range(_RECORDS):
            record = {"office": "SG", "right": "trademark", "applicationNumber": f"402020{number:05d}A"}
            told = {"texts": [{"text": "SOLVANTA", "language": "en"}], "status": "Alive"}
            out.write(json.dumps({**record, **told}) + "\n")
    command.json("ingest", feed, "--office", "SG")
    (offices / "SG.toml").write_text(_TABLE.format("2030-02-02", "ended"))
    dry = command.json("reprocess", "--office", "SG", "--dry-run")
    assert (dry["updated"], dry["report"]["wouldBeHeld"]) == (_RECORDS, True)
    status, out_text, err = command.run("reprocess", "--office", "SG", "--right", "tm", "--json")
    assert (status, json.loads(out_text)["state"]) == (1, "held")
    assert "--confirm" in err
    held = json.loads(out_text)["feed"]
    assert command.json("search", "solvanta")["results"][0]["status"]["plain"] == "registered"
    done = command.json("reprocess", "--office", "SG", "--confirm")
    assert (done["feed"], done["updated"], done["mapping"]) == (held, _RECORDS, "2030-02-02")
    found = command.json("search", "solvanta", "--limit", "100")["results"]
    assert {one["status"]["plain"] for one in found} == {"ended"}
    again = command.json("reprocess", "--office", "SG", "--confirm")
    assert (again["read"], again["unchanged"]) == (_RECORDS, _RECORDS)
    assert command.json("verify")["consistent"]
