"""The profiles of offices, a table each."""
