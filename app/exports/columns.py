"""The columns of a table of records, and the cells of one record.

They are those of our own `csv` format, under the same names and with `|` between several values, so that a
table can be taken in again. Some stand among them that only tell, such as `id` and `territories`; the reader
passes over these.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

import msgspec

from app.exports.applicants import applicant_of
from register.model import Part, Party, Right, Text
from register.territories import effect_of

BETWEEN = "|"
# What a value holds instead of the sign that parts values.
_STROKE = "\N{BROKEN BAR}"
# Signs that a cell of a table or a text of XML cannot hold, and line breaks. The JSON of a record that holds
# one has a backslash, DEL, or what U+FFFE and U+FFFF begin with in UTF-8.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]+")

CellKind = Literal["text", "date", "number"]


class _Status(Part, frozen=True):
    plain: str = "unknown"
    office: str = ""
    date: str = ""


class _Line(Part, frozen=True, kw_only=True):
    """What a table tells of a record. Dates are read as they stand: a table shows them so."""

    id: str
    office: str
    right: Right
    application_number: str
    registration_number: str = ""
    publication_number: str = ""
    international_number: str = ""
    design_number: str = ""
    st13: str = ""
    filing_date: str = ""
    publication_date: str = ""
    registration_date: str = ""
    expiry_date: str = ""
    termination_date: str = ""
    status: _Status = _Status()
    applicants: tuple[Party, ...] = ()
    representatives: tuple[Party, ...] = ()
    inventors: tuple[Party, ...] = ()
    designers: tuple[Party, ...] = ()
    designations: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    titles: tuple[Text, ...] = ()
    transliterations: tuple[Text, ...] = ()
    translations: tuple[Text, ...] = ()
    disclaimers: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    abstracts: tuple[Text, ...] = ()
    products: tuple[Text, ...] = ()
    area: tuple[Text, ...] = ()
    kind: str = ""
    feature: str = ""
    family: str = ""
    nice_classes: tuple[int, ...] = ()
    vienna_codes: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()
    national_classes: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(_Line).decode
_Cell = Callable[[_Line], str]


class Column(NamedTuple):
    """A column: its name, the cell of a record, what the cell holds, a width in signs, and the rights that
    have such cells (all where empty).
    """

    name: str
    cell: _Cell
    kind: CellKind = "text"
    width: int = 14
    rights: tuple[Right, ...] = ()


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join([value.replace(BETWEEN, _STROKE) for value in values])


def _beside(values: Sequence[str]) -> str:
    """Values that stand at the places of others: nothing where there are none, one where all are the same."""
    if not any(values):
        return ""
    return values[0] if values.count(values[0]) == len(values) else _joined(values)


def _texts(name: str) -> _Cell:
    get = attrgetter(name)
    return lambda line: _joined([one.text for one in get(line)]) if get(line) else ""


def _codes(name: str) -> _Cell:
    get = attrgetter(name)
    return lambda line: _joined(get(line)) if get(line) else ""


def _people(name: str) -> _Cell:
    get = attrgetter(name)
    return lambda line: _joined([one.name for one in get(line) if one.name]) if get(line) else ""


def _named(line: _Line) -> tuple[Text, ...]:
    """Its words; a patent or a design has titles."""
    return line.texts or line.titles


def _text(line: _Line) -> str:
    return _joined([one.text for one in _named(line)])


def _language(line: _Line) -> str:
    return _beside([one.language or "" for one in _named(line)])


def _country(line: _Line) -> str:
    return _beside([one.country or "" for one in line.applicants if one.name])


def _territories(line: _Line) -> str:
    filed = dt.date.fromisoformat(line.filing_date) if line.filing_date else None
    return BETWEEN.join(effect_of(line.office, line.designations, filed))


def _date(name: str, field: str) -> Column:
    return Column(name, attrgetter(field), "date", 11)


_APPLICANT = "applicant"
_MARKS: tuple[Right, ...] = ("trademark",)
_PATENTS: tuple[Right, ...] = ("patent", "utility-model")
_DESIGNS: tuple[Right, ...] = ("design",)
_INDICATIONS: tuple[Right, ...] = ("geographical-indication",)

_EVERY: tuple[Column, ...] = (
    Column("id", attrgetter("id"), width=24),
    Column("office", attrgetter("office"), width=7),
    Column("right", attrgetter("right"), width=12),
    Column("applicationNumber", attrgetter("application_number"), width=18),
    Column("registrationNumber", attrgetter("registration_number"), width=18),
    Column("text", _text, width=36),
    Column("language", _language, width=9),
    Column("status", attrgetter("status.plain"), width=11),
    _date("statusDate", "status.date"),
    Column("statusOffice", attrgetter("status.office"), width=18),
    _date("filingDate", "filing_date"),
    _date("publicationDate", "publication_date"),
    _date("registrationDate", "registration_date"),
    _date("expiryDate", "expiry_date"),
    _date("terminationDate", "termination_date"),
    Column("applicantName", _people("applicants"), width=36),
    Column("applicantCountry", _country, width=9),
    # Filled in by `cells_of`: what is resolved is not in the record.
    Column(_APPLICANT, lambda _: "", width=18),
    Column(
        "niceClasses",
        lambda line: BETWEEN.join(map(str, line.nice_classes)),
        rights=(*_MARKS, *_INDICATIONS),
    ),
    Column("viennaCodes", _codes("vienna_codes"), rights=_MARKS),
    Column("ipc", _codes("ipc"), width=18, rights=_PATENTS),
    Column("cpc", _codes("cpc"), width=18, rights=_PATENTS),
    Column("locarno", _codes("locarno"), rights=_DESIGNS),
    Column("nationalClasses", _codes("national_classes"), rights=(*_MARKS, *_DESIGNS)),
    Column("territories", _territories),
    Column("designations", _codes("designations")),
    Column("kind", attrgetter("kind")),
    Column("feature", attrgetter("feature"), rights=_MARKS),
    Column("family", attrgetter("family"), rights=_PATENTS),
    Column("publicationNumber", attrgetter("publication_number"), width=18),
    Column("internationalNumber", attrgetter("international_number"), width=18),
    Column("designNumber", attrgetter("design_number"), rights=_DESIGNS),
    Column("st13", attrgetter("st13"), width=20),
    Column("transliterations", _texts("transliterations"), width=20, rights=_MARKS),
    Column("translations", _texts("translations"), width=20, rights=_MARKS),
    Column("products", _texts("products"), width=24, rights=(*_DESIGNS, *_INDICATIONS)),
    Column("area", _texts("area"), width=24, rights=_INDICATIONS),
    Column("representatives", _people("representatives"), width=24),
    Column("inventors", _people("inventors"), width=24, rights=_PATENTS),
    Column("designers", _people("designers"), width=24, rights=_DESIGNS),
    Column("disclaimers", _texts("disclaimers"), width=24, rights=_MARKS),
    Column("descriptions", _texts("descriptions"), width=24, rights=(*_MARKS, *_DESIGNS, *_INDICATIONS)),
    Column("abstracts", _texts("abstracts"), width=40, rights=_PATENTS),
)


_APPLICANT_PLACE = [column.name for column in _EVERY].index(_APPLICANT)
"""The same in every table: what stands before it is of all rights."""
assert not any(column.rights for column in _EVERY[: _APPLICANT_PLACE + 1])


def columns_of(rights: Sequence[Right]) -> tuple[Column, ...]:
    """The columns of a table of these rights, of all where empty."""
    return tuple(
        column
        for column in _EVERY
        if not rights or not column.rights or any(right in column.rights for right in rights)
    )


def cells_of(columns: Sequence[Column], body: bytes, resolved: Mapping[int, str]) -> list[str]:
    """The cells of a record, of which this is the JSON; line breaks and control characters are spaces.

    `resolved` are the applicants that are known, by the ids of their spellings.
    """
    line = _decode(body)
    cells = [column.cell(line) for column in columns]
    cells[_APPLICANT_PLACE] = BETWEEN.join(
        [applicant_of(line.office, one, resolved) for one in line.applicants if one.name]
    )
    if b"\\" in body or b"\x7f" in body or b"\xef\xbf" in body:
        return [_UNSEEN.sub(" ", cell) for cell in cells]
    return cells
