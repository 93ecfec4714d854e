"""Clearance reports as people get them: page, PDF, spreadsheet, and many at once."""
