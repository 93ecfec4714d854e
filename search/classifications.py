"""How many records the index holds by code of a classification, and counts that follow a filter downwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from register.codes.classifications import Classification, ClassificationName, classification
from search.engine import Everything, Reader

# Fields by level, the widest first, each with more room than the classification has values.
_FIELDS: dict[ClassificationName, tuple[tuple[str, int], ...]] = {
    "nice": (("nice", 60),),
    "vienna": (("vienna_category", 60), ("vienna_division", 400), ("vienna_section", 4000)),
    "locarno": (("locarno_class", 60), ("locarno_subclass", 1000)),
    "ipc": (("ipc_section", 20), ("ipc_class", 400), ("ipc_subclass", 2000)),
}


def held_by_code(reader: Reader, name: ClassificationName) -> dict[str, int]:
    """How many records have a code or one below it, for every code that any has."""
    counted = reader.facet(Everything(), _FIELDS[name])
    return {code: count for counts in counted.values() for code, count in counts}


@dataclass(frozen=True, slots=True)
class Levels:
    """The counts of a classification that are wanted: of `fields`, the codes of the first level where
    `under` is empty, else those right under one of `under`.
    """

    of: Classification
    fields: tuple[tuple[str, int], ...]
    under: frozenset[str]

    def wanted(self, counted: Mapping[str, Sequence[tuple[str, int]]]) -> list[tuple[str, int]]:
        """Of the counts of the fields, those wanted, commonest first."""
        found = [
            (code, count)
            for field, _ in self.fields
            for code, count in counted[field]
            if not self.under or self.of.parent(code) in self.under
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def levels_wanted(name: ClassificationName, given: Iterable[str], first: int) -> Levels:
    """What is counted beside results that are filtered by codes: the codes right under each, or beside it
    where it is of the deepest level; without a filter those of the level `first`.
    """
    of, fields = classification(name), _FIELDS[name]
    depths: set[int] = set()
    under: set[str] = set()
    for code in filter(None, map(of.normalise, given)):
        above = (*of.parents(code), code)[: len(fields) - 1]
        if above:
            depths.add(len(above))
            under.add(above[-1])
    if not under:
        return Levels(of, (fields[first],), frozenset())
    return Levels(of, tuple(fields[depth] for depth in sorted(depths)), frozenset(under))
