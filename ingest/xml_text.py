"""Reading an element tree by local names, whatever namespace or prefix an office uses."""

from collections.abc import Iterator
from functools import cache

from lxml.etree import _Element


@cache
def _any_namespace(name: str) -> str:
    return "{*}" + name


@cache
def _local_part(tag: object) -> str:
    """The tag of a comment or processing instruction is a function, whatever the type stubs say."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: _Element) -> str:
    """The element's name without its namespace; "" for a comment or processing instruction."""
    return _local_part(element.tag)


def first(element: _Element, name: str) -> _Element | None:
    """The first child of that local name, or None."""
    return next(element.iterchildren(_any_namespace(name)), None)


def each(element: _Element, name: str) -> Iterator[_Element]:
    """The children of that local name."""
    return element.iterchildren(_any_namespace(name))


def text(element: _Element | None, *path: str) -> str:
    """The text at the end of a path of first children, trimmed; "" where anything on the way is absent."""
    here = element
    for name in path:
        if here is None:
            return ""
        here = next(here.iterchildren(_any_namespace(name)), None)
    if here is None:
        return ""
    value = here.text
    return "" if value is None else value.strip()


def whole_text(element: _Element | None) -> str:
    """All the text inside, inline markup dropped and every run of white space one space; "" where absent."""
    if element is None:
        return ""
    if len(element) == 0:
        return "" if element.text is None else " ".join(element.text.split())
    return " ".join("".join(map(str, element.itertext())).split())
