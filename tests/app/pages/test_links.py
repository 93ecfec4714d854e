"""Addresses of the pages with their filters."""

from starlette.datastructures import QueryParams

from app.pages.links import chips, narrowed, orders, tidy, toggled, wider
from register.codes.classifications import classification


def test_a_form_is_tidied_into_the_parameters_of_the_api() -> None:
    assert tidy(QueryParams("q=+solvanta+&offices=TH&offices=SG&filedFrom=&rights=")) == {
        "q": "solvanta",
        "offices": "TH,SG",
    }


def test_a_filter_is_put_in_and_taken_out_and_the_page_begins_anew() -> None:
    assert toggled({"q": "a", "cursor": "x"}, "offices", "TH") == "/search?q=a&offices=TH"
    assert toggled({"q": "a", "offices": "TH,SG"}, "offices", "TH") == "/search?q=a&offices=SG"
    assert toggled({"q": "a", "offices": "TH"}, "offices", "TH") == "/search?q=a"


def test_a_code_takes_the_place_of_those_above_and_below_it() -> None:
    vienna = classification("vienna")
    assert narrowed({"viennaCodes": "26,1.15"}, "viennaCodes", "26.04", vienna) == (
        "/search?viennaCodes=1.15%2C26.04"
    )
    assert narrowed({"viennaCodes": "26.4.5,1"}, "viennaCodes", "26.04", vienna) == (
        "/search?viennaCodes=1%2C26.04"
    )
    assert narrowed({"viennaCodes": "26.4,1"}, "viennaCodes", "26.04", vienna) == "/search?viennaCodes=1"


def test_each_filter_in_use_can_be_removed() -> None:
    found = chips({"q": "a", "offices": "TH,SG", "filedFrom": "2020-01-01"}, {})
    assert found == [
        ("Office: Thailand", "/search?q=a&filedFrom=2020-01-01&offices=SG"),
        ("Office: Singapore", "/search?q=a&filedFrom=2020-01-01&offices=TH"),
        ("Filed from: 2020-01-01", "/search?q=a&offices=TH%2CSG"),
    ]


def test_a_filter_is_called_what_the_answer_calls_it() -> None:
    found = chips({"applicants": "ap-1"}, {("applicants", "ap-1"): "Solvanta GmbH"})
    assert found == [("Applicant: Solvanta GmbH", "/search")]


def test_the_order_in_use_is_marked_and_another_begins_at_the_first_page() -> None:
    found = orders({"q": "a", "cursor": "x"}, {"relevance": "Best", "-filingDate": "Newest"})
    assert found == [
        ("Best", "/search?q=a&sort=relevance", True),
        ("Newest", "/search?q=a&sort=-filingDate", False),
    ]


def test_a_search_without_results_offers_wider_ones() -> None:
    assert [label for label, _ in wider({"q": "a", "match": "exact", "offices": "TH"})] == [
        "Search without filters",
        "Search by likeness",
    ]
    assert wider({"q": "a"}) == []
