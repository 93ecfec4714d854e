"""The table of fields as a schema of tantivy."""

import tantivy

from search.engines.tantivy_forms import FIELD
from search.fields import FIELDS, Field, Kind


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True, fast=True)
    builder.add_bytes_field("short", stored=True)
    builder.add_unsigned_field(FIELD, fast=True)
    for field in FIELDS:
        _add(builder, field)
    return builder.build()


def _add(builder: tantivy.SchemaBuilder, field: Field) -> None:
    match field.kind:
        case Kind.KEYWORD:
            builder.add_text_field(field.name, fast=field.facet, tokenizer_name="raw", index_option="basic")
        case Kind.TOKENS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="freq")
        case Kind.WORDS:
            builder.add_text_field(field.name, tokenizer_name="whitespace", index_option="position")
        case Kind.NUMBER:
            builder.add_unsigned_field(field.name, indexed=field.searched, fast=field.facet)
        case Kind.ORDER:
            builder.add_unsigned_field(field.name, fast=True)
