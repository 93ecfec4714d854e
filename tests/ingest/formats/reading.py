"""Reading a fixture through a format, as the pipeline does."""

import io
import json
from typing import Any

from ingest.draft import Damage, Delivered, Draft
from ingest.formats.registry import Format, Head, Opened
from ingest.rereading import reread


def read(form: Format, data: bytes | str, office: str = "") -> list[Delivered | Damage]:
    """What the format gives for a file of these bytes, each record as it is also given by its kept source."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(form.read(Opened("feed", office, io.BytesIO(raw))))
    for item in found:
        if isinstance(item, Delivered):
            assert reread(form.name, office, item.source, item.position, item.envelope) == item
    return found


def drafts(form: Format, data: bytes | str) -> list[Draft]:
    """The drafts of a file without a damage."""
    found = read(form, data)
    damages = [item for item in found if isinstance(item, Damage)]
    assert damages == []
    return [item.draft for item in found if isinstance(item, Delivered)]


def only(form: Format, data: bytes | str) -> Draft:
    """The one draft of a file."""
    (found,) = drafts(form, data)
    return found


def sureness(form: Format, data: bytes | str) -> int:
    """How sure the format is of a file of these bytes."""
    raw = data.encode() if isinstance(data, str) else data
    return form.looks(Head(raw[:65536], "feed"))


def as_json(value: Any) -> str:
    """JSON as an office writes it: letters as they are, one member a line."""
    return json.dumps(value, ensure_ascii=False, indent=1)
