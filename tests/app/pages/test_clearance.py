"""The pages of a clearance: the form, a report, many names."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from app.clearance.jobs import making_reports
from tests.app.pages.conftest import Take
from tests.app.pages.reading import Seen


def test_the_form_asks_for_names_classes_goods_and_places(pages: TestClient) -> None:
    page = pages.get("/clearance").text
    for name in ("names", "niceClasses", "goods", "territories", "similarGroups", "offices"):
        assert f'name="{name}"' in page
    assert "<script" not in page


def test_one_name_leads_to_a_report_with_an_address_of_its_own(pages: TestClient) -> None:
    form = {"names": "Solvanta\n", "niceClasses": "9", "goods": "coffee\r\ntea", "territories": ""}
    answer = pages.post("/clearance", data=form, follow_redirects=False)
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert address.path == "/clearance/report"
    assert parse_qs(address.query) == {"name": ["Solvanta"], "niceClasses": ["9"], "goods": ["coffee; tea"]}


def test_a_report_shows_grades_reasons_and_the_way_on(pages: TestClient) -> None:
    seen = Seen(pages.get("/clearance/report", params={"name": "Solvanta", "niceClasses": "9,42"}).text)
    assert "โซลวันตา" in seen.words
    for part in (
        "Grades by office and class",
        "Conflicts that decide",
        "What is missing in the data",
        "What was searched",
        "no legal advice",
        "Asked for",
        "Held",
    ):
        assert part in seen.words
    pdf = pages.get(seen.link("PDF"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pages.get(seen.link("Spreadsheet")).content.startswith(b"PK")
    assert pages.get(seen.link("JSON")).json()["reports"][0]["asked"]["name"] == "Solvanta"
    again = pages.get(seen.link("Change what is asked")).text
    assert ">Solvanta</textarea>" in again
    assert 'value="9,42"' in again


def test_a_report_without_conflicts_says_so(pages: TestClient) -> None:
    seen = Seen(pages.get("/clearance/report", params={"name": "Qxzqxzqxz"}).text)
    assert "No mark that is alike was found" in seen.words
    assert "None was found" in seen.words


def test_a_name_is_never_markup(pages: TestClient) -> None:
    page = pages.get("/clearance/report", params={"name": "<b>x</b>"}).text
    assert "<b>x" not in page


@pytest.mark.parametrize(
    "form",
    [
        {"names": ""},
        {"names": "x", "niceClasses": "99"},
        {"names": "x" * 301},
        {"names": "\n".join(f"name {number}" for number in range(101))},
        {"names": "x", "territories": "QQ"},
    ],
)
def test_what_cannot_be_cleared_is_told_in_the_form(pages: TestClient, form: dict[str, str]) -> None:
    answer = pages.post("/clearance", data=form, follow_redirects=False)
    assert answer.status_code == 400
    seen = Seen(answer.text)
    assert "This cannot be cleared" in seen.words
    assert form["names"].splitlines()[:1] == [] or form["names"].splitlines()[0] in answer.text


def test_many_names_show_their_progress_and_lead_to_reports(pages: TestClient) -> None:
    begun = pages.post("/clearance", data={"names": "Solvanta\nWelado\nSolvanta"}, follow_redirects=False)
    address = begun.headers["location"]
    waiting = pages.get(address).text
    assert 'http-equiv="refresh"' in waiting
    assert "0 of 2" in Seen(waiting).words
    service = pages.app.state.service  # type: ignore[attr-defined]  # a Starlette application has a state
    make = making_reports(service.database, service.clearing)
    while make():
        pass
    done = pages.get(address).text
    assert 'http-equiv="refresh"' not in done
    seen = Seen(done)
    report = Seen(pages.get(seen.link("Welado")).text)
    assert "Clearance report" in report.words
    assert pages.get(report.link("PDF")).content.startswith(b"%PDF")
    assert pages.get(seen.link("PDF of all")).content.startswith(b"%PDF")


def test_a_job_that_there_is_not_is_a_page(pages: TestClient) -> None:
    answer = pages.get("/clearance/jobs/cl-0")
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]


def test_an_empty_register_clears_nothing(empty_pages: tuple[TestClient, Take]) -> None:
    client, _ = empty_pages
    seen = Seen(client.get("/clearance/report", params={"name": "Solvanta"}).text)
    assert "Cannot be said" in seen.words
    assert "No trademarks of any office are held" in seen.words
