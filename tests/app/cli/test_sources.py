"""`ipregister source`, as it is typed; killed while it fetches."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from register.store.changes import newest_after
from register.store.database import Database
from register.store.feeds import list_feeds
from tests.app.cli.conftest import CommandLine
from tests.ingest.pulling.serving import Answer, Asked, serving
from tests.ingest.pulling.test_pages import by_cursor

_TABLE = """
[[source]]
name = "sg-pages"
office = "SG"
kind = "changes"
url = "{address}/tm"
cron = "5 4 * * *"
time-zone = "Asia/Singapore"
pages = {{ by = "cursor", parameter = "cursor", next = ["paging.next"] }}
reply = {{ keep = "records" }}
politeness = {{ requests-a-second = 50.0 }}
secret-headers = {{ Authorization = "SG_TOKEN" }}
"""
_HELD = list(range(1, 200))
_SEED = 20261123


@pytest.fixture
def command(tmp_path: Path, fresh_database_url: str, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    (tmp_path / "tables").mkdir()
    made = CommandLine(tmp_path / "data")
    monkeypatch.setitem(made.environment, "IPREGISTER_SOURCES_DIR", str(tmp_path / "tables"))
    monkeypatch.setitem(made.environment, "IPREGISTER_DATABASE_URL", fresh_database_url)
    monkeypatch.setitem(made.environment, "SG_TOKEN", "Bearer s3cr3t")
    return made


def write_table(tmp_path: Path, address: str) -> None:
    (tmp_path / "tables" / "sg.toml").write_text(_TABLE.format(address=address))


def test_a_source_is_listed_checked_and_run(command: CommandLine, tmp_path: Path) -> None:
    respond = by_cursor(_HELD[:7])

    def answer(asked: Asked) -> Answer:
        return respond(asked) if asked.headers.get("authorization") == "Bearer s3cr3t" else Answer(401)

    with serving(answer) as office:
        write_table(tmp_path, office.address)
        assert command.json("source", "check") == {"sources": ["sg-pages"], "wrong": [], "unset": {}}
        tried = command.json("source", "check", "sg-pages")
        assert (tried["format"], tried["has_more"]) == ("jsonl", True)
        done = command.json("source", "run", "sg-pages")
        assert (done["outcome"], done["created"], done["requests"]) == ("taken", 7, 3)
        (row,) = command.json("source", "list")["sources"]
        assert (row["state"], row["problem"], row["schedule"]) == ("well", None, "5 4 * * * Asia/Singapore")
        again = command.json("source", "run", "sg-pages", "--from-start")
        assert again["unchanged"] == 7
        assert office.values("changedSince") == [None] * 7
        status, out, err = command.run("source", "list")
        assert (status, "s3cr3t" in out + err) == (0, False)


def test_what_is_wrong_is_told_with_how_to_mend_it(
    command: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: Answer(401)) as office:
        write_table(tmp_path, office.address)
        status, _, err = command.run("source", "run", "sg-pages")
        assert status == 1
        assert "401: it does not take our key" in err
        status, _, err = command.run("source", "run", "nobody")
        assert (status, "there are: sg-pages" in err) == (1, True)
        monkeypatch.delitem(command.environment, "SG_TOKEN")
        (tmp_path / "tables" / "bad.toml").write_text('[[source]]\nname = "bad"\nkind = "file"\n')
        status, _, err = command.run("source", "check")
    assert status == 1
    assert "bad.toml, source bad" in err
    assert "sg-pages: set SG_TOKEN in the environment" in err


def test_killed_again_and_again_it_loses_nothing_and_begins_nothing_anew(
    command: CommandLine, tmp_path: Path, fresh_database_url: str
) -> None:
    draw = random.Random(_SEED)
    kills = 0
    with serving(by_cursor(_HELD)) as office:
        write_table(tmp_path, office.address)
        for _ in range(6):
            process = command.start("source", "run", "sg-pages", "--json")
            before = len(office.asked)
            more = draw.randint(1, 14)
            while process.poll() is None and len(office.asked) < before + more:
                time.sleep(0.002)
            time.sleep(draw.random() * 0.02)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
            process.communicate()
        status, _, err = command.run("source", "run", "sg-pages")
        assert status == 0, err
    assert kills >= 4
    # 67 pages; a kill costs the request under way.
    assert len([asked for asked in office.asked if asked.query.get("changedSince") is None]) <= 67 + kills + 3
    database = Database(fresh_database_url)
    with database.reading() as connection:
        assert len(newest_after(connection, 0, 1000)) == len(_HELD)
        assert sum(feed.counts.created for feed in list_feeds(connection)) == len(_HELD)
    database.close()
