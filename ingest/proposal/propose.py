"""A profile proposed from a sample: looked at, guessed, put together."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from ingest.described.format import described_format
from ingest.described.table import FormatTable
from ingest.detect import detect, format_named
from ingest.draft import NotAFeedError
from ingest.encoding import as_utf8
from ingest.formats.registry import HEAD_BYTES, Format, Head, Opened
from ingest.profile import parse, profile
from ingest.profile_files import packaged_codes, packaged_text
from ingest.proposal.evidence import Dates as DatesWritten
from ingest.proposal.evidence import Evidence, dates_written, gather
from ingest.proposal.fields import Guess, between_of, columns_of, guess_fields
from ingest.proposal.sample import Sample, first_file, read_sample
from ingest.proposal.shapes import NumberGuess, guess_shapes
from ingest.proposal.status_guesses import StatusGuess, guess_status
from register.codes.languages import default_language
from register.codes.offices import office_name
from register.model import Right


class Proposal(NamedTuple):
    """What is proposed for an office. `table` and `guesses` where the file is of no known format."""

    office: str
    name: str
    mapping: str
    file: str
    format: Format
    table: FormatTable | None
    sample: Sample | None
    guesses: list[Guess]
    evidence: Evidence
    dates: DatesWritten
    status: list[StatusGuess]
    shapes: dict[Right, list[NumberGuess]]
    languages: tuple[str, ...]
    latin_language: str
    inherits: tuple[str, ...]


def propose(
    office: str, path: Path, right: Right | None, name: str = "", form: str = "", today: dt.date | None = None
) -> Proposal:
    """A profile for an office (ST.3) from a sample. `right` is that of the records where the file does not
    say; `form` the name of a format where looking would guess wrong.

    Raises `NotAFeedError` for a file with no records in it.
    """
    file, data = first_file(path)
    known = _known(data, file, form)
    evidence = None if known is None else _evidence(known, office, file, data, bool(form))
    table = sample = None
    guesses: list[Guess] = []
    if known is None or evidence is None:
        sample = read_sample(file, data, office)
        guesses = guess_fields(sample, right or "trademark")
        table = _table(office, sample, guesses, right)
        try:
            known = described_format(table)
        except ValueError:
            # Without a column for the number there is no format yet; what else the sample shows is proposed.
            known = described_format(_numbered(table))
        evidence = gather(known.read(Opened(file, office, io.BytesIO(data))))
    if evidence.records == 0 and not evidence.damages:
        raise NotAFeedError("a file without records", "give a sample with some records")
    status = guess_status(office, known.name, evidence.status)
    latin = _latin_language(office, evidence, status)
    return Proposal(
        office=office,
        name=name or office_name(office),
        mapping=(today or dt.datetime.now(dt.UTC).date()).isoformat(),
        file=file,
        format=known,
        table=table,
        sample=sample,
        guesses=guesses,
        evidence=evidence,
        dates=dates_written(evidence.dates),
        status=status,
        shapes={right_: guess_shapes(numbers) for right_, numbers in evidence.numbers.items()},
        languages=(*((latin,) if latin else ()), *_languages(office, evidence)),
        latin_language=latin,
        inherits=(office.lower(), *_inherits(office)) if office in packaged_codes() else (),
    )


def _evidence(known: Format, office: str, file: str, data: bytes, asked: bool) -> Evidence | None:
    """What the reader of a known format makes of the sample; None where it only looked like that format.

    Raises `NotAFeedError` where that format was asked for.
    """
    try:
        found = gather(known.read(Opened(file, office, io.BytesIO(data))))
    except NotAFeedError:
        if asked:
            raise
        return None
    return found if found.records or asked else None


def _table(office: str, sample: Sample, guesses: list[Guess], right: Right | None) -> FormatTable:
    return FormatTable(
        name=f"{office.lower()}-{sample.kind}",
        kind=sample.kind,
        right=right or "trademark",
        records=sample.records,
        encoding=sample.encoding,
        separator=sample.separator or ",",
        between=between_of(sample, guesses),
        columns=columns_of(sample, guesses),
    )


def _inherits(office: str) -> Iterable[str]:
    return parse(packaged_text(office.lower()), f"{office.lower()}.toml").inherits


def _numbered(table: FormatTable) -> FormatTable:
    first = next(iter(table.columns))
    return structs.replace(table, columns={**table.columns, first: "applicationNumber"})


def _known(data: bytes, file: str, form: str) -> Format | None:
    """The format of the program's own that the file is of; None where it has none."""
    if form:
        return format_named(form)
    head = Head(as_utf8(data[:HEAD_BYTES]), file)
    if head.kind in ("empty", "binary"):
        raise NotAFeedError("an empty or a binary file", "give delimited text, JSON, XML or a known format")
    try:
        return detect(data, file)
    except NotAFeedError:
        return None


def _languages(office: str, evidence: Evidence) -> tuple[str, ...]:
    """The languages that the scripts of the words make likely, the most frequent first."""
    found = (default_language(script, office) for script, _ in evidence.scripts.most_common())
    return tuple(dict.fromkeys(language for language in found if language))


def _latin_language(office: str, evidence: Evidence, status: Iterable[StatusGuess]) -> str:
    """The language of texts in Latin letters where ST.3 makes none likely: that of the offices which use the
    same status words; "" where there are none.
    """
    if not evidence.scripts["Latn"] or default_language("Latn", office) is not None:
        return ""
    offices = Counter(guess.beside[-3:-1] for guess in status if guess.ground == "same")
    return next((profile(code).languages[0] for code, _ in offices.most_common(1)), "")
