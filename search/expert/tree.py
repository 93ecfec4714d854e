"""An expert query as read: what was written, with its place."""

from dataclasses import dataclass
from typing import Literal

Sign = Literal["=", ">=", "<=", ">", "<"]


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of the query, from `start` up to and without `end`, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written, with its wildcards."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Quoted:
    """A phrase without its quotation marks. `apart` is how many other words may stand between its words, in
    any order; None where they are next to each other.
    """

    text: str
    apart: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Span:
    """`[low TO high]`, both inclusive; `*` is open."""

    low: Word
    high: Word
    place: Place


@dataclass(frozen=True, slots=True)
class Tagged:
    """What stands behind a field tag holds for everything in it that has no tag of its own."""

    tag: Word
    sign: Sign
    value: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """Everything of this."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of this."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    part: "Node"


@dataclass(frozen=True, slots=True)
class Close:
    """`a NEAR/3 b ADJ b`: each part at most so many words from the one before it. `gaps` are one fewer."""

    parts: tuple["Node", ...]
    gaps: tuple["Gap", ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """At most `words` other words between; `ordered`: the second comes behind the first."""

    words: int
    ordered: bool
    place: Place


Node = Word | Quoted | Span | Tagged | Both | Either | Negated | Close
