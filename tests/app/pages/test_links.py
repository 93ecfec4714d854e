"""Addresses of the pages with their filters."""

from starlette.datastructures import QueryParams

from app.pages.links import chips, tidy, toggled, wider


def test_a_form_is_tidied_into_the_parameters_of_the_api() -> None:
    assert tidy(QueryParams("q=+solvanta+&offices=TH&offices=SG&filedFrom=&rights=")) == {
        "q": "solvanta",
        "offices": "TH,SG",
    }


def test_a_filter_is_put_in_and_taken_out_and_the_page_begins_anew() -> None:
    assert toggled({"q": "a", "cursor": "x"}, "offices", "TH") == "/search?q=a&offices=TH"
    assert toggled({"q": "a", "offices": "TH,SG"}, "offices", "TH") == "/search?q=a&offices=SG"
    assert toggled({"q": "a", "offices": "TH"}, "offices", "TH") == "/search?q=a"


def test_each_filter_in_use_can_be_removed() -> None:
    found = chips({"q": "a", "offices": "TH,SG", "filedFrom": "2020-01-01"}, {"offices": "Office"})
    assert found == [
        ("Office: TH", "/search?q=a&filedFrom=2020-01-01&offices=SG"),
        ("Office: SG", "/search?q=a&filedFrom=2020-01-01&offices=TH"),
        ("filedFrom: 2020-01-01", "/search?q=a&offices=TH%2CSG"),
    ]


def test_a_search_without_results_offers_wider_ones() -> None:
    assert [label for label, _ in wider({"q": "a", "match": "exact", "offices": "TH"})] == [
        "Search without filters",
        "Search by likeness",
    ]
    assert wider({"q": "a"}) == []
