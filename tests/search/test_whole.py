"""The whole result of a search, of one state of the index, in both engines."""

from contextlib import closing

import pytest

from search.document import document_of
from search.engine import Any, Clause, Engine, Everything, Not, Order, Ranked, Term
from search.engines import opensearch_snapshot, tantivy_snapshot
from search.query import Filters, SearchQuery, Sort
from search.whole import is_ranked, timepoints_of, total_of, whole_parts
from tests.search.sample import EVERYTHING, documents, filled, record

COFFEE = Any((Ranked("text", ("coffee", "machine")), Not(Term("office", ("VN",)))))


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents have to be read in several slices."""
    monkeypatch.setattr(tantivy_snapshot, "_SLICE", 4)
    monkeypatch.setattr(opensearch_snapshot, "_SLICE", 4)


def paged(engine: Engine, clause: Clause, order: Order) -> list[str]:
    return [hit.id for hit in engine.reader().find(clause, order, 100).hits]


def ids_at(timepoints: list[int]) -> list[str]:
    by_timepoint = {one.timepoint: one.id for one in documents(EVERYTHING)}
    return [by_timepoint[one] for one in timepoints]


@pytest.mark.parametrize(
    "order",
    [Order("filed"), Order("filed", False), Order("brevity", False), Order("timepoint"), Order("expiry")],
)
@pytest.mark.parametrize("clause", [Everything(), COFFEE, Term("office", ("XX",))])
def test_slices_are_the_pages_in_their_order(standing: Engine, clause: Clause, order: Order) -> None:
    with closing(standing.reader().snapshot()) as snapshot:
        found = [one for some in snapshot.slices(clause, order) for one in some]
        assert ids_at(found) == paged(standing, clause, order)
        assert snapshot.count(clause) == len(found)


def test_the_best_are_those_of_the_pages(standing: Engine) -> None:
    with closing(standing.reader().snapshot()) as snapshot:
        assert ids_at(list(snapshot.best(COFFEE, 5))) == paged(standing, COFFEE, Order(None))[:5]


def test_what_is_written_meanwhile_is_not_in_it(engine: Engine) -> None:
    filled(engine)
    later = document_of(record("SG", "999", "LATER"), 1, 10_000)
    with closing(engine.reader().snapshot()) as snapshot:
        name = engine.live()
        assert name is not None
        with closing(engine.writer(name)) as writer:
            writer.put([later])
            writer.remove([(EVERYTHING[0].id, 10_001)])
            writer.commit()
        assert engine.reader().count(Everything()) == len(EVERYTHING)
        found = [one for some in snapshot.slices(Everything(), Order("filed")) for one in some]
    assert sorted(ids_at(found)) == sorted(one.id for one in EVERYTHING)


@pytest.mark.parametrize("most", [3, 10_000])
@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(),
        SearchQuery(sort=Sort("expiryDate", descending=False)),
        SearchQuery(text="coffee", filters=Filters(rights=("patent", "design"))),
        SearchQuery(text="sta", match="startsWith"),
        SearchQuery(text="42", match="exact"),
    ],
    ids=["all", "oldest first", "words", "beginning", "number"],
)
def test_every_document_of_a_set_comes_once(
    standing: Engine, query: SearchQuery, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.whole.BEST_FIRST_MOST", most)
    reader = standing.reader()
    parts = whole_parts(reader, query)
    with closing(reader.snapshot()) as snapshot:
        found = [one for some in timepoints_of(snapshot, parts) for one in some]
        assert len(found) == len(set(found)) == total_of(snapshot, parts)
    matched = {identity for part in parts for identity in paged(standing, part.clause, part.order)}
    assert set(ids_at(found)) == matched


def test_likeness_is_ranked_and_words_of_patents_are_not() -> None:
    assert is_ranked(SearchQuery(text="lumora"))
    assert is_ranked(SearchQuery(vienna_like=("26.04.05",)))
    assert not is_ranked(SearchQuery(text="coffee", filters=Filters(rights=("patent",))))
    assert not is_ranked(SearchQuery())
