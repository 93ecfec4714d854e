"""What the API says of keys, and what it is asked to make one."""

from typing import Annotated, Final

import msgspec

from register.model import Part
from register.store.keys import ApiKey, NewKey, Purpose

MOST_DAYS: Final = 3650
LONGEST_NOTE: Final = 200
USUAL_DAYS: Final = 365

_Days = Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)]
_Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)]


class KeyBody(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key to be made for the office of the key that asks: what it opens, how many days it is good, and what
    it is for in words.
    """

    purpose: Purpose = "upload"
    days: _Days = USUAL_DAYS
    note: _Note = ""


class KeyAnswer(Part, frozen=True, kw_only=True):
    """What is known of a key: `purpose` is what it opens (`read` feeds, `upload` them too, `admin` also makes
    and revokes keys).
    """

    id: str
    office: str
    purpose: Purpose
    note: str | None = None
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None
    last_used_at: str | None = None


class KeyMade(Part, frozen=True, kw_only=True):
    """A key just made, the only time that `key` is shown."""

    id: str
    key: str
    office: str
    purpose: Purpose
    expires_at: str | None = None


class KeysPage(Part, frozen=True, kw_only=True):
    """The keys of an office, the newest first."""

    results: list[KeyAnswer]


def key_answer(key: ApiKey) -> KeyAnswer:
    return KeyAnswer(
        id=key.id,
        office=key.office,
        purpose=key.purpose,
        note=key.note or None,
        created_at=key.created_at.isoformat(timespec="seconds"),
        expires_at=None if key.expires_at is None else key.expires_at.isoformat(timespec="seconds"),
        revoked_at=None if key.revoked_at is None else key.revoked_at.isoformat(timespec="seconds"),
        last_used_at=None if key.last_used_at is None else key.last_used_at.isoformat(timespec="seconds"),
    )


def key_made(made: NewKey) -> KeyMade:
    return KeyMade(
        id=made.id,
        key=made.key,
        office=made.office,
        purpose=made.purpose,
        expires_at=None if made.expires_at is None else made.expires_at.isoformat(timespec="seconds"),
    )
