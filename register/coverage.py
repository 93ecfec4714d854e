"""What a register lacks: terms that the ledger of gaps is kept in."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from register.model import Right

Basis = Literal["authority", "sequence"]
"""What numbers are expected by: the office's own list of them (WIPO ST.37), or its sequence of numbers."""

EXCEPTIONS: dict[str, str] = {
    "D": "deleted after publication",
    "E": "a Euro-PCT number without a document of its own",
    "M": "missing at the office",
    "N": "not used, as the office defines it",
    "P": "on paper only",
    "R": "issued again",
    "U": "unknown at the time of the list",
    "W": "withdrawn before publication",
    "X": "a code of the office's own",
}
"""Exception codes of WIPO ST.37: why a number has no document. D, E, M, N, P, R and U as its schema explains
them; W and X by what offices write with them. [U]"""

SPARSE_SHARE = 0.05
"""Where less of a sequence is held than this, it does not say what is missing: the office counts other things
in it too, or delivered a selection."""


class Place(NamedTuple):
    """Where a number stands in its office's sequence."""

    year: int
    series: str
    serial: int


class Sequences(NamedTuple):
    """How the numbers of an office are counted; `version` changes with the rule."""

    version: str
    place: Callable[[Right, str], Place | None]


SequencesOf = Callable[[str], Sequences]


def multirange(serials: Iterable[int]) -> str:
    """Numbers as a multirange of Postgres: `{[1,4),[7,8)}`."""
    parts: list[str] = []
    first = last = None
    for serial in sorted(set(serials)):
        if last is not None and serial == last + 1:
            last = serial
            continue
        if first is not None and last is not None:
            parts.append(f"[{first},{last + 1})")
        first = last = serial
    if first is not None and last is not None:
        parts.append(f"[{first},{last + 1})")
    return "{" + ",".join(parts) + "}"
