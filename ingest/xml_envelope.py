"""What stands around a record in an XML delivery, cut down to what its reader looks at, so that the record
can be read again without the file.
"""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from typing import cast

from lxml import etree

from ingest.formats.local_names import LOCAL
from ingest.xml_skeleton import PLACEHOLDER, is_delivery
from register.statement import NO_ENVELOPE, Envelope

# Of the parent, everything that stands before the record.
EVERYTHING: frozenset[str] = frozenset(("*",))

_HERE = b"<?here ?>"


def envelope_of(
    context: etree._Element, kept: Collection[str] = (), of_parent: Collection[str] = ()
) -> Envelope:
    """The elements around a record with their attributes and namespaces; of what else they hold, the earlier
    children with these local names. `context` is the placeholder of the record; `of_parent` are further names
    that are kept among its own siblings.
    """
    around = [element for element in context.iterancestors() if not is_delivery(element)]
    if not around:
        return NO_ENVELOPE
    inner: etree._Element = etree.ProcessingInstruction("here")
    names = frozenset((*kept, *of_parent))
    for element in around:
        attributes = {str(name): str(value) for name, value in element.items()}
        copy = etree.Element(element.tag, attributes, cast("Mapping[str, str]", element.nsmap))
        copy.extend(_kept(element, names))
        copy.append(inner)
        inner, names = copy, frozenset(kept)
    before, after = etree.tostring(inner, encoding="utf-8").split(_HERE)
    return Envelope(before, after)


def _kept(element: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    if not names:
        return
    for child in element:
        name = LOCAL[child.tag]
        if name in names or (names >= EVERYTHING and name and name != PLACEHOLDER):
            copy = deepcopy(child)
            copy.tail = None
            yield copy
