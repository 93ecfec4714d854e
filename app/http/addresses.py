"""A query back as the parameters that ask it: the inverse of `app.http.searching.query_of`."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode

from app.http.searching import COLLECTIONS
from search.query import SearchQuery

Told = str | int | list[str | int]
"""A parameter's value as JSON tells it."""


def told_query(query: SearchQuery) -> dict[str, Told]:
    """What a query asks, by the names of the API's parameters: lists in order, nothing that is not asked, and
    `match`, `sort` and `limit` always.
    """
    filters = query.filters
    sort = query.sort
    asked: dict[str, Told | dt.date | tuple[str, ...] | tuple[int, ...] | None] = {
        "q": " ".join((query.text or "").split()) or None,
        "match": query.match,
        "withoutRules": query.without_rules,
        "viennaLike": query.vienna_like,
        "rights": filters.rights,
        "offices": filters.offices,
        "territories": filters.territories,
        "status": filters.status,
        "niceClasses": filters.nice_classes,
        "viennaCodes": filters.vienna_codes,
        "locarno": filters.locarno,
        "ipc": filters.ipc,
        "cpc": filters.cpc,
        "kinds": filters.kinds,
        "features": filters.features,
        "applicant": filters.applicant,
        "applicants": filters.applicants,
        "representatives": filters.representatives,
        "filedFrom": filters.filed_from,
        "filedTo": filters.filed_to,
        "registeredFrom": filters.registered_from,
        "registeredTo": filters.registered_to,
        "expiresFrom": filters.expires_from,
        "expiresTo": filters.expires_to,
        "sort": f"-{sort.key}" if sort.descending and sort.key != "relevance" else sort.key,
        "limit": query.limit,
        "cursor": query.cursor,
    }
    told: dict[str, Told] = {}
    for name, value in asked.items():
        if isinstance(value, tuple):
            if value:
                told[name] = sorted(value, key=lambda one: (isinstance(one, str), one))
        elif isinstance(value, dt.date):
            told[name] = value.isoformat()
        elif value is not None:
            told[name] = value
    return told


_USUAL: Mapping[str, Told] = {"match": "similar", "sort": "relevance", "limit": 20}


def query_string(told: Mapping[str, Told]) -> str:
    """The parameters as they stand in an address, without those that say what is usual."""
    given = {
        name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in told.items()
        if _USUAL.get(name) != value
    }
    return urlencode(given, safe=",")


def search_address(query: SearchQuery) -> str:
    """The address under /v1 that asks this again."""
    told = told_query(dataclasses.replace(query, cursor=None))
    rights = query.filters.rights
    collection = next((name for name, covered in COLLECTIONS.items() if covered == rights), "rights")
    if collection != "rights" or not rights:
        told.pop("rights", None)
    string = query_string(told)
    return f"/v1/{collection}?{string}" if string else f"/v1/{collection}"


def page_address(query: SearchQuery) -> str:
    """The page that shows this search again."""
    string = query_string(told_query(dataclasses.replace(query, cursor=None)))
    return f"/search?{string}" if string else "/search"
