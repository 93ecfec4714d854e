"""An XML delivery cut at its record elements, as a stream.

The bytes between the records (the skeleton: headers, envelopes) go through one incremental parser, in which a
placeholder stands for each record, so a reader sees the parents and earlier siblings of its record. Each
record is parsed alone: its bytes are kept as delivered, its place is exact, memory stays flat, and one that
is broken does not take the rest of the file with it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from ingest.draft import Damage, HarmfulFeedError, NotAFeedError, Position
from ingest.encoding import UnknownEncodingError, Utf8Stream
from ingest.formats.registry import HEAD_BYTES, Opened
from ingest.xml_doctype import doctype_length
from ingest.xml_skeleton import MAX_SKELETON_BYTES, Skeleton, complaint_of, undeclared_prefixes
from ingest.xml_window import EndOfInputError, Window

MAX_RECORD_BYTES = 128 << 20
KEPT_DAMAGE_BYTES = 64 << 10

_TOKEN_MARGIN = 512
_ENTITY_REFERENCE = re.compile(rb"&([A-Za-z][\w.-]*);")
_PREDEFINED = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))


class XmlRecord(NamedTuple):
    """One record: its parsed element, a placeholder that stands where it stood in the rest of the document,
    its bytes as delivered (as UTF-8), and its place.
    """

    element: etree._Element
    context: etree._Element
    source: bytes
    position: Position


def xml_records(
    opened: Opened,
    tags: Collection[str],
    entities: Mapping[str, str] | None = None,
    mend: Callable[[bytes], bytes] | None = None,
    *,
    running_text: bool = True,
    shorten: Callable[[bytes], bytes] | None = None,
) -> Iterator[XmlRecord | Damage]:
    """The elements with one of these local names, outermost only, one after another.

    `entities` are named entities of a DTD that is not there, replaced before parsing. `mend` rewrites a
    record that is not well-formed, for a second try (a format's own bad habit, such as SGML). `running_text`
    False drops white space between elements, a fifth of the parsing, where no text has elements in it.
    `shorten` takes out of a record what the reader has read by itself before it is parsed. A file may hold
    many XML documents. Raises `HarmfulFeedError` for entity declarations that could be expanded and
    for endless input.
    """
    try:
        window = Window(Utf8Stream(opened.stream))
    except UnknownEncodingError as error:
        raise NotAFeedError(f"XML in an encoding that is not known: {error}", "UTF-8 is the surest") from None
    while len(window.data) < HEAD_BYTES and window.refill():
        pass
    yield from _Cutter(
        opened.name, window, tags, entities, mend, shorten, _parser if running_text else _blankless_parser
    ).records()


class _Cutter:
    def __init__(
        self,
        name: str,
        window: Window,
        tags: Collection[str],
        entities: Mapping[str, str] | None,
        mend: Callable[[bytes], bytes] | None,
        shorten: Callable[[bytes], bytes] | None,
        parser: etree.XMLParser,
    ) -> None:
        self._parser = parser
        names = b"|".join(re.escape(tag.encode()) for tag in tags)
        self._token = re.compile(
            rb"<!--|<!\[CDATA\[|<\?|<!DOCTYPE\b|<((?:[\w.-]+:)?(?:" + names + rb"))(?=[\s/>])"
        )
        self._name = name
        self._window = window
        self._entities = entities
        self._mend = mend
        self._shorten = shorten
        self._skeleton = Skeleton(window.data)
        self._gap: list[bytes] = []
        self._number = 0

    def records(self) -> Iterator[XmlRecord | Damage]:
        window = self._window
        while (match := self._next_token()) is not None:
            tag = match[1]
            if tag is None:
                damage = self._pass_over(match[0])
                if damage is not None:
                    yield damage
                    return
                continue
            self._gap.append(window.data[window.pos : match.start()])
            window.pos = match.start()
            context, complaint = self._context()
            if complaint is not None:
                yield self._damage("bad-xml", complaint, "mend the elements around the records", b"")
            taken = self._record(tag, context)
            yield taken
            if isinstance(taken, Damage) and taken.code == "truncated":
                return
        complaint = self._end()
        if complaint is not None:
            yield self._damage(
                "truncated", f"the file is not whole: {complaint}", "send the file again, whole", b""
            )

    def _next_token(self) -> re.Match[bytes] | None:
        """The next thing that is not plain skeleton; the skeleton before it is put aside."""
        window = self._window
        while True:
            match = self._token.search(window.data, window.pos)
            if match is not None and (match.end() + _TOKEN_MARGIN <= len(window.data) or window.ended):
                return match
            keep = match.start() if match is not None else max(window.pos, len(window.data) - _TOKEN_MARGIN)
            keep = len(window.data) if window.ended else keep
            self._gap.append(window.data[window.pos : keep])
            window.pos = keep
            if sum(map(len, self._gap)) > MAX_SKELETON_BYTES:
                raise HarmfulFeedError(f"more than {MAX_SKELETON_BYTES >> 20} MiB without a record")
            if not window.refill() and match is None:
                self._gap.append(window.data[window.pos :])
                window.pos = len(window.data)
                return None

    def _pass_over(self, opening: bytes) -> Damage | None:
        """Go past a comment, CDATA section, processing instruction or document type that starts at the
        token.
        """
        window = self._window
        start = self._token.search(window.data, window.pos)
        assert start is not None
        self._gap.append(window.data[window.pos : start.start()])
        window.pos = start.start()
        try:
            if opening == b"<!DOCTYPE":
                window.pos += doctype_length(window)
                return None
            closing = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}[opening]
            length = window.find(closing, len(opening), MAX_SKELETON_BYTES) + len(closing)
        except EndOfInputError:
            return self._truncated()
        if opening == b"<![CDATA[":
            self._gap.append(window.data[window.pos : window.pos + length])
        window.pos += length
        return None

    def _context(self) -> tuple[etree._Element, str | None]:
        """The placeholder of the record that begins here."""
        gap = b"".join(self._gap)
        self._gap.clear()
        if self._skeleton.context is not None and not gap.strip():
            return self._skeleton.context, None
        complaint = self._skeleton.feed(gap)
        context, further = self._skeleton.place_record()
        return context, complaint or further

    def _end(self) -> str | None:
        gap = b"".join(self._gap)
        return self._skeleton.feed(gap) or self._skeleton.close()

    def _record(self, tag: bytes, context: etree._Element) -> XmlRecord | Damage:
        window = self._window
        self._number += 1
        try:
            length = self._record_length(tag)
        except EndOfInputError:
            return self._truncated()
        source = window.data[window.pos : window.pos + length]
        position = Position(self._name, self._number, window.line_at(window.pos), window.base + window.pos)
        window.pos += length
        try:
            element = self._parsed(source, context)
        except etree.XMLSyntaxError as error:
            code = "bad-encoding" if "encoding" in str(error) or "UTF-8" in str(error) else "bad-xml"
            mend = (
                "send the record in the encoding that the file declares"
                if code == "bad-encoding"
                else "mend the element"
            )
            reason = f"the record's XML cannot be read: {complaint_of(error)}"
            return Damage(position, code, reason, mend, source[:KEPT_DAMAGE_BYTES])
        return XmlRecord(element, context, source, position)

    def _parsed(self, source: bytes, context: etree._Element) -> etree._Element:
        shortened = source if self._shorten is None else self._shorten(source)
        try:
            return _parse(self._parser, shortened, context, self._entities)
        except etree.XMLSyntaxError:
            if self._mend is None:
                raise
            return _parse(self._parser, self._mend(source), context, self._entities)

    def _record_length(self, tag: bytes) -> int:
        """The length of the element that begins at the window's position."""
        window = self._window
        head, closing = _start_tag(tag), b"</" + tag
        end = window.find(b">", 0, MAX_RECORD_BYTES)
        start = head.match(window.data, window.pos)
        while start is None:  # a ">" inside an attribute's quotes, or a tag that is not one
            tag_text = window.data[window.pos : window.pos + end]
            if tag_text.count(b'"') % 2 == 0 and tag_text.count(b"'") % 2 == 0:
                return end + 1
            end = window.find(b">", end + 1, MAX_RECORD_BYTES)
            start = head.match(window.data, window.pos)
        if start[1]:
            return start.end() - window.pos
        begin = start.end() - window.pos
        length = self._closed(closing, begin)
        inside = window.pos + begin, window.pos + length
        if _another(tag).search(window.data, *inside) is None and not _has_declarations(window.data, *inside):
            return length
        return self._balanced_length(tag, begin)

    def _closed(self, closing: bytes, start: int) -> int:
        """Where the end tag ends that comes next after `start`."""
        window = self._window
        at_hand = _end_tag(closing).search(window.data, window.pos + start)
        if at_hand is not None:
            return at_hand.end() - window.pos
        while True:
            found = window.find(closing, start, MAX_RECORD_BYTES)
            end = window.find(b">", found, MAX_RECORD_BYTES)
            if not window.data[window.pos + found + len(closing) : window.pos + end].strip():
                return end + 1
            start = found + len(closing)

    def _balanced_length(self, tag: bytes, start: int) -> int:
        """The length of an element that may hold its own name again, comments or CDATA sections."""
        window, depth = self._window, 1
        pattern = _inner_token(tag)
        while True:
            match = pattern.search(window.data, window.pos + start)
            if match is None or (match.end() == len(window.data) and not window.ended):
                if len(window.data) - window.pos > MAX_RECORD_BYTES:
                    raise HarmfulFeedError(f"a record of more than {MAX_RECORD_BYTES >> 20} MiB")
                if not window.refill() and match is None:
                    raise EndOfInputError
                continue
            token = match[0]
            if token == b"<!--" or token == b"<![CDATA[":
                closing = b"-->" if token == b"<!--" else b"]]>"
                start = window.find(closing, match.end() - window.pos, MAX_RECORD_BYTES) + 3
                continue
            start = match.end() - window.pos
            if token.startswith(b"</"):
                depth -= 1
                if depth == 0:
                    return start
            elif not token.endswith(b"/>"):
                depth += 1

    def _truncated(self) -> Damage:
        window = self._window
        if self._number == 0:
            self._number = 1
        rest = window.data[window.pos : window.pos + KEPT_DAMAGE_BYTES]
        position = Position(self._name, self._number, window.line_at(window.pos), window.base + window.pos)
        return Damage(
            position, "truncated", "the file ends inside this record", "send the file again, whole", rest
        )

    def _damage(self, code: str, reason: str, mend: str, source: bytes) -> Damage:
        window = self._window
        self._number += 1
        place = Position(self._name, self._number, window.line_at(window.pos), window.base + window.pos)
        return Damage(place, code, reason, mend, source)


def _has_declarations(data: bytes, start: int, end: int) -> bool:
    """Whether there is a comment or a CDATA section. One letter is found ten times as fast as two, of which
    the first is everywhere.
    """
    return data.find(b"!", start, end) >= 0 and data.find(b"<!", start, end) >= 0


@lru_cache(maxsize=256)
def _start_tag(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(tag) + rb"(?:[^<>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*(/?)>")


@lru_cache(maxsize=256)
def _another(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(tag) + rb"(?=[\s/>])")


@lru_cache(maxsize=256)
def _end_tag(closing: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(closing) + rb"\s*>")


@lru_cache(maxsize=256)
def _inner_token(tag: bytes) -> re.Pattern[bytes]:
    name = re.escape(tag)
    return re.compile(
        rb"<!--|<!\[CDATA\[|</"
        + name
        + rb"\s*>|<"
        + name
        + rb"(?:(?=[\s/>])(?:[^<>\"'/]|/(?!>)|\"[^\"]*\"|'[^']*')*/?>)"
    )


@lru_cache(maxsize=1024)
def _declarations(namespaces: tuple[tuple[str | None, str], ...]) -> bytes:
    """The attributes that declare these namespaces."""
    parts = []
    for prefix, name in namespaces:
        attribute = "xmlns" if prefix is None else f"xmlns:{prefix}"
        value = name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        parts.append(f' {attribute}="{value}"')
    return "".join(parts).encode()


def _make_parser(*, blanks: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=not blanks,
        collect_ids=False,
        encoding="utf-8",
    )


_parser, _blankless_parser = _make_parser(blanks=True), _make_parser(blanks=False)


def _parse(
    parser: etree.XMLParser, source: bytes, context: etree._Element, entities: Mapping[str, str] | None
) -> etree._Element:
    """The record's element, with the namespaces that are in scope where it stood."""
    if entities is not None and b"&" in source:
        source = _ENTITY_REFERENCE.sub(lambda match: _replaced(match, entities), source)
    scope = _declarations(tuple(context.nsmap.items())) if context.nsmap else b""
    try:
        return etree.fromstring(b"<in%b>%b</in>" % (scope, source), parser)[0]
    except etree.XMLSyntaxError as error:
        if "Namespace prefix" not in str(error):
            raise
        more = b"".join(
            b' xmlns:%b="urn:undeclared:%b"' % (name, name) for name in undeclared_prefixes(source)
        )
        return etree.fromstring(b"<out%b><in%b>%b</in></out>" % (more, scope, source), parser)[0][0]


def _replaced(match: re.Match[bytes], entities: Mapping[str, str]) -> bytes:
    name = match[1]
    if name in _PREDEFINED:
        return match[0]
    value = entities.get(name.decode("ascii", "replace"))
    if value is None:
        return match[0]
    return value.replace("&", "&amp;").replace("<", "&lt;").encode()
