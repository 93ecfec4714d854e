"""The classifications in one shape: codes with their titles, levels, parents and children."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from register.codes import ipc, locarno, nice, vienna

ClassificationName = Literal["nice", "vienna", "locarno", "ipc", "cpc"]
CLASSIFICATION_NAMES: tuple[ClassificationName, ...] = get_args(ClassificationName)


@dataclass(frozen=True, slots=True)
class Classification:
    """`levels` are what the classification calls them, the widest first; `codes` are those of the table, in
    its order. `parents` gives what a normalised code stands under, the widest first.
    """

    name: ClassificationName
    levels: tuple[str, ...]
    codes: tuple[str, ...]
    normalise: Callable[[str], str | None]
    title: Callable[[str], str | None]
    parents: Callable[[str], tuple[str, ...]]

    def depth(self, code: str) -> int:
        """The place of a normalised code's level in `levels`; below the deepest one it is that."""
        return min(len(self.parents(code)), len(self.levels) - 1)

    def level(self, code: str) -> str:
        return self.levels[self.depth(code)]

    def parent(self, code: str) -> str | None:
        """What a normalised code stands right under; None for one of the widest."""
        above = self.parents(code)
        return above[-1] if above else None

    def children(self, code: str | None) -> tuple[str, ...]:
        """The codes of the table right under one, or the widest where None."""
        return _children(self.name).get(code, ())

    def labelled(self, code: str) -> str:
        """The code with its title behind it, as far as the table has it."""
        title = self.title(code)
        return code if title is None else f"{code} {title}"


@cache
def classification(name: ClassificationName) -> Classification:
    match name:
        case "nice":
            numbers = tuple(str(number) for number in nice.classes())
            return Classification(name, ("class",), numbers, _nice, _nice_title, lambda _: ())
        case "vienna":
            levels: tuple[str, ...] = ("category", "division", "section")
            return Classification(
                name,
                levels,
                vienna.codes(),
                vienna.normalise_vienna,
                vienna.vienna_title,
                vienna.vienna_parents,
            )
        case "locarno":
            return Classification(
                name,
                ("class", "subclass"),
                locarno.codes(),
                locarno.normalise_locarno,
                locarno.locarno_title,
                locarno.locarno_parents,
            )
        case "ipc" | "cpc":
            return Classification(
                name,
                ("section", "class", "subclass"),
                ipc.codes() if name == "ipc" else ipc.cooperative_codes(),
                ipc.normalise_ipc,
                ipc.ipc_title,
                ipc.ipc_parents,
            )


@cache
def _children(name: ClassificationName) -> dict[str | None, tuple[str, ...]]:
    of = classification(name)
    found: dict[str | None, list[str]] = {}
    for code in of.codes:
        found.setdefault(of.parent(code), []).append(code)
    return {parent: tuple(codes) for parent, codes in found.items()}


def _nice(text: str) -> str | None:
    number = nice.normalise_nice(text)
    return None if number is None else str(number)


def _nice_title(code: str) -> str | None:
    return nice.nice_title(int(code))
