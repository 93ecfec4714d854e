"""Applicants looked at and corrected by the command line, and the corrections after a rebuild."""

import json
from pathlib import Path

from tests.app.cli.conftest import CommandLine


def _line(number: int, name: str) -> str:
    record = {
        "office": "SG",
        "right": "trademark",
        "applicationNumber": f"4020{number:06d}",
        "texts": [{"text": f"MARK {number}"}],
        "applicants": [{"name": name, "country": "KR"}],
    }
    return json.dumps(record, ensure_ascii=False)


def test_a_merge_a_split_and_an_undo_stay_after_a_rebuild(command: CommandLine, tmp_path: Path) -> None:
    feed = tmp_path / "sg.jsonl"
    names = ("NARUTECH Co.,Ltd.", "나루텍", "Zephrova Inc.")
    feed.write_text("".join(f"{_line(place, name)}\n" for place, name in enumerate(names, 1)), "utf-8")
    command.json("ingest", feed, "--office", "SG")
    naru = command.json("applicant", "show", "narutech")
    assert sorted(one["name"] for one in naru["spellings"]) == sorted(names[:2])
    assert all(one["byOffice"] == {"SG": 1} for one in naru["spellings"])
    zephrova = command.json("applicant", "show", "Zephrova")
    merged = command.json("applicant", "merge", naru["id"], zephrova["id"], "--note", "told by the owner")
    assert (merged["moved"], merged["note"]) == (1, "told by the owner")
    spelling = next(one["id"] for one in naru["spellings"] if one["name"] == "나루텍")
    apart = command.json("applicant", "split", naru["id"], spelling)
    command.json("reindex")
    assert command.json("verify")["consistent"]
    assert command.json("applicant", "show", zephrova["id"])["id"] == naru["id"]
    assert [one["name"] for one in command.json("applicant", "show", apart["other"])["spellings"]] == [
        "나루텍"
    ]
    command.json("applicant", "undo", str(apart["id"]))
    shown = command.json("applicant", "show", "나루텍")
    assert shown["id"] == naru["id"]
    assert sum(one["records"] for one in shown["spellings"]) == 3
    status, _, err = command.run("applicant", "merge", naru["id"], zephrova["id"])
    assert status == 1
    assert "one applicant already" in " ".join(err.split())
