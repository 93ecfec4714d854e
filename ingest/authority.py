"""Authority files (WIPO ST.37): the numbers that an office says there are, as delimited text or XML.

The standard is of patent documents; the same columns serve all rights. As text a row has the office, the
number, the kind of document, the day of publication and the code of an exception, in this order, or in any
under a heading. As XML the elements are known by the ends of their names.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from ingest.csv_rows import rows
from ingest.described.values import columns_in, nest_of, values_at
from ingest.draft import Damage, NotAFeedError
from ingest.encoding import as_utf8
from ingest.formats.jsonl_line import RIGHT_WORDS
from ingest.formats.registry import HEAD_BYTES, Head, Opened
from ingest.number_series import sequences_of
from ingest.opening import Limits, open_delivery
from ingest.proposal.sample import record_element
from ingest.xml_records import xml_records
from register.coverage import EXCEPTIONS
from register.identity import number_key
from register.model import RIGHTS, Right
from register.store.authority import Listed

_SEPARATORS: Final = (",", ";", "\t", "|")
_ORDER: Final = ("office", "number", "kind", "date", "exception")
# What the columns and elements are called, without case and punctuation; elements by the ends of their names.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "number": (
        "publicationnumber", "applicationnumber", "registrationnumber", "applicationnumbertext", "docnumber",
        "documentnumber", "patentdocumentnumber", "number",
    ),
    "kind": ("kindcode", "kind", "patentdocumentkindcode"),
    "date": ("publicationdate", "registrationdate", "filingdate", "date"),
    "exception": ("exceptioncode", "exception", "publicationexceptioncode"),
    "office": ("officecode", "ipofficecode", "countrycode", "country", "office"),
    "right": ("right", "righttype"),
}  # fmt: skip
_LETTERS = re.compile(r"[^a-z0-9]")
_YEAR = re.compile(r"(\d{4})(?:-?\d\d-?\d\d.*)?")
_MOST_PROBLEMS: Final = 20
# ST.16: kinds of documents that are none of patents.
_RIGHTS_OF_KINDS: Final[dict[str, Right]] = {"U": "utility-model", "Y": "utility-model", "S": "design"}


class AuthorityFile(NamedTuple):
    """The numbers of an authority file by right, and rows that say none, with why (the first 20)."""

    lists: dict[Right, list[Listed]]
    rows: int
    unread: int
    problems: list[str]


class _Entry(NamedTuple):
    place: str
    told: dict[str, str]


class TooManyNumbersError(Exception):
    """The list is longer than is to be taken; the message says how long it may be."""


def read_authority(
    path: Path,
    office: str,
    right: Right | None = None,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    most: int | None = None,
) -> AuthorityFile:
    """The authority file of an office (ST.3); its numbers are of `right`, where no column says it, else of
    patents and, by the kind of document, of utility models and designs.

    `name` is what it is called where its file is called otherwise; `most` numbers are taken.

    Raises `NotAFeedError` for a file that is none, `HarmfulFeedError`, and `TooManyNumbersError`.
    """
    found = AuthorityFile({}, 0, 0, [])
    count = unread = 0
    place = sequences_of(office).place
    for called, stream in open_delivery(path, limits, name=name):
        head = Head(as_utf8(stream.peek(HEAD_BYTES)), called)
        opened = Opened(called, office, stream)
        if head.kind == "xml":
            entries = _xml(opened, head)
        elif head.kind == "text":
            entries = _text(opened, head)
        else:
            raise NotAFeedError(f"{called} is no authority file", "give delimited text or XML of WIPO ST.37")
        for entry in entries:
            count += 1
            if most is not None and count > most:
                raise TooManyNumbersError(f"the list has more than {most:,} numbers")
            told = _right_of(entry.told, right)
            problem = _problem(entry.told, told, office)
            if problem or told is None:
                unread += 1
                if len(found.problems) < _MOST_PROBLEMS:
                    found.problems.append(f"{entry.place}: {problem}")
                continue
            found.lists.setdefault(told, []).append(_listed(entry.told, told, place))
    if not found.lists:
        why = f": {found.problems[0]}" if found.problems else ""
        raise NotAFeedError(
            f"a file without a number of {office}{why}", "give office, number, kind, date, exception"
        )
    return found._replace(rows=count, unread=unread)


def _listed(told: dict[str, str], right: Right, place: Callable[..., object]) -> Listed:
    year = _YEAR.fullmatch(told.get("date", "").strip())
    number = told["number"].strip()
    own = getattr(place(right, number), "year", 0) if year is None else 0
    return Listed(
        number,
        told.get("kind", "").strip().upper(),
        int(year[1]) if year is not None else own,
        told.get("exception", "").strip().upper()[:1],
    )


def _right_of(told: dict[str, str], right: Right | None) -> Right | None:
    word = told.get("right", "").strip()
    if word:
        return RIGHT_WORDS.get(word.lower().replace(" ", "-"))
    return right or _RIGHTS_OF_KINDS.get(told.get("kind", "").strip().upper()[:1], "patent")


def _problem(told: dict[str, str], right: Right | None, office: str) -> str:
    """What is wrong with an entry and how to mend it; "" where nothing is."""
    if right is None:
        return f"the right is {told['right'][:40]!r}; write one of {', '.join(RIGHTS)}"
    if not number_key(told.get("number", "")):
        return "no number; give one in each row"
    named = told.get("office", "").strip().upper()
    if named and named != office:
        return f"a number of {named[:20]!r}, but this is a list of {office}; give each office its own"
    exception = told.get("exception", "").strip().upper()[:1]
    if exception and exception not in EXCEPTIONS:
        return f"the exception is {exception!r}; write one of {', '.join(EXCEPTIONS)}, or leave it empty"
    return ""


def _text(opened: Opened, head: Head) -> Iterator[_Entry]:
    first = next((line.decode("utf-8", "replace") for line in head.lines if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    source = rows(opened, separator)
    columns: list[str] | None = None
    for row in source:
        if columns is None:
            columns = _heading(row.cells)
            if columns is not None:
                continue
            columns = list(_ORDER)
        told = {name: cell for name, cell in zip(columns, row.cells, strict=False) if name}
        yield _Entry(f"line {row.line} of {opened.name}", told)


def _heading(cells: list[str]) -> list[str] | None:
    """What the columns are by their heading; None where the first row is none."""
    if any(any(map(str.isdigit, cell)) for cell in cells):
        return None
    return [_named(cell) for cell in cells]


def _named(name: str) -> str:
    key = _LETTERS.sub("", name.casefold())
    return next((meaning for meaning, names in _NAMES.items() if key in names), "")


def _xml(opened: Opened, head: Head) -> Iterator[_Entry]:
    tag = record_element(_whole(head.data))
    for found in xml_records(opened, (tag,)):
        place = f"line {found.position.line} of {opened.name}"
        if isinstance(found, Damage):
            yield _Entry(f"{place} ({found.reason})", {})
            continue
        nest = nest_of(found.element)
        told: dict[str, str] = {}
        for way in columns_in(nest):
            meaning = _meaning(way[-1])
            if meaning:
                told.setdefault(meaning, values_at(nest, way)[0])
        yield _Entry(place, told)


def _whole(head: bytes) -> bytes:
    """The head of an XML file up to its last whole tag; the rest is mended by the parser."""
    return head[: head.rfind(b">") + 1]


def _meaning(element: str) -> str:
    key = _LETTERS.sub("", element.casefold())
    exact = _named(element)
    if exact:
        return exact
    ends = (
        (len(name), meaning)
        for meaning, names in _NAMES.items()
        for name in names
        if len(name) > 5 and key.endswith(name)
    )
    return max(ends, default=(0, ""))[1]
