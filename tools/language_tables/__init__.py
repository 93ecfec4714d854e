"""Makes the tables of `search/language/tables` from the dictionaries and lists they come from."""
