"""Both engines give the same answers: the same sets, the same counts, the same top ten of a likeness."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator

import pytest

from register.model import Record
from search.engine import Engine
from search.engines.tantivy import TantivyEngine
from search.query import Filters, Match, SearchQuery, Sort
from search.service import SearchService
from tests.search.conftest import opensearch_engine
from tests.search.made import made
from tests.search.sample import EVERYTHING, filled

RECORDS: tuple[Record, ...] = (*EVERYTHING, *made(1500))


@pytest.fixture(scope="module")
def services(
    tmp_path_factory: pytest.TempPathFactory, opensearch_url: str
) -> Iterator[tuple[SearchService, SearchService]]:
    def service(engine: Engine) -> SearchService:
        filled(engine, RECORDS)
        return SearchService(engine.reader(), dict)

    with opensearch_engine(opensearch_url) as grown:
        yield service(TantivyEngine(tmp_path_factory.mktemp("agree"))), service(grown)


TITLES = random.Random(6).sample([one.title for one in RECORDS if one.title is not None], 25)
TEXTS = (*TITLES, "steiger", "Coca-Cola", "kokadra", "โคคาโคลา", "스타린", "金海", "sterling", "40201900001A")
EVERY_FACET = SearchQuery(
    facets=("offices", "territories", "rights", "status", "niceClasses", "filingYear", "applicants")
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("match", ["exact", "startsWith", "contains"])
def test_the_same_set_in_the_same_order(
    services: tuple[SearchService, SearchService], text: str, match: Match
) -> None:
    query = SearchQuery(text=text, match=match, limit=100, facets=("offices", "status"))
    ours, theirs = (service.search(query) for service in services)
    assert [hit.id for hit in ours.hits] == [hit.id for hit in theirs.hits]
    assert (ours.total, ours.facets) == (theirs.total, theirs.facets)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("match", ["similar", "sound"])
def test_the_same_top_ten_of_a_likeness(
    services: tuple[SearchService, SearchService], text: str, match: Match
) -> None:
    query = SearchQuery(text=text, match=match, filters=Filters(rights=("trademark",)), limit=10)
    ours, theirs = (service.search(query) for service in services)
    assert [(hit.id, hit.score, hit.why) for hit in ours.hits] == [
        (hit.id, hit.score, hit.why) for hit in theirs.hits
    ]


@pytest.mark.parametrize(
    "codes", [("05.03.11", "26.4.5"), ("27.5",), ("1.15.9", "2.1.1", "27.05.01"), ("26",)]
)
@pytest.mark.parametrize("filters", [Filters(), Filters(offices=("TH",), status=("registered",))])
def test_the_same_top_ten_of_figures(
    services: tuple[SearchService, SearchService], codes: tuple[str, ...], filters: Filters
) -> None:
    query = SearchQuery(vienna_like=codes, filters=filters, limit=10, facets=("viennaCodes",))
    ours, theirs = (service.search(query) for service in services)
    assert [(hit.id, hit.score, hit.why) for hit in ours.hits] == [
        (hit.id, hit.score, hit.why) for hit in theirs.hits
    ]
    assert len(ours.hits) == 10
    assert (ours.total, ours.facets) == (theirs.total, theirs.facets)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(offices=("TH", "KR"), nice_classes=(9, 42), status=("registered",)),
        Filters(filed_from=dt.date(2005, 1, 1), filed_to=dt.date(2015, 12, 31)),
        Filters(applicant="applicant 7"),
        Filters(territories=("SG",), rights=("trademark",)),
    ],
)
@pytest.mark.parametrize("sort", [Sort(), Sort("filingDate", descending=False), Sort("changed")])
def test_the_same_records_and_counts_under_filters(
    services: tuple[SearchService, SearchService], filters: Filters, sort: Sort
) -> None:
    query = dataclasses.replace(EVERY_FACET, filters=filters, sort=sort, limit=50)
    ours, theirs = (service.search(query) for service in services)
    assert [(hit.id, hit.version, hit.short) for hit in ours.hits] == [
        (hit.id, hit.version, hit.short) for hit in theirs.hits
    ]
    assert (ours.total, ours.facets) == (theirs.total, theirs.facets)


def test_the_same_applicants(services: tuple[SearchService, SearchService]) -> None:
    ours, theirs = (service.applicants("applicant", 10) for service in services)
    assert ours == theirs
    assert len(ours) == 10
