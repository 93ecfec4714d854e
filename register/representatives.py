"""Who represents an applicant, across the spellings in which offices deliver one."""

from register.applicants import applicant_id
from register.model import Party


def representative_id(party: Party) -> str:
    """`rp-` and 13 letters or digits: one for all spellings that differ in legal form, case, accents or
    punctuation alone, as `register.applicants` tells them apart.
    """
    return "rp-" + applicant_id(party).removeprefix("ap-")
