"""Watches: what is new or changed among what a saved search finds."""
