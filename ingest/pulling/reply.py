"""What a reply says about itself: how many records it holds, how many there are, what comes next, and whether
it is an error.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from lxml import etree

from ingest.pulling.problems import TryAgain
from ingest.pulling.table import ReplyTable

_SAID_CHARACTERS = 200


class Reply(NamedTuple):
    """A reply that came whole: its status, headers (names in lower case), the address that gave it in the
    end, the file with its body, size and SHA-256 (hex).
    """

    status: int
    headers: dict[str, str]
    url: str
    path: Path
    size: int
    digest: str


class Content(Protocol):
    """The body of a reply, read by the paths of a `[reply]` table."""

    def text(self, paths: Iterable[str]) -> str | None:
        """What stands at the first of the paths that is there."""
        ...

    def count(self, paths: Iterable[str]) -> int | None:
        """How many records stand at the first of the paths that is there."""
        ...

    def lines(self, paths: Iterable[str], /) -> bytes | None:
        """The records, one a line; None where they cannot stand alone."""
        ...


def content_of(reply: Reply, form: str) -> Content:
    """The content of a reply. Raises `TryAgain` where it is broken: bodies are cut on their way."""
    data = reply.path.read_bytes()
    kind = form if form != "any" else ("xml" if data.lstrip()[:1] == b"<" else "json")
    if not data.strip():
        raise TryAgain("the reply is empty")
    return JsonContent(data) if kind == "json" else XmlContent(data)


def number_at(content: Content, paths: Iterable[str]) -> int | None:
    """A number at the paths; None where there is none, or something else."""
    said = content.text(paths)
    return int(said) if said is not None and said.strip().isascii() and said.strip().isdigit() else None


class JsonContent:
    def __init__(self, data: bytes) -> None:
        try:
            self._value = json.loads(data)
        except (ValueError, RecursionError):
            raise TryAgain(f"the reply is no whole JSON: {_beginning(data)}") from None

    def text(self, paths: Iterable[str]) -> str | None:
        for path in paths:
            found = self._at(path)
            if isinstance(found, str):
                return found
            if isinstance(found, bool):
                return "true" if found else "false"
            if isinstance(found, int | float):
                return str(found)
        return None

    def count(self, paths: Iterable[str]) -> int | None:
        found = self._records(paths)
        return None if found is None else len(found)

    def lines(self, paths: Iterable[str], /) -> bytes | None:
        return b"".join(
            json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in self._records(paths) or ()
        )

    def names(self, path: str) -> list[str]:
        """The texts at a path that leads through arrays."""
        return [
            value
            for value in _through(self._value, path.split(".") if path else [])
            if isinstance(value, str)
        ]

    def _records(self, paths: Iterable[str]) -> list[Any] | None:
        found = next((value for path in paths if isinstance(value := self._at(path), list)), None)
        return self._value if found is None and isinstance(self._value, list) else found

    def _at(self, path: str) -> Any:
        value = self._value
        for name in path.split("."):
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value


class XmlContent:
    def __init__(self, data: bytes) -> None:
        # What offices send has no DTD; what has one is not looked into.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            self._root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise TryAgain(f"the reply is no whole XML: {_beginning(data)}") from None

    def text(self, paths: Iterable[str]) -> str | None:
        found = next(self._elements(paths), None)
        return None if found is None else (found.text or "").strip()

    def count(self, paths: Iterable[str]) -> int | None:
        around = next(self._elements(paths), None)
        if around is None:
            return None
        # Beside the records stands their number, in an element without children.
        return sum(1 for child in around if len(child) > 0)

    def lines(self, _paths: Iterable[str], /) -> bytes | None:
        return None

    def _elements(self, paths: Iterable[str]) -> Iterator[etree._Element]:
        for path in paths:
            yield from self._root.iter(f"{{*}}{path}")


def check_code(content: Content, table: ReplyTable) -> tuple[str, str] | None:
    """The meaning of the reply's code and the words with it; None where it is fine, or there is none."""
    code = content.text(table.code)
    if code is None or code in table.fine:
        return None
    words = (content.text(table.message) or "").strip()[:_SAID_CHARACTERS]
    return table.codes.get(code, "refused"), f"code {code}" + (f" ({words})" if words else "")


def _through(value: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _through(one, names)
    elif not names:
        yield value
    elif isinstance(value, dict):
        yield from _through(value.get(names[0]), names[1:])


def _beginning(data: bytes) -> str:
    return repr(data[:60].decode("utf-8", "replace"))
