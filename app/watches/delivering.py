"""Events sent to webhooks: signed, tried again with growing waits, and laid aside after too many tries.

An event is marked as delivered as soon as the receiver has said 2xx. Only a kill between the two makes it be
sent again, under the same id, by which the receiver can drop it.
"""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from sqlalchemy.exc import SQLAlchemyError

from app.chores import Chore
from app.version import VERSION
from app.watches.receiver import ReceiverError, receiver_of, resolve
from app.watches.signing import EVENT, SIGNATURE, TIMESTAMP, TRY, signature
from register.store.database import Database, is_lost
from register.store.watch_events import Delivery, mark_delivered, mark_failed, take_due

log = logging.getLogger("ipregister.watches")

DELIVERING_EVERY = 0.5
"""Seconds between two looks where nothing was due."""

_AT_ONCE, _AT_ONCE_OF_ONE = 32, 8
_SECONDS = 10.0
# Longer than a sending and its marking take, all being sent at once: when what a process that is gone had
# taken is due again.
_LEASE_SECONDS = 20.0
_MARKED_WITHIN_SECONDS = 8
_LONGEST_WAIT = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Policy:
    """How often an event is tried, how long is waited after the first try (doubled after each further one),
    and whether addresses of the own network may be sent to.
    """

    tries: int
    first_wait: float
    private: bool


def delivering(database: Database, policy: Policy) -> Chore:
    """Send what is due; True where there may be more."""

    def deliver() -> bool:
        with database.writing() as connection:
            due = take_due(connection, _AT_ONCE, _AT_ONCE_OF_ONE, _LEASE_SECONDS)
        if due:
            asyncio.run(_send_all(database, policy, due))
        return len(due) >= _AT_ONCE_OF_ONE

    return deliver


def wait_after(policy: Policy, tries: int) -> float | None:
    """Seconds until the next try after so many, half of it at random, so that receivers that come back are
    not met by all at once; None where it was the last.
    """
    if tries >= policy.tries:
        return None
    wait = min(policy.first_wait * 2.0 ** (tries - 1), _LONGEST_WAIT)
    return wait * random.uniform(0.5, 1.0)


async def _send_all(database: Database, policy: Policy, due: Sequence[Delivery]) -> None:
    async def one(delivery: Delivery) -> None:
        await asyncio.to_thread(_mark, database, policy, delivery, await _tried(policy, delivery))

    # What one of them meets must not cut the others off between their sending and their marking.
    for found in await asyncio.gather(*(one(delivery) for delivery in due), return_exceptions=True):
        if isinstance(found, BaseException):
            raise found


def _mark(database: Database, policy: Policy, delivery: Delivery, problem: str | None) -> None:
    """Write down how it went, through a short loss of the database: what was taken must not be sent again."""
    for _ in range(_MARKED_WITHIN_SECONDS):
        try:
            _written(database, policy, delivery, problem)
        except SQLAlchemyError as error:
            if not is_lost(error):
                raise
            time.sleep(1)
        else:
            return
    _written(database, policy, delivery, problem)


def _written(database: Database, policy: Policy, delivery: Delivery, problem: str | None) -> None:
    with database.writing() as connection:
        if problem is None:
            mark_delivered(connection, delivery.id)
        else:
            mark_failed(connection, delivery.id, problem, wait_after(policy, delivery.tries))


async def _tried(policy: Policy, delivery: Delivery) -> str | None:
    """Why the receiver has not taken it; None where it has."""
    try:
        async with asyncio.timeout(_SECONDS):
            receiver = receiver_of(delivery.webhook, private=policy.private)
            address = await resolve(receiver, private=policy.private)
            return await _post(delivery, receiver.host, address)
    except ReceiverError as error:
        return f"the address {error}"
    except TimeoutError:
        return f"the receiver did not answer within {_SECONDS:.0f} s"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"the receiver could not be reached ({type(error).__name__})"
    except Exception:
        log.exception("the event %s cannot be sent", delivery.id)
        return "the event could not be sent; the log says why"


async def _post(delivery: Delivery, host: str, address: str) -> str | None:
    now = int(time.time())
    url = httpx.URL(delivery.webhook)
    headers = {
        "Host": url.netloc.decode("ascii"),
        "Content-Type": "application/json",
        "User-Agent": f"ipregister/{VERSION}",
        EVENT: delivery.id,
        TRY: str(delivery.tries),
        TIMESTAMP: str(now),
        SIGNATURE: signature(delivery.secret, now, delivery.body),
    }
    # No proxy of the environment stands between, no redirect is followed, and the certificate is that of the
    # name, not of the address.
    async with (
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_SECONDS) as client,
        client.stream(
            "POST",
            url.copy_with(host=address),
            content=delivery.body,
            headers=headers,
            extensions={"sni_hostname": host},
        ) as response,
    ):
        if response.is_success:
            return None
        return f"the receiver answered {response.status_code}"
