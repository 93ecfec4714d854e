"""Values of a record that is rows, JSON or XML: every one is a nest of objects, lists and texts."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ingest.formats.local_names import LOCAL
from ingest.json_values import text

TEXT = "#text"


def steps_of(column: str) -> tuple[str, ...]:
    """The names on the way to a value, parted by strokes; in a name `~1` is a stroke and `~0` a `~`."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in column.split("/"))


def column_of(steps: tuple[str, ...]) -> str:
    """The inverse of `steps_of`."""
    return "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)


def values_at(record: Any, steps: tuple[str, ...]) -> list[str]:
    """The texts at the end of a way, through every list on it; "" where an entry of a list has none, so that
    values of the same entries stand at the same places.
    """
    if isinstance(record, list):
        return [value for entry in record for value in values_at(entry, steps)] or [""]
    if not steps:
        return [text(record, TEXT) if isinstance(record, dict) else text(record)]
    if not isinstance(record, dict):
        return [""]
    return values_at(record.get(steps[0]), steps[1:])


def nest_of(element: etree._Element) -> Any:
    """An element as a nest: its text alone where it has nothing else; attributes are members with `@` before
    the name, and children of one name are a list.
    """
    children = [child for child in element if LOCAL[child.tag]]
    if not children and not element.attrib:
        return _text(element)
    nest: dict[str, Any] = {f"@{LOCAL[name]}": str(value) for name, value in element.items()}
    for child in children:
        name, value = LOCAL[child.tag], nest_of(child)
        if name not in nest:
            nest[name] = value
        elif isinstance(nest[name], list):
            nest[name].append(value)
        else:
            nest[name] = [nest[name], value]
    own = _text(element)
    if own:
        nest[TEXT] = own
    return nest


def _text(element: etree._Element) -> str:
    own = [element.text or "", *(child.tail or "" for child in element)]
    return "".join(own).strip()


def columns_in(record: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to each value of a record, each once, in the order in which they come."""
    seen: dict[tuple[str, ...], None] = {}
    _collect(record, way, seen)
    return iter(seen)


def _collect(value: Any, way: tuple[str, ...], seen: dict[tuple[str, ...], None]) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == TEXT:
                seen.setdefault(way)
            else:
                _collect(inner, (*way, name), seen)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, way, seen)
    elif way:
        seen.setdefault(way)
