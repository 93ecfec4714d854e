"""The draft that a record of a described format states."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from ingest.described.table import CODES, PARTIES, SINGLE, WORDED, Field, FormatTable, field_of
from ingest.described.values import steps_of, values_at
from ingest.draft import (
    Draft,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
)
from ingest.formats.jsonl_line import RIGHT_WORDS
from ingest.status_words import fold
from register.model import RIGHTS, Right

# Codes in one value are parted by these, whatever else parts names.
_CODES = re.compile(r"\s*[|;,]\s*")
_ONE = (",", ";", "|", "/")
_DELETES = frozenset(("delete", "deleted", "d"))
_UPSERTS = frozenset(("", "upsert", "insert", "update", "new", "change", "c", "a", "i", "u"))


class StrangeWordError(Exception):
    """A record whose right or operation is a word that the table does not know."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


class _Column(NamedTuple):
    field: Field
    values: Callable[[Any], list[str]]


class DraftMaker:
    """Makes the drafts of one format. Raises ValueError for a column that says what no record has."""

    def __init__(self, table: FormatTable) -> None:
        self._right: Right = table.right
        self._rights = {fold(word): right for word, right in table.rights.items()}
        self._between = table.between
        self._columns: list[_Column] = []
        for column, word in table.columns.items():
            if not word:
                continue
            field = field_of(word)
            if field is None:
                raise ValueError(f"columns.{column!r}: {word!r} is no field of a record")
            way = (column,) if table.kind == "csv" else steps_of(column)
            self._columns.append(_Column(field, _reader(way)))

    def draft(self, record: Any) -> Draft:
        """Raises `StrangeWordError`."""
        told: dict[Field, list[str]] = {}
        for column in self._columns:
            told.setdefault(column.field, []).extend(column.values(record))
        draft = Draft(right=self._right_of(_first(told, "right")))
        operation = _first(told, "operation").lower()
        if operation in _DELETES:
            draft.operation = "delete"
        elif operation not in _UPSERTS:
            raise StrangeWordError(
                f"the operation is {operation[:80]!r}", "write delete, or leave the value empty"
            )
        groups: dict[str, dict[Field, list[str]]] = {}
        for field, values in told.items():
            if field.part:
                groups.setdefault(field.name, {})[field] = values
            else:
                self._put(draft, field, values)
        for group, parts in groups.items():
            _put_group(draft, group, {field: self._apart(field, parts[field]) for field in parts})
        return draft

    def _right_of(self, word: str) -> Right:
        if not word:
            return self._right
        found = RIGHT_WORDS.get(word.lower().replace("_", "-").replace(" ", "-")) or self._rights.get(
            fold(word)
        )
        if found is None:
            raise StrangeWordError(
                f"the right is {word[:80]!r}",
                f"add the word to `rights` of the format, as one of {', '.join(RIGHTS)}",
            )
        return found

    def _put(self, draft: Draft, field: Field, values: list[str]) -> None:
        given = [value for value in values if value]
        if not given:
            return
        name = field.name
        if name in SINGLE:
            setattr(draft, SINGLE[name], given[0])
        elif name in CODES:
            setattr(draft, CODES[name], [code for value in given for code in self._codes(value)])
        elif name in WORDED:
            texts: list[DraftText] = getattr(draft, WORDED[name])
            setattr(draft, WORDED[name], texts + [DraftText(value, field.language) for value in given])
        elif name == "images":
            files = [file for value in given for file in self._split(value)]
            draft.media = [*draft.media, *(DraftMedia("image", file) for file in files)]
        elif name == "otherNumbers":
            draft.numbers = [*draft.numbers, *(("other", value) for value in given)]

    def _codes(self, value: str) -> list[str]:
        parts = value.split(self._between) if self._between and self._between not in _ONE else [value]
        return [code for part in parts for code in _CODES.split(part.strip()) if code]

    def _split(self, value: str) -> list[str]:
        return [part.strip() for part in value.split(self._between)] if self._between else [value]

    def _apart(self, field: Field, values: list[str]) -> list[str]:
        """The values of a part, those that stand in one value taken apart; goods are whole texts."""
        if not self._between or field == ("goods", "text", field.language):
            return values
        return [part for value in values for part in self._split(value)]


def _reader(way: tuple[str, ...]) -> Callable[[Any], list[str]]:
    return lambda record: values_at(record, way)


def _first(told: Mapping[Field, Sequence[str]], name: str) -> str:
    return next((value for value in told.get(Field(name, "", ""), ()) if value), "")


def _rows(parts: Mapping[Field, list[str]]) -> list[dict[Field, str]]:
    """The values of each place; one value of a part holds for all places."""
    length = max(map(len, parts.values()), default=0)
    full = {field: values * length if len(values) == 1 else values for field, values in parts.items()}
    rows = zip_longest(*full.values(), fillvalue="")
    return [dict(zip(full, row, strict=True)) for row in rows]


def _put_group(draft: Draft, group: str, parts: Mapping[Field, list[str]]) -> None:
    rows = _rows(_named(group, parts))
    if group in PARTIES:
        setattr(draft, group, [party for row in rows if (party := _party(row)) is not None])
        return
    for row in rows:
        told = {field.part: value for field, value in row.items()}
        if not any(told.values()):
            continue
        if group == "goods":
            draft.goods = [*draft.goods, *_goods(row)]
        elif group == "priorities":
            draft.priorities = [*draft.priorities, DraftPriority(**told)]
        elif group == "publications":
            draft.publications = [*draft.publications, DraftPublication(**told)]
        elif group == "events":
            draft.events = [*draft.events, DraftEvent(**told)]


def _named(group: str, parts: Mapping[Field, list[str]]) -> dict[Field, list[str]]:
    """Parties have as many places as names; what has one more would be a party without a name."""
    if group not in PARTIES:
        return dict(parts)
    names = [len(values) for field, values in parts.items() if field.part == "name"]
    most = max(names, default=0)
    return {field: values[: most or None] for field, values in parts.items()}


def _party(row: Mapping[Field, str]) -> DraftParty | None:
    names = [
        DraftText(value, field.language) for field, value in row.items() if field.part == "name" and value
    ]
    told = {field.part: value for field, value in row.items() if field.part != "name"}
    if not names and not told.get("number"):
        return None
    name = names[0].text if names else ""
    return DraftParty(
        name=name,
        names=names[1:],
        country=told.get("country", ""),
        address=told.get("address", ""),
        number=told.get("number", ""),
    )


def _goods(row: Mapping[Field, str]) -> list[DraftGoods]:
    number = next((value for field, value in row.items() if field.part == "class"), "")
    texts = [(value, field.language) for field, value in row.items() if field.part == "text" and value]
    return [DraftGoods(number, text, language) for text, language in texts] or [DraftGoods(number)]
