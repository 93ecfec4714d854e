"""Whole results and changes as files: CSV, spreadsheets, a record a line."""
