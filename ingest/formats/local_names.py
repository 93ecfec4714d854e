"""Elements by local names, for readers that ask for a name some hundred times a record; and languages of
texts.
"""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from lxml.etree import _Element

# A delivery has some hundred different tags; more are made up.
_KEPT = 4096

_Meaning = TypeVar("_Meaning")


class LocalNames(dict[object, str]):
    """`LOCAL[element.tag]` is the element's name without its namespace; "" for what is no element."""

    def __missing__(self, tag: object) -> str:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(self) >= _KEPT:
            self.clear()
        self[tag] = name
        return name


LOCAL = LocalNames()


class ByTag(dict[object, "_Meaning | None"], Generic[_Meaning]):
    """What local names mean, by full tag: one look-up for an element, None where its name means nothing.

    `standard_name` gives the name under which an office's own name for an element stands in the table.
    """

    def __init__(
        self, by_name: Mapping[str, _Meaning], standard_name: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self._by_name = by_name
        self._standard_name = standard_name

    def __missing__(self, tag: object) -> _Meaning | None:
        name = LOCAL[tag]
        meaning = self._by_name.get(name if self._standard_name is None else self._standard_name(name))
        if len(self) >= _KEPT:
            self.clear()
        self[tag] = meaning
        return meaning


def language_of(element: _Element) -> str:
    """The language that an element names, in whatever namespace its attribute is; "" where it names none."""
    said = element.get("languageCode")
    if said is not None:
        return said.strip()
    for name, value in element.items():
        if LOCAL[name] in ("languageCode", "LanguageCode"):
            return str(value).strip()
    return ""
