"""The resolved applicants of records on their way into a file."""

from collections.abc import Iterable, Mapping

import msgspec

from register.applicants import applicant_id
from register.model import Part, Party
from register.spelling import spelling_of


class _Applied(Part, frozen=True):
    """Who applied for a record; `applicants` stay as they are written."""

    office: str
    applicants: msgspec.Raw = msgspec.Raw(b"[]")


class _Applicants(Part, frozen=True):
    office: str
    applicants: tuple[Party, ...] = ()


class _Named(Party, frozen=True):
    """A party with the id of its resolved applicant, as the API tells it."""

    applicant: str | None = None


_applicants = msgspec.json.Decoder(_Applicants).decode
_applied = msgspec.json.Decoder(_Applied).decode
_parties = msgspec.json.Decoder(tuple[_Named, ...]).decode
_encode = msgspec.json.Encoder().encode
_MEMBER = b'"applicants":'


def applicant_of(office: str, party: Party, resolved: Mapping[int, str]) -> str:
    """The id of the applicant that a party of an office's record is; of one that is not resolved yet that of
    its name alone.
    """
    return resolved.get(spelling_of(office, party).id) or applicant_id(party)


def spellings_in(bodies: Iterable[bytes]) -> set[int]:
    """The ids of the spellings of the applicants of these records."""
    return {
        spelling_of(record.office, party).id
        for record in map(_applicants, bodies)
        for party in record.applicants
        if party.name
    }


def with_applicants(body: bytes, resolved: Mapping[int, str]) -> bytes:
    """The JSON of a record with the id of each resolved applicant beside its name; the rest as it stands."""
    record = _applied(body)
    written = bytes(record.applicants)
    place = body.find(_MEMBER + written)
    if place < 0:
        return body
    named = [
        msgspec.structs.replace(party, applicant=applicant_of(record.office, party, resolved))
        if party.name
        else party
        for party in _parties(written)
    ]
    end = place + len(_MEMBER) + len(written)
    return b"%s%s%s%s" % (body[:place], _MEMBER, _encode(named), body[end:])
