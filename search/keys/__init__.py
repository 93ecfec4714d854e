"""Keys: what a text or number becomes so that it is found, the same for the index and for queries."""
