"""The pages of the classifications, and marks with figures like others."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.app.pages.conftest import DESIGNS, FULL_MARK, PATENT, mark, served
from tests.app.pages.test_routes import MARK_ID, seen
from tests.servers.postgres import ScratchPostgres

LIKE_IT = {**mark(50, "SUNNY"), "viennaCodes": ["26.04.01", "01.15.09"]}
NEAR_IT = {**mark(51, "BOXED"), "viennaCodes": ["26.04.05"]}


@pytest.fixture(scope="module")
def figures(postgres: ScratchPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages over a few marks with figures, a design and a patent."""
    with (
        postgres.fresh() as url,
        served(url, tmp_path_factory.mktemp("figures")) as (client, take),
    ):
        take([FULL_MARK, LIKE_IT, NEAR_IT, mark(52, "PLAIN"), *DESIGNS, PATENT])
        yield client


def test_the_way_leads_from_a_category_over_its_division_to_the_marks_of_a_section(
    figures: TestClient,
) -> None:
    top = seen(figures, "/vienna")
    category = seen(figures, top.link("Geometrical figures"))
    division = seen(figures, category.link("Quadrilaterals"))
    assert division.link("Vienna Classification") == "/vienna"
    assert "3 records in this division" in division.words
    marks = seen(figures, division.link("with 26.04.05"))
    assert marks.link("BOXED")
    assert "Vienna code: 26.04.05 " in marks.words


def test_titles_are_searched_and_each_code_found_says_where_it_stands(figures: TestClient) -> None:
    page = seen(figures, "/vienna?q=heraldic+lion")
    assert "03.01.02 Heraldic lions Animals › Quadrupeds (series i)" in page.words
    assert "No title has these words" in seen(figures, "/vienna?q=heraldic+lion&under=26").words


@pytest.mark.parametrize(
    ("address", "title", "search"),
    [
        ("/nice", "Clothing", "/search?niceClasses=25"),
        ("/locarno?under=09", "Bottles", "/search?locarno=09-01"),
        ("/ipc?under=F26", "Drying", "/search?ipc=F26B"),
    ],
)
def test_the_other_classifications_have_the_same_page(
    figures: TestClient, address: str, title: str, search: str
) -> None:
    page = seen(figures, address)
    assert title in page.words
    assert search in [href for _, href in page.links]


def test_a_code_that_is_none_is_told(figures: TestClient) -> None:
    assert "no code of this classification" in seen(figures, "/vienna?under=77", 400).words


def test_a_record_leads_to_marks_with_figures_like_its_own(figures: TestClient) -> None:
    page = seen(figures, seen(figures, f"/rights/{MARK_ID}").link("Figurative marks like this one"))
    assert [href for _, href in page.links if href.startswith("/rights/")] == [
        "/rights/th-tm-210000050",
        "/rights/th-tm-210000051",
    ]
    assert "The same figure: 26.04.01 " in page.words
    assert "A figure of the same division: 26.04 Quadrilaterals" in page.words
    assert "% of the figures in common" in page.words


def test_a_mark_without_figures_leads_to_none(figures: TestClient) -> None:
    assert "Figurative marks like" not in seen(figures, "/rights/th-tm-210000052").words


def test_codes_that_are_ticked_are_looked_for_together(figures: TestClient) -> None:
    page = seen(figures, "/search?viennaLike=01.15.09&viennaLike=26.04.01")
    assert "Marks with figures like 01.15.09, 26.04.01" in page.words
    assert page.link("SUNNY") == "/rights/th-tm-210000050"
    assert page.link("Figures like") == "/search"


def test_a_name_typed_beside_figures_is_a_search_for_the_name(figures: TestClient) -> None:
    assert seen(figures, "/search?viennaLike=01.15.09&q=plain").link("PLAIN") == "/rights/th-tm-210000052"


def test_the_counts_of_vienna_codes_lead_down_and_back(figures: TestClient) -> None:
    category = seen(figures, "/search").link("26 Geometrical")
    assert category == "/search?viennaCodes=26"
    division = seen(figures, category).link("26.04 Quadrilaterals")
    assert division == "/search?viennaCodes=26.04"
    section = seen(figures, division).link("26.04.05 ")
    assert section == "/search?viennaCodes=26.04.05"
    assert seen(figures, section).link("✓ 26.04.05") == "/search"
    assert seen(figures, "/search?viennaCodes=26.4.5").link("✓ 26.04.05") == "/search"


@pytest.mark.parametrize(("rights", "words"), [("design", "09 "), ("patent", "F26B Drying")])
def test_the_counts_of_classes_are_those_of_the_rights_searched(
    figures: TestClient, rights: str, words: str
) -> None:
    assert seen(figures, f"/search?rights={rights}").link(words)
