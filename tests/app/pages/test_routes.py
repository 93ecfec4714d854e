"""The pages over a register with a few records."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.app.pages.conftest import DESIGNS, FULL_MARK, PATENT, Take, mark
from tests.app.pages.reading import Seen

MARK_ID = "th-tm-190123456"


def seen(pages: TestClient, address: str, status: int = 200) -> Seen:
    answer = pages.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    return Seen(answer.text)


def delivered(value: Any) -> list[str]:
    """Every text, number and date that a record was delivered with."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in delivered(one)]
    if isinstance(value, list):
        return [text for one in value for text in delivered(one)]
    return [str(value)]


def test_a_search_shows_the_mark_with_its_status_and_leads_to_its_record(pages: TestClient) -> None:
    page = seen(pages, "/search?q=solvanta")
    assert "โซลวันตา registered SOLVANTA Trademark" in page.words
    assert page.link("โซลวันตา") == f"/rights/{MARK_ID}"


def test_a_result_says_how_alike_it_is_and_why(pages: TestClient) -> None:
    page = seen(pages, "/search?q=solvanta")
    assert "100 % the same" in page.words
    assert "The same name:" in page.words


def test_what_is_searched_for_is_escaped(pages: TestClient) -> None:
    page = pages.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_facet_puts_its_filter_in_and_takes_it_out(pages: TestClient) -> None:
    href = seen(pages, "/search?q=welado").link("Pending")
    assert href == "/search?q=welado&status=pending"
    filtered = seen(pages, href)
    assert filtered.link("Pending") == "/search?q=welado"
    assert filtered.link("Status: pending") == "/search?q=welado"


def test_a_year_is_put_in_and_taken_out_as_a_span_of_filing_dates(pages: TestClient) -> None:
    href = seen(pages, "/search?q=welado").link("2021")
    assert href == "/search?q=welado&filedFrom=2021-01-01&filedTo=2021-12-31"
    assert seen(pages, href).link("✓ 2021") == "/search?q=welado"


def test_the_next_page_holds_the_rest_and_leads_back(pages: TestClient) -> None:
    def results(page: Seen) -> set[str]:
        return {href for _, href in page.links if href.startswith("/rights/")}

    first = seen(pages, "/search?q=welado&match=exact")
    second = seen(pages, first.link("Next page"))
    assert (len(results(first)), len(results(second))) == (20, 3)
    assert not results(first) & results(second)
    assert second.link("First page") == "/search?q=welado&match=exact"
    assert "This is the last page." in second.words


def test_a_search_without_results_says_what_to_do(pages: TestClient) -> None:
    page = seen(pages, "/search?q=qqqqzzzz&offices=TH")
    assert "Nothing found" in page.words
    assert page.link("Search without filters") == "/search?q=qqqqzzzz"
    assert page.link("what the register holds") == "/coverage"


def test_a_filter_that_cannot_be_used_is_named_and_the_form_keeps_the_rest(pages: TestClient) -> None:
    answer = pages.get("/search?q=solvanta&territories=Thailand")
    assert answer.status_code == 400
    assert "no ST.3 code" in Seen(answer.text).words
    assert 'value="solvanta"' in answer.text


def test_a_wrong_expert_query_is_shown_with_its_place(pages: TestClient) -> None:
    answer = pages.get("/search", params={"q": "ti=coffee AND  <b", "match": "expert"})
    assert answer.status_code == 400
    assert "ti=coffee AND &lt;b\n" + " " * 14 + "^</pre>" in answer.text
    assert '<option value="expert" selected>' in answer.text


def test_the_form_tells_the_tags_of_expert_queries(pages: TestClient) -> None:
    page = pages.get("/search?q=ti%3D(coffee)&match=expert").text
    assert "How to write an expert query" in page
    assert "applicant or owner" in page


def test_filters_that_are_no_fields_of_the_form_go_along_with_it(pages: TestClient) -> None:
    assert '<input type="hidden" name="locarno" value="09-01">' in pages.get("/search?locarno=09-01").text


@pytest.mark.parametrize(
    ("identity", "record"),
    [(MARK_ID, FULL_MARK), ("th-pt-1801000077", PATENT), ("th-ds-2002000011-2", DESIGNS[1])],
    ids=["mark", "patent", "design"],
)
def test_a_record_shows_every_delivered_value(
    pages: TestClient, identity: str, record: dict[str, Any]
) -> None:
    # The code of a party's country stands as its name.
    shown = seen(pages, f"/rights/{identity}").words.lower()
    words = {"DE": "germany"}
    missing = [text for text in delivered(record) if words.get(text, text).lower() not in shown]
    assert missing == []


def test_a_record_says_what_is_not_delivered_of_its_status(pages: TestClient) -> None:
    words = seen(pages, f"/rights/{MARK_ID}").words
    assert "Read here as registered since 2020-02-05" in words
    assert "จดทะเบียน – Registered mark" in words
    assert "As a WIPO code not delivered" in words


def test_a_record_shows_where_it_came_from_and_its_source(pages: TestClient) -> None:
    page = seen(pages, f"/rights/{MARK_ID}")
    assert "marks.jsonl, record 1" in page.words
    assert '"applicationNumber": "190123456"' in page.words
    assert pages.get(page.link("as delivered")).json()["registrationNumber"] == "201234567"


def test_a_record_shows_what_each_version_changed(empty_pages: tuple[TestClient, Take]) -> None:
    pages, take = empty_pages
    take([mark(1, "SOLDINE")])
    take([{**mark(1, "SOLDINE"), "status": {"plain": "registered"}}], "later.jsonl")
    words = seen(pages, "/rights/th-tm-210000001").words
    assert "changed: status" in words
    assert "first received" in words


def test_an_application_of_several_designs_lists_them(pages: TestClient) -> None:
    page = seen(pages, "/rights/th-ds-2002000011", 404)
    assert "several designs" in page.words
    assert page.link("th-ds-2002000011-2") == "/rights/th-ds-2002000011-2"


@pytest.mark.parametrize("address", ["/rights/th-tm-0", "/applicants/ap-unknown", "/applicants/%3Cb%3E"])
def test_an_unknown_id_is_a_page_that_says_so(pages: TestClient, address: str) -> None:
    assert "Not found" in seen(pages, address, 404).words


def test_an_applicant_has_spellings_counts_and_newest_filings(pages: TestClient) -> None:
    page = seen(pages, seen(pages, f"/rights/{MARK_ID}").link("Solvanta International"))
    assert "3 records" in page.words
    assert "Germany" in page.words
    assert "Bottle 1" in page.words
    found = seen(pages, page.link("All records of this applicant"))
    assert "3 records" in found.words


def test_a_portfolio_leads_from_its_figures_to_the_records(pages: TestClient) -> None:
    page = seen(pages, seen(pages, f"/rights/{MARK_ID}").link("Solvanta International"))
    assert "In force" in page.words
    assert "3 records" in seen(pages, page.link("TH Thailand")).words
    assert "1 record" in seen(pages, page.link("30 Coffee")).words
    assert "SOLVANTA" in seen(pages, page.link("Siam Counsel")).words
    assert pages.get(page.link("CSV")).headers["content-type"] == "text/csv; charset=utf-8"
    assert "alert(1)" not in seen(pages, page.link("compare with others")).words


def test_applicants_are_found_and_put_side_by_side(pages: TestClient) -> None:
    empty = seen(pages, "/applicants/compare?with=solvanta")
    compared = seen(pages, empty.link("Solvanta International"))
    assert "Side by side" in compared.words
    assert "Records 3" in compared.words
    assert "Nobody of that name" in seen(pages, "/applicants/compare?with=zzzz").words
    assert "no id of an applicant" in seen(pages, "/applicants/compare?ids=x", 400).words


def test_a_search_leads_to_its_landscape(pages: TestClient) -> None:
    page = seen(pages, seen(pages, "/search?offices=TH").link("landscape"))
    assert "Concentration" in page.words
    assert "Largest applicants" in page.words
    assert "alike" in seen(pages, "/landscape?q=solvanta").words
    assert "Nothing is found" in seen(pages, "/landscape?offices=VN").words
    assert "cannot be drawn" in seen(pages, "/landscape?filedFrom=never", 400).words


def test_the_coverage_is_told_by_office_and_right_under_the_right_status(pages: TestClient) -> None:
    page = seen(pages, "/coverage")
    assert "27 records of 1 office" in page.words
    assert "Trademark 24 1 23 0 0 0" in page.words
    by_address = {href: words for words, href in page.links}
    assert by_address["/search?offices=TH&rights=trademark&status=pending"] == "23"
    assert by_address["/search?offices=TH&rights=trademark&status=registered"] == "1"
    header = page.words[page.words.index("Records registered") :]
    assert header.startswith("Records registered pending expired ended unknown")


def test_the_api_page_lists_every_address(pages: TestClient) -> None:
    words = seen(pages, "/docs").words
    paths = pages.get("/openapi.json").json()["paths"]
    assert all(f"{method.upper()} {path}" in words for path, methods in paths.items() for method in methods)


def test_the_pages_have_no_scripts_and_nothing_from_elsewhere(pages: TestClient) -> None:
    for address in ("/", "/search?q=solvanta", f"/rights/{MARK_ID}", "/vienna?q=lion", "/coverage", "/docs"):
        page = pages.get(address).text
        assert "<script" not in page
        assert 'src="http' not in page
        assert 'href="http' not in page


def test_the_home_page_of_an_empty_register_says_how_to_fill_it(
    empty_pages: tuple[TestClient, Take],
) -> None:
    words = seen(empty_pages[0], "/").words
    assert "The register is empty" in words
    assert "ipregister ingest FILE" in words


def test_an_empty_register_is_searched_without_an_error(empty_pages: tuple[TestClient, Take]) -> None:
    assert "Nothing found" in seen(empty_pages[0], "/search?q=solvanta").words
    assert "Nothing is held yet" in seen(empty_pages[0], "/coverage").words


def test_synthetic_data_is_said_on_every_page(empty_pages: tuple[TestClient, Take]) -> None:
    pages, take = empty_pages
    take([mark(1, "SOLDINE")], "synthetic-demo-th-marks.jsonl")
    for address in ("/", "/search?q=soldine", "/rights/th-tm-210000001", "/coverage", "/docs"):
        assert "Synthetic data." in seen(pages, address).words
    assert "Synthetic data." in seen(pages, "/rights/none", 404).words


def test_real_data_is_not_called_synthetic(pages: TestClient) -> None:
    assert "Synthetic" not in seen(pages, "/").words
