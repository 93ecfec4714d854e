"""What the index holds of a record: keys for finding it, and its short form for showing it."""

import msgspec

SCHEMA_VERSION = "1"


class IndexDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One record as both engines index it. Keyword fields hold whole values; words fields hold pre-made tokens in order."""

    id: str
    version: int
    timepoint: int
    short: bytes
