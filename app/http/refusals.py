"""Deliveries that are refused although their key is good, written into the audit log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from app.http.office_keys import KeyRefusal
from app.http.problems import Problem
from app.http.service import Service
from register.store.audit import Actor, AuditAction, note_refusal

# An upload that another request is at, or that goes on from elsewhere, is how its protocol works.
_OF_THE_PROTOCOL = (404, 409, 412, 415, 423)


@asynccontextmanager
async def refusals_noted(
    service: Service, by: Actor, action: AuditAction, office: str, subject: str = ""
) -> AsyncIterator[None]:
    """Write down what the block refuses, and refuse it."""
    try:
        yield
    except Problem as problem:
        if not isinstance(problem, KeyRefusal) and problem.status not in _OF_THE_PROTOCOL:
            await run_in_threadpool(_noted, service, by, action, office, subject, problem)
        raise


def _noted(
    service: Service, by: Actor, action: AuditAction, office: str, subject: str, problem: Problem
) -> None:
    with service.database.writing() as connection:
        note_refusal(
            connection, by, action, office=office, subject=subject, code=problem.code, problem=str(problem)
        )  # fmt: skip
