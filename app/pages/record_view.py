"""A record as sections of labelled values for its page: every field that the office delivered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from app.http.answers import NamedParty
from app.pages.words import RIGHT_WORDS
from register.codes.ipc import ipc_title
from register.codes.locarno import locarno_title
from register.codes.nice import nice_title
from register.codes.offices import office_name
from register.codes.vienna import vienna_title
from register.model import Goods, Party, Record, Text


class Value(NamedTuple):
    """One value: its text, where a link leads, a note behind it, the language it is in."""

    text: str
    href: str = ""
    note: str = ""
    language: str = ""


class Section(NamedTuple):
    title: str
    rows: list[tuple[str, list[Value]]]


def sections_of(
    record: Record, applicants: Sequence[NamedParty], territories: Sequence[str]
) -> list[Section]:
    """The sections of a record's page; empty rows are left out."""
    made = [
        Section("The right", _right(record)),
        Section("Numbers and dates", _numbers_and_dates(record, territories)),
        Section("Parties", _parties(record, applicants)),
        Section(
            "Goods and services",
            [
                (_class_name(goods), [Value(goods.text or "–", language=goods.language or "")])
                for goods in record.goods
            ],
        ),
        Section("Classification", _classification(record)),
        Section("Priority, publication, citations", _documents(record)),
        Section(
            "Images and files",
            [
                (
                    "Files",
                    [
                        Value(
                            media.file,
                            note=", ".join(filter(None, (media.kind, media.format, media.caption))),
                        )
                        for media in record.media
                    ],
                )
            ],
        ),
    ]
    return [
        Section(section.title, [(label, values) for label, values in section.rows if values])
        for section in made
    ]


def _texts(texts: Iterable[Text]) -> list[Value]:
    return [Value(text.text, note=text.language or "", language=text.language or "") for text in texts]


def _plain(*values: str | None) -> list[Value]:
    return [Value(value) for value in values if value]


def _day(day: dt.date | None) -> list[Value]:
    return [] if day is None else [Value(day.isoformat())]


def _right(record: Record) -> list[tuple[str, list[Value]]]:
    status = record.status
    office_words = " – ".join(filter(None, (status.office, status.text)))
    return [
        ("Mark" if record.right == "trademark" else "Name", _texts(record.texts)),
        ("Title", _texts(record.titles)),
        ("Product", _texts(record.products)),
        ("Area", _texts(record.area)),
        ("Transliteration", _texts(record.transliterations)),
        ("Translation", _texts(record.translations)),
        ("Status", [Value(status.plain, note=f"since {status.date}" if status.date else "")]),
        ("Status in the office's words", _plain(office_words)),
        ("Status as a WIPO code", _plain(status.wipo)),
        ("Right", _plain(RIGHT_WORDS[record.right])),
        ("Kind", _plain(record.kind) or _plain(record.kind_office)),
        ("Feature", _plain(record.feature) or _plain(record.feature_office)),
        ("Abstract", _texts(record.abstracts)),
        ("Description", _texts(record.descriptions)),
        ("Disclaimer", _texts(record.disclaimers)),
        ("Colours", _texts(record.colours)),
    ]


def _numbers_and_dates(record: Record, territories: Sequence[str]) -> list[tuple[str, list[Value]]]:
    return [
        (
            "Office",
            [Value(office_name(record.office), href=f"/search?offices={record.office}", note=record.office)],
        ),
        ("Application number", _plain(record.application_number)),
        ("Registration number", _plain(record.registration_number)),
        ("Publication number", _plain(record.publication_number)),
        ("International number", _plain(record.international_number)),
        ("Design within the application", _plain(record.design_number)),
        ("ST.13 number", _plain(record.st13)),
        ("Other numbers", [Value(number.number, note=number.kind) for number in record.numbers]),
        ("Filed", _day(record.filing_date)),
        ("Published", _day(record.publication_date)),
        ("Registered", _day(record.registration_date)),
        ("Expires", _day(record.expiry_date)),
        ("Ended", _day(record.termination_date)),
        (
            "Has effect in",
            [Value(office_name(code), href=f"/search?territories={code}", note=code) for code in territories],
        ),
        ("Language of filing", _plain(record.language)),
    ]


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
    ]
    return Value(party.name, href=href, note="; ".join(filter(None, notes)))


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


def _documents(record: Record) -> list[tuple[str, list[Value]]]:
    return [
        (
            "Priority",
            [
                Value(" ".join(filter(None, (one.country, one.number))) or "–", note=str(one.date or ""))
                for one in record.priorities
            ],
        ),
        (
            "Published documents",
            [
                Value(
                    " ".join(filter(None, (one.country, one.number, one.kind))) or "–",
                    note=str(one.date or ""),
                )
                for one in record.publications
            ],
        ),
        ("Designated", _plain(", ".join(record.designations))),
        ("Family", _plain(record.family)),
        (
            "Cites",
            [
                Value(
                    one.text or " ".join(filter(None, (one.country, one.number, one.kind))), note=one.by or ""
                )
                for one in record.citations
            ],
        ),
    ]
