"""Workers killed while they read everything again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.profile_files import use_folder
from register.store.database import Database
from register.store.offices import miscounted
from register.store.reprocesses import ask_reprocess
from tests.app.feeds.test_working import Office, body

_TABLE = 'office = "SG"\nname = "Mine"\nmapping = "{0}"\n[[status]]\n{1} = ["Alive"]\n'
_RECORDS = 6000


@pytest.fixture
def office(fresh_database_url: str, tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "offices").mkdir()
    use_folder(tmp_path / "offices")
    with closing(Database(fresh_database_url)) as database:
        yield Office(database, tmp_path)
    use_folder(None)


def process(office: Office) -> subprocess.Popen[bytes]:
    url = office.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    told = {
        "IPREGISTER_DATABASE_URL": url,
        "IPREGISTER_DATA_DIR": str(office.data),
        "IPREGISTER_OFFICES_DIR": str(office.data / "offices"),
        "IPREGISTER_HOLD_SHARE": "1",
    }
    return subprocess.Popen([sys.executable, "-m", "app.feeds_worker"], env={**os.environ, **told})


def test_killed_at_random_moments_everything_is_read_again_once(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "offices" / "SG.toml"
    table.write_text(_TABLE.format("2030-01-01", "registered"))
    office.send(body(_RECORDS, "Alive"))
    while office.worker().work():
        pass
    table.write_text(_TABLE.format("2030-02-02", "pending"))
    with office.database.writing() as connection:
        feed = ask_reprocess(connection, "SG").id
    draw, kills = random.Random(7), 0
    while kills < 5 and office.feed(feed).counts.read < _RECORDS:
        worker = process(office)
        time.sleep(draw.uniform(1.5, 5.0))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        kills += 1
    while office.worker().work():
        pass
    done = office.feed(feed)
    assert (done.state, done.counts.read, done.counts.updated) == ("done", _RECORDS, _RECORDS)
    with office.database.reading() as connection:
        assert miscounted(connection) == []
        assert connection.scalar(text("SELECT count(*) FROM change")) == 2 * _RECORDS
        query = text("SELECT count(*) FROM record WHERE status = 'pending' AND version = 2")
        assert connection.scalar(query) == _RECORDS
