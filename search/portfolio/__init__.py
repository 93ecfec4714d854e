"""Figures over sets of records: what an applicant has, several side by side, the landscape of a search."""
