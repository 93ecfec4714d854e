"""Elements that are fields of a draft, as a table by local names: what ST.66, ST.86 and ST.96 have in
common."""

from collections.abc import Callable
from typing import TypeAlias

from lxml.etree import _Element

from ingest.draft import Draft
from ingest.formats.local_names import ByTag

Handler: TypeAlias = Callable[[Draft, _Element], None]
# A leaf that is one field of the draft, by the field's name, or what reads an element into the draft.
FieldTable: TypeAlias = ByTag[str | Handler]


def fill(draft: Draft, element: _Element, table: FieldTable) -> None:
    """Read the children of an element into the draft; of leaves for one field the first that says something
    counts (what is empty or a lone dash says nothing)."""
    for child in element:
        meaning = table[child.tag]
        if meaning is None:
            continue
        if isinstance(meaning, str):
            value = child.text
            value = "" if value is None else value.strip()
            if value != "" and value != "-" and getattr(draft, meaning) == "":
                setattr(draft, meaning, value)
        else:
            meaning(draft, child)
