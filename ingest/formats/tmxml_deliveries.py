"""What deliveries in the TM-XML family (ST.66, ST.86) have around their records: headers, parties apart,
look-alikes.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, cast

from lxml import etree
from lxml.etree import _Element

from ingest.draft import DraftParty
from ingest.formats.address_books import key_of, named, party
from ingest.formats.local_names import LOCAL
from ingest.formats.registry import Head, Opened
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import each, text
from register.statement import Envelope

# What is larger goes to a file while the parties are looked up.
_SPOOLED_BYTES = 32 << 20
# The EUIPO Software Package, in which applicants file with many European offices, borrows the standards'
# structure.
_FILING = ("ohim.eu/sp/filing", "fsp.ohim.eu", "euipo.europa.eu/sp/filing")
E_FILING = (
    "an e-filing of the EUIPO Software Package: an application on its way to an office, no register record"
)


PARTY_ROLES = ("Applicant", "Representative", "Designer")
_ROLE = rb"(?:[\w.-]+:)?(?:" + "|".join(PARTY_ROLES).encode() + rb")"
# A key in the place of a party; beside a party's own data it is no more than its number.
_KEY = re.compile(
    rb"<" + _ROLE + rb"Details[^<>]*>\s*<" + _ROLE + rb"Key[\s/>]|</" + _ROLE + rb"Key>\s*</" + _ROLE + rb">"
)


def has_keys(head: Head) -> bool:
    """Whether the records name their parties by keys, so that the parties stand elsewhere."""
    return _KEY.search(head.data) is not None


def speaks(head: Head, *names: str) -> bool:
    """Whether a namespace declared in the head holds one of these names (lower case)."""
    return any(name in namespace.lower() for namespace in head.namespaces for name in names)


def is_filing(head: Head, body: str) -> bool:
    """Whether it is an application on its way to an office in the structure of a register delivery."""
    return body in head.tag_set and speaks(head, *_FILING)


# The elements around a record in which `stamp_of` looks.
STAMPED = ("TransactionHeader", "TransactionDateTime")


def stamp_of(context: _Element) -> str:
    """When the delivery around a record was made, as ISO 8601 in UTC, where its header says so; "" else."""
    said = ""
    for parent in context.iterancestors("{*}Transaction", "{*}TradeMarkInformationResponse"):
        header = next(parent.iterchildren("{*}TransactionHeader"), None)
        sender = next(header.iterdescendants("{*}SenderDetails"), None) if header is not None else None
        said = text(parent, "TransactionDateTime") or text(sender, "RequestProducerDateTime")
    try:
        moment = datetime.fromisoformat(said) if said else None
    except ValueError:
        return ""
    if moment is None:
        return ""
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()


class KeyedParties:
    """The applicants, representatives and designers of a delivery that has them apart from its records, by
    key.
    """

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], DraftParty] = {}
        self._sources: dict[tuple[str, str], bytes] = {}

    def add(self, element: _Element) -> None:
        one = party(element)
        if one.name != "" and one.number != "":
            key = LOCAL[element.tag], one.number
            self._by_key[key] = one
            self._sources[key] = etree.tostring(element, encoding="utf-8", with_tail=False)

    def of(self, record: _Element, role: str) -> list[DraftParty]:
        """The parties whose keys a record has, in its order; those that the delivery does not hold are
        left out.
        """
        if not self._by_key:
            return []
        found = (self._by_key.get((role, key)) for key in _keys(record, role))
        return named(one for one in found if one is not None)

    def beside(self, envelope: Envelope, *records: _Element) -> Envelope:
        """The envelope with the parties to which these elements have keys."""
        if not self._by_key:
            return envelope
        keys = {
            (role, key): None for record in records for role in PARTY_ROLES for key in _keys(record, role)
        }
        found = b"".join(self._sources[key] for key in keys if key in self._sources)
        return Envelope(found + envelope.before, envelope.after) if found else envelope


def _keys(record: _Element, role: str) -> Iterator[str]:
    for details in each(record, f"{role}Details"):
        for holder in (details, *each(details, role)):
            for key in each(holder, f"{role}Key"):
                yield key_of(key)


@contextmanager
def parties_ahead(
    opened: Opened, records: Iterable[str], roles: tuple[str, ...]
) -> Iterator[tuple[KeyedParties, Opened]]:
    """The parties of a whole delivery that stand outside its records, and the delivery to be read from its
    beginning, as long as the context lasts.
    """
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as spooled:
        while chunk := opened.stream.read(1 << 20):
            spooled.write(chunk)
        again = opened._replace(stream=cast(BinaryIO, spooled))
        spooled.seek(0)
        parties = KeyedParties()
        for found in xml_records(again, (*records, *roles)):
            if isinstance(found, XmlRecord) and LOCAL[found.element.tag] in roles:
                parties.add(found.element)
        spooled.seek(0)
        yield parties, again
