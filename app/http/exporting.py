"""A whole result as a file: CSV, a spreadsheet, or a record a line, with the parameters of the search."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from fastapi import Response

from app.exports.found import Ranked
from app.exports.job import ChangesJob, ExportJob, write
from app.exports.kinds import EXPORT_FORMATS, MEDIA_TYPES, ExportFormat, accepted
from app.exports.process import Told
from app.exports.relaying import RelayedFile
from app.exports.started import NotBegunError, Started
from app.http.answers import Why
from app.http.problems import Problem, bad_parameter
from app.http.service import Service
from search.query import SearchQuery
from search.service import Answer, Hit
from search.whole import is_ranked

# So many records are written by who is asked: to start a process takes longer than to write them.
SMALL = 5_000
_OF_A_PAGE = ("limit", "cursor", "facets", "fields")
_CITED = 100
_MOST_RANKED = 1_000_000
_RETRY_SECONDS = 10
_EXAMPLE_CSV = (
    "id,office,right,applicationNumber,registrationNumber,text,language,status\r\n"
    "th-tm-190123456,TH,trademark,190123456,,โซลวันตา,th,registered\r\n"
)
_EXAMPLE_LINE = '{"id":"th-tm-190123456","office":"TH","right":"trademark","applicationNumber":"190123456"}\n'
_HEADERS = {
    "Ipregister-Receipt": "The receipt of the search, by which it can be cited and made again",
    "Ipregister-Records": "How many records the file holds",
    "Ipregister-Relation": "eq where that is the whole result, gte where more may be alike (`total`)",
    "Ipregister-As-Of": "As of when the data of each office is",
}


def file_wanted(values: Mapping[str, Any], accept: str) -> ExportFormat | None:
    """The kind of file asked for, None for a page as JSON. Raises `Problem` for parameters of a page."""
    asked = values.get("format")
    wanted: ExportFormat | None = accepted(accept) if asked is None else None if asked == "json" else asked
    if wanted is not None:
        for name in _OF_A_PAGE:
            if name in values:
                raise bad_parameter(
                    name, "a file holds the whole result", f"leave {name} out, or ask for format=json"
                )
    return wanted


class Exportable(NamedTuple):
    """A search that was made, and what is to be done to write its whole result."""

    job: ExportJob
    answer: Answer
    receipt: str


def exportable(service: Service, query: SearchQuery, kind: ExportFormat) -> Exportable:
    """Make the search whose result is to be a file. Raises `Problem` where it cannot be made."""
    query = service.knowing_applicants(query)
    ranked = service.asked(lambda: is_ranked(query))
    cited = dataclasses.replace(query, limit=_CITED)
    answer = service.search(dataclasses.replace(query, limit=_MOST_RANKED) if ranked else cited)
    receipt = service.receipt(cited, answer._replace(hits=answer.hits[:_CITED]))
    job = ExportJob(
        query=query,
        format=kind,
        ranked=tuple(map(_ranked, answer.hits)) if ranked else None,
        about=_about(answer, receipt),
    )
    return Exportable(job, answer, receipt)


def exported(service: Service, query: SearchQuery, kind: ExportFormat, name: str) -> Response:
    """The result as a file. `name` is what its file name begins with.

    Raises `Problem` for a search that cannot be made, and (429) where enough files are being written.
    """
    job, answer, receipt = exportable(service, query, kind)
    headers = _headers(answer, receipt, f"{name}-{receipt}.{kind}")
    if answer.total.value <= SMALL:
        return _at_once(service, job, headers)
    return relayed(service, job, kind, headers)


def described(operation: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI tells of a search, with the files that its result can be."""
    answer = operation["openapi_extra"]["responses"]["200"]
    examples = {"csv": _EXAMPLE_CSV, "jsonl": _EXAMPLE_LINE}
    for kind in EXPORT_FORMATS:
        media_type = MEDIA_TYPES[kind].partition(";")[0]
        schema = {"type": "string"} if kind in examples else {"format": "binary"}
        answer["content"][media_type] = {"schema": schema}
        if kind in examples:
            answer["content"][media_type]["example"] = examples[kind]
    answer["headers"] = {
        header: {"description": f"{words}; of files only", "schema": {"type": "string"}}
        for header, words in _HEADERS.items()
    }
    return operation


def _ranked(hit: Hit) -> Ranked:
    why = [Why(one.rule, one.version, one.compared, round(one.points, 4)) for one in hit.why]
    return Ranked(hit.id, round(hit.score or 0.0, 4), msgspec.Raw(msgspec.json.encode(why)))


def _about(answer: Answer, receipt: str) -> dict[str, str]:
    about = {
        "Receipt": receipt,
        "Made (UTC)": f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M}",
        "Records": f"{answer.total.value:,}{' or more' if answer.total.relation == 'gte' else ''}",
        "The search, and this receipt": f"/receipts/{receipt}",
    }
    about |= {
        f"Data of {office} as of": f"{moment:%Y-%m-%d %H:%M}" for office, moment in answer.as_of.items()
    }
    if answer.left:
        about["Left out for want of time"] = ", ".join(answer.left)
    return about


def _headers(answer: Answer, receipt: str, file: str) -> dict[str, str]:
    as_of = (
        f"{office}={moment.isoformat(timespec='seconds')}" for office, moment in sorted(answer.as_of.items())
    )
    return {
        "Content-Disposition": f'attachment; filename="{file}"',
        "Cache-Control": "no-store",
        "Vary": "Accept",
        "Link": f'</v1/receipts/{receipt}>; rel="describedby"',
        "Ipregister-Receipt": receipt,
        "Ipregister-Relation": answer.total.relation,
        "Ipregister-As-Of": ", ".join(as_of),
    }


def _at_once(service: Service, job: ExportJob, headers: Mapping[str, str]) -> Response:
    """A small file, written here."""
    parts: list[bytes] = []
    result = service.asked(lambda: job.result(service.engine.reader(), service.database))
    count = write(result, job.writer(), parts.append)
    told = {**headers, "Ipregister-Records": str(count)}
    return Response(b"".join(parts), media_type=MEDIA_TYPES[job.format], headers=told)


def relayed(
    service: Service, job: ExportJob | ChangesJob, kind: ExportFormat, headers: Mapping[str, str]
) -> Response:
    """A file of any size, written by a process of its own. Raises `Problem`."""
    slot = service.exports.take()
    if slot is None:
        raise Problem(
            429,
            "too-many-exports",
            f"{service.settings.exports_at_once} files are being written for others",
            mend=f"ask again in {_RETRY_SECONDS} s, or for less",
            headers={"Retry-After": str(_RETRY_SECONDS)},
        )
    url = service.database.engine.url.render_as_string(hide_password=False)
    told = Told(job=job, url=url, settings=service.settings.model_dump(mode="json"))
    unavailable = Problem(
        503, "index-unavailable", "the index cannot be read just now", mend="try again in a moment"
    )
    try:
        started = Started(told, slot.let_go)
    except NotBegunError:
        raise unavailable from None
    begun = started.begun
    if begun.problem is not None:
        started.end()
        if begun.problem == "invalid-parameter":
            raise bad_parameter(begun.field, begun.reason, begun.mend)
        raise unavailable
    counted = {} if begun.total is None else {"Ipregister-Records": str(begun.total)}
    return RelayedFile(started, MEDIA_TYPES[kind], {**headers, **counted})
