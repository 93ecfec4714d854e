"""What the pages call things."""

from register.model import Plain, Right

RIGHT_WORDS: dict[Right, str] = {
    "trademark": "Trademark",
    "patent": "Patent",
    "utility-model": "Utility model",
    "design": "Design",
    "geographical-indication": "Geographical indication",
}
STATUS_WORDS: dict[Plain, str] = {
    "registered": "registered",
    "pending": "pending",
    "expired": "expired",
    "ended": "ended",
    "unknown": "unknown",
}
MATCH_WORDS = {
    "similar": "Likeness",
    "sound": "Sound",
    "exact": "Exact spelling",
    "startsWith": "Beginning",
    "contains": "Part of the name",
}
SORT_WORDS = {
    "relevance": "Best first",
    "-filingDate": "Newest filing first",
    "filingDate": "Oldest filing first",
    "-registrationDate": "Newest registration first",
    "expiryDate": "Next to expire first",
    "-changed": "Last changed first",
}
FACET_WORDS = {
    "offices": "Office",
    "territories": "Has effect in",
    "rights": "Right",
    "status": "Status",
    "niceClasses": "Nice class",
    "filingYear": "Year of filing",
    "applicants": "Applicant",
    "kinds": "Kind",
    "features": "Feature",
    "viennaCodes": "Vienna code",
    "locarno": "Locarno class",
    "ipc": "IPC",
}
NO_TITLE = "(mark without words)"


def counted(number: int, one: str, many: str) -> str:
    """`1 record`, `2,000 records`."""
    return f"{number:,} {one if number == 1 else many}"
