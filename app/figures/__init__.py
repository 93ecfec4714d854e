"""Figures as people see them: charts, tables and printed reports."""
