"""A file for each source: the rows of its tables."""
