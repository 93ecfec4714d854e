"""Which column of a sample says what: by its name and by its values."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from ingest.dates import FORMS, DateReader, ImpossibleDateError, date_reader
from ingest.described.table import CODES, WORDED
from ingest.proposal.names import Named, fields_named, language_alone, language_named
from ingest.proposal.sample import Column, Sample, column_name
from register.codes.ipc import normalise_ipc
from register.codes.kinds import mark_feature, mark_kind
from register.codes.languages import script_of
from register.codes.locarno import normalise_locarno
from register.codes.nice import normalise_nice
from register.codes.offices import normalise_st3
from register.codes.vienna import normalise_vienna
from register.model import Right

_LOOKED_AT: Final = 500
_MOST: Final = 0.7
_DATED = frozenset(
    (
        "filingDate", "publicationDate", "registrationDate", "expiryDate", "terminationDate", "statusDate",
        "priorities.date", "publications.date", "events.date", "stamp",
    )
)  # fmt: skip
_NUMBERED = frozenset(("applicationNumber", "registrationNumber", "publicationNumber", "internationalNumber"))
_LISTED = frozenset((*CODES, *WORDED, "images"))
# One for each form: 02/13/2023 is a date of one of them.
_READERS = tuple(date_reader((form,), buddhist_era=True) for form in FORMS)
_CODE_MARKS = re.compile(r"[|;,/]|(?<=\d)\s+(?=\d)")
_DATE_LIKE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}.*|\d{8}(?:\d{6})?|\d{4}-\d\d-\d\dT.*")


class Guess(NamedTuple):
    """What a column seems to say ("" for nothing that is known), and why, in words for who corrects it."""

    column: Column
    word: str
    why: str


def guess_fields(sample: Sample, right: Right) -> list[Guess]:
    """A guess for each column, in the order of the sample."""
    wanted = [(named.sureness * _fit(named.field, column, sample.looked_at), named.field, place)
              for place, column in enumerate(sample.columns)
              for named in _also(fields_named(column.way))]  # fmt: skip
    given: dict[int, tuple[str, float]] = {}
    taken: Counter[str] = Counter()
    for sureness, found, place in sorted(wanted, key=lambda one: -one[0]):
        field = _of_right(found, right)
        if sureness < _LEAST or place in given or (taken[field] and not _may_repeat(field)):
            continue
        given[place] = field, sureness
        taken[field] += 1
    if not taken["applicationNumber"]:
        place_ = _number_by_values(sample, given)
        if place_ is not None:
            given[place_] = "applicationNumber", 0.5
    return [_guess(column, *given.get(place, ("", 0.0))) for place, column in enumerate(sample.columns)]


_LEAST = 0.42


def _also(fields: list[Named]) -> list[Named]:
    """Names for the kind of a mark are used for what it consists of, too."""
    kinds = [named for named in fields if named.field == "kind"]
    return [*fields, *(Named("feature", 0.99 * named.sureness) for named in kinds)]


def _of_right(field: str, right: Right) -> str:
    """A name is that of a mark or a title, and goods are products, by what the records are."""
    if field == "texts" and right in ("patent", "utility-model", "design"):
        return "titles"
    if field == "titles" and right in ("trademark", "geographical-indication"):
        return "texts"
    if field == "products" and right == "trademark":
        return "goods.text"
    if field == "goods.text" and right in ("design", "geographical-indication"):
        return "products"
    if field == "niceClasses" and right == "design":
        return "locarno"
    if field == "niceClasses" and right in ("patent", "utility-model"):
        return "ipc"
    return field


def _may_repeat(field: str) -> bool:
    return field in _LISTED or field.partition(".")[0] in ("applicants", "inventors", "designers", "goods")


def _guess(column: Column, field: str, sureness: float) -> Guess:
    if not field:
        return Guess(column, "", _hint(column))
    word = field
    if field in WORDED or field in ("goods.text", "applicants.name"):
        language = language_named(column.way[-1]) or language_alone(column.way)
        word = f"{field}:{language}" if language else field
    return Guess(column, word, "" if sureness >= _SURE else "[U] guessed: look whether this is right")


_SURE = 0.75


def _hint(column: Column) -> str:
    """What the values alone make likely, for a column whose name says nothing."""
    if _share(column, _is_date) >= _MOST:
        return "dates: filingDate, publicationDate, registrationDate, expiryDate, statusDate …?"
    if column.values and len(set(column.values)) == 1:
        return "always the same"
    return "not taken"


def _share(column: Column, holds: Callable[[str], bool]) -> float:
    looked = column.values[:_LOOKED_AT]
    if not looked:
        return 0.0
    return sum(1 for value in looked if holds(value)) / len(looked)


def _is_date(value: str) -> bool:
    if not _DATE_LIKE.fullmatch(value.strip()):
        return False
    return any(_reads(reader, value) for reader in _READERS)


def _reads(reader: DateReader, value: str) -> bool:
    try:
        return reader(value) is not None
    except ImpossibleDateError:
        return False


def _codes(value: str) -> list[str]:
    return [code for part in _CODE_MARKS.split(value) if (code := part.strip())]


def _has_digits(value: str) -> bool:
    return any(map(str.isdigit, value))


def _fit(field: str, column: Column, count: int) -> float:
    """How well the values fit the field: 0 where they cannot be it, 1 where nothing speaks against it."""
    if not column.values:
        return 0.9
    if field in _DATED:
        return 1.0 if _share(column, _is_date) >= _MOST or _share(column, _is_worded_date) >= _MOST else 0.0
    if _share(column, _is_date) >= 0.9 and field not in _NUMBERED:
        return 0.0
    if field == "applicationNumber":
        distinct = len(set(column.values)) / len(column.values)
        whole = column.filled / max(1, count)
        return 1.0 if distinct > 0.8 and whole > 0.9 and _share(column, _has_digits) > 0.9 else 0.2
    if field in _NUMBERED:
        return 1.0 if _share(column, _has_digits) > 0.9 else 0.0
    return _fit_of_codes(field, column)


def _fit_of_codes(field: str, column: Column) -> float:
    tests: dict[str, Callable[[str], bool]] = {
        "niceClasses": lambda value: all(normalise_nice(code) for code in _codes(value)),
        "goods.class": lambda value: all(normalise_nice(code) for code in _codes(value)),
        "viennaCodes": lambda value: all(normalise_vienna(code) for code in re.split(r"[|;,\s]+", value)),
        "ipc": lambda value: any(normalise_ipc(code) for code in re.split(r"[|;,]", value)),
        "locarno": lambda value: any(normalise_locarno(code) for code in re.split(r"[|;,\s]+", value)),
        "country": _is_country,
    }
    kind = "country" if field.endswith(".country") or field == "designations" else field
    if kind in tests:
        share = _share(column, tests[kind])
        # Names of countries come in languages that no table of ours has.
        return 1.0 if share >= _MOST else 0.6 if kind == "country" else 0.0
    if field in ("status", "kind", "feature", "right"):
        distinct = len(set(column.values))
        if field in ("kind", "feature") and _share(column, _is_feature) > _share(column, _is_kind):
            return 1.0 if field == "feature" else 0.5
        return 1.0 if distinct <= max(12, 0.3 * len(column.values)) else 0.3
    if field == "goods.text" and _share(column, lambda value: bool(normalise_nice(value))) > 0.9:
        return 0.0
    if field in WORDED or field.endswith(".name"):
        # Numbers and codes are no words.
        return 1.0 if _share(column, lambda value: script_of(value) is not None) > 0.5 else 0.3
    return 1.0


def _is_country(value: str) -> bool:
    return all(normalise_st3(code.strip()) for code in re.split(r"[|;]", value))


def _is_feature(value: str) -> bool:
    return mark_feature(value) is not None


def _is_kind(value: str) -> bool:
    return mark_kind(value) is not None


def _is_worded_date(value: str) -> bool:
    """A day with the month in letters."""
    return bool(re.fullmatch(r"\d{1,2}[\s./-]+[^\d\W]\D{1,20}[\s./-]*\d{4}", value.strip()))


def _number_by_values(sample: Sample, given: dict[int, tuple[str, float]]) -> int | None:
    """The column that tells each record from the others, where no name says it."""
    for place, column in enumerate(sample.columns):
        if place in given or column.filled < sample.looked_at or column.several:
            continue
        unlike = len(set(column.values)) == len(column.values)
        if unlike and _share(column, _has_digits) == 1.0 and _share(column, _is_date) < 0.5:
            return place
    return None


def between_of(sample: Sample, guesses: list[Guess]) -> str:
    """What parts the names and codes in one value; "" where nothing seems to."""
    listed = [
        guess.column for guess in guesses if guess.word in CODES or guess.word.endswith((".name", ".country"))
    ]
    values = [value for column in listed for value in column.values[:_LOOKED_AT]]
    counts = {mark: sum(1 for value in values if mark in value) for mark in ("|", ";", "、", " / ")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] and best != sample.separator else ""


def columns_of(sample: Sample, guesses: list[Guess]) -> dict[str, str]:
    """The `columns` of a format's table."""
    return {column_name(sample.kind, guess.column.way): guess.word for guess in guesses}
