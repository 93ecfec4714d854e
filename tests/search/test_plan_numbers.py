"""Queries that are written like an id."""

from search.engine import All, Any, Term
from search.plan import Listed, plan_of
from search.query import SearchQuery


def test_a_number_written_like_an_id_is_looked_for_as_both() -> None:
    plan = plan_of(SearchQuery(text="KH-GI-2026-0001"))
    assert isinstance(plan, Listed)
    assert isinstance(plan.clause, All)
    (named,) = plan.clause.clauses
    assert named == Any((Term("id", ("kh-gi-2026-0001",)), Term("number", ("khgi20260001",))))
