"""Requests to a source: at its pace, never to another host than was allowed, tried again where that may help,
bounded in bytes and time, with the body in a file that is whole or not there.
"""

import datetime as dt
import hashlib
import logging
import os
import random
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from ingest.pulling.clock import Clock, Pace
from ingest.pulling.hidden import Secrets
from ingest.pulling.problems import BoundReached, LimitReached, RefusedAskError, SourceProblem, TryAgain
from ingest.pulling.reply import Reply
from ingest.pulling.table import Meaning, SourceTable

T = TypeVar("T")

_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 64 << 10
# A wait that the server names and that is longer than this is left to the schedule.
_LONGEST_NAMED_WAIT = 600.0
_MEANINGS: dict[int, Meaning] = {408: "again", 425: "again", 429: "again", 401: "key", 403: "key"}
# httpx tells whole addresses at INFO, and httpcore headers at DEBUG: both have secrets.
_TALKATIVE = ("httpx", "httpcore")


class Ask(NamedTuple):
    """A request without its secrets. `whole` names a bound of bytes for its body."""

    url: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    most_bytes: int


class Asker:
    """Asks one source during one run, which has to end at `deadline` (the clock's seconds)."""

    def __init__(
        self, table: SourceTable, secrets: Secrets, agent: str, clock: Clock, pace: Pace, deadline: float
    ) -> None:
        self._table = table
        self._secrets = secrets
        self._clock = clock
        self._pace = pace
        self._deadline = deadline
        self._own = urlsplit(table.url)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._client = httpx.Client(
            verify=True if table.ca_file is None else ssl.create_default_context(cafile=table.ca_file),
            # No proxy and no password of the environment comes in between.
            trust_env=False,
            follow_redirects=False,
            timeout=table.bounds.silence,
            limits=httpx.Limits(max_connections=1),
            headers={"User-Agent": agent},
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, ask: Ask, into: Path, read: Callable[[Reply], T]) -> T:
        """What `read` makes of the reply, whose body is in the file `into`.

        Tried again, with growing waits, where the server or the way to it fails, or `read` raises `TryAgain`.
        Raises `SourceProblem` and `BoundReached`.
        """
        politeness = self._table.politeness
        for tried in range(1, politeness.tries + 1):
            try:
                return read(self._once(ask, into))
            except TryAgain as problem:
                if tried == politeness.tries:
                    raise SourceProblem(f"{problem}; tried {tried} times") from None
                self._clock.sleep(self._wait(problem, tried))
        raise AssertionError("tries is at least 1")

    def _wait(self, problem: TryAgain, tried: int) -> float:
        """Seconds until the next try: what the server says and no less, else a part of the growing wait."""
        politeness = self._table.politeness
        if problem.wait is None:
            longest = min(politeness.first_wait * 2.0 ** (tried - 1), politeness.longest_wait)
            return longest * random.uniform(0.5, 1.0)
        if problem.wait > min(_LONGEST_NAMED_WAIT, self._deadline - self._clock.seconds()):
            raise LimitReached(
                f"{problem}: it wants no request for {problem.wait:.0f} s",
                self._clock.now() + dt.timedelta(seconds=problem.wait),
            )
        return problem.wait

    def _once(self, ask: Ask, into: Path) -> Reply:
        try:
            return self._followed(ask, into)
        except httpx.TimeoutException:
            raise TryAgain(f"nothing came for {self._table.bounds.silence:.0f} s") from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            why = self._secrets.hide(str(error)) or type(error).__name__
            if isinstance(error.__cause__ or error.__context__, ssl.SSLCertVerificationError) or (
                "CERTIFICATE_VERIFY_FAILED" in why
            ):
                raise SourceProblem(f"the certificate of the server is not trusted: {why}") from None
            raise TryAgain(f"the way to the server failed: {why}") from None
        except httpx.InvalidURL as error:
            raise SourceProblem(f"the address cannot be used: {self._secrets.hide(str(error))}") from None

    def _followed(self, ask: Ask, into: Path) -> Reply:
        url = self._checked(ask.url, "an address of the next page")
        parameters = ask.parameters
        for _ in range(_MOST_REDIRECTS + 1):
            self._pace.wait(urlsplit(url).netloc, self._table.politeness.requests_a_second, self._clock)
            if self._clock.seconds() >= self._deadline:
                raise BoundReached(f"the run took {self._table.bounds.seconds:.0f} s")
            with self._client.stream(
                "GET", self._with_parameters(url, parameters), headers=self._headers(url, ask.headers)
            ) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return self._taken(response, ask, into)
                url = self._checked(urljoin(url, response.headers["location"]), "a redirect")
                # The new address has the parameters that it wants, but for those that are secret.
                parameters = {}
        raise SourceProblem(f"more than {_MOST_REDIRECTS} redirects, one after another")

    def _checked(self, url: str, what: str) -> str:
        """The address, where it leads to the source's own host, or one that the table allows. Raises
        `SourceProblem`.
        """
        parts = urlsplit(url)
        own = self._own
        shown = self._secrets.hide(f"{parts.scheme}://{parts.netloc}")
        if parts.scheme not in ("http", "https") or (own.scheme == "https" and parts.scheme == "http"):
            raise SourceProblem(f"{what} leads to {shown}, which is not followed from {own.scheme}")
        secure = own.scheme == "http" and parts.scheme == "https"
        if _place(parts.netloc) == _place(own.netloc) or (secure and parts.hostname == own.hostname):
            return url
        if parts.netloc.lower() in self._table.redirect_hosts and "@" not in parts.netloc:
            return url
        raise SourceProblem(f"{what} leads to {shown}; name the host under redirect-hosts if it is right")

    def _is_own(self, url: str) -> bool:
        return urlsplit(url).hostname == self._own.hostname

    def _with_parameters(self, url: str, parameters: Mapping[str, str]) -> httpx.URL:
        made = httpx.URL(url)
        secret = self._secrets.parameters if self._is_own(url) else {}
        merged = {**parameters, **secret}
        return made.copy_merge_params(merged) if merged else made

    def _headers(self, url: str, further: Mapping[str, str]) -> dict[str, str]:
        """A secret goes to the source's own host only."""
        secret = self._secrets.headers if self._is_own(url) else {}
        return {**self._table.headers, **further, **secret}

    def _taken(self, response: httpx.Response, ask: Ask, into: Path) -> Reply:
        self._check_status(response)
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > ask.most_bytes:
            raise SourceProblem(f"the reply has {int(declared):,} bytes, more than {ask.most_bytes:,}")
        part = into.with_suffix(into.suffix + ".part")
        digest, size = hashlib.sha256(), 0
        try:
            with part.open("wb") as out:
                for chunk in response.iter_bytes(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > ask.most_bytes:
                        raise SourceProblem(f"the reply has more than {ask.most_bytes:,} bytes")
                    if self._clock.seconds() >= self._deadline:
                        seconds = self._table.bounds.seconds
                        raise BoundReached(f"the reply was not whole when the run had taken {seconds:.0f} s")
                    # Told to stop, a large file is not waited for.
                    self._clock.sleep(0.0)
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            part.replace(into)
            synced(into.parent)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, str(response.url), into, size, digest.hexdigest())

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        meaning = self._table.reply.statuses.get(str(status)) or _MEANINGS.get(status)
        if status in (200, 204, 304) or meaning == "nothing":
            return
        said = f"the server answered {status}"
        if meaning == "limit":
            raise LimitReached(said)
        if meaning == "again" or (meaning is None and status >= 500):
            raise TryAgain(said, _retry_after(response.headers.get("retry-after"), self._clock.now()))
        if meaning == "key":
            raise SourceProblem(f"{said}: it does not take our key, or wants one")
        raise RefusedAskError(said, status)


def synced(folder: Path) -> None:
    """What was renamed in the folder stays so after a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _retry_after(said: str | None, now: dt.datetime) -> float | None:
    """Seconds that the server wants us to wait (RFC 9110, 10.2.3); None where it says nothing that can be
    read.
    """
    if said is None:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


def _place(netloc: str) -> str:
    """Host and port in one form."""
    return netloc.lower().removesuffix(":443").removesuffix(":80")
