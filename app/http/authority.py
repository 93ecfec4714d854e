"""The lists of their numbers (WIPO ST.37) that offices send: checked and taken as the command takes them."""

from typing import Final

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from app.feeds.spool import Spooled
from app.http.answers import encode
from app.http.coverage import OfficeCode, office_asked
from app.http.coverage_answers import AuthorityTaken, ListTaken
from app.http.feed_access import private_json, spool_of
from app.http.feed_sending import delivery_name
from app.http.office_keys import acting, key_of, require_office
from app.http.openapi import file_operation
from app.http.parameters import read_parameters, table
from app.http.problems import Problem
from app.http.refusals import refusals_noted
from app.http.service import Service, ServiceOf
from app.http.spooling import spool_body
from app.settings import Settings
from ingest.authority import TooManyNumbersError, read_authority
from ingest.draft import HarmfulFeedError, NotAFeedError
from ingest.opening import Limits
from register.codes.offices import office_name
from register.model import Right
from register.store.audit import Actor
from register.store.authority import Taken, replace_authority

_PARAMETERS = table("right", "name")
_EXAMPLE = {
    "office": "SG",
    "name": "Singapore",
    "read": 41210,
    "unread": 1,
    "problems": ["line 318 of numbers.csv: no number; give one in each row"],
    "lists": [{"right": "trademark", "numbers": 41209, "twice": 0}],
    "gaps": "/v1/offices/SG/gaps",
}
# Some 350 bytes of memory each while the file is read: a gigabyte in all.
_MOST_NUMBERS: Final = 3_000_000
# One list after another in a process: reading is work for a whole core.
_READING = CapacityLimiter(1)

router = APIRouter(tags=["Offices"])


@router.post(
    "/offices/{code}/authority",
    response_class=Response,
    operation_id="sendAuthorityFile",
    **file_operation(
        "Send the list of an office's numbers (WIPO ST.37, as CSV or XML), in place of the one before",
        AuthorityTaken,
        parameters=_PARAMETERS,
        errors=(401, 403, 404, 408, 413, 507),
        example=_EXAMPLE,
    ),
)
async def send(request: Request, service: ServiceOf, code: OfficeCode) -> Response:
    values = read_parameters(request.query_params, _PARAMETERS)
    office = office_asked(code)
    key = await run_in_threadpool(key_of, service, request)
    require_office(key, office, acts=True)
    by = acting(request)
    async with refusals_noted(service, by, "authority.taken", office):
        spooled = await spool_body(request, spool_of(service), list_settings(service.settings))
        name = delivery_name(values.get("name"), request)
        taken = await read_list(service, spooled, office, name, values.get("right"), by)
    return private_json(encode(taken))


def list_settings(settings: Settings) -> Settings:
    """The settings of uploads, for a list."""
    return settings.model_copy(update={"upload_bytes": settings.authority_bytes})


async def read_list(
    service: Service, spooled: Spooled, office: str, name: str, right: Right | None, by: Actor
) -> AuthorityTaken:
    """Take a list that is on the disk, and remove it there. Raises `Problem` (400, 413)."""

    def take() -> AuthorityTaken:
        try:
            return _taken(service, spooled, office, name, right, by)
        finally:
            spool_of(service).drop(spooled.name)

    return await to_thread.run_sync(take, limiter=_READING)


def _taken(
    service: Service, spooled: Spooled, office: str, name: str, right: Right | None, by: Actor
) -> AuthorityTaken:
    path = spool_of(service).path(spooled.name)
    limits = Limits(unpacked_bytes=4 * service.settings.authority_bytes)
    try:
        found = read_authority(path, office, right, name=name, limits=limits, most=_MOST_NUMBERS)
    except TooManyNumbersError as error:
        mend = "give it to whoever runs the service, whose command takes lists of any length"
        raise Problem(413, "list-too-long", str(error), mend=mend) from None
    except NotAFeedError as error:
        raise Problem(
            400, "not-an-authority-file", f"no list of numbers: {error.looks_like}", mend=_MEND
        ) from None
    except HarmfulFeedError as error:
        raise Problem(400, "harmful-delivery", f"{name}: {error}", mend=_MEND) from None
    taken = replace_authority(service.database, office, name, found.lists, by)
    return AuthorityTaken(
        office=office,
        name=office_name(office),
        read=found.rows,
        unread=found.unread,
        problems=found.problems,
        lists=[_told(one) for one in taken],
        gaps=f"/v1/offices/{office}/gaps",
    )


def _told(taken: Taken) -> ListTaken:
    return ListTaken(right=taken.right, numbers=taken.entries, twice=taken.twice)


_MEND: Final = (
    "give rows of office, number, kind, date and exception, in this order or under a heading, or XML of "
    "WIPO ST.37"
)
