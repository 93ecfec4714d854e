"""The shapes of an office's numbers as regular expressions, with the year and the serial number in them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ingest.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS

_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+|[\W_]")
_MOST_SHAPES: Final = 6
_LEAST_SHARE: Final = 0.01
_YEARS = range(1900, 2100)
_AGREE: Final = 0.9
_LEAST_RECORDS: Final = 5


class NumberGuess(NamedTuple):
    """A shape, a number that has it, how many of the sample have it, and whether it tells year and serial."""

    shape: str
    example: str
    records: int
    counted: bool


def guess_shapes(numbers: Iterable[tuple[str, str]]) -> list[NumberGuess]:
    """The shapes of numbers, the most frequent first; beside each number stands its filing date."""
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for number, filed in numbers:
        groups.setdefault(_skeleton(number.strip()), []).append((number.strip(), filed))
    total = sum(map(len, groups.values()))
    ordered = sorted(groups.values(), key=len, reverse=True)
    return [_shape(group) for group in ordered[:_MOST_SHAPES] if len(group) >= _LEAST_SHARE * total]


def _skeleton(number: str) -> tuple[str, ...]:
    """Numbers of one skeleton differ in digits and letters only."""
    return tuple("0" if t.isdigit() else "a" if t.isalpha() else t for t in _TOKENS.findall(number))


def _shape(group: Sequence[tuple[str, str]]) -> NumberGuess:
    rows = [_TOKENS.findall(number) for number, _ in group]
    years = [_year_written(filed) for _, filed in group]
    columns = list(zip(*rows, strict=True))
    runs = [place for place, column in enumerate(columns) if column[0].isdigit()]
    pieces = [_piece(column) for column in columns]
    counted = False
    if runs:
        last = runs[-1]
        year = _year_place(columns, runs, years) if len(runs) > 1 else None
        if year is not None:
            serial = _serial_place(columns, runs, year)
            if serial is not None:
                pieces[year] = _named("year", _digits(columns[year]))
                pieces[serial] = _named("serial", _digits(columns[serial]))
                counted = True
        elif (split := _year_first(columns[last], years)) is not None:
            lengths = {len(value) - split for value in columns[last]}
            pieces[last] = rf"(?P<year>\d{{{split}}})(?P<serial>{_counted(lengths)})"
            counted = True
    return NumberGuess("".join(pieces), group[0][0], len(group), counted)


def _year_place(columns: Sequence[tuple[str, ...]], runs: Sequence[int], years: Sequence[int]) -> int | None:
    """The run of digits that is the year: that of filing where one is, else the first that may be a year."""
    likely = [place for place in runs if _is_year(columns[place], years)]
    return next((place for place in likely if _agrees(columns[place], years)), next(iter(likely), None))


def _serial_place(columns: Sequence[tuple[str, ...]], runs: Sequence[int], year: int) -> int | None:
    """The run of digits that differs the most from record to record: a check digit differs less."""
    others = [place for place in runs if place != year]
    best = max(others, key=lambda place: len(set(columns[place])))
    return best if len(set(columns[best])) > 1 or len(columns[best]) == 1 else None


def _piece(column: Sequence[str]) -> str:
    first = column[0]
    if first.isdigit():
        return (
            re.escape(first) if len(set(column)) == 1 and len(column) >= _LEAST_RECORDS else _digits(column)
        )
    if first.isalpha():
        values = Counter(column)
        if len(values) <= 3:
            told = [re.escape(value) for value in sorted(values)]
            return told[0] if len(told) == 1 else f"(?:{'|'.join(told)})"
        upper = "[A-Z]" if all(value.isascii() and value.isupper() for value in values) else r"[^\W\d_]"
        return upper + _times({len(value) for value in values})
    return _literal(first)


def _literal(text: str) -> str:
    # Outside of a class a hyphen stands for itself, and a person reads it better so.
    return re.escape(text).replace(r"\-", "-")


def _digits(column: Sequence[str]) -> str:
    return _counted({len(value) for value in column})


def _counted(lengths: set[int]) -> str:
    return r"\d" + _times(lengths)


def _times(lengths: set[int]) -> str:
    low, high = min(lengths), max(lengths)
    if low == high:
        return "" if low == 1 else f"{{{low}}}"
    return f"{{{low},{high}}}"


def _named(name: str, piece: str) -> str:
    return f"(?P<{name}>{piece})"


def _year_written(filed: str) -> int:
    four = re.findall(r"(?<!\d)\d{4}(?!\d)", filed) or re.findall(r"^\d{4}(?=\d{4}$)", filed.strip())
    return int(four[0]) if four else 0


def _same_year(written: str, filed: int) -> bool:
    """Whether the digits are the year of filing, in either era, with four digits or two."""
    value = int(written)
    meant = {filed, filed + BUDDHIST_OFFSET, filed - BUDDHIST_OFFSET}
    return value in meant if len(written) == 4 else value in {year % 100 for year in meant}


def _is_year(column: Sequence[str], years: Sequence[int]) -> bool:
    lengths = {len(value) for value in column}
    if lengths == {4} and all(int(v) in _YEARS or int(v) in BUDDHIST_YEARS for v in column):
        return True
    return lengths == {2} and _agrees(column, years)


def _agrees(column: Sequence[str], years: Sequence[int]) -> bool:
    pairs = [(value, year) for value, year in zip(column, years, strict=True) if year]
    if len(pairs) < _LEAST_RECORDS:
        return False
    return sum(1 for value, year in pairs if _same_year(value, year)) >= _AGREE * len(pairs)


def _year_first(column: Sequence[str], years: Sequence[int]) -> int | None:
    """With how many digits a run of digits begins with the year of filing; None where it does not."""
    for length in (4, 2):
        if all(len(value) >= length + 3 for value in column) and _agrees(
            [value[:length] for value in column], years
        ):
            return length
    return None
