"""What a watch is asked for by the body of a POST."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from starlette.datastructures import QueryParams

from app.http.parameters import read_parameters
from app.http.problems import Problem, bad_parameter
from app.http.searching import SEARCH_PARAMETERS, query_of
from app.http.watch_question import MAX_NAME_CHARACTERS, Value, WatchBody
from app.watches.receiver import ReceiverError, receiver_of
from search.query import SearchQuery

MAX_BODY_BYTES = 64 << 10

_OF_A_PAGE = ("sort", "limit", "cursor", "facets", "fields")
SEARCHED = {name: one for name, one in SEARCH_PARAMETERS["rights"].items() if name not in _OF_A_PAGE}
"""The parameters of a search that a watch keeps."""


class WatchAsked(NamedTuple):
    """A watch that can be made."""

    name: str
    query: SearchQuery
    least_score: float
    webhook: str | None


_decoder = msgspec.json.Decoder(WatchBody)


def read_watch(data: bytes, *, private: bool) -> WatchAsked:
    """What a body asks. Raises `Problem` (400) with the member and the mend."""
    try:
        return watch_asked(_decoder.decode(data), private=private)
    except msgspec.ValidationError as error:
        sentence, _, path = str(error).partition(" - at `$")
        member = path.rstrip("`").lstrip(".") or "body"
        raise bad_parameter(member, sentence, "see /openapi.json for what it may be") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(
            400, "invalid-body", "the body is no JSON", mend="send a JSON object in UTF-8; see /openapi.json"
        ) from None


def watch_asked(body: WatchBody, *, private: bool) -> WatchAsked:
    """The watch that a body states. Raises `Problem` (400)."""
    given = [(name, _text(value)) for name, value in body.search.items()]
    try:
        query = query_of(read_parameters(QueryParams(given), SEARCHED), ())
    except Problem as problem:
        raise _in_search(problem) from None
    if body.webhook is not None:
        try:
            receiver_of(body.webhook, private=private)
        except ReceiverError as error:
            raise bad_parameter(
                "webhook", f"the address {error}", "give an address that can be reached from everywhere"
            ) from None
    name = " ".join((body.name or "").split()) or _name_of(body.search)
    return WatchAsked(name, query, body.least_score, body.webhook)


def _text(value: Value) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _in_search(problem: Problem) -> Problem:
    return Problem(
        problem.status, problem.code, problem.detail, field=f"search.{problem.field}", mend=problem.mend
    )


def _name_of(search: Mapping[str, Value]) -> str:
    return _text(search["q"])[:MAX_NAME_CHARACTERS] if "q" in search else "Watch"
