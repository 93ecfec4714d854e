"""A format as a table of a profile: where the records stand, and which column says what."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

import msgspec

from register.codes.languages import normalise_language
from register.model import Right

Kind = Literal["csv", "json", "xml"]

SINGLE: Final[dict[str, str]] = {
    "office": "office",
    "stamp": "stamp",
    "applicationNumber": "application_number",
    "registrationNumber": "registration_number",
    "publicationNumber": "publication_number",
    "internationalNumber": "international_number",
    "designNumber": "design_number",
    "st13": "st13",
    "filingDate": "filing_date",
    "publicationDate": "publication_date",
    "registrationDate": "registration_date",
    "expiryDate": "expiry_date",
    "terminationDate": "termination_date",
    "status": "status_code",
    "status.text": "status_text",
    "statusDate": "status_date",
    "kind": "kind",
    "feature": "feature",
    "family": "family",
    "language": "language",
}
CODES: Final[dict[str, str]] = {
    "niceClasses": "nice_classes",
    "viennaCodes": "vienna_codes",
    "ipc": "ipc",
    "cpc": "cpc",
    "locarno": "locarno",
    "nationalClasses": "national_classes",
    "designations": "designations",
}
WORDED: Final[dict[str, str]] = {
    "texts": "texts",
    "transliterations": "transliterations",
    "translations": "translations",
    "disclaimers": "disclaimers",
    "descriptions": "descriptions",
    "colours": "colours",
    "titles": "titles",
    "abstracts": "abstracts",
    "products": "products",
    "area": "area",
}
PARTIES: Final = ("applicants", "representatives", "inventors", "designers")
PARTS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(PARTIES, ("name", "country", "address", "number")),
    "goods": ("class", "text"),
    "priorities": ("country", "number", "date"),
    "publications": ("country", "number", "kind", "date"),
    "events": ("date", "code", "text"),
}
# Parts whose words may be in a language.
_WORDED_PARTS = frozenset((*(f"{party}.name" for party in PARTIES), "goods.text"))
FIELDS: Final = (
    "right",
    "operation",
    *SINGLE,
    *CODES,
    *WORDED,
    *(f"{group}.{part}" for group, parts in PARTS.items() for part in parts),
    "images",
    "otherNumbers",
)


class FormatTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One `[[formats]]` table.

    `right` is that of every record, unless a column says it; `rights` are the office's words in such a
    column. `records` is where the records stand: member names with strokes between in JSON ("" for the top),
    the name of the record's element in XML. `separator` parts the cells of delimited text, `between` the
    names and codes that stand in one value. `encoding` counts where the file does not say its own.

    `columns` are the columns of the file by what they say: a field of `FIELDS`, for words with `:` and a
    language after it, or "" for what is not taken. A column is the heading of delimited text; in JSON and XML
    it is the way from the record to the value, with strokes between (`owner/name`; `@` before an attribute).
    """

    name: str
    kind: Kind
    right: Right = "trademark"
    rights: Mapping[str, Right] = {}
    records: str = ""
    encoding: str = ""
    separator: str = ","
    between: str = ""
    columns: Mapping[str, str] = {}


class Field(NamedTuple):
    """What a column says: a field or the group of a part ("applicants"), the part ("name"), the language."""

    name: str
    part: str
    language: str


def field_of(word: str) -> Field | None:
    """The meaning of a word of a table's `columns`; None for what is none."""
    name, mark, language = word.partition(":")
    if name not in FIELDS:
        return None
    worded = name in WORDED or name in _WORDED_PARTS
    if mark and not (worded and normalise_language(language) is not None):
        return None
    group, dot, part = name.partition(".")
    return Field(group, part, language) if dot and group in PARTS else Field(name, "", language)
