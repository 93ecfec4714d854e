"""Marks with figures like others, over both engines."""

import dataclasses
from collections.abc import Iterator, Sequence

import pytest

from register.model import Record
from search.engines.tantivy import TantivyEngine
from search.errors import InputError
from search.query import Filters, SearchQuery, Sort
from search.service import Answer, SearchService
from tests.search.conftest import ENGINES, opensearch_engine
from tests.search.sample import filled, record


def figure(number: int, name: str, codes: Sequence[str], office: str = "SG") -> Record:
    return record(
        office, f"4020220{number:04d}A", name, vienna_codes=tuple(codes), filed=f"2022-01-{number:02d}"
    )


FIGURES: tuple[Record, ...] = (
    figure(1, "sun in a square", ("26.04.05", "01.15.09")),
    figure(2, "the same again", ("1.15.9", "26.4.5"), office="TH"),
    figure(3, "sun", ("01.15.09",)),
    figure(4, "square", ("26.04.05",)),
    figure(5, "another square", ("26.04.01",)),
    figure(6, "circle", ("26.01.01",)),
    figure(7, "sun in a square and more", ("26.04.05", "01.15.09", "05.03.11", "03.01.01")),
    figure(8, "leaf", ("05.03.11",)),
    *(figure(number, "letters", ("27.05.01", "26.04.05")) for number in range(9, 20)),
    record("SG", "40202200099Z", "no figure"),
)
SUN_IN_A_SQUARE = SearchQuery(vienna_like=("26.4.5", "1.15.9"))


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    if request.param == "tantivy":
        engine = TantivyEngine(tmp_path_factory.mktemp("figures"))
        filled(engine, FIGURES)
        yield SearchService(engine.reader(), dict)
        return
    with opensearch_engine(request.getfixturevalue("opensearch_url")) as started:
        filled(started, FIGURES)
        yield SearchService(started.reader(), dict)


def titles(answer: Answer) -> list[str | None]:
    by_id = {one.id: one.title for one in FIGURES}
    return [by_id[hit.id] for hit in answer.hits]


def test_the_likest_come_first(service: SearchService) -> None:
    answer = service.search(SUN_IN_A_SQUARE)
    assert titles(answer)[:4] == ["sun in a square", "the same again", "sun in a square and more", "sun"]
    scores = [hit.score or 0.0 for hit in answer.hits]
    assert scores[:2] == [1.0, 1.0]
    assert scores == sorted(scores, reverse=True)
    assert answer.total.relation == "eq"


def test_what_has_no_more_than_a_category_in_common_is_left_out(service: SearchService) -> None:
    found = titles(service.search(dataclasses.replace(SUN_IN_A_SQUARE, limit=100)))
    assert not {"circle", "leaf", "no figure"} & set(found)


def test_the_fewest_other_figures_come_first(service: SearchService) -> None:
    found = titles(service.search(SearchQuery(vienna_like=("26.04.05",))))
    assert found[0] == "square"
    assert found.index("letters") < found.index("sun in a square and more")


def test_why_names_the_codes_that_are_shared(service: SearchService) -> None:
    why = service.search(SUN_IN_A_SQUARE).hits[0].why
    assert [reason.rule for reason in why] == ["same Vienna section"] * 2
    assert why[0].compared == "01.15.09 Luminous sources, rays, shafts of light"


def test_a_mark_asks_for_its_own_figures_and_is_left_out(service: SearchService) -> None:
    first = FIGURES[0]
    answer = service.search(SearchQuery(vienna_like=(first.id.upper(),), limit=100))
    whole = service.search(dataclasses.replace(SUN_IN_A_SQUARE, limit=100))
    assert [hit.id for hit in answer.hits] == [hit.id for hit in whole.hits if hit.id != first.id]


def test_filters_facets_and_orders_go_with_it(service: SearchService) -> None:
    thai = dataclasses.replace(SUN_IN_A_SQUARE, filters=Filters(offices=("TH",)))
    assert titles(service.search(thai)) == ["the same again"]
    dated = dataclasses.replace(
        SUN_IN_A_SQUARE,
        sort=Sort("filingDate", descending=False),
        facets=("viennaCodes", "offices"),
        limit=100,
    )
    answer = service.search(dated)
    assert titles(answer)[:3] == ["sun in a square", "the same again", "sun"]
    assert all(hit.score is not None and hit.why for hit in answer.hits)
    assert sum(value.count for value in answer.facets["offices"]) == answer.total.value


@pytest.mark.parametrize("limit", [1, 3])
def test_pages_lead_to_the_end_with_each_once(service: SearchService, limit: int) -> None:
    whole = service.search(dataclasses.replace(SUN_IN_A_SQUARE, limit=100))
    cursor, met = None, list[str]()
    while True:
        answer = service.search(dataclasses.replace(SUN_IN_A_SQUARE, limit=limit, cursor=cursor))
        met += [hit.id for hit in answer.hits]
        cursor = answer.next
        if cursor is None:
            break
    assert met == [hit.id for hit in whole.hits]
    assert len(met) == whole.total.value


def test_a_cursor_belongs_to_its_figures(service: SearchService) -> None:
    cursor = service.search(dataclasses.replace(SUN_IN_A_SQUARE, limit=1)).next
    with pytest.raises(InputError) as error:
        service.search(SearchQuery(vienna_like=("26.04.05",), cursor=cursor))
    assert error.value.field == "cursor"


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(vienna_like=("77.1",)),
        SearchQuery(vienna_like=("sg-tm-none",)),
        SearchQuery(vienna_like=(FIGURES[-1].id,)),
        SearchQuery(vienna_like=("26.4.5",), text="sun"),
        SearchQuery(vienna_like=tuple(f"02.01.{number}" for number in range(1, 60))),
    ],
    ids=["no code", "no record", "a record without codes", "a text beside it", "too many"],
)
def test_what_cannot_be_asked_is_told(service: SearchService, query: SearchQuery) -> None:
    with pytest.raises(InputError) as error:
        service.search(query)
    assert error.value.field == "viennaLike"
    assert error.value.mend


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), {"01", "03", "05", "26", "27"}),
        (("26",), {"26.01", "26.04"}),
        (("26.4",), {"26.04.01", "26.04.05"}),
        (("26.4.5",), {"26.04.05"}),
        (("26.1", "5"), {"26.01.01", "05.03"}),
    ],
)
def test_counts_of_vienna_codes_follow_the_filter_down(
    service: SearchService, given: tuple[str, ...], expected: set[str]
) -> None:
    query = SearchQuery(filters=Filters(vienna_codes=given), facets=("viennaCodes",))
    values = service.search(query).facets["viennaCodes"]
    assert {value.value for value in values} == expected
    assert all(value.label.startswith(f"{value.value} ") for value in values)


def test_records_are_counted_at_every_level(service: SearchService) -> None:
    held = service.tree("vienna").held
    assert (held["26"], held["26.04"], held["26.04.05"]) == (17, 16, 15)
    assert "77" not in held
