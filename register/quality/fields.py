"""The fields of a record as its quality is told: by their names in JSON, with those that are looked at
together.

`fields.csv` says what counts for the score of a right: `every` for what every record should have, `delivered`
for what is only to be understood where it is delivered; weights are relative to each other.
"""

import csv
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple

from register.model import RIGHTS, Record, Right

FORMULA: Final = 1
"""The version of the score: raised whenever `fields.csv` or the formula changes."""

NAMES: Final = dict(zip(Record.__struct_fields__, Record.__struct_encode_fields__, strict=True))
"""The name in JSON of each field of a record."""

EITHER: Final[Mapping[Right, tuple[str, str]]] = {
    "trademark": ("texts", "media"),
    "design": ("titles", "products"),
}
"""Of a right the two fields of which one does: a mark is words or a picture."""

# What a value that was not understood belongs to. Countries and languages stand in many fields.
_FIELD_OF: Final = {
    "status": "status",
    "kind": "kind",
    "feature": "feature",
    "country": "countries",
    "language": "languages",
    "vienna": "viennaCodes",
    "ipc": "ipc",
    "cpc": "cpc",
    "locarno": "locarno",
    "nice-class": "niceClasses",
    "number-shape": "applicationNumber",
    "date-order": "registrationDate",
}
WORDS: Final = (
    "status", "kind", "feature", "country", "language", "vienna", "ipc", "cpc", "locarno", "nice-class"
)  # fmt: skip
"""The kinds of values that are words or codes, of which an office's table can say what they mean."""

_DATE_OF: Final = {"priority": "priorities", "publication": "publications", "event": "events"}


class Weight(NamedTuple):
    """What a field counts; `every`: each record should have it."""

    field: str
    weight: int
    every: bool


def either(right: Right) -> str | None:
    """The name of the two fields of which one does."""
    pair = EITHER.get(right)
    return None if pair is None else " or ".join(pair)


def field_of(what: str, value: str) -> str:
    """The field to which something belongs that was not understood; `what` and `value` as in a statement's
    `unread`.
    """
    if what == "date":
        return _DATE_OF.get(value.partition(":")[0], "events")
    if what == "long-text":
        # Further names of a party are the only long texts that are no field of their own.
        return NAMES.get(value, "applicants")
    return _FIELD_OF.get(what, what)


def _weights() -> dict[Right, tuple[Weight, ...]]:
    found: dict[str, list[Weight]] = {}
    with (resources.files(__package__) / "fields.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            weight = Weight(row["field"], int(row["weight"]), row["of"] == "every")
            found.setdefault(row["right"], []).append(weight)
    return {right: tuple(found[right]) for right in RIGHTS}


WEIGHTS: Final = _weights()
"""What counts for the score of each right."""
