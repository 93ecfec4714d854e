"""Events in sentences, for feeds and pages."""

from app.pages.words import DEADLINE_WORDS, NO_TITLE, RULE_WORDS
from app.watches.events import EventBody
from register.codes.offices import office_name
from register.deadlines import Deadline

KIND_WORDS = {"new": "New", "changed": "Changed", "gone": "Gone"}


def event_title(event: EventBody) -> str:
    """Such as `New: SOLVANTE (Thailand, 260104711)`."""
    record = event.record
    title = record.get("title") or NO_TITLE
    place = f"{office_name(record['office'])}, {record['applicationNumber']}"
    return f"{KIND_WORDS[event.kind]}: {title} ({place})"


def reason_sentences(event: EventBody) -> list[str]:
    """Why it is told: what makes it alike, what it was before, or why it is gone."""
    if event.kind == "gone":
        return [
            "Its office has deleted it." if event.deleted else "It was changed, and does not match any more."
        ]
    said = [f"Status: {event.record['status']['plain']}."]
    if "score" in event.record:
        was = event.before.score if event.before is not None else None
        before = "" if was is None else f", before {was:.2f}"
        said.append(f"Score: {event.record['score']:.2f}{before}.")
    said += [
        f"{RULE_WORDS.get(reason['rule'], reason['rule'])}: {reason['compared']}."
        for reason in event.record.get("why", ())
    ]
    return said


def deadline_sentence(deadline: Deadline) -> str:
    """Such as `Opposition until 2026-08-30 (60 days from publication, 2026-07-01).`"""
    day = "unknown" if deadline.date is None else deadline.date.isoformat()
    return f"{DEADLINE_WORDS[deadline.kind]} {day} ({deadline.basis})."
