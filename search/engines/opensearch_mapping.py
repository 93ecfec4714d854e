"""The table of fields as a mapping of OpenSearch."""

from typing import Any

from search.fields import FIELDS, Field, Kind


def _property(field: Field) -> dict[str, Any]:
    match field.kind:
        case Kind.KEYWORD:
            return {"type": "keyword", "doc_values": field.facet, "index": field.searched}
        case Kind.TOKENS:
            return {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
        case Kind.WORDS:
            # One place between two values, as tantivy has it.
            return {
                "type": "text",
                "analyzer": "whitespace",
                "index_options": "positions",
                "position_increment_gap": 1,
            }
        case Kind.NUMBER:
            return {"type": "integer", "doc_values": field.facet, "index": field.searched}
        case Kind.ORDER:
            return {"type": "long"}


_UNSEARCHED: dict[str, Any] = {"type": "keyword", "index": False, "doc_values": False}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    # An index is rebuilt from the register, never from itself: the keys need not be kept twice.
    "_source": {"includes": ["short", "forms", "version", "timepoint"]},
    "properties": {
        "version": {"type": "integer", "index": False, "doc_values": False},
        "short": _UNSEARCHED,
        "forms": _UNSEARCHED,
        **{field.name: _property(field) for field in FIELDS},
    },
}
