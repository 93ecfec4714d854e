"""Parameters of the API: what is taken, and how the rest is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from app.http.parameters import PARAMETERS, read_parameters, table
from app.http.problems import Problem


def read(query: str, *names: str) -> dict[str, object]:
    return read_parameters(QueryParams(query), table(*names) if names else PARAMETERS)


def refused(query: str) -> Problem:
    with pytest.raises(Problem) as caught:
        read(query)
    return caught.value


def test_lists_are_split_and_each_value_is_read() -> None:
    assert read("offices=th,SG&niceClasses=9,42&status=registered") == {
        "offices": ("TH", "SG"),
        "niceClasses": (9, 42),
        "status": ("registered",),
    }


def test_dates_are_iso() -> None:
    assert read("filedFrom=2024-02-29") == {"filedFrom": dt.date(2024, 2, 29)}


def test_an_unknown_parameter_is_an_error_that_lists_the_known_ones() -> None:
    problem = refused("colour=red")
    assert (problem.status, problem.code, problem.field) == (400, "unknown-parameter", "colour")
    assert problem.mend is not None
    assert "offices" in problem.mend


def test_a_parameter_given_twice_is_an_error() -> None:
    assert refused("limit=1&limit=2").field == "limit"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=1e3",
        "limit=",
        "limit=９",
        "offices=ZZ",
        "offices=TH,,SG",
        "niceClasses=0",
        "niceClasses=46",
        "status=nope",
        "filedFrom=2024-13-45",
        "filedFrom=0000-00-00",
        "filedFrom=20240131",
        "viennaCodes=..",
        "viennaLike=circle",
        "sort=nope",
        "facets=nope",
        "fields=nope",
        "match=nope",
        "cursor=%00",
        "q=a%00b",
        "applicants=x",
        "locarno=abc",
        "ipc=5",
        "rights=unicorn",
        "q=" + "a" * 1001,
    ],
)
def test_what_cannot_be_used_is_told_by_its_name(query: str) -> None:
    problem = refused(query)
    assert problem.status == 400
    assert problem.field == query.partition("=")[0]
    assert problem.mend


@given(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=40))
def test_no_text_does_more_than_be_refused(name: str, text: str) -> None:
    try:
        read_parameters(QueryParams([(name, text)]), PARAMETERS)
    except Problem as problem:
        assert problem.status == 400  # noqa: PT017  # either it is read, or it is a 400


def test_every_parameter_tells_openapi_what_it_is() -> None:
    for parameter in PARAMETERS.values():
        told = parameter.openapi()
        assert told["in"] == "query"
        assert told["description"]
        assert told["schema"]["type"] in ("string", "integer", "array", "boolean")
