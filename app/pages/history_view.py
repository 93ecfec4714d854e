"""What happened to a record: each version with what it changed and where it came from."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from register.model import Plain, Provenance, Record
from register.store.versions import Version

_OPERATION_WORDS = {"insert": "first received", "update": "changed", "delete": "deleted by the office"}
_COMPARED = tuple(name for name in Record.__struct_fields__ if name != "id")


class ShownVersion(NamedTuple):
    """`changed` are the fields in which it differs from the version before it."""

    version: int
    received: str
    happened: str
    status: Plain
    changed: str
    origin: str
    source_href: str


def shown_versions(versions: Sequence[Version], collection: str) -> list[ShownVersion]:
    """The versions, given oldest first, newest first."""
    shown = []
    before: Record | None = None
    for one in versions:
        shown.append(
            ShownVersion(
                version=one.version,
                received=f"{one.changed_at:%Y-%m-%d %H:%M} UTC",
                happened=_OPERATION_WORDS.get(one.operation, one.operation),
                status=one.record.status.plain,
                changed="" if before is None else ", ".join(changed_fields(before, one.record)),
                origin=_origin(one.provenance),
                source_href=f"/v1/{collection}/{quote(one.id)}/versions/{one.version}/source",
            )
        )
        before = one.record
    return shown[::-1]


def changed_fields(before: Record, after: Record) -> list[str]:
    """The names of the fields that differ, in words: `registration date`."""
    return [name.replace("_", " ") for name in _COMPARED if getattr(before, name) != getattr(after, name)]


def _origin(provenance: Provenance) -> str:
    line = f", line {provenance.line}" if provenance.line is not None else ""
    return f"{provenance.file}, record {provenance.record}{line}, read as {provenance.format}"
