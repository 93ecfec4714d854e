"""Feeds that come over HTTP: kept in files until they are read, and read by workers of their own."""
