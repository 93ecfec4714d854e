"""Who is signed in to the console of an office, and what the key opens that was signed in with.

The browser holds the secret of a session that Postgres knows (`register.store.sessions`). A form proves that
it is one of ours by a token made of that secret, which no other site can know.
"""

import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Annotated, Any, Final, NamedTuple, ParamSpec
from urllib.parse import parse_qsl, quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from app.http.bodies import read_bounded
from app.http.coverage import office_asked
from app.http.office_keys import KeyRefusal, actor_with, noted_refusal, require_admin, require_office
from app.http.problems import Problem, bad_parameter
from app.http.service import Service
from app.pages.rendering import page, problem_page
from register.codes.offices import office_name
from register.store.audit import Actor
from register.store.keys import Purpose
from register.store.sessions import Session, find_session

P = ParamSpec("P")

COOKIE: Final = "ipregister_office"
TOKEN: Final = "token"
"""The field of a form that proves it to be ours."""
_PATH: Final = "/office"
_FORM: Final = "application/x-www-form-urlencoded"
# A source record that is corrected comes in a form too.
_LONGEST_FORM: Final = 2 << 20
_LONGEST_SECRET: Final = 100

_TABS: Final = (
    ("", "Feeds"),
    ("/quality", "Quality"),
    ("/quarantine", "Quarantine"),
    ("/coverage", "Coverage"),
    ("/keys", "Keys"),
    ("/audit", "Audit log"),
)


class SignInNeeded(Exception):  # noqa: N818  # what is to be done, not what went wrong
    """Nobody is signed in, or not any more."""


class Tab(NamedTuple):
    label: str
    href: str
    is_current: bool


class Signed(NamedTuple):
    """Who is signed in to an office's console (ST.3). `token` goes into every form."""

    session: Session
    office: str
    actor: Actor
    token: str

    @property
    def name(self) -> str:
        return office_name(self.office)

    @property
    def base(self) -> str:
        """The address of the console."""
        return f"{_PATH}/{self.office}"

    @property
    def acts(self) -> bool:
        """Whether the key sends and changes feeds."""
        return self.session.key.purpose != "read"

    @property
    def looks_after_keys(self) -> bool:
        return self.session.key.purpose == "admin"


def session_of(service: Service, request: Request) -> Session | None:
    """The session that the browser's cookie is of, where it has not ended."""
    secret = request.cookies.get(COOKIE, "")
    if not secret or len(secret) > _LONGEST_SECRET or not secret.isascii():
        return None
    with service.database.writing() as connection:
        return find_session(connection, secret, service.settings.console_idle)


def signed_in(
    service: Service,
    request: Request,
    code: str,
    *,
    needs: Purpose = "read",
    form: Mapping[str, str] | None = None,
) -> Signed:
    """Who is signed in to the console of the office `code`. A `form` must prove to be one of ours.

    Raises `SignInNeeded`, and `Problem`: 404 for a code that is none, 403 where the key is another office's,
    is not for this, or the form is of elsewhere.
    """
    office = office_asked(code)
    session = session_of(service, request)
    if session is None:
        raise SignInNeeded
    actor = actor_with(session.key, request)
    request.state.actor = actor
    require_office(session.key, office, acts=needs != "read")
    if needs == "admin":
        require_admin(session.key)
    token = token_of(session)
    if form is not None and not secrets.compare_digest(form.get(TOKEN, "").encode(), token.encode()):
        raise unproved(office)
    return Signed(session, office, actor, token)


def unproved(office: str | None) -> KeyRefusal:
    """A form that was not filled in here."""
    return KeyRefusal(
        403,
        "form-not-ours",
        "the form does not come from a page of this session; nothing is done",
        office=office,
        mend="load the page again, and send its form",
    )


def token_of(session: Session) -> str:
    return sha256(b"form " + session.secret.encode()).hexdigest()


def console(answer: Callable[P, Response]) -> Callable[P, Response]:
    """An answer of the console: no cache keeps it, and what goes wrong is told as a page."""

    @wraps(answer)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        request, service = kwargs["request"], kwargs["service"]
        assert isinstance(request, Request)
        assert isinstance(service, Service)
        try:
            return private(answer(*args, **kwargs))
        except (SignInNeeded, Problem) as why:
            return told_instead(request, service, why)

    return run


def told_instead(request: Request, service: Service, why: SignInNeeded | Problem) -> Response:
    """The page to sign in, or that of a problem."""
    if isinstance(why, SignInNeeded):
        wanted = request.url.path if request.method == "GET" else ""
        return see(f"{_PATH}?next={quote(wanted)}" if wanted else _PATH)
    if isinstance(why, KeyRefusal):
        noted_refusal(service, request, why)
    return private(problem_page(request, service, why, back=("Your console", _PATH)))


def private(response: Response) -> Response:
    """What is shown to who is signed in is nobody else's."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def see(address: str) -> Response:
    """The page to look at after a form was sent, so that loading it again sends nothing."""
    return private(RedirectResponse(address, 303))


def wanted_page(given: str) -> str:
    """The page of the console that somebody wanted before signing in; "" where it is none of it."""
    is_ours = given.startswith(f"{_PATH}/") and given.isascii() and given.isprintable()
    return given if is_ours and "//" not in given and "\\" not in given else ""


def set_cookie(request: Request, response: Response, secret: str | None, seconds: float = 0) -> None:
    """Have the browser keep the secret of a session, or forget it."""
    told = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    response.set_cookie(
        COOKIE,
        secret or "",
        max_age=int(seconds) if secret else 0,
        path=_PATH,
        httponly=True,
        samesite="strict",
        # A proxy speaks https for us; one that says so falsely only keeps its own cookie from itself.
        secure=request.url.scheme == "https" or told == "https",
    )


def office_page(
    request: Request, service: Service, signed: Signed, template: str, status: int = 200, **context: Any
) -> Response:
    """A page of the console."""
    path = request.url.path.rstrip("/")
    tabs = [
        Tab(label, f"{signed.base}{end}", path == f"{signed.base}{end}")
        for end, label in _TABS
    ]  # fmt: skip
    return page(request, service, template, status, signed=signed, tabs=tabs, **context)


async def _form(request: Request) -> Mapping[str, str]:
    body = await read_bounded(request, (_FORM,), _LONGEST_FORM)
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        raise bad_parameter("form", "the form cannot be read", "fill it in again") from None


FormOf = Annotated[Mapping[str, str], Depends(_form)]
"""The fields of a form that was sent."""
