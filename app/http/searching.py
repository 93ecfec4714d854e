"""Searching: one address for each right, and one for all."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from app.http.answers import FacetValue, SearchPage, Total, encode
from app.http.coverage_answers import Lacking
from app.http.exporting import described, exported, file_wanted
from app.http.lacking import lacking
from app.http.openapi import operation
from app.http.parameters import EXPORT_FORMAT, SPANS, Parameter, read_parameters, table
from app.http.problems import bad_parameter
from app.http.service import Service, ServiceOf
from register.model import Right
from search.query import Filters, SearchQuery, Sort
from search.service import Answer, Hit

# The part of an address that names a kind of right, and the rights it covers.
COLLECTIONS: dict[str, tuple[Right, ...]] = {
    "trademarks": ("trademark",),
    "patents": ("patent", "utility-model"),
    "designs": ("design",),
    "geographical-indications": ("geographical-indication",),
    "rights": (),
}
COLLECTION_OF: dict[Right, str] = {right: name for name, rights in COLLECTIONS.items() for right in rights}

_COMMON = (
    "q",
    "match",
    "withoutRules",
    "offices",
    "territories",
    "status",
    "applicant",
    "applicants",
    "representatives",
    *(bound for span in SPANS for bound in span),
    "sort",
    "limit",
    "cursor",
    "facets",
    "fields",
)
_OF_MARKS = ("niceClasses", "viennaCodes", "viennaLike")
_OWN: dict[str, tuple[str, ...]] = {
    "trademarks": _OF_MARKS,
    "patents": ("ipc", "cpc"),
    "designs": ("locarno",),
    "geographical-indications": (),
    "rights": (*_OF_MARKS, "ipc", "cpc", "locarno", "rights"),
}
SEARCH_PARAMETERS: dict[str, dict[str, Parameter]] = {
    name: table(*_COMMON, *_OWN[name]) for name in COLLECTIONS
}
_API_PARAMETERS = {
    name: {**parameters, "format": EXPORT_FORMAT} for name, parameters in SEARCH_PARAMETERS.items()
}

EXAMPLE = {
    "results": [
        {
            "id": "th-tm-190123456",
            "office": "TH",
            "right": "trademark",
            "title": "โซลวันตา",
            "status": {"plain": "registered"},
            "applicationNumber": "190123456",
            "filingDate": "2019-05-02",
            "niceClasses": [30],
            "score": 0.94,
            "applicants": [
                {"name": "Solvanta International GmbH", "country": "DE", "applicant": "ap-4k2v7q1mzw8xa"}
            ],
            "why": [
                {
                    "rule": "sound across scripts",
                    "version": 2,
                    "compared": "solvanta ~ โซลวันตา [solwanta]",
                    "points": 0.94,
                }
            ],
        }
    ],
    "total": {"value": 1, "relation": "eq"},
    "facets": {"offices": [{"value": "TH", "label": "Thailand", "count": 1}]},
    "asOf": {"TH": "2026-06-30T02:00:00+00:00"},
    "receipt": "rc-4k2v7q-1mzw8x-a7c9d2-p0r3ts",
}

router = APIRouter(tags=["Search"])


def query_of(values: Mapping[str, Any], rights: tuple[Right, ...]) -> SearchQuery:
    """The query that the parameters state, over these rights (all where empty).

    Raises `Problem` for a span of days that ends before it begins.
    """
    for begin, end in SPANS:
        first, last = values.get(begin), values.get(end)
        if first is not None and last is not None and first > last:
            raise bad_parameter(
                end, f"{last} is before {first}, where the span begins", f"swap {begin} and {end}"
            )
    sort: str = values.get("sort", "relevance")
    filters = Filters(
        rights=rights or values.get("rights", ()),
        offices=values.get("offices", ()),
        territories=values.get("territories", ()),
        status=values.get("status", ()),
        nice_classes=values.get("niceClasses", ()),
        vienna_codes=values.get("viennaCodes", ()),
        locarno=values.get("locarno", ()),
        ipc=values.get("ipc", ()),
        cpc=values.get("cpc", ()),
        applicant=values.get("applicant") or None,
        applicants=values.get("applicants", ()),
        representatives=values.get("representatives", ()),
        filed_from=values.get("filedFrom"),
        filed_to=values.get("filedTo"),
        registered_from=values.get("registeredFrom"),
        registered_to=values.get("registeredTo"),
        expires_from=values.get("expiresFrom"),
        expires_to=values.get("expiresTo"),
    )
    key: Any = sort.removeprefix("-")
    return SearchQuery(
        text=values.get("q") or None,
        match=values.get("match", "similar"),
        without_rules=values.get("withoutRules", ()),
        vienna_like=values.get("viennaLike", ()),
        filters=filters,
        sort=Sort(key, descending=sort.startswith("-") or key == "relevance"),
        limit=values.get("limit", 20),
        cursor=values.get("cursor"),
        facets=values.get("facets", ()),
    )


def result_of(hit: Hit, fields: tuple[str, ...]) -> dict[str, Any]:
    """One result: the short form with score and reasons, or only the members asked for."""
    result: dict[str, Any] = msgspec.json.decode(hit.short)
    # What a structure leaves out as usual is told to those who do not know what is usual.
    result["status"] = {"plain": "unknown", **result.get("status", {})}
    if hit.score is not None:
        result["score"] = round(hit.score, 4)
    if hit.why:
        result["why"] = [
            {
                "rule": reason.rule,
                "version": reason.version,
                "compared": reason.compared,
                "points": round(reason.points, 4),
            }
            for reason in hit.why
        ]
    if fields:
        result = {name: value for name, value in result.items() if name in fields or name == "id"}
    return result


def next_link(path: str, given: QueryParams, cursor: str | None) -> str | None:
    """The address of the page after this one."""
    if cursor is None:
        return None
    kept = [(name, value) for name, value in given.multi_items() if name != "cursor"]
    return f"{path}?{urlencode([*kept, ('cursor', cursor)])}"


def times(as_of: Mapping[str, dt.datetime]) -> dict[str, str]:
    """Moments by office as ISO 8601."""
    return {office: moment.isoformat(timespec="seconds") for office, moment in as_of.items()}


def page_of(
    answer: Answer,
    request_path: str,
    given: QueryParams,
    fields: tuple[str, ...],
    receipt: str | None = None,
) -> SearchPage:
    return SearchPage(
        results=[result_of(hit, fields) for hit in answer.hits],
        total=Total(answer.total.value, answer.total.relation),
        facets={
            name: [FacetValue(one.value, one.label, one.count) for one in values]
            for name, values in answer.facets.items()
        },
        next=next_link(request_path, given, answer.next),
        as_of=times(answer.as_of),
        receipt=receipt,
        left=answer.left,
    )


def lacked(query: SearchQuery, service: Service) -> list[Lacking]:
    """What the register lacks of the offices that a search asked for."""
    return lacking(query, service.offices(), service.gaps(), service.not_taken())


def answer_search(collection: str, request: Request, service: Service) -> Response:
    values = read_parameters(request.query_params, _API_PARAMETERS[collection])
    query = query_of(values, COLLECTIONS[collection])
    wanted = file_wanted(values, request.headers.get("accept", ""))
    if wanted is not None:
        return exported(service, query, wanted, collection)
    answer = service.search(query)
    receipt = service.receipt(query, answer)
    page = page_of(answer, request.url.path, request.query_params, values.get("fields", ()), receipt)
    if not answer.hits and query.cursor is None:
        page = msgspec.structs.replace(page, missing=lacked(query, service))
    return Response(encode(page), media_type="application/json", headers={"Vary": "Accept"})


# Where each collection is searched: its operation's id, and what is searched there.
_SEARCHES = {
    "trademarks": ("searchTrademarks", "trademarks"),
    "patents": ("searchPatents", "patents and utility models"),
    "designs": ("searchDesigns", "designs"),
    "geographical-indications": ("searchGeographicalIndications", "geographical indications"),
    "rights": ("searchRights", "every kind of right"),
}


def _searching(collection: str) -> Callable[[Request, Service], Response]:
    def search(request: Request, service: ServiceOf) -> Response:
        return answer_search(collection, request, service)

    return search


for _collection, (_operation, _what) in _SEARCHES.items():
    router.add_api_route(
        f"/{_collection}",
        _searching(_collection),
        response_class=Response,
        operation_id=_operation,
        **described(
            operation(
                f"Search {_what}",
                SearchPage,
                parameters=_API_PARAMETERS[_collection],
                errors=(503,),
                example=EXAMPLE,
            )
        ),
    )


SEARCH_PATHS: dict[str, Callable[[Request, Service], Response]] = {
    f"/v1/{collection}": partial(answer_search, collection) for collection in _SEARCHES
}
"""What answers a search at each address."""
