"""The audit log: who did what, from where, on what, when, and whether it was done or refused.

An entry is written in the transaction of the action that it tells, so that there is none without the other.
The table takes no change of what is written; entries go only when they are older than is kept.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, text, union_all

from register.store.packing import storable
from register.store.schema import audit

AuditAction = Literal[
    "key.created",
    "key.revoked",
    "key.refused",
    "session.begun",
    "session.ended",
    "feed.received",
    "feed.confirmed",
    "feed.cancelled",
    "feed.retried",
    "feed.undone",
    "upload.begun",
    "upload.finished",
    "upload.ended",
    "authority.taken",
    "quarantine.corrected",
    "quarantine.replayed",
    "records.reprocessed",
    "source.changed",
    "source.restarted",
    "applicants.merged",
    "applicants.split",
    "applicants.undone",
]
AUDIT_ACTIONS: Final[tuple[AuditAction, ...]] = get_args(AuditAction)
AUDIT_SUBJECTS: Final = tuple(dict.fromkeys(action.partition(".")[0] for action in AUDIT_ACTIONS))
"""The first words of actions: each names all actions on things of its kind."""

Outcome = Literal["done", "refused"]
Told = str | int | bool

# So many refusals of one who asks are written down in an hour; the last of them says that there may be more.
MOST_REFUSALS: Final = 60
_AN_HOUR: Final = dt.timedelta(hours=1)
_LONGEST: Final = 300
# A key may stand in an address or a file's name by mistake.
_KEY: Final = re.compile(r"ipr_[A-Za-z0-9_-]{4,}")
_FORGOTTEN_AT_ONCE: Final = 10_000


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts: `who` is `key 3f2a90c1d4e5`, `operator`, `source puller` or `service`; `place` from where, an
    address or a command; `office` whose key it is (ST.3), None for who acts for the whole register.
    """

    who: str
    place: str = ""
    office: str | None = None


SERVICE: Final = Actor(who="service")
"""The service by itself, such as the worker that takes back what it holds."""


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What happened. `office` is whose things were acted on, `actor_office` whose key acted."""

    id: int
    at: dt.datetime
    action: AuditAction
    outcome: Outcome
    who: str
    actor_office: str | None
    place: str
    office: str | None
    subject: str
    detail: dict[str, Told]


def note(
    connection: Connection,
    by: Actor,
    action: AuditAction,
    *,
    office: str | None = None,
    subject: str = "",
    outcome: Outcome = "done",
    **detail: Told | None,
) -> None:
    """Write an action down, in the transaction in which it is done.

    `subject` says on what, such as `feed 12`; `detail` what else has to be known. Texts are cut after 300
    characters, and what looks like a key of this register is struck out.
    """
    connection.execute(
        insert(audit).values(
            at=func.clock_timestamp(),
            action=action,
            outcome=outcome,
            who=_kept(by.who),
            actor_office=by.office,
            place=_kept(by.place),
            office=office,
            subject=_kept(subject),
            detail={
                name: _kept(told) if isinstance(told, str) else told
                for name, told in detail.items()
                if told is not None
            },
        )
    )


def note_refusal(
    connection: Connection,
    by: Actor,
    action: AuditAction,
    *,
    office: str | None = None,
    subject: str = "",
    **detail: Told | None,
) -> bool:
    """Write down that an action was refused; False where it is one of too many.

    Of each who asks 60 in an hour are written down, so that a flood fills neither the disk nor the log.
    """
    # Nobody has to prove who he is to come with an unknown key: those count together, from wherever.
    recent = (
        select(audit.c.id)
        .where(
            audit.c.who == by.who,
            audit.c.outcome == "refused",
            audit.c.at > func.clock_timestamp() - _AN_HOUR,
        )
        .limit(MOST_REFUSALS)
    )
    written = connection.scalar(select(func.count()).select_from(recent.subquery())) or 0
    if written >= MOST_REFUSALS:
        return False
    last = {"more": "further refusals of this hour are not written down"}
    more = last if written == MOST_REFUSALS - 1 else {}
    note(
        connection, by, action, office=office, subject=subject, outcome="refused", **{**detail, **more}
    )  # fmt: skip
    return True


def list_audit(
    connection: Connection,
    *,
    office: str | None = None,
    actions: Sequence[str] = (),
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    before: int | None = None,
    limit: int = 20,
) -> list[AuditEntry]:
    """Entries, newest first: those on things of an office and those of its keys, from `since` on and before
    `until`. `actions` are names of actions, or their first words; `before` is the id of the last one seen.
    """
    wanted: list[ColumnElement[bool]] = []
    if actions:
        named = [one for one in AUDIT_ACTIONS if one in actions or one.partition(".")[0] in actions]
        wanted.append(audit.c.action.in_(named))
    if since is not None:
        wanted.append(audit.c.at >= since)
    if until is not None:
        wanted.append(audit.c.at < until)
    if before is not None:
        wanted.append(audit.c.id < before)
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if office is None:
        query = query.where(*wanted)
    else:
        # Each side by its own index: with OR between them the log of all offices would be read.
        sides = (audit.c.office == office, audit.c.actor_office == office)
        newest = (
            select(audit.c.id).where(side, *wanted).order_by(audit.c.id.desc()).limit(limit) for side in sides
        )
        query = query.where(audit.c.id.in_(union_all(*newest)))
    return [_entry(row) for row in connection.execute(query)]


def forget_audit(connection: Connection, keep: dt.timedelta) -> int:
    """Remove entries that are older than is kept; how many, at most 10,000 at once."""
    # The table lets go of what is older than this, in this transaction alone.
    allow = text("SELECT set_config('ipregister.audit_kept_from', (clock_timestamp() - :keep)::text, true)")
    connection.execute(allow, {"keep": keep})
    old = (
        select(audit.c.id)
        .where(audit.c.at < text("current_setting('ipregister.audit_kept_from')::timestamptz"))
        .limit(_FORGOTTEN_AT_ONCE)
    )
    return connection.execute(delete(audit).where(audit.c.id.in_(old))).rowcount


def _kept(told: str) -> str:
    return storable(_KEY.sub("ipr_…", told))[:_LONGEST]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**row._mapping)
