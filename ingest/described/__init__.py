"""Formats that an office's profile describes, with no line of Python: CSV, JSON and XML of its own."""
