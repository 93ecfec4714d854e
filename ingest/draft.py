"""What a format reader gives: a record in the office's own words, with its place in the file.

A reader knows the structure of a format and nothing of an office; what the words mean (status, kind, dates,
number shapes, languages) is the office's profile, applied by `ingest.mapping`. So every value here is a
string as delivered, trimmed of surrounding white space; an absent value is "" or an empty list.
"""

from typing import Literal, NamedTuple

import msgspec

from register.model import Right
from register.statement import NO_ENVELOPE, Envelope

Operation = Literal["upsert", "patch", "delete"]


class DraftText(NamedTuple):
    text: str
    language: str = ""


class DraftParty(msgspec.Struct, kw_only=True):
    """A party as delivered; `names` are further spellings or scripts of the same party."""

    name: str
    names: list[DraftText] = []
    role: str = ""
    address: str = ""
    country: str = ""
    number: str = ""


class DraftGoods(NamedTuple):
    nice_class: str = ""
    text: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()


class DraftPriority(NamedTuple):
    country: str = ""
    number: str = ""
    date: str = ""


class DraftPublication(NamedTuple):
    country: str = ""
    number: str = ""
    kind: str = ""
    date: str = ""


class DraftCitation(NamedTuple):
    country: str = ""
    number: str = ""
    kind: str = ""
    text: str = ""
    by: str = ""


class DraftMedia(NamedTuple):
    kind: Literal["image", "view", "sound", "video", "document"]
    file: str
    format: str = ""
    caption: str = ""


class DraftEvent(NamedTuple):
    date: str = ""
    code: str = ""
    text: str = ""
    wipo: str = ""


class Draft(msgspec.Struct, kw_only=True):
    """A record as delivered.

    `operation`: `upsert` states the whole record; `patch` states some of its fields (those in `given`, by the
    names of `register.model.Record`) and leaves the rest as it is; `delete` needs a number only. In a patch a
    field that is in `given` but empty is cleared.

    `stamp` is the source's own date or time of this statement (ISO 8601, comparable as a string), where it
    delivers one: a later stamp wins whatever the order of delivery. "" where the source has none: then the
    order of delivery.

    `office` is the ST.3 code the record itself names, "" where it names none (the feed's office is meant
    then). `status_plain` only where the format itself uses our plain words or leaves no doubt (a granted
    patent's document). `figurative_codes` are codes of the figurative elements of a mark where the file does
    not say of which classification: the office's profile does. `kind_hint` is a further place where some
    offices put the kind (IPAS: TransactionCode and TransactionSubCode).
    """

    right: Right
    operation: Operation = "upsert"
    given: frozenset[str] | None = None
    stamp: str = ""
    office: str = ""

    application_number: str = ""
    registration_number: str = ""
    publication_number: str = ""
    international_number: str = ""
    design_number: str = ""
    st13: str = ""
    numbers: list[tuple[str, str]] = []

    filing_date: str = ""
    publication_date: str = ""
    registration_date: str = ""
    expiry_date: str = ""
    termination_date: str = ""
    status_code: str = ""
    status_text: str = ""
    status_wipo: str = ""
    status_date: str = ""
    status_plain: str = ""

    applicants: list[DraftParty] = []
    representatives: list[DraftParty] = []
    inventors: list[DraftParty] = []
    designers: list[DraftParty] = []

    priorities: list[DraftPriority] = []
    publications: list[DraftPublication] = []
    designations: list[str] = []
    events: list[DraftEvent] = []
    media: list[DraftMedia] = []
    language: str = ""

    texts: list[DraftText] = []
    transliterations: list[DraftText] = []
    translations: list[DraftText] = []
    kind: str = ""
    kind_hint: str = ""
    feature: str = ""
    nice_classes: list[str] = []
    goods: list[DraftGoods] = []
    vienna_codes: list[str] = []
    figurative_codes: list[str] = []
    colours: list[DraftText] = []
    disclaimers: list[DraftText] = []
    descriptions: list[DraftText] = []

    titles: list[DraftText] = []
    abstracts: list[DraftText] = []
    ipc: list[str] = []
    cpc: list[str] = []
    family: str = ""
    citations: list[DraftCitation] = []
    locarno: list[str] = []

    products: list[DraftText] = []
    national_classes: list[str] = []
    area: list[DraftText] = []


class Position(NamedTuple):
    """A place in a delivery: the file (archive members as `outer.zip/inner.xml`), the record's number in it
    from 1, and, where the format tells, its first line (from 1) and byte offset in the file as unpacked (from
    0).
    """

    file: str
    record: int
    line: int | None = None
    offset: int | None = None


class Delivered(NamedTuple):
    """A draft, where it stood, and its bytes as delivered (XML: the record's element; JSON: the record's
    object), with what else of the delivery the reader needs to read them again (`ingest.rereading`).
    """

    draft: Draft
    position: Position
    source: bytes
    envelope: Envelope = NO_ENVELOPE


class Damage(NamedTuple):
    """Something in the file that is no readable record: what, where, and how to mend it; `source` at most 64
    KiB of it, `envelope` what its reader needs beside it once it is mended.
    """

    position: Position
    code: str
    reason: str
    mend: str
    source: bytes
    envelope: Envelope = NO_ENVELOPE


class NotAFeedError(Exception):
    """The file holds no register records. `looks_like` says what it seems to be, `taken` what would be
    taken.
    """

    def __init__(self, looks_like: str, taken: str = "") -> None:
        super().__init__(looks_like)
        self.looks_like = looks_like
        self.taken = taken

    def __str__(self) -> str:
        return f"no register records: {self.looks_like}" + (f"; {self.taken}" if self.taken else "")


class HarmfulFeedError(Exception):
    """The file is made (or fit) to harm the reader: entities, bombs, paths out of an archive. Nothing of it
    is taken.
    """
