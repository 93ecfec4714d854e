"""Our own `csv` format: a header, a record a row, `|` between several values of a cell.

`office,right,applicationNumber,text,language,niceClasses,applicantName,applicantCountry,filingDate,status`
in any order; further columns are named like the members of a record. The separator (comma, semicolon or
tab) is that of the header. Cells that go together by place are `text` with `language`, and the name and
country of each kind of party.
"""

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

from ingest.csv_rows import Row, rows
from ingest.draft import Damage, Delivered, Draft, DraftParty, DraftText, NotAFeedError, Position
from ingest.envelope import peeked
from ingest.formats.jsonl_line import RIGHT_WORDS
from ingest.formats.registry import Format, Head, Opened
from register.model import PLAIN_STATUSES, RIGHTS
from register.statement import Envelope

KEPT_DAMAGE_BYTES = 64 << 10
_SEPARATORS = (",", ";", "\t")
_NEEDED = ("right", "applicationNumber")

_Put = Callable[[Draft, str], None]


def _values(cell: str) -> list[str]:
    return [value for part in cell.split("|") if (value := part.strip())]


def _plain(field: str) -> _Put:
    return lambda draft, cell: setattr(draft, field, cell)


def _listed(field: str) -> _Put:
    return lambda draft, cell: setattr(draft, field, _values(cell))


def _worded(field: str) -> _Put:
    return lambda draft, cell: setattr(draft, field, [DraftText(value) for value in _values(cell)])


def _people(field: str) -> _Put:
    return lambda draft, cell: setattr(draft, field, [DraftParty(name=value) for value in _values(cell)])


def _put_status(draft: Draft, cell: str) -> None:
    """A plain word is our own reading; any other is the office's, which its profile knows."""
    if cell in PLAIN_STATUSES:
        draft.status_plain = cell
    else:
        draft.status_code = cell


# Columns whose cells stand for themselves; the others are read together (`_put_together`).
_COLUMNS: dict[str, _Put] = {
    "office": _plain("office"),
    "applicationNumber": _plain("application_number"),
    "registrationNumber": _plain("registration_number"),
    "publicationNumber": _plain("publication_number"),
    "internationalNumber": _plain("international_number"),
    "designNumber": _plain("design_number"),
    "st13": _plain("st13"),
    "filingDate": _plain("filing_date"),
    "publicationDate": _plain("publication_date"),
    "registrationDate": _plain("registration_date"),
    "expiryDate": _plain("expiry_date"),
    "terminationDate": _plain("termination_date"),
    "status": _put_status,
    "statusDate": _plain("status_date"),
    "kind": _plain("kind"),
    "feature": _plain("feature"),
    "family": _plain("family"),
    "niceClasses": _listed("nice_classes"),
    "viennaCodes": _listed("vienna_codes"),
    "ipc": _listed("ipc"),
    "cpc": _listed("cpc"),
    "locarno": _listed("locarno"),
    "nationalClasses": _listed("national_classes"),
    "designations": _listed("designations"),
    "transliterations": _worded("transliterations"),
    "translations": _worded("translations"),
    "disclaimers": _worded("disclaimers"),
    "descriptions": _worded("descriptions"),
    "titles": _worded("titles"),
    "abstracts": _worded("abstracts"),
    "products": _worded("products"),
    "area": _worded("area"),
    "representatives": _people("representatives"),
    "inventors": _people("inventors"),
    "designers": _people("designers"),
}
# What a table that the register gave tells beside them: not read.
_PASSED = ("id", "statusOffice", "applicant", "territories", "score", "why")
# A table that the register gave has an apostrophe before what a spreadsheet would take for a formula.
_GUARDED = re.compile(r"'+[=+\-@]")
_TOGETHER = ("right", "operation", "text", "language", "applicantName", "applicantCountry")
COLUMNS = (*_TOGETHER, *_COLUMNS)
_BY_FOLDED = {name.casefold(): name for name in (*COLUMNS, *_PASSED)}
_TITLED = ("patent", "utility-model", "design")


class _BadRowError(Exception):
    """A row that states no record."""


def _separator(header: str) -> str:
    """What parts the header's names: the separator that gives the most of the columns we know."""
    return max(_SEPARATORS, key=lambda separator: len(_known(header, separator)))


def _known(header: str, separator: str) -> list[str]:
    names = (name.strip().strip('"').strip().casefold() for name in header.split(separator))
    return [_BY_FOLDED[name] for name in names if name in _BY_FOLDED]


def _header_line(head: Head) -> str:
    return next((line for line in head.lines if line.strip()), b"").decode("utf-8", "replace")


def _looks(head: Head) -> int:
    if head.kind != "text":
        return 0
    header = _header_line(head)
    known = _known(header, _separator(header))
    if all(name in known for name in _NEEDED):
        return 95
    return 60 if "applicationNumber" in known and len(known) >= 3 else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    separator = _separator(_header_line(head))
    source = rows(opened, separator)
    header = next(source, None)
    columns = _columns(header)
    envelope = Envelope(header.data + b"\n" if header is not None else b"")
    for number, row in enumerate(source, 1):
        position = Position(opened.name, number, row.line, row.offset)
        yield _taken(row, columns, position, envelope)


def _columns(header: Row | None) -> list[str]:
    """The header's columns by our names. Raises `NotAFeedError` for a header that is none of ours."""
    taken = f"taken are the columns {', '.join(COLUMNS)}"
    if header is None:
        raise NotAFeedError("an empty file", taken)
    if header.problem:
        raise NotAFeedError(f"a table whose header cannot be read: {header.problem}", taken)
    names = [name.strip() for name in header.cells]
    unknown = [name for name in names if name.casefold() not in _BY_FOLDED]
    if unknown:
        told = ", ".join(repr(name[:80]) for name in unknown[:10])
        raise NotAFeedError(f"a table with the unknown column{'s' if len(unknown) > 1 else ''} {told}", taken)
    columns = [_BY_FOLDED[name.casefold()] for name in names]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise NotAFeedError(f"a table with two columns {', '.join(twice)}", taken)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise NotAFeedError(f"a table without the column {' and '.join(missing)}", taken)
    return columns


def _taken(row: Row, columns: list[str], position: Position, envelope: Envelope) -> Delivered | Damage:
    if row.problem:
        mend = "double the quotation marks inside a cell, close each cell in quotation marks, and write UTF-8"
        return Damage(position, "bad-row", row.problem, mend, row.data[:KEPT_DAMAGE_BYTES], envelope)
    if len(row.cells) != len(columns):
        reason = f"{len(row.cells)} cells where the header has {len(columns)} columns"
        mend = "put cells that hold the separator into quotation marks, and leave no cell out"
        return Damage(position, "wrong-cells", reason, mend, row.data[:KEPT_DAMAGE_BYTES], envelope)
    try:
        cells = dict(zip(columns, map(_bare, row.cells), strict=True))
        return Delivered(_draft(cells), position, row.data, envelope)
    except _BadRowError as error:
        mend = f"write one of {', '.join(RIGHTS)}"
        return Damage(position, "unknown-word", str(error), mend, row.data[:KEPT_DAMAGE_BYTES], envelope)


def _bare(cell: str) -> str:
    """What a cell says."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def _draft(cells: dict[str, str]) -> Draft:
    word = cells["right"]
    right = RIGHT_WORDS.get(word) or RIGHT_WORDS.get(word.lower().replace("_", "-"))
    if right is None:
        raise _BadRowError(f"`right` is {word[:80]!r}")
    draft = Draft(right=right)
    for name, cell in cells.items():
        if cell and (put := _COLUMNS.get(name)) is not None:
            put(draft, cell)
    _put_together(draft, cells)
    return draft


def _put_together(draft: Draft, cells: dict[str, str]) -> None:
    """What two columns say together, and the operation."""
    operation = cells.get("operation", "").lower()
    if operation == "delete":
        draft.operation = "delete"
    elif operation not in ("", "upsert"):
        raise _BadRowError(f"`operation` is {operation[:80]!r}; there are upsert and delete")
    language = cells.get("language", "")
    text = cells.get("text", "")
    if text:
        texts = [DraftText(value, told) for value, told in _paired(text, language)]
        if draft.right in _TITLED:
            draft.titles = texts + draft.titles
        else:
            draft.texts = texts
    name = cells.get("applicantName", "")
    if name:
        draft.applicants = [
            DraftParty(name=value, country=told)
            for value, told in _paired(name, cells.get("applicantCountry", ""))
        ]


def _paired(cell: str, other: str) -> Iterator[tuple[str, str]]:
    """Each value with what stands at its place in the other cell; one other value holds for all."""
    values = [value.strip() for value in cell.split("|")]
    others = [value.strip() for value in other.split("|")] if other else []
    if len(others) == 1:
        others *= len(values)
    pairs = zip_longest(values, others[: len(values)], fillvalue="")
    return ((value, told) for value, told in pairs if value)


FORMAT = Format("csv", "our own csv (a header, a record a row)", _looks, _read)
