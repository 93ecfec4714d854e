"""What the index holds of a record: keys for finding it, and its short form for showing it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from register.applicants import applicant_id
from register.force import Span, force_of
from register.model import Media, Party, Record, Status, Text
from register.representatives import representative_id
from register.spelling import spelling_key, spelling_of
from register.territories import territories
from search.fields import ABSENT
from search.forms import MAX_NAMES, encode_forms, form_of
from search.keys.codes import of_length, with_parents_ipc, with_parents_locarno, with_parents_vienna
from search.keys.documents import cited_documents, own_documents, priority_documents
from search.keys.families import family_keys
from search.keys.goods import goods_words
from search.keys.grams import contained_bigrams
from search.keys.mark import NameKeys, name_keys
from search.keys.numbers import number_keys
from search.keys.words import text_words
from search.orders import date_order, length_order
from search.short import Short, ShortParty, ShortStatus, encode_short

MAX_SHORT_TEXTS = 8
MAX_SHORT_PARTIES = 4
MAX_SHORT_CODES = 8
MAX_SHORT_FIGURES = 40
"""Vienna codes are compared as the short form has them: more than in any record met."""
MAX_SHORT_TITLE = 300
MAX_APPLICANTS = 100
MAX_SPANS = 2
"""Spans of days on which a right was in force, and of which nobody can say: more than in any record met."""

Outcome = Literal["granted", "pending", "not-granted", "unknown"]


class IndexDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record as both engines index it; the fields are those of `search.fields`.

    Keyword and number fields hold whole values. Token and word fields hold, for each value, its tokens with
    a space between. `forms` are the names as `search.forms` encodes them, `short` the short form as JSON.
    """

    id: str
    version: int
    timepoint: int
    short: bytes
    forms: str = ""

    right: tuple[str, ...]
    office: tuple[str, ...]
    territory: tuple[str, ...] = ()
    status: tuple[str, ...]
    kind: tuple[str, ...] = ()
    feature: tuple[str, ...] = ()
    applicant: tuple[str, ...] = ()
    spelling: tuple[str, ...] = ()
    vienna: tuple[str, ...] = ()
    vienna_category: tuple[str, ...] = ()
    vienna_division: tuple[str, ...] = ()
    vienna_section: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()
    locarno_class: tuple[str, ...] = ()
    locarno_subclass: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    ipc_section: tuple[str, ...] = ()
    ipc_class: tuple[str, ...] = ()
    ipc_subclass: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    cpc_section: tuple[str, ...] = ()
    cpc_class: tuple[str, ...] = ()
    cpc_subclass: tuple[str, ...] = ()
    nice: tuple[int, ...] = ()
    filing_year: tuple[int, ...] = ()
    registration_year: tuple[int, ...] = ()
    expiry_month: tuple[int, ...] = ()
    outcome: tuple[str, ...]
    representative: tuple[str, ...] = ()
    force_from: tuple[int, ...] = ()
    force_to: tuple[int, ...] = ()
    force_again_from: tuple[int, ...] = ()
    force_again_to: tuple[int, ...] = ()
    unsure_from: tuple[int, ...] = ()
    unsure_to: tuple[int, ...] = ()
    unsure_again_from: tuple[int, ...] = ()
    unsure_again_to: tuple[int, ...] = ()
    number: tuple[str, ...] = ()
    application: tuple[str, ...] = ()
    registration: tuple[str, ...] = ()
    publication: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    published: tuple[int, ...] = ()
    priority_day: tuple[int, ...] = ()
    applicant_word: tuple[str, ...] = ()
    inventor_word: tuple[str, ...] = ()
    representative_word: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    bigram: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    gram: tuple[str, ...] = ()
    roman: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    word: tuple[str, ...] = ()
    concept: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    mark: tuple[str, ...] = ()
    filed: int
    registered: int
    expiry: int
    brevity: int


def document_of(
    record: Record,
    version: int,
    timepoint: int,
    applicants: Mapping[str, str] | None = None,
    *,
    history: Sequence[Status] = (),
    as_of: dt.date | None = None,
) -> IndexDocument:
    """The index document of a record's version.

    `history` are the statuses of its earlier versions, `as_of` is the day of which its own status is where it
    has no date: both tell when it was in force (`register.status`).
    `applicants` are resolved applicants by the name that stands in the record; a name that is not there is
    its own applicant by `register.applicants`.
    """
    resolved = _applicants(record, applicants or {})
    effect = territories(record)
    vienna = with_parents_vienna(record.vienna_codes) if record.vienna_codes else ()
    locarno = with_parents_locarno(record.locarno) if record.locarno else ()
    ipc = with_parents_ipc(record.ipc) if record.ipc else ()
    cpc = with_parents_ipc(record.cpc) if record.cpc else ()
    of_mark = record.right == "trademark"
    named = _names(record)
    force = force_of(record, history, as_of, MAX_SPANS)
    known, known_again = _two(force.known)
    unsure, unsure_again = _two(force.unsure)
    shown = [keys for role, keys in named if role in "tn"]
    compared = [keys for _, keys in named] if of_mark else []
    return IndexDocument(
        id=record.id,
        version=version,
        timepoint=timepoint,
        short=encode_short(_short(record, effect, resolved)),
        forms=encode_forms([form_of(role, keys) for role, keys in named]),
        right=(record.right,),
        office=(record.office,),
        territory=effect,
        status=(record.status.plain,),
        kind=_one(record.kind),
        feature=_one(record.feature),
        applicant=_distinct(resolved),
        spelling=_distinct(
            [spelling_key(spelling_of(record.office, party).id) for party in _named_applicants(record)]
        ),
        vienna=vienna,
        vienna_category=of_length(vienna, 2),
        vienna_division=of_length(vienna, 5),
        vienna_section=of_length(vienna, 8),
        locarno=locarno,
        locarno_class=of_length(locarno, 2),
        locarno_subclass=of_length(locarno, 5),
        ipc=ipc,
        ipc_section=of_length(ipc, 1),
        ipc_class=of_length(ipc, 3),
        ipc_subclass=of_length(ipc, 4),
        cpc=cpc,
        cpc_section=of_length(cpc, 1),
        cpc_class=of_length(cpc, 3),
        cpc_subclass=of_length(cpc, 4),
        nice=tuple(dict.fromkeys(record.nice_classes)),
        filing_year=_year(record.filing_date),
        registration_year=_year(record.registration_date),
        expiry_month=() if record.expiry_date is None else (month_number(record.expiry_date),),
        outcome=(outcome_of(record),),
        representative=_distinct([representative_id(party) for party in _named_representatives(record)]),
        force_from=_first(known),
        force_to=_last(known),
        force_again_from=_first(known_again),
        force_again_to=_last(known_again),
        unsure_from=_first(unsure),
        unsure_to=_last(unsure),
        unsure_again_from=_first(unsure_again),
        unsure_again_to=_last(unsure_again),
        number=_numbers(record),
        application=number_keys(record.application_number),
        registration=_keys_of(record.registration_number),
        publication=_publication_numbers(record),
        priority=() if not record.priorities else priority_documents(record),
        cited=() if not record.citations else cited_documents(record),
        document=() if of_mark else own_documents(record),
        family=() if of_mark else family_keys(record),
        published=_days_published(record),
        priority_day=_days([priority.date for priority in record.priorities]),
        applicant_word=_words_of_names(_named_applicants(record)),
        inventor_word=_words_of_names((*record.inventors, *record.designers)[:MAX_APPLICANTS]),
        representative_word=_words_of_names(_named_representatives(record)),
        goods=_distinct([" ".join(goods_words(record.goods))]) if record.goods else (),
        key=_distinct([keys.key for keys in shown]),
        bigram=_distinct([" ".join(contained_bigrams(keys.key)) for keys in shown]),
        script=_distinct([keys.script for keys in compared]),
        gram=_ranked([" ".join(keys.grams) for keys in compared]),
        roman=_distinct([keys.roman for keys in compared]),
        phone=_ranked([" ".join(keys.phones) for keys in compared]),
        word=_ranked([" ".join(keys.words) for keys in compared]),
        concept=_ranked([" ".join(keys.concepts) for keys in compared]),
        figure=_ranked([" ".join(vienna)]),
        text=(ABSENT,) if of_mark else _running_text(record),
        abstract=_ranked(_all_words(record.abstracts)),
        mark=_distinct(_all_words((*record.texts, *record.transliterations, *record.translations)))
        if of_mark
        else (),
        filed=date_order(record.filing_date, timepoint),
        registered=date_order(record.registration_date, timepoint),
        expiry=date_order(record.expiry_date, timepoint),
        brevity=length_order(min([len(keys.key) for keys in shown], default=0), timepoint),
    )


def month_number(day: dt.date) -> int:
    """The months from the year 0 to the month of a day."""
    return day.year * 12 + day.month - 1


def outcome_of(record: Record) -> Outcome:
    """What became of an application.

    It was granted where it is registered, has expired, or has a date of registration; a number of
    registration says nothing, for some offices give the number of the application as such.
    """
    plain = record.status.plain
    if record.registration_date is not None or plain in ("registered", "expired"):
        return "granted"
    if plain == "pending":
        return "pending"
    return "not-granted" if plain == "ended" and record.registration_number is None else "unknown"


def _two(spans: tuple[Span, ...]) -> tuple[Span | None, Span | None]:
    return (spans[0] if spans else None), (spans[1] if len(spans) > 1 else None)


def _first(span: Span | None) -> tuple[int, ...]:
    return () if span is None else (span.first.toordinal(),)


def _last(span: Span | None) -> tuple[int, ...]:
    return () if span is None else (span.last.toordinal(),)


def _year(day: dt.date | None) -> tuple[int, ...]:
    return () if day is None else (day.year,)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _distinct(values: list[str]) -> tuple[str, ...]:
    """The values that are not empty, each once."""
    if len(values) == 1:
        return (values[0],) if values[0] else ()
    return tuple(dict.fromkeys(filter(None, values)))


def _ranked(values: list[str]) -> tuple[str, ...]:
    """The values of a field by which documents are ranked."""
    return _distinct(values) or (ABSENT,)


def _names(record: Record) -> list[tuple[str, NameKeys]]:
    """The names of a record by role (see `search.forms.Form`), each spelling once."""
    found: dict[str, str] = {}
    of_mark = record.right == "trademark"
    parts: tuple[tuple[str, tuple[Text, ...]], ...] = (
        ("t" if of_mark else "n", record.texts),
        ("n", record.titles),
        ("n", record.products),
        ("l", record.transliterations),
        ("r", record.translations),
    )
    for role, texts in parts:
        for text in texts:
            if text.text:
                found.setdefault(text.text, role)
    keyed = [(role, name_keys(text)) for text, role in list(found.items())[:MAX_NAMES]]
    return [(role, keys) for role, keys in keyed if keys.key]


def _applicants(record: Record, known: Mapping[str, str]) -> list[str]:
    return [known.get(party.name) or applicant_id(party) for party in _named_applicants(record)]


def _named_applicants(record: Record) -> list[Party]:
    """Who has no name but the office's number cannot be told from others, or found by a name."""
    return [party for party in record.applicants[:MAX_APPLICANTS] if party.name]


def _named_representatives(record: Record) -> list[Party]:
    return [party for party in record.representatives[:MAX_APPLICANTS] if party.name]


def _words_of_names(parties: Sequence[Party]) -> tuple[str, ...]:
    """The words of the names in every spelling delivered."""
    return _distinct([_spaced_words(name) for party in parties for name in _spellings(party)])


def _spellings(party: Party) -> tuple[str, ...]:
    return (party.name, *(text.text for text in party.names)) if party.names else (party.name,)


@lru_cache(maxsize=32768)
def _spaced_words(name: str) -> str:
    return " ".join(text_words(name))


def _numbers(record: Record) -> tuple[str, ...]:
    numbers = (
        record.application_number,
        record.registration_number,
        record.publication_number,
        record.international_number,
        record.st13,
        *(number.number for number in record.numbers),
        *(publication.number for publication in record.publications),
    )
    return tuple(dict.fromkeys(key for number in numbers if number for key in number_keys(number)))


def _keys_of(number: str | None) -> tuple[str, ...]:
    return number_keys(number) if number else ()


def _publication_numbers(record: Record) -> tuple[str, ...]:
    numbers = (record.publication_number, *(publication.number for publication in record.publications))
    return tuple(dict.fromkeys(key for number in numbers if number for key in number_keys(number)))


def _days_published(record: Record) -> tuple[int, ...]:
    return _days([record.publication_date, *(publication.date for publication in record.publications)])


def _days(dates: Sequence[dt.date | None]) -> tuple[int, ...]:
    """The days as ordinals, each once."""
    return tuple(dict.fromkeys(date.toordinal() for date in dates if date is not None))


def _all_words(texts: Sequence[Text]) -> list[str]:
    return [
        _spaced_words(text.text) if len(text.text) < 200 else " ".join(text_words(text.text))
        for text in texts
    ]


def _running_text(record: Record) -> tuple[str, ...]:
    """The words of titles, names, products and areas."""
    texts = (
        *record.texts,
        *record.titles,
        *record.products,
        *record.transliterations,
        *record.translations,
        *record.area,
    )
    return _ranked(_all_words(texts))


def _first_image(media: tuple[Media, ...]) -> str | None:
    for kinds in (("image", "view"), ("sound", "video")):
        for one in media:
            if one.kind in kinds:
                return one.file
    return None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHORT_TITLE else f"{text[: MAX_SHORT_TITLE - 1]}…"


def _short(record: Record, effect: tuple[str, ...], resolved: list[str]) -> Short:
    title = record.title
    texts = record.texts or (record.titles or record.products)[1:]
    return Short(
        id=record.id,
        office=record.office,
        right=record.right,
        title=None if title is None else _cut(title),
        texts=tuple(Text(_cut(text.text), text.language) for text in texts[:MAX_SHORT_TEXTS]),
        status=ShortStatus(record.status.plain, record.status.date),
        application_number=record.application_number,
        registration_number=record.registration_number,
        filing_date=record.filing_date,
        registration_date=record.registration_date,
        expiry_date=record.expiry_date,
        applicants=tuple(
            ShortParty(party.name, party.country, applicant)
            for party, applicant in zip(_named_applicants(record)[:MAX_SHORT_PARTIES], resolved, strict=False)
        ),
        representatives=tuple(
            ShortParty(party.name, party.country, representative=representative_id(party))
            for party in _named_representatives(record)[:MAX_SHORT_PARTIES]
        ),
        territories=() if effect == (record.office,) else effect,
        kind=record.kind,
        feature=record.feature,
        nice_classes=record.nice_classes,
        vienna_codes=record.vienna_codes[:MAX_SHORT_FIGURES],
        locarno=record.locarno[:MAX_SHORT_CODES],
        ipc=record.ipc[:MAX_SHORT_CODES],
        media=_first_image(record.media),
    )
