"""How many records the index holds by code of a classification, and counts that follow a filter downwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from register.codes.classifications import Classification, ClassificationName, classification
from search.engine import Everything, Reader
from search.keys.words import text_words

# Fields by level, the widest first, each with more room than the classification has values.
_FIELDS: dict[ClassificationName, tuple[tuple[str, int], ...]] = {
    "nice": (("nice", 60),),
    "vienna": (("vienna_category", 60), ("vienna_division", 400), ("vienna_section", 4000)),
    "locarno": (("locarno_class", 60), ("locarno_subclass", 1000)),
    "ipc": (("ipc_section", 20), ("ipc_class", 400), ("ipc_subclass", 2000)),
    "cpc": (("cpc_section", 20), ("cpc_class", 400), ("cpc_subclass", 2000)),
}
_LEAST_PLURAL = 3


@dataclass(frozen=True, slots=True)
class Tree:
    """A classification with what the register has of it: `codes` are those of its table and those that only
    records have, in their order; `held` is how many records have a code or one below it.
    """

    of: Classification
    codes: tuple[str, ...]
    held: Mapping[str, int]
    _children: Mapping[str | None, tuple[str, ...]]

    def children(self, code: str | None) -> tuple[str, ...]:
        """The codes right under one, or the widest where None."""
        return self._children.get(code, ())

    def below(self, code: str) -> tuple[str, ...]:
        """A code and everything under it; () for one that is not in the tree."""
        if code not in self.children(self.of.parent(code)):
            return ()
        found = [code]
        for one in found:
            found += self.children(one)
        wanted = set(found)
        return tuple(one for one in self.codes if one in wanted)

    def titled(self, text: str, within: Sequence[str]) -> tuple[str, ...]:
        """Of these codes, the one that the text is, and those of whose titles words begin with its words."""
        itself = self.of.normalise(text)
        asked = [_begins(word) for word in text_words(text)]
        return tuple(
            code for code in within if code == itself or _has_words(self.of.title(code) or "", asked)
        )


def tree_of(reader: Reader, name: ClassificationName) -> Tree:
    """The tree of a classification, counted over the whole index."""
    of = classification(name)
    counted = reader.facet(Everything(), _FIELDS[name])
    held = {code: count for counts in counted.values() for code, count in counts}
    more = held.keys() - set(of.codes)
    codes = tuple(sorted((*of.codes, *more))) if more else of.codes
    children: dict[str | None, list[str]] = {}
    for code in codes:
        children.setdefault(of.parent(code), []).append(code)
    return Tree(of, codes, held, {parent: tuple(under) for parent, under in children.items()})


def _begins(word: str) -> str:
    """What a word of a title begins with: one in the plural is found in the singular too."""
    return word[:-1] if len(word) > _LEAST_PLURAL and word.endswith("s") else word


@lru_cache(maxsize=4096)
def _title_words(title: str) -> tuple[str, ...]:
    return tuple(text_words(title))


def _has_words(title: str, asked: Sequence[str]) -> bool:
    words = _title_words(title)
    return bool(asked) and all(any(word.startswith(one) for word in words) for one in asked)


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
