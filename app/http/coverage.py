"""What is missing of an office, and which of its status words nobody knows."""

import base64
import binascii
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import Connection

from app.http.answers import encode
from app.http.coverage_answers import GapsPage, MissingNumbers, NumbersOfYear, OfficeStatus, UnknownWord
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import bad_parameter, not_found
from app.http.service import Service, ServiceOf
from ingest.profile import ProfileError, profile
from register.codes.offices import is_st3, office_name
from register.model import Right
from register.store.coverage_reading import (
    Missing,
    YearGaps,
    gaps_by_year,
    missing_numbers,
    unmapped_words,
)

_GAPS = table("right", "year", "limit", "cursor")
_STATUS = table("right", "limit", "cursor")
_EXAMPLE_GAPS = {
    "office": "TH",
    "name": "Thailand",
    "years": [
        {
            "right": "trademark",
            "year": 2021,
            "basis": "sequence",
            "expected": 342,
            "held": 330,
            "missing": 12,
        }
    ],
    "results": [{"right": "trademark", "year": 2021, "first": "17", "last": "28", "count": 12}],
    "asOf": {"trademark": "2026-06-30T02:00:00+00:00"},
}
_EXAMPLE_STATUS = {
    "office": "TH",
    "name": "Thailand",
    "mapping": "2026-11-25",
    "byStatus": {"trademark": {"registered": 251, "pending": 70, "unknown": 9}},
    "results": [{"right": "trademark", "word": "รอคำวินิจฉัย", "mapping": "2026-11-25", "records": 9}],
}

OfficeCode = Annotated[str, Path(description="The ST.3 code of an office, such as TH", max_length=20)]

router = APIRouter(tags=["Offices"])


class _Cursor(NamedTuple):
    """Where to go on: which year of the list, and how many ranges of it are past."""

    year: int
    skip: int


def office_asked(code: str) -> str:
    """Raises `Problem` (404) for a code that is none."""
    office = code.upper()
    if not is_st3(office):
        raise not_found(f"{code[:20]!r} is no ST.3 code of an office", "GET /v1/offices lists what is held")
    return office


def gaps_page(
    service: Service, office: str, right: Right | None, year: int | None, limit: int, cursor: str | None
) -> tuple[GapsPage, str | None]:
    """A page of missing numbers, and the cursor of the next. Raises `Problem` (400)."""
    begin = _read_cursor(cursor)

    def read(connection: Connection) -> tuple[list[YearGaps], list[Missing], _Cursor | None]:
        years = [
            one
            for one in gaps_by_year(connection, office)
            if right in (None, one.right) and year in (None, one.year)
        ]
        found, following = _ranges(connection, office, years, begin, limit)
        return years, found, following

    years, found, following = service.database.read(read)
    as_of = {
        one.right: one.as_of.isoformat(timespec="seconds")
        for one in service.offices()
        if one.office == office and one.as_of is not None and right in (None, one.right)
    }
    page = GapsPage(
        office=office,
        name=office_name(office),
        years=[NumbersOfYear(**one._asdict()) for one in years],
        results=[
            MissingNumbers(
                right=one.right,
                year=one.year,
                series=one.series,
                first=one.first,
                last=one.last,
                count=one.numbers,
            )
            for one in found
        ],
        as_of=as_of,
    )
    return page, None if following is None else _write_cursor(following)


def _ranges(
    connection: Connection, office: str, years: list[YearGaps], begin: _Cursor, limit: int
) -> tuple[list[Missing], _Cursor | None]:
    """The next ranges of the years that count, and where to go on after them."""
    found: list[Missing] = []
    skip = begin.skip
    for place in range(begin.year, len(years)):
        year = years[place]
        if year.sparse or not year.missing:
            skip = 0
            continue
        wanted = limit - len(found)
        some = missing_numbers(connection, office, year, limit=wanted + 1, skip=skip)
        found += some[:wanted]
        if len(some) > wanted:
            return found, _Cursor(place, skip + wanted)
        skip = 0
    return found, None


def _write_cursor(cursor: _Cursor) -> str:
    return base64.urlsafe_b64encode(f"{cursor.year}.{cursor.skip}".encode()).decode()


def _read_cursor(text: str | None) -> _Cursor:
    if text is None:
        return _Cursor(0, 0)
    try:
        year, _, skip = base64.urlsafe_b64decode(text).decode("ascii").partition(".")
        if not (year.isdecimal() and skip.isdecimal() and len(year) < 7 and len(skip) < 12):
            raise ValueError
    except (ValueError, binascii.Error):
        raise bad_parameter("cursor", "is no cursor of this address", "take it from a `next` link") from None
    return _Cursor(int(year), int(skip))


def _next(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


@router.get(
    "/offices/{code}/gaps",
    response_class=Response,
    operation_id="listGaps",
    **operation(
        "Which numbers of an office are missing, as ranges",
        GapsPage,
        parameters=_GAPS,
        errors=(404,),
        example=_EXAMPLE_GAPS,
    ),
)
def list_gaps(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    office = office_asked(code)
    values: dict[str, Any] = read_parameters(request.query_params, _GAPS)
    page, cursor = gaps_page(
        service,
        office,
        values.get("right"),
        values.get("year"),
        values.get("limit", 20),
        values.get("cursor"),
    )
    page = GapsPage(
        office=page.office,
        name=page.name,
        years=page.years,
        results=page.results,
        as_of=page.as_of,
        next=_next(request, cursor),
    )
    return Response(encode(page), media_type="application/json")


def office_status(service: Service, office: str, right: Right | None) -> OfficeStatus:
    """How the status words of an office are understood."""
    words = service.database.read(lambda connection: unmapped_words(connection, office)).get(office, [])
    try:
        mapping = profile(office).mapping
    except ProfileError:
        mapping = ""
    return OfficeStatus(
        office=office,
        name=office_name(office),
        mapping=mapping,
        by_status={
            one.right: {status: count for status, count in one.statuses.items() if count}
            for one in service.offices()
            if one.office == office and one.records and right in (None, one.right)
        },
        results=[
            UnknownWord(
                right=one.right,
                word=one.word or one.told,
                text=one.told if one.word and one.told else None,
                mapping=one.mapping,
                records=one.records,
            )
            for one in words
            if right in (None, one.right)
        ],
    )


@router.get(
    "/offices/{code}/status",
    response_class=Response,
    operation_id="listUnknownStatus",
    **operation(
        "How the status words of an office are understood, and which are not",
        OfficeStatus,
        parameters=_STATUS,
        errors=(404,),
        example=_EXAMPLE_STATUS,
    ),
)
def list_status(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    office = office_asked(code)
    values: dict[str, Any] = read_parameters(request.query_params, _STATUS)
    told = office_status(service, office, values.get("right"))
    limit, skip = values.get("limit", 20), _read_cursor(values.get("cursor")).skip
    more = len(told.results) > skip + limit
    page = OfficeStatus(
        office=told.office,
        name=told.name,
        mapping=told.mapping,
        by_status=told.by_status,
        results=told.results[skip : skip + limit],
        next=_next(request, _write_cursor(_Cursor(0, skip + limit))) if more else None,
    )
    return Response(encode(page), media_type="application/json")
