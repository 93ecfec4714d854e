"""Everything of an XML delivery that is no record, in one incremental parser: a placeholder stands for each
record.
"""

import re

from lxml import etree

from ingest.draft import HarmfulFeedError

MAX_SKELETON_BYTES = 32 << 20

_ENVELOPE = "delivery-of-documents"
PLACEHOLDER = "record-of-delivery"
_PREFIX_USED = re.compile(rb"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_PREFIX_DECLARED = re.compile(rb"xmlns:([A-Za-z_][\w.-]*)\s*=")


class Skeleton:
    """The incremental parser of everything that is no record."""

    def __init__(self, head: bytes) -> None:
        undeclared = undeclared_prefixes(head)
        declarations = b"".join(b' xmlns:%b="urn:undeclared:%b"' % (prefix, prefix) for prefix in undeclared)
        self._parser = etree.XMLPullParser(
            events=("start",),
            tag="{*}" + PLACEHOLDER,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        self._parser.feed(b"<%b%b>" % (_ENVELOPE.encode(), declarations))
        self._bytes = 0
        self._alive = True
        self.context: etree._Element | None = None

    def feed(self, data: bytes) -> str | None:
        """Take a piece; the parser's complaint where it is not well-formed, told once."""
        if not self._alive:
            return None
        self._bytes += len(data)
        if self._bytes > MAX_SKELETON_BYTES and self.context is None:
            raise HarmfulFeedError(f"more than {MAX_SKELETON_BYTES >> 20} MiB before the first record")
        try:
            self._parser.feed(data)
        except etree.XMLSyntaxError as error:
            self._alive = False
            return complaint_of(error)
        return None

    def place_record(self) -> tuple[etree._Element, str | None]:
        """Put a placeholder here; (the placeholder, a complaint)."""
        complaint = self.feed(b"<%b/>" % PLACEHOLDER.encode())
        events = self._parser.read_events() if self._alive else ()
        fresh = [element for _, element in events if isinstance(element, etree._Element)]
        if fresh:
            if self.context is not None:
                _forget(self.context, fresh[-1])
            self.context = fresh[-1]
        elif self.context is None:
            self.context = etree.SubElement(etree.Element(_ENVELOPE), PLACEHOLDER)
        return self.context, complaint

    def close(self) -> str | None:
        """End the document; the complaint where elements are still open."""
        complaint = self.feed(b"</%b>" % _ENVELOPE.encode())
        if complaint is None and self._alive:
            try:
                self._parser.close()
            except etree.XMLSyntaxError:
                return "elements are still open at its end"
        return "elements are still open at its end" if complaint is not None else None


def is_delivery(element: etree._Element) -> bool:
    """Whether it is the element that stands around all documents of a delivery, which is none of theirs."""
    return element.tag == _ENVELOPE and element.getparent() is None


def undeclared_prefixes(data: bytes) -> list[bytes]:
    """Prefixes that are used and nowhere declared."""
    used = {match[1] or match[2] for match in _PREFIX_USED.finditer(data)}
    return sorted(used - set(_PREFIX_DECLARED.findall(data)) - {b"xml", b"xmlns"})


def _forget(old: etree._Element, new: etree._Element) -> None:
    """Free what the tree holds of records gone by: the old placeholder and every parent of it that has
    ended.
    """
    ahead = set(new.iterancestors())
    gone = old
    for parent in old.iterancestors():
        if parent in ahead:
            parent.remove(gone)
            return
        gone = parent


def complaint_of(error: etree.XMLSyntaxError) -> str:
    """The parser's complaint without the place, which would count from the record's beginning."""
    return re.sub(r",? line \d+, column \d+.*$", "", str(error.msg or error)).strip()
