"""The record: one IP right as one office holds it, whatever format it came in.

All structures are frozen and encode to lowerCamelCase JSON with absent values left out, so the JSON of a
record is also its stored form, its form in the API, and a line of our own `jsonl` feed format.
"""

import datetime as dt
from typing import Literal, get_args

import msgspec

Right = Literal["trademark", "patent", "utility-model", "design", "geographical-indication"]
RIGHTS: tuple[Right, ...] = get_args(Right)

Plain = Literal["pending", "registered", "expired", "ended", "unknown"]
PLAIN_STATUSES: tuple[Plain, ...] = get_args(Plain)


class Part(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """Base of everything in a record."""


class Text(Part, frozen=True):
    """A text as delivered. `language` is ISO 639-1 (two letters, lower case); `script` ISO 15924 (`Latn`,
    `Thai`).
    """

    text: str
    language: str | None = None
    script: str | None = None


class Number(Part, frozen=True):
    """A further number of the right, as delivered; `kind` says what it is, such as `publication` or
    `epodoc`.
    """

    kind: str
    number: str


class Status(Part, frozen=True):
    """The three readings of a status side by side.

    `plain` is ours and never guessed (`unknown` where the office's word is not in the map); `office` is the
    code or word as the office sent it, `text` the office's words for a code; `wipo` an ST.27, ST.61 or ST.87
    code where the office delivers one; `date` since when, as the office says.
    """

    plain: Plain = "unknown"
    office: str | None = None
    text: str | None = None
    wipo: str | None = None
    date: dt.date | None = None


class Party(Part, frozen=True):
    """A person or company as one office spells it in one record.

    `names` are further spellings and scripts delivered for the same party; `country` is ST.3; `number` the
    office's own number for the party; `role` the office's role where it is finer than the list the party
    stands in (`applicant`, `owner`, `holder`, `assignee`, `registrant`). `name` is "" where the office gives
    no more than its number.
    """

    name: str
    names: tuple[Text, ...] = ()
    role: str | None = None
    address: str | None = None
    country: str | None = None
    number: str | None = None


class Goods(Part, frozen=True):
    """Goods or services of one Nice class in one language; `groups` are similar-group codes where delivered
    (KR).
    """

    nice_class: int | None = None
    text: str | None = None
    language: str | None = None
    groups: tuple[str, ...] = ()


class Priority(Part, frozen=True):
    """A priority claimed: ST.3 country, number as delivered, date."""

    country: str | None = None
    number: str | None = None
    date: dt.date | None = None


class Publication(Part, frozen=True):
    """A published document or gazette entry of the right: ST.3 country, number, ST.16 kind, date."""

    country: str | None = None
    number: str | None = None
    kind: str | None = None
    date: dt.date | None = None


class Citation(Part, frozen=True):
    """A document cited: ST.3 country, number, kind, or free text for literature; `by` says who cited
    (`examiner`).
    """

    country: str | None = None
    number: str | None = None
    kind: str | None = None
    text: str | None = None
    by: str | None = None


class Media(Part, frozen=True):
    """An image, view, sound or film of the right: a file name within the delivery, or an address at the
    office.
    """

    kind: Literal["image", "view", "sound", "video", "document"]
    file: str
    format: str | None = None
    caption: str | None = None


class Event(Part, frozen=True):
    """Something that happened at the office: date, the office's code and words, WIPO code where delivered."""

    date: dt.date | None = None
    code: str | None = None
    text: str | None = None
    wipo: str | None = None


class Record(Part, frozen=True, kw_only=True):
    """One right at one office. Field names are the JSON names of the API in lowerCamelCase.

    `id` is `register.identity.record_id`. `design_number` is the design's identifier within its application.
    `designations` are ST.3 codes of the countries in which an international or regional right was requested.
    """

    id: str
    office: str
    right: Right
    application_number: str
    registration_number: str | None = None
    publication_number: str | None = None
    international_number: str | None = None
    design_number: str | None = None
    st13: str | None = None
    numbers: tuple[Number, ...] = ()

    filing_date: dt.date | None = None
    publication_date: dt.date | None = None
    registration_date: dt.date | None = None
    expiry_date: dt.date | None = None
    termination_date: dt.date | None = None
    status: Status = Status()

    applicants: tuple[Party, ...] = ()
    representatives: tuple[Party, ...] = ()
    inventors: tuple[Party, ...] = ()
    designers: tuple[Party, ...] = ()

    priorities: tuple[Priority, ...] = ()
    publications: tuple[Publication, ...] = ()
    designations: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    media: tuple[Media, ...] = ()
    language: str | None = None

    # trademarks
    texts: tuple[Text, ...] = ()
    transliterations: tuple[Text, ...] = ()
    translations: tuple[Text, ...] = ()
    kind: str | None = None
    kind_office: str | None = None
    feature: str | None = None
    feature_office: str | None = None
    nice_classes: tuple[int, ...] = ()
    goods: tuple[Goods, ...] = ()
    vienna_codes: tuple[str, ...] = ()
    colours: tuple[Text, ...] = ()
    disclaimers: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()

    # patents, utility models, designs
    titles: tuple[Text, ...] = ()
    abstracts: tuple[Text, ...] = ()
    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    family: str | None = None
    citations: tuple[Citation, ...] = ()
    locarno: tuple[str, ...] = ()

    # designs and geographical indications; `national_classes` are those of no international classification,
    # as delivered
    products: tuple[Text, ...] = ()
    national_classes: tuple[str, ...] = ()
    area: tuple[Text, ...] = ()

    @property
    def title(self) -> str | None:
        """What a person calls it: the mark's first text, the first title or product; None for a mark without
        words.
        """
        for texts in (self.texts, self.titles, self.products):
            if texts:
                return texts[0].text
        return None


class Provenance(Part, frozen=True, kw_only=True):
    """Where a version of a record came from. Not part of the record's content hash."""

    feed: int
    file: str
    record: int
    line: int | None = None
    offset: int | None = None
    format: str
    mapping: str
    received: str


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def encode_record(record: Record) -> bytes:
    """The record as JSON, always the same bytes for the same record."""
    return _encoder.encode(record)


def decode_record(data: bytes) -> Record:
    """The inverse of `encode_record`; raises `msgspec.ValidationError` for other JSON."""
    return _decoder.decode(data)
