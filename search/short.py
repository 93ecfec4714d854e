"""The short form of a record: what a list of results shows of it, kept in the index beside the keys."""

import datetime as dt

import msgspec

from register.model import Part, Plain, Right, Text


class ShortStatus(Part, frozen=True):
    plain: Plain = "unknown"
    date: dt.date | None = None


class ShortParty(Part, frozen=True):
    """A party's first spelling, its country (ST.3), and the resolved applicant's id, or the representative's
    (`register.representatives`).
    """

    name: str
    country: str | None = None
    applicant: str | None = None
    representative: str | None = None


class Short(Part, frozen=True, kw_only=True):
    """A record in a list. Names are those of the record."""

    id: str
    office: str
    right: Right
    title: str | None = None
    texts: tuple[Text, ...] = ()
    status: ShortStatus = ShortStatus()
    application_number: str
    registration_number: str | None = None
    filing_date: dt.date | None = None
    registration_date: dt.date | None = None
    expiry_date: dt.date | None = None
    applicants: tuple[ShortParty, ...] = ()
    representatives: tuple[ShortParty, ...] = ()
    territories: tuple[str, ...] = ()
    kind: str | None = None
    feature: str | None = None
    nice_classes: tuple[int, ...] = ()
    vienna_codes: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    media: str | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Short)


def encode_short(short: Short) -> bytes:
    return _encoder.encode(short)


def decode_short(data: bytes) -> Short:
    """The inverse of `encode_short`."""
    return _decoder.decode(data)


class _Figures(Part, frozen=True):
    vienna_codes: tuple[str, ...] = ()


_figures = msgspec.json.Decoder(_Figures)


def vienna_codes_in(data: bytes) -> tuple[str, ...]:
    """The Vienna codes of a short form as delivered, without reading the rest of it."""
    return _figures.decode(data).vienna_codes


RESULT_FIELDS: tuple[str, ...] = (
    *(field.encode_name for field in msgspec.structs.fields(Short)),
    "score",
    "why",
)
