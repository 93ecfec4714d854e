"""Simple families: applications with the same priorities are for the same invention.

As the EPO defines it for DOCDB: members have exactly the same active priorities, and a first filing is its
own priority. An id that an office or database delivers goes before what is found by priorities.
"""

from hashlib import blake2b

from register.model import Record
from search.keys.documents import document_key, own_application, priority_documents

_RIGHTS = ("patent", "utility-model")
_DELIVERED, _BY_PRIORITIES = "id ", "of "


def family_keys(record: Record) -> tuple[str, ...]:
    """The keys of a record's family: of the delivered id, and of its priorities; () where neither tells."""
    if record.right not in _RIGHTS:
        return ()
    delivered = delivered_family(record)
    by_priorities = priority_family(record)
    return tuple(key for key in (delivered, by_priorities) if key is not None)


def delivered_family(record: Record) -> str | None:
    found = (record.family or "").strip().casefold()
    return _DELIVERED + found[:100] if found else None


def priority_family(record: Record) -> str | None:
    """The key of the set of priorities; None where some are claimed of which no number can be read."""
    keys = family_priorities(record)
    if not keys:
        return None
    if len(keys) == 1:
        return _BY_PRIORITIES + keys[0]
    return _BY_PRIORITIES + blake2b(" ".join(keys).encode(), digest_size=12).hexdigest()


def family_priorities(record: Record) -> tuple[str, ...]:
    """The priorities that decide on the family, in order: those claimed, else the application itself, or the
    international one of which it is a part.
    """
    if record.priorities:
        return tuple(sorted(priority_documents(record)))
    own = own_application(record)
    if record.international_number:
        own = document_key("WO", record.international_number) or own
    return () if own is None else (own,)
