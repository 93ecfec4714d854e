"""Expert search: a query language of field tags, operators, phrases, wildcards, ranges and proximity."""
