"""Whole results written into files by the command line."""

from pathlib import Path

import pytest

from tests.app.cli.conftest import CommandLine
from tests.app.cli.test_commands import write_feed
from tests.app.exports.sheets import sheets_of


def test_a_result_is_written_and_taken_in_again(command: CommandLine, tmp_path: Path) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 50), "--office", "SG")
    lines, table, book = (tmp_path / name for name in ("all.jsonl", "some.csv", "some.xlsx"))
    told = command.json("export", "rights", "--out", lines)
    assert told == {"records": 50, "file": str(lines), "receipt": told["receipt"]}
    assert len(lines.read_bytes().splitlines()) == 50
    assert command.json("export", "trademarks", "offices=SG&sort=filingDate", "--out", table)["records"] == 50
    assert len(table.read_text("utf-8-sig").splitlines()) == 51
    found = command.json("search", "solvanta", "--export", book)
    assert len(sheets_of(book.read_bytes())["Records"]) == found["records"] + 1 > 1
    again = command.json("ingest", lines, "--office", "SG")
    assert (again["read"], again["unchanged"]) == (50, 50)
    status, out, _ = command.run("export", "rights", "--out", "-", "--format", "jsonl")
    assert (status, out) == (0, lines.read_text())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rights", "--out", "all.pdf"), "does not end in .csv, .xlsx, .jsonl"),
        (("rights", "nope=1", "--out", "all.csv"), "there is no parameter 'nope' here"),
        (("trademarks", "niceClasses=99", "--out", "all.csv"), "niceClasses: "),
        (("rights", "--out", "/no/such/folder/all.csv"), "cannot be written: No such file or directory"),
        (("rights", "--out", "-", "--format", "csv", "--json"), "cannot both go to standard output"),
    ],
)
def test_what_cannot_be_written_is_told(
    command: CommandLine, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    command.json("ingest", write_feed(tmp_path / "sg.jsonl", 2), "--office", "SG")
    status, _, err = command.run("export", *arguments)
    assert status == 1
    assert said in " ".join(err.split())
