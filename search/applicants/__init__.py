"""Who an applicant is: the spellings of one company found again in every script, with the evidence for it."""
