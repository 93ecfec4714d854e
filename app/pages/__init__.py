"""Server-rendered pages: search, record, applicant, coverage. They work without scripts."""
