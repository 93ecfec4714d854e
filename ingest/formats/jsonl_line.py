"""The shape of a line of our own `jsonl` format: a record in the words of the API, and what it states as a
draft.

The members are those of `register.model.Record` in lowerCamelCase. Easier forms are taken too: `status` as
a word, Nice classes as numbers or strings, a right by its short name. Members that only the API adds are
passed over.
"""

from typing import Literal

import msgspec

from ingest.draft import (
    Draft,
    DraftCitation,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
)
from register.identity import LONG_RIGHTS
from register.model import PLAIN_STATUSES, RIGHTS, Right

RIGHT_WORDS: dict[str, Right] = {
    **{right: right for right in RIGHTS},
    **LONG_RIGHTS,
    "trademarks": "trademark",
    "patents": "patent",
    "utility-models": "utility-model",
    "designs": "design",
    "geographical-indications": "geographical-indication",
}

Passed = msgspec.Raw | msgspec.UnsetType


class LinePart(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, gc=False):
    """Base of everything in a line."""


class TextLine(LinePart, frozen=True, gc=False):
    text: str
    language: str | None = None
    script: str | None = None
    romanised: Passed = msgspec.UNSET


class NumberLine(LinePart, frozen=True, gc=False):
    kind: str
    number: str


class StatusLine(LinePart, frozen=True, gc=False):
    plain: str | None = None
    office: str | None = None
    text: str | None = None
    wipo: str | None = None
    date: str | None = None
    label: Passed = msgspec.UNSET


class PartyLine(LinePart, frozen=True, gc=False):
    name: str
    names: tuple[TextLine, ...] | None = None
    role: str | None = None
    address: str | None = None
    country: str | None = None
    number: str | None = None
    applicant: Passed = msgspec.UNSET
    representative: Passed = msgspec.UNSET


class GoodsLine(LinePart, frozen=True, gc=False):
    nice_class: int | str | None = None
    text: str | None = None
    language: str | None = None
    groups: tuple[str, ...] | None = None


class PriorityLine(LinePart, frozen=True, gc=False):
    country: str | None = None
    number: str | None = None
    date: str | None = None


class PublicationLine(LinePart, frozen=True, gc=False):
    country: str | None = None
    number: str | None = None
    kind: str | None = None
    date: str | None = None


class CitationLine(LinePart, frozen=True, gc=False):
    country: str | None = None
    number: str | None = None
    kind: str | None = None
    text: str | None = None
    by: str | None = None


class MediaLine(LinePart, frozen=True, gc=False):
    kind: Literal["image", "view", "sound", "video", "document"]
    file: str
    format: str | None = None
    caption: str | None = None
    url: Passed = msgspec.UNSET


class EventLine(LinePart, frozen=True, gc=False):
    date: str | None = None
    code: str | None = None
    text: str | None = None
    wipo: str | None = None


class RecordLine(LinePart, frozen=True, kw_only=True, gc=False):
    """A line. Its last members are what the API and the export add to a record: they are not read."""

    right: str
    office: str | None = None
    operation: Literal["upsert", "delete"] = "upsert"
    stamp: str | None = None

    application_number: str | None = None
    registration_number: str | None = None
    publication_number: str | None = None
    international_number: str | None = None
    design_number: str | None = None
    st13: str | None = None
    numbers: tuple[NumberLine, ...] | None = None

    filing_date: str | None = None
    publication_date: str | None = None
    registration_date: str | None = None
    expiry_date: str | None = None
    termination_date: str | None = None
    status: StatusLine | str | None = None

    applicants: tuple[PartyLine, ...] | None = None
    representatives: tuple[PartyLine, ...] | None = None
    inventors: tuple[PartyLine, ...] | None = None
    designers: tuple[PartyLine, ...] | None = None

    priorities: tuple[PriorityLine, ...] | None = None
    publications: tuple[PublicationLine, ...] | None = None
    designations: tuple[str, ...] | None = None
    events: tuple[EventLine, ...] | None = None
    media: tuple[MediaLine, ...] | None = None
    language: str | None = None

    texts: tuple[TextLine, ...] | None = None
    transliterations: tuple[TextLine, ...] | None = None
    translations: tuple[TextLine, ...] | None = None
    kind: str | None = None
    kind_office: str | None = None
    feature: str | None = None
    feature_office: str | None = None
    nice_classes: tuple[int | str, ...] | None = None
    goods: tuple[GoodsLine, ...] | None = None
    vienna_codes: tuple[str, ...] | None = None
    colours: tuple[TextLine, ...] | None = None
    disclaimers: tuple[TextLine, ...] | None = None
    descriptions: tuple[TextLine, ...] | None = None

    titles: tuple[TextLine, ...] | None = None
    abstracts: tuple[TextLine, ...] | None = None
    ipc: tuple[str, ...] | None = None
    cpc: tuple[str, ...] | None = None
    family: str | None = None
    citations: tuple[CitationLine, ...] | None = None
    locarno: tuple[str, ...] | None = None

    products: tuple[TextLine, ...] | None = None
    national_classes: tuple[str, ...] | None = None
    area: tuple[TextLine, ...] | None = None

    id: Passed = msgspec.UNSET
    classes: Passed = msgspec.UNSET
    deleted: Passed = msgspec.UNSET
    as_on: Passed = msgspec.UNSET
    title: Passed = msgspec.UNSET
    version: Passed = msgspec.UNSET
    score: Passed = msgspec.UNSET
    why: Passed = msgspec.UNSET
    provenance: Passed = msgspec.UNSET
    territories: Passed = msgspec.UNSET
    deadlines: Passed = msgspec.UNSET
    received_at: Passed = msgspec.UNSET
    as_of: Passed = msgspec.UNSET
    timepoint: Passed = msgspec.UNSET
    changed_at: Passed = msgspec.UNSET
    links: Passed = msgspec.UNSET


class UnknownWordError(ValueError):
    """A word where only some are known; the message names the member."""


def draft_of(line: RecordLine) -> Draft:
    """What the line states. Raises `UnknownWordError` for a right or a plain status that there is not.

    Texts of a patent, utility model or design without titles are its titles.
    """
    right = RIGHT_WORDS.get(line.right)
    if right is None:
        right = RIGHT_WORDS.get(line.right.strip().lower().replace("_", "-"))
        if right is None:
            raise UnknownWordError(f"`right` is {line.right!r}; there are {', '.join(RIGHTS)}")
    draft = Draft(
        right=right,
        operation=line.operation,
        stamp=line.stamp or "",
        office=line.office or "",
        application_number=line.application_number or "",
        registration_number=line.registration_number or "",
        publication_number=line.publication_number or "",
        international_number=line.international_number or "",
        design_number=line.design_number or "",
        st13=line.st13 or "",
        filing_date=line.filing_date or "",
        publication_date=line.publication_date or "",
        registration_date=line.registration_date or "",
        expiry_date=line.expiry_date or "",
        termination_date=line.termination_date or "",
        language=line.language or "",
        family=line.family or "",
    )
    _put_status(draft, line.status)
    if line.texts:
        draft.texts = _texts(line.texts)
    if line.nice_classes:
        draft.nice_classes = [str(number) for number in line.nice_classes]
    if line.applicants:
        draft.applicants = _parties(line.applicants)
    if line.kind or line.kind_office:
        draft.kind = line.kind_office or line.kind or ""
        draft.kind_hint = line.kind or ""
    if line.feature or line.feature_office:
        draft.feature = line.feature_office or line.feature or ""
    _put_lists(draft, line)
    if draft.texts and not draft.titles and right in _TITLED:
        draft.titles, draft.texts = draft.texts, []
    return draft


def _put_status(draft: Draft, status: StatusLine | str | None) -> None:
    """A plain word is our own reading; any other word alone is the office's, which its profile knows."""
    if status is None:
        return
    if isinstance(status, str):
        if status in PLAIN_STATUSES:
            draft.status_plain = status
        else:
            draft.status_code = status
        return
    if status.plain is not None:
        if status.plain not in PLAIN_STATUSES:
            raise UnknownWordError(
                f"`status.plain` is {status.plain!r}; there are {', '.join(PLAIN_STATUSES)}"
            )
        draft.status_plain = status.plain
    draft.status_code = status.office or ""
    draft.status_text = status.text or ""
    draft.status_wipo = status.wipo or ""
    draft.status_date = status.date or ""


def _put_lists(draft: Draft, line: RecordLine) -> None:
    """What few lines have; an empty list costs one look."""
    for name in _TEXTS:
        texts = getattr(line, name)
        if texts:
            setattr(draft, name, _texts(texts))
    for name in _PARTIES:
        parties = getattr(line, name)
        if parties:
            setattr(draft, name, _parties(parties))
    for name in _STRINGS:
        strings = getattr(line, name)
        if strings:
            setattr(draft, name, list(strings))
    if line.numbers:
        draft.numbers = [(further.kind, further.number) for further in line.numbers]
    if line.goods:
        draft.goods = [
            DraftGoods(
                "" if goods.nice_class is None else str(goods.nice_class),
                goods.text or "",
                goods.language or "",
                goods.groups or (),
            )
            for goods in line.goods
        ]
    if line.priorities:
        draft.priorities = [
            DraftPriority(claim.country or "", claim.number or "", claim.date or "")
            for claim in line.priorities
        ]
    if line.publications:
        draft.publications = [
            DraftPublication(told.country or "", told.number or "", told.kind or "", told.date or "")
            for told in line.publications
        ]
    if line.citations:
        draft.citations = [
            DraftCitation(
                cited.country or "", cited.number or "", cited.kind or "", cited.text or "", cited.by or ""
            )
            for cited in line.citations
        ]
    if line.media:
        draft.media = [
            DraftMedia(item.kind, item.file, item.format or "", item.caption or "") for item in line.media
        ]
    if line.events:
        draft.events = [
            DraftEvent(event.date or "", event.code or "", event.text or "", event.wipo or "")
            for event in line.events
        ]


_TEXTS = (
    "transliterations", "translations", "colours", "disclaimers", "descriptions", "titles", "abstracts",
    "products", "area",
)  # fmt: skip
_PARTIES = ("representatives", "inventors", "designers")
_TITLED = ("patent", "utility-model", "design")
_STRINGS = ("designations", "vienna_codes", "ipc", "cpc", "locarno", "national_classes")


def _texts(texts: tuple[TextLine, ...] | None) -> list[DraftText]:
    return [DraftText(told.text, told.language or "") for told in texts] if texts else []


def _parties(parties: tuple[PartyLine, ...]) -> list[DraftParty]:
    return [
        DraftParty(
            name=party.name,
            names=_texts(party.names),
            role=party.role or "",
            address=party.address or "",
            country=party.country or "",
            number=party.number or "",
        )
        for party in parties
    ]


def member_of(error: msgspec.ValidationError) -> tuple[str, str]:
    """(the member's path as written in a line, what is wrong with it) of a line of another shape."""
    told, _, path = str(error).partition(" - at `$")
    path = path.removesuffix("`").lstrip(".").replace("[...]", "[]")
    return path, told
