"""What the API says of the audit log."""

from register.model import Part
from register.store.audit import AuditAction, AuditEntry, Outcome, Told


class AuditAnswer(Part, frozen=True, kw_only=True):
    """What happened: who did it (a key by its id, `operator`, `source puller`, `service`), from where, on
    what, and whether it was done or refused.

    `office` is whose things were acted on, `keyOffice` whose key acted.
    """

    id: int
    at: str
    action: AuditAction
    outcome: Outcome
    who: str
    key_office: str | None = None
    place: str
    office: str | None = None
    subject: str
    detail: dict[str, Told]


class AuditPage(Part, frozen=True, kw_only=True):
    """Entries, the newest first."""

    results: list[AuditAnswer]
    next: str | None = None


def audit_answer(entry: AuditEntry) -> AuditAnswer:
    return AuditAnswer(
        id=entry.id,
        at=entry.at.isoformat(timespec="milliseconds"),
        action=entry.action,
        outcome=entry.outcome,
        who=entry.who,
        key_office=entry.actor_office,
        place=entry.place,
        office=entry.office,
        subject=entry.subject,
        detail=entry.detail,
    )


def detail_words(detail: dict[str, Told]) -> str:
    """What else is known, in one line."""
    return "; ".join(f"{name}: {str(told).lower() if isinstance(told, bool) else told}"
                     for name, told in detail.items())  # fmt: skip
