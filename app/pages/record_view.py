"""A record as sections of labelled values for its page: every field that the office delivered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from app.http.answers import NamedParty
from app.http.deadlines import told_deadlines
from app.http.media_answers import MediaAnswer
from app.pages.words import DEADLINE_WORDS, RIGHT_WORDS, days_left_words
from register.codes.ipc import ipc_title
from register.codes.locarno import locarno_title
from register.codes.nice import nice_title
from register.codes.offices import office_name
from register.codes.vienna import vienna_title
from register.model import Goods, Party, Record, Text

_SURENESS = {
    "partly": "looked up in part",
    "no": "not looked up: ask the office before you rely on it",
}


class Value(NamedTuple):
    """One value: its text, where a link leads, a note behind it, the language it is in, a picture of it."""

    text: str
    href: str = ""
    note: str = ""
    language: str = ""
    picture: str = ""


class Section(NamedTuple):
    title: str
    rows: list[tuple[str, list[Value]]]


class StatusTriple(NamedTuple):
    """The three readings of a status: ours, the office's, WIPO's; empty where not delivered."""

    plain: str
    since: str
    office: str
    wipo: str


def status_of(record: Record) -> StatusTriple:
    """The status side by side, as the office said it and as it is read here."""
    status = record.status
    return StatusTriple(
        status.plain,
        str(status.date or ""),
        " – ".join(filter(None, (status.office, status.text))),
        status.wipo or "",
    )


def sections_of(
    record: Record,
    applicants: Sequence[NamedParty],
    territories: Sequence[str],
    media: Sequence[MediaAnswer] = (),
    relations: Sequence[Section] = (),
) -> list[Section]:
    """The sections of a record's page; empty rows and sections are left out.

    `relations` are what the register knows of its family and citations; the citations as delivered are told
    where it does not.
    """
    views = [one for one in media if record.right == "design" and one.kind in ("view", "image")]
    files = [one for one in media if one not in views]
    made = [
        Section("What it is", _right(record)),
        Section("Views", [("Views", [_media(one) for one in views])]),
        Section("Numbers", _numbers(record)),
        Section("Dates and places", _dates_and_places(record, territories)),
        Section("Deadlines", _deadlines(record)),
        Section("Parties", _parties(record, applicants)),
        Section("Goods and services", _goods(record)),
        Section("Classification", _classification(record)),
        Section(
            "Priority, publication, citations",
            _documents(record, any(section.title == "Cites" for section in relations)),
        ),
        *relations,
        Section("Images and files", [("Files", [_media(one) for one in files])]),
    ]
    kept = [
        Section(section.title, [(label, values) for label, values in section.rows if values])
        for section in made
    ]
    return [section for section in kept if section.rows]


def _texts(texts: Iterable[Text]) -> list[Value]:
    return [
        Value(
            text.text,
            note=", ".join(filter(None, (text.language, text.script))),
            language=text.language or "",
        )
        for text in texts
    ]


def _plain(*values: str | None) -> list[Value]:
    return [Value(value) for value in values if value]


def _day(day: dt.date | None) -> list[Value]:
    return [] if day is None else [Value(day.isoformat())]


def _word(word: str | None, of_the_office: str | None) -> list[Value]:
    """A word of ours with the office's own behind it."""
    if word is None:
        return _plain(of_the_office)
    return [Value(word, note=f"office: {of_the_office}" if of_the_office else "")]


def _right(record: Record) -> list[tuple[str, list[Value]]]:
    return [
        ("Right", _plain(RIGHT_WORDS[record.right])),
        ("Mark" if record.right == "trademark" else "Name", _texts(record.texts)),
        ("Title", _texts(record.titles)),
        ("Product", _texts(record.products)),
        ("Area", _texts(record.area)),
        ("Transliteration", _texts(record.transliterations)),
        ("Translation", _texts(record.translations)),
        ("Kind", _word(record.kind, record.kind_office)),
        ("Feature", _word(record.feature, record.feature_office)),
        ("Abstract", _texts(record.abstracts)),
        ("Description", _texts(record.descriptions)),
        ("Disclaimer", _texts(record.disclaimers)),
        ("Colours", _texts(record.colours)),
    ]


def _numbers(record: Record) -> list[tuple[str, list[Value]]]:
    return [
        ("Application", _plain(record.application_number)),
        ("Registration", _plain(record.registration_number)),
        ("Publication", _plain(record.publication_number)),
        ("International", _plain(record.international_number)),
        ("Design within the application", _plain(record.design_number)),
        ("ST.13", _plain(record.st13)),
        ("Others", [Value(number.number, note=number.kind) for number in record.numbers]),
        ("Family", _plain(record.family)),
        ("Id in this register", _plain(record.id)),
    ]


def _dates_and_places(record: Record, territories: Sequence[str]) -> list[tuple[str, list[Value]]]:
    return [
        ("Filed", _day(record.filing_date)),
        ("Published", _day(record.publication_date)),
        ("Registered", _day(record.registration_date)),
        ("Expires", _day(record.expiry_date)),
        ("Ended", _day(record.termination_date)),
        ("Office", [_place("offices", record.office)]),
        ("Has effect in", [_place("territories", code) for code in territories]),
        ("Designated", [_place("territories", code) for code in record.designations]),
        ("Language of filing", _plain(record.language)),
    ]


def _deadlines(record: Record) -> list[tuple[str, list[Value]]]:
    """The soonest first, each with how it is known."""
    rows = []
    for one in told_deadlines(record):
        notes = [one.basis, one.source and f"source: {one.source}", _SURENESS.get(one.verified or "")]
        value = "unknown" if one.date is None else f"{one.date}, {days_left_words(one.days_left or 0)}"
        rows.append((DEADLINE_WORDS[one.kind], [Value(value, note="; ".join(filter(None, notes)))]))
    return rows


def _place(parameter: str, code: str) -> Value:
    return Value(office_name(code), href="/search?" + urlencode({parameter: code}), note=code)


def _goods(record: Record) -> list[tuple[str, list[Value]]]:
    """Goods by class; the texts of one class, in its languages, stand together."""
    rows: dict[str, list[Value]] = {}
    for goods in record.goods:
        notes = [goods.language or "", f"similar groups {', '.join(goods.groups)}" if goods.groups else ""]
        value = Value(goods.text or "–", note="; ".join(filter(None, notes)), language=goods.language or "")
        rows.setdefault(_class_name(goods), []).append(value)
    return list(rows.items())


def _media(media: MediaAnswer) -> Value:
    note = ", ".join(filter(None, (media.kind, media.type, media.caption)))
    return Value(media.file, media.href or "", note, picture=media.thumbnail or "")


def _parties(record: Record, applicants: Sequence[NamedParty]) -> list[tuple[str, list[Value]]]:
    return [
        (
            "Applicant or owner",
            [
                _party(party, f"/applicants/{quote(party.applicant)}" if party.applicant else "")
                for party in applicants
            ],
        ),
        ("Representative", [_party(party) for party in record.representatives]),
        ("Inventor", [_party(party) for party in record.inventors]),
        ("Designer", [_party(party) for party in record.designers]),
    ]


def _party(party: Party, href: str = "") -> Value:
    spellings = [name.text for name in party.names if name.text != party.name]
    notes = [
        *spellings,
        party.role or "",
        party.address or "",
        office_name(party.country) if party.country else "",
        f"the office's number {party.number}" if party.number and party.name else "",
    ]
    shown = party.name or f"No name, the office's number {party.number}"
    return Value(shown, href=href, note="; ".join(filter(None, notes)))


def _class_name(goods: Goods) -> str:
    if goods.nice_class is None:
        return "Goods"
    return f"Class {goods.nice_class}: {nice_title(goods.nice_class) or ''}"


def _codes(parameter: str, codes: Iterable[str], titles: dict[str, str | None]) -> list[Value]:
    return [
        Value(code, href="/search?" + urlencode({parameter: code}), note=titles.get(code) or "")
        for code in codes
    ]


def _classification(record: Record) -> list[tuple[str, list[Value]]]:
    return [
        (
            "Nice",
            [
                Value(str(number), href=f"/search?niceClasses={number}", note=nice_title(number) or "")
                for number in record.nice_classes
            ],
        ),
        (
            "Vienna",
            _codes(
                "viennaCodes", record.vienna_codes, {code: vienna_title(code) for code in record.vienna_codes}
            ),
        ),
        (
            "Locarno",
            _codes("locarno", record.locarno, {code: locarno_title(code) for code in record.locarno}),
        ),
        ("IPC", _codes("ipc", record.ipc, {code: ipc_title(code.partition(" ")[0]) for code in record.ipc})),
        ("CPC", _plain(*record.cpc)),
        ("National classes", _plain(*record.national_classes)),
    ]


def _documents(record: Record, cites_told: bool) -> list[tuple[str, list[Value]]]:
    """`cites_told`: the citations stand in a section of their own."""
    return [
        (
            "Priority",
            [
                Value(_joined(one.country, one.number) or "–", note=str(one.date or ""))
                for one in record.priorities
            ],
        ),
        (
            "Published documents",
            [
                Value(_joined(one.country, one.number, one.kind) or "–", note=str(one.date or ""))
                for one in record.publications
            ],
        ),
        (
            "Cites",
            [
                Value(
                    _joined(one.country, one.number, one.kind, one.text) or "–",
                    note=f"cited by {one.by}" if one.by else "",
                )
                for one in record.citations
                if not cites_told
            ],
        ),
    ]


def _joined(*parts: str | None) -> str:
    return " ".join(filter(None, parts))
