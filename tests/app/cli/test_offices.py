"""The guide to a new office, followed word for word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.cli.conftest import CommandLine
from tests.servers.scratch import scratch_folder

_GUIDE = Path(__file__).parents[3] / "docs" / "new-office.md"


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that the database's own user can reach where the tests run as root."""
    with scratch_folder("offices") as folder:
        yield folder


@pytest.fixture
def command(reachable: Path) -> CommandLine:
    return CommandLine(reachable / "data")


def blocks(kind: str) -> list[str]:
    """The examples of the guide."""
    return re.findall(rf"```{kind}\n(.*?)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_guide_leads_from_a_sample_to_a_register(
    command: CommandLine,
    reachable: Path,
    tmp_path: Path,
) -> None:
    sample = tmp_path / "marks.csv"
    sample.write_text(blocks("csv")[0], encoding="utf-8")
    made = command.json("office", "new", "FJ", sample)
    table = reachable / "data" / "offices" / "FJ.toml"
    assert made["profile"] == str(table)
    assert made["columns"]["Ref No"] == "applicationNumber"
    assert made["columns"]["Examiner"] == ""

    status, out, _ = command.run("office", "check", "FJ", sample)
    assert status == 1
    assert "1 of 8 records are unread" in out

    text = table.read_text(encoding="utf-8")
    day, confirmed = blocks("toml")
    head, _, rest = text.partition("[[status]]\nconfirmed = false")
    assert rest, text
    text = re.sub(r'(?m)^"Day" .*$', lambda _: day, head) + confirmed + rest[rest.index("\n\n") :]
    table.write_text(text, encoding="utf-8")
    mended = blocks("csv")[0].replace("Transport; logistics software", '"Transport; logistics software"')
    sample.write_text(mended, encoding="utf-8")

    checked = command.json("office", "check", "FJ", sample)
    assert (checked["read"], checked["taken"], checked["unread"]) == (8, 8, 0)
    assert checked["unknown"] == []
    assert [column["what"] for column in checked["columns"]] == ["Examiner"]

    assert command.json("ingest", sample, "--office", "FJ")["created"] == 8
    found = command.json("search", "tavuni", "--match", "exact")
    (hit,) = found["results"]
    assert (hit["status"]["plain"], hit["filingDate"]) == ("pending", "2021-01-11")
    listed = {row["office"]: row for row in command.json("office", "list")["offices"]}
    assert listed["FJ"]["profile"] == str(table)
    assert listed["FJ"]["formats"] == ["fj-csv"]
    assert command.json("office", "show", "FJ")["profile"]["office"] == "FJ"


def test_a_profile_is_not_written_over(command: CommandLine, tmp_path: Path) -> None:
    sample = tmp_path / "marks.csv"
    sample.write_text(blocks("csv")[0], encoding="utf-8")
    command.json("office", "new", "FJ", sample)
    status, _, err = command.run("office", "new", "FJ", sample)
    assert status == 1
    assert "--force" in err
    assert command.run("office", "new", "FJ", sample, "--force")[0] == 0


def test_a_wrong_table_is_told_with_file_and_key(
    command: CommandLine,
    reachable: Path,
    tmp_path: Path,
) -> None:
    sample = tmp_path / "marks.csv"
    sample.write_text(blocks("csv")[0], encoding="utf-8")
    command.json("office", "new", "FJ", sample)
    table = reachable / "data" / "offices" / "FJ.toml"
    table.write_text(table.read_text("utf-8").replace('"expiryDate"', '"endsOn"'), encoding="utf-8")
    for told in (("office", "check", "FJ", sample), ("ingest", sample, "--office", "FJ")):
        status, _, err = command.run(*told)
        assert status == 1
        assert "FJ.toml" in err or "fj.toml" in err
        assert "endsOn" in err
        assert "Traceback" not in err


def test_an_office_that_is_none_and_a_sample_that_is_none_are_told(
    command: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    status, _, err = command.run("office", "new", "FJ", tmp_path / "a.pdf")
    assert (status, "Traceback" in err) == (1, False)
    assert "no register records" in err
    assert command.run("office", "new", "QQ", tmp_path / "a.pdf")[0] == 1
