"""What holds for every address of the console, whoever adds one."""

from collections.abc import Iterator
from itertools import chain

from fastapi.routing import APIRoute

from app.pages.office.routes import ROUTERS
from register.store.keys import list_keys
from tests.app.http.test_feeds import marks
from tests.app.pages.office.conftest import Offices

PLACES = {"{code}": "SG", "{identity}": "1", "{item}": "1", "{id}": "1"}


def addresses(method: str) -> Iterator[str]:
    for route in chain.from_iterable(router.routes for router in ROUTERS):
        assert isinstance(route, APIRoute)
        if route.path.startswith("/office/{code}") and method in (route.methods or ()):
            address = route.path
            for place, value in PLACES.items():
                address = address.replace(place, value)
            assert "{" not in address, address
            yield address


def state(offices: Offices) -> list[object]:
    """Everything that a form of the console could change."""
    tables = ("feed", "quarantine", "authority_file", "media")
    with offices.sent.database.reading() as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT t::text FROM {table} AS t ORDER BY 1").all()
            for table in tables
        ]
        keys = [(key.id, key.revoked_at) for key in list_keys(connection)]
    return [rows, keys, offices.sent.kept()]


def test_every_page_is_for_who_is_signed_in_to_its_office(offices: Offices) -> None:
    offices.sent.send(marks(3))
    stranger, other = offices.stranger(), offices.browser("MY")
    found = list(addresses("GET"))
    assert len(found) >= 10
    for address in found:
        assert stranger.client.get(address, follow_redirects=False).status_code == 303, address
        assert other.client.get(address).status_code == 403, address


def test_every_form_is_proved_and_of_its_office_and_for_its_purpose(offices: Offices) -> None:
    offices.sent.send(marks(3))
    stranger, other, reader = offices.stranger(), offices.browser("MY"), offices.browser("SG", "read")
    unproved = offices.browser()
    unproved.token = ""
    before = state(offices)
    found = list(addresses("POST"))
    assert len(found) >= 8
    for address in found:
        for sends in ("fields", "file"):
            for browser, status in ((stranger, 303), (other, 403), (reader, 403), (unproved, 403)):
                if sends == "fields":
                    answer = browser.press(address, purpose="admin", days="1", record="{}")
                else:
                    answer = browser.send_file(address, "a.jsonl", marks(1))
                # A form of the other kind is not read at all.
                assert answer.status_code in (status, 415), (address, sends, answer.status_code)
    assert state(offices) == before


def test_every_page_says_that_no_cache_may_keep_it(offices: Offices) -> None:
    offices.sent.taken(marks(3))
    browser = offices.browser()
    for address in addresses("GET"):
        answer = browser.client.get(address)
        assert answer.status_code in (200, 404, 409), address
        assert "no-store" in answer.headers["cache-control"], address
