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
from typing import NamedTuple

import httpx

from app.chores import Chore
from app.version import VERSION
from app.watches.receiver import ReceiverError, receiver_of, resolve
from app.watches.signing import EVENT, SIGNATURE, TIMESTAMP, TRY, signature
from register.store.database import Database
from register.store.watch_events import Delivery, mark_delivered, mark_failed, put_back, take_due

log = logging.getLogger("ipregister.watches")

DELIVERING_EVERY = 0.5
"""Seconds between two looks where nothing was due."""

_AT_ONCE = 40
_AT_ONCE_TO_ONE = 8
_SECONDS = 15.0
# Longer than any sending takes: what is due again after it was sent by a process that is gone.
_LEASE_SECONDS = 120.0
_LONGEST_WAIT = 6 * 3600.0
# What waits for a receiver that cannot be reached gives way to events for others, and no try is counted.
_GIVE_WAY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Policy:
    """How often an event is tried, how long is waited after the first try (doubled after each further one),
    and whether addresses of the own network may be sent to.
    """

    tries: int
    first_wait: float
    private: bool


class Refusal(NamedTuple):
    """Why an event was not taken, and whether the receiver said so itself."""

    reason: str
    answered: bool


def delivering(database: Database, policy: Policy) -> Chore:
    """Send what is due; True where there may be more."""

    def deliver() -> bool:
        with database.writing() as connection:
            due = take_due(connection, _AT_ONCE, _LEASE_SECONDS)
        if due:
            asyncio.run(_send_all(database, policy, due))
        return len(due) == _AT_ONCE

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
    """Send to all receivers at once, to one of them a few at a time."""
    rooms: dict[str, asyncio.Semaphore] = {}
    away: set[str] = set()

    async def one(delivery: Delivery) -> None:
        async with rooms.setdefault(delivery.webhook, asyncio.Semaphore(_AT_ONCE_TO_ONE)):
            if delivery.webhook in away:
                await asyncio.to_thread(_give_way, database, delivery)
                return
            problem = await _tried(policy, delivery)
            if problem is not None and not problem.answered:
                away.add(delivery.webhook)
        await asyncio.to_thread(_mark, database, policy, delivery, problem)

    await asyncio.gather(*(one(delivery) for delivery in due))


def _mark(database: Database, policy: Policy, delivery: Delivery, problem: Refusal | None) -> None:
    with database.writing() as connection:
        if problem is None:
            mark_delivered(connection, delivery.id)
        else:
            mark_failed(connection, delivery.id, problem.reason, wait_after(policy, delivery.tries))


def _give_way(database: Database, delivery: Delivery) -> None:
    with database.writing() as connection:
        put_back(connection, delivery.id, _GIVE_WAY_SECONDS)


async def _tried(policy: Policy, delivery: Delivery) -> Refusal | None:
    """Why the receiver has not taken it; None where it has."""
    try:
        async with asyncio.timeout(_SECONDS):
            receiver = receiver_of(delivery.webhook, private=policy.private)
            address = await resolve(receiver, private=policy.private)
            return await _post(delivery, receiver.host, address)
    except ReceiverError as error:
        return Refusal(f"the address {error}", answered=False)
    except TimeoutError:
        return Refusal(f"the receiver did not answer within {_SECONDS:.0f} s", answered=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = f"the receiver could not be reached ({type(error).__name__})"
        return Refusal(reason, answered=False)
    except Exception:
        log.exception("the event %s cannot be sent", delivery.id)
        return Refusal("the event could not be sent; the log says why", answered=True)


async def _post(delivery: Delivery, host: str, address: str) -> Refusal | None:
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
        return Refusal(f"the receiver answered {response.status_code}", answered=True)
