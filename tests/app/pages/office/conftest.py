"""A register with two offices, and browsers that sign in to the console."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from register.store.audit import AuditEntry, list_audit
from register.store.database import Database
from tests.app.http.test_feeds import Sent
from tests.app.pages.reading import Seen


class Browser:
    """One who looks at the console, with cookies of an own."""

    def __init__(self, sent: Sent) -> None:
        self.client = TestClient(sent.client.app, raise_server_exceptions=False)
        self.token = ""

    def sign_in(self, key: str, **more: str) -> Any:
        answer = self.client.post("/office", data={"key": key, **more})
        found = re.search(r'name="token" value="([0-9a-f]{64})"', answer.text)
        self.token = found[1] if found else ""
        return answer

    def see(self, address: str, status: int = 200) -> Seen:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return Seen(answer.text)

    def press(self, address: str, **fields: str) -> Any:
        """Send a form of ours, without following where it leads."""
        data = {"token": self.token, **fields}
        return self.client.post(address, data=data, follow_redirects=False)

    def send_file(self, address: str, name: str, body: bytes, **fields: str) -> Any:
        data = {"token": self.token, **fields}
        return self.client.post(address, data=data, files={"file": (name, body)}, follow_redirects=False)


class Offices:
    """The register behind the console."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent

    def browser(self, office: str = "SG", purpose: str = "admin") -> Browser:
        """Somebody who is signed in with a new key."""
        browser = Browser(self.sent)
        answer = browser.sign_in(self.sent.key(office, purpose=purpose))
        assert answer.status_code == 200, answer.text
        return browser

    def stranger(self) -> Browser:
        return Browser(self.sent)

    def work(self) -> None:
        while self.sent.worker.work():
            pass

    def entries(self) -> list[AuditEntry]:
        return self.sent.database.read(lambda connection: list_audit(connection, limit=100))


@pytest.fixture
def offices(fresh_database_url: str, tmp_path: Path) -> Iterator[Offices]:
    with closing(Database(fresh_database_url)) as database:
        made = Sent(database, tmp_path)
        with made.client:
            yield Offices(made)
