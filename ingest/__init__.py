"""Feeds of offices become records."""
