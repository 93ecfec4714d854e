"""What the index holds of a record: keys for finding it, and its short form for showing it."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from register.applicants import applicant_id
from register.model import Media, Party, Record, Text
from register.territories import territories
from search.fields import ABSENT
from search.forms import MAX_NAMES, encode_forms, form_of
from search.keys.codes import of_length, with_parents_ipc, with_parents_locarno, with_parents_vienna
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
    nice: tuple[int, ...] = ()
    filing_year: tuple[int, ...] = ()
    number: tuple[str, ...] = ()
    applicant_word: tuple[str, ...] = ()
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
    filed: int
    registered: int
    expiry: int
    brevity: int


def document_of(
    record: Record, version: int, timepoint: int, applicants: Mapping[str, str] | None = None
) -> IndexDocument:
    """The index document of a record's version.

    `applicants` are resolved applicants by the name that stands in the record; a name that is not there is
    its own applicant by `register.applicants`.
    """
    resolved = _applicants(record, applicants or {})
    effect = territories(record)
    vienna = with_parents_vienna(record.vienna_codes) if record.vienna_codes else ()
    locarno = with_parents_locarno(record.locarno) if record.locarno else ()
    ipc = with_parents_ipc(dict.fromkeys((*record.ipc, *record.cpc))) if record.ipc or record.cpc else ()
    of_mark = record.right == "trademark"
    named = _names(record)
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
        nice=tuple(dict.fromkeys(record.nice_classes)),
        filing_year=() if record.filing_date is None else (record.filing_date.year,),
        number=_numbers(record),
        applicant_word=_applicant_words(record),
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
        filed=date_order(record.filing_date, timepoint),
        registered=date_order(record.registration_date, timepoint),
        expiry=date_order(record.expiry_date, timepoint),
        brevity=length_order(min([len(keys.key) for keys in shown], default=0), timepoint),
    )


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


def _applicant_words(record: Record) -> tuple[str, ...]:
    """The words of the applicants' names in every spelling delivered."""
    return _distinct(
        [_spaced_words(name) for party in _named_applicants(record) for name in _spellings(party)]
    )


def _spellings(party: Party) -> tuple[str, ...]:
    return (party.name, *(text.text for text in party.names)) if party.names else (party.name,)


@lru_cache(maxsize=8192)
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


def _running_text(record: Record) -> tuple[str, ...]:
    """The words of titles, names, products, abstracts and areas."""
    texts = (
        *record.texts,
        *record.titles,
        *record.products,
        *record.transliterations,
        *record.translations,
        *record.abstracts,
        *record.area,
    )
    return _ranked([" ".join(text_words(text.text)) for text in texts])


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
        territories=() if effect == (record.office,) else effect,
        kind=record.kind,
        feature=record.feature,
        nice_classes=record.nice_classes,
        vienna_codes=record.vienna_codes[:MAX_SHORT_FIGURES],
        locarno=record.locarno[:MAX_SHORT_CODES],
        ipc=record.ipc[:MAX_SHORT_CODES],
        media=_first_image(record.media),
    )
