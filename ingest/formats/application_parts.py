"""An application that holds several designs (or a transaction several marks), cut into the parts that are
kept as the sources of their records.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

# Which of how many a part was in its application, `2/5`; an attribute that no standard has.
_PLACE = "ipregister-place"
_STATED_PLACE = re.compile(r"([1-9]\d{0,8})/([1-9]\d{0,8})")


def place_of(part: _Element) -> tuple[int, int]:
    """(its place from 1, how many there were) of a part that `alone` has taken out; else (1, 1)."""
    stated = _STATED_PLACE.fullmatch(part.get(_PLACE, ""))
    return (int(stated[1]), int(stated[2])) if stated is not None else (1, 1)


def alone(application: _Element, designs: Sequence[_Element]) -> Iterator[bytes]:
    """The application with each of these designs alone, in their order, as UTF-8; the design says which of
    how many it was (`place_of`), for it may have no other number.

    The application itself is left as it is; it is read once, however many designs it holds.
    """
    paths = [_path(application, design) for design in designs]
    shell = deepcopy(application)
    inner = [_at(shell, path) for path in paths]
    homes: list[tuple[_Element, _Element]] = []
    for design in inner:
        home = design.getparent()
        assert home is not None
        homes.append((home, design))
    for home, design in homes:
        home.remove(design)
    for place, (home, design) in enumerate(homes, 1):
        design.set(_PLACE, f"{place}/{len(homes)}")
        home.append(design)
        made: bytes = etree.tostring(shell, encoding="utf-8", with_tail=False)
        home.remove(design)
        yield made


def _path(top: _Element, element: _Element) -> list[int]:
    path: list[int] = []
    here = element
    while here is not top:
        parent = here.getparent()
        assert parent is not None
        path.append(parent.index(here))
        here = parent
    return path[::-1]


def _at(top: _Element, path: list[int]) -> _Element:
    here = top
    for place in path:
        here = here[place]
    return here
