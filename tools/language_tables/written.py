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


def write(name: str, rows: Iterable[tuple[str, str]], found_inside: bool) -> int:
    """Write `name` below the tables; returns its number of rows.

    Where its words are looked for inside names without spaces, their lengths become a table too.
    """
    text = text_of(rows)
    _write(name, text)
    if found_inside and (lengths := text_of(_lengths(text))):
        _write(f"{name}_lengths", lengths)
    return text.count(b"\n")
