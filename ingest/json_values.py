"""Reading parsed JSON of any office: what is absent, null, empty or of another shape reads as nothing."""

import re
from collections.abc import Sequence
from typing import Any

_CODES = re.compile(r"[|;,\s]+")
_PARTS = re.compile(r"\s*[|;\r\n]+\s*")
_PART_MARK = re.compile(r"[|;\r\n]")


def at(value: Any, *path: str) -> Any:
    """What stands at the end of a path of member names; None where anything on the way is absent."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def text(value: Any, *path: str) -> str:
    """A string or number as delivered, trimmed; "" for everything else and for a lone hyphen (no value)."""
    found = at(value, *path) if path else value
    if isinstance(found, str):
        trimmed = found.strip()
        return "" if trimmed == "-" else trimmed
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return str(found)
    return ""


def first_text(value: Any, names: Sequence[str]) -> str:
    """The text of the first of these members that has one."""
    for name in names:
        found = text(value, name)
        if found:
            return found
    return ""


def each(value: Any, *path: str) -> list[dict[str, Any]]:
    """The objects at the end of a path, where one may stand for a list of one."""
    found = at(value, *path)
    if isinstance(found, dict):
        return [found]
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def words(value: Any, *path: str) -> list[str]:
    """The strings and numbers at the end of a path, where one may stand for a list of one."""
    found = at(value, *path)
    items = found if isinstance(found, list) else [found]
    return [word for item in items if (word := text(item))]


def codes(value: str) -> list[str]:
    """The codes of a list written into one string: parted by bars, semicolons, commas or white space."""
    if value.isalnum():
        return [value]
    return [code for code in _CODES.split(value) if code]


def parts(value: str) -> list[str]:
    """The entries of a list written into one string; they may hold commas and spaces (names, IPC symbols)."""
    if _PART_MARK.search(value) is None:
        return [value] if value else []
    return [part for part in _PARTS.split(value.strip()) if part]
