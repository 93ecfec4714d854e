"""Receipts: a search with its answer, under an id that can be cited, replayed and compared."""
