"""Writing of a table: the lines and their index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.keys.scripts import UNSPACED, script_of_character
from search.language.table import TABLES, index_of, text_of

_RUN_ON = UNSPACED - {"Hani"} | {"Hang"}


def _write(name: str, text: bytes) -> None:
    path = TABLES / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    path.with_suffix(".index").write_bytes(index_of(text))


def _lengths(text: bytes) -> Iterator[tuple[str, str]]:
    """How long the words are that begin with two letters; not for Han, where this saves no look-ups."""
    found: dict[str, set[int]] = defaultdict(set)
    for line in text.decode().splitlines():
        key = line.partition("\t")[0]
        if len(key) > 1 and script_of_character(key[0]) in _RUN_ON:
            found[key[:2]].add(len(key))
    for start, lengths in found.items():
        yield start, " ".join(map(str, sorted(lengths)))


def write(name: str, rows: Iterable[tuple[str, str]]) -> int:
    """Write `name` below the tables, and for scripts without spaces the lengths of its words; returns its
    number of rows.
    """
    text = text_of(rows)
    _write(name, text)
    if lengths := text_of(_lengths(text)):
        _write(f"{name}_lengths", lengths)
    return text.count(b"\n")
