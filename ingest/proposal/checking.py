"""A profile tried over a sample: what is read, what is not, and where a person should look next."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.delivery import OtherFile, files_of
from ingest.described.table import FormatTable
from ingest.draft import Damage, NotAFeedError
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from ingest.profile import ProfileFile
from ingest.proposal.sample import column_name, first_file, read_sample
from ingest.report import QualityCount
from register.model import Part, Record
from register.statement import Rejected, Statement

_EXAMPLES: Final = 3
_EXAMPLE_CHARACTERS: Final = 60
_LOOKED_AT: Final = 5_000
# Fields without which a record is hard to find or to judge.
_WANTED: Final = ("filingDate", "status", "applicants")


class CheckedFile(Part, frozen=True, kw_only=True):
    """A file of the sample; `problem` says why nothing of it was read."""

    name: str
    format: str | None = None
    read: int = 0
    taken: int = 0
    unread: int = 0
    problem: str | None = None


class CheckedField(Part, frozen=True, kw_only=True):
    """A field of the records of a right: how many have it, and values as they were understood."""

    right: str
    field: str
    records: int
    share: float
    examples: tuple[str, ...]


class CheckedWord(Part, frozen=True, kw_only=True):
    """A value that was not understood; `proposed` is what a table that is not confirmed says of it."""

    what: str
    value: str
    count: int
    proposed: str | None = None


class Unread(Part, frozen=True, kw_only=True):
    """Records that could not be taken, for one reason: how many, the first of them, and the mend."""

    code: str
    reason: str
    mend: str
    count: int
    first: str


class Checked(Part, frozen=True, kw_only=True):
    """What a profile makes of a sample. `columns` are those of which nothing is taken, with examples."""

    office: str
    mapping: str
    read: int
    taken: int
    unread: int
    files: tuple[CheckedFile, ...]
    fields: tuple[CheckedField, ...]
    unknown: tuple[CheckedWord, ...]
    refused: tuple[Unread, ...]
    columns: tuple[CheckedWord, ...]
    next: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every record was read."""
        return self.taken > 0 and self.unread == 0 and not any(file.problem for file in self.files)


class _Tally:
    """What is counted over all files."""

    def __init__(self) -> None:
        self.quality = QualityCount()
        self.examples: dict[tuple[str, str], dict[str, None]] = {}
        self.refused: dict[tuple[str, str], list[Any]] = {}
        self.ids: Counter[str] = Counter()

    def refuse(self, code: str, reason: str, mend: str, place: str) -> None:
        held = self.refused.setdefault((code, mend), [reason, mend, 0, place])
        held[2] += 1

    def take(self, record: Record) -> None:
        self.ids[record.id] += 1
        if sum(self.ids.values()) > _LOOKED_AT:
            return
        for name, value in msgspec.to_builtins(record).items():
            shown = self.examples.setdefault((record.right, name), {})
            if len(shown) < _EXAMPLES and name not in ("id", "office", "right"):
                shown.setdefault(_short(value))


def check(office: str, file: ProfileFile, path: Path, format_name: str | None = None) -> Checked:
    """Read a sample as a feed of the office would be, without writing anything. `file` is its table."""
    tally, files = _Tally(), []
    for found in files_of(path, format_name, office=office):
        if isinstance(found, OtherFile):
            files.append(CheckedFile(name=found.name, problem=str(found.why)))
            continue
        files.append(
            _check_file(office, found.name, found.format.name, found.format.read, found.stream, tally)
        )
    report = tally.quality.report()
    proposed = _proposals(file)
    unknown = tuple(
        CheckedWord(what=one.what, value=one.value, count=one.count, proposed=_proposed(one.value, proposed))
        for one in report.unread
    )
    refused = tuple(
        Unread(code=code, reason=reason, mend=mend, count=count, first=place)
        for (code, _), (reason, mend, count, place) in tally.refused.items()
    )
    fields = tuple(
        CheckedField(
            right=right.right,
            field=fill.field,
            records=fill.records,
            share=fill.share,
            examples=tuple(tally.examples.get((right.right, fill.field), ())),
        )
        for right in report.rights
        for fill in right.fields
        if fill.field not in ("id", "office", "right")
    )
    checked = Checked(
        office=office,
        mapping=file.mapping,
        read=sum(one.read for one in files),
        taken=sum(one.taken for one in files),
        unread=sum(one.unread for one in files),
        files=tuple(files),
        fields=fields,
        unknown=unknown,
        refused=refused,
        columns=tuple(_left_columns(office, file, path, {one.format for one in files})),
        next=(),
    )
    return msgspec.structs.replace(checked, next=tuple(_next(checked, tally)))


def _check_file(
    office: str, name: str, format_name: str, read: Any, stream: Any, tally: _Tally
) -> CheckedFile:
    mapper, taken, unread, problem = Mapper(office, format_name), 0, 0, None
    try:
        for one in read(Opened(name, office, stream)):
            if isinstance(one, Damage):
                unread += 1
                place = f"record {one.position.record}, line {one.position.line or '?'} of {name}"
                tally.refuse(one.code, one.reason, one.mend, place)
                continue
            said = mapper.statement(one)
            tally.quality.add(said)
            if isinstance(said, Rejected):
                unread += 1
                place = f"record {said.number}, line {said.line or '?'} of {name}"
                tally.refuse(said.code, said.reason, said.mend, place)
            elif isinstance(said, Statement):
                taken += 1
                tally.take(said.record)
    except NotAFeedError as error:
        problem = str(error)
    return CheckedFile(
        name=name, format=format_name, read=taken + unread, taken=taken, unread=unread, problem=problem
    )


def _short(value: Any) -> str:
    """A value of a record on one line."""
    if isinstance(value, list | tuple):
        return _cut(", ".join(_short(one) for one in value[:_EXAMPLES]) + (" …" if len(value) > 3 else ""))
    if isinstance(value, dict):
        told = [value[name] for name in ("plain", "text", "name") if name in value] or list(value.values())
        more = [str(value[n]) for n in ("office", "language", "country", "niceClass") if n in value]
        return _cut(" ".join([str(told[0]), *(f"({one})" for one in more)]))
    return _cut(str(value))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _EXAMPLE_CHARACTERS else flat[: _EXAMPLE_CHARACTERS - 1] + "…"


def _proposals(file: ProfileFile) -> dict[str, str]:
    """What tables that are not confirmed say."""
    return {
        word: plain
        for table in file.status
        if not table.confirmed
        for plain, words in (
            ("pending", table.pending),
            ("registered", table.registered),
            ("expired", table.expired),
            ("ended", table.ended),
        )
        for word in words
    }


def _proposed(value: str, proposed: dict[str, str]) -> str | None:
    return proposed.get(value.partition(": ")[2])


def _left_columns(office: str, file: ProfileFile, path: Path, used: set[str | None]) -> Iterator[CheckedWord]:
    """Columns of the sample of which the office's own format takes nothing."""
    tables = [table for table in file.formats if table.name in used]
    if not tables:
        return
    table: FormatTable = tables[0]
    try:
        name, data = first_file(path)
        sample = read_sample(name, data, office)
    except NotAFeedError:
        return
    for column in sample.columns:
        said = table.columns.get(column_name(sample.kind, column.way), "")
        if not said and column.filled:
            examples = ", ".join(list(dict.fromkeys(column.values))[:_EXAMPLES])
            yield CheckedWord(
                what=column_name(sample.kind, column.way), value=_cut(examples), count=column.filled
            )


def _next(checked: Checked, tally: _Tally) -> Iterator[str]:
    """What a person should look at, the most pressing first."""
    if checked.taken == 0:
        yield "nothing was read: see whether `kind`, `records` and `columns` of [[formats]] fit the file"
    for one in checked.refused:
        why = f"{one.reason}; {one.mend}; the first: {one.first}"
        yield f"{one.count:,} records are unread ({one.code}): {why}"
    twice = sum(times - 1 for times in tally.ids.values())
    if twice:
        number = next(identity for identity, times in tally.ids.items() if times > 1)
        yield (
            f"{twice:,} records have a number that came before, such as {number}: the later would replace "
            "the earlier; is applicationNumber the right column?"
        )
    words = [one for one in checked.unknown if one.what == "status"]
    if words:
        total = sum(one.count for one in words)
        yield (
            f"{total:,} records have one of {len(words)} status words that no confirmed table knows, such as "
            f"{words[0].value.partition(': ')[2]!r}: put each under what it means in [[status]]"
        )
    for what, mend in _MENDS.items():
        found = [one for one in checked.unknown if one.what == what]
        if found:
            total = sum(one.count for one in found)
            yield f"{total:,} values of {what} are not known, such as {found[0].value!r}: {mend}"
    filled = {field.field for field in checked.fields if field.records}
    for field in _WANTED:
        if checked.taken and field not in filled:
            yield f"no record has {field}: does a column of the file say it?"
    if checked.columns:
        named = ", ".join(repr(one.what) for one in checked.columns[:6])
        yield f"nothing is taken of {len(checked.columns)} columns: {named}"


_MENDS: Final = {
    "kind": "name each in [kinds]",
    "feature": "name each in [features]",
    "country": "name each in [countries]",
    "language": "write languages as ISO 639-1 codes, or name them in [[formats]] after a colon",
    "number-shape": "add a [[numbers]] with a shape that they have",
    "date": "add the form to `forms` of [dates]",
    "nice-class": "look whether the column holds Nice classes",
    "date-order": "registered before filed: are the two columns the right way round?",
}
