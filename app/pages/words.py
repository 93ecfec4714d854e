"""What the pages call things."""

from app.exports.kinds import ExportFormat
from register.codes.classifications import ClassificationName, classification
from register.codes.offices import office_name
from register.deadlines import DeadlineKind
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
    "expert": "Expert query",
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
    "cpc": "CPC",
}
# Filters that are not facets, as the chips of a search name them.
FILTER_WORDS = {
    **FACET_WORDS,
    "applicant": "Applicant",
    "representatives": "Representative",
    "viennaLike": "Figures like",
    "filedFrom": "Filed from",
    "filedTo": "Filed to",
    "registeredFrom": "Registered from",
    "registeredTo": "Registered to",
    "expiresFrom": "Expires from",
    "expiresTo": "Expires to",
}
# The rules of likeness and of listing (search.similarity.rules, search.plan) as a reader understands them.
RULE_WORDS = {
    "identical": "The same name",
    "look-alike letters": "Letters that look alike",
    "few letters changed": "Few letters differ",
    "same sound": "Sounds alike",
    "sound across scripts": "Sounds alike in another script",
    "one holds the other": "One name holds the other",
    "part nearly the same": "A part is nearly the same",
    "words in common": "Words in common",
    "words in another order": "The same words in another order",
    "same Vienna section": "The same figure",
    "same Vienna division": "A figure of the same division",
    "same Vienna category": "A figure of the same category",
    "number": "Bears this number",
    "every word is in its text": "Every word is in its text",
    "expert query": "Answers the query",
}
DEADLINE_WORDS: dict[DeadlineKind, str] = {
    "opposition": "Opposition until",
    "renewal": "Renewal due",
    "grace": "Late renewal until",
}
CLASSIFICATION_OF: dict[str, ClassificationName] = {
    "niceClasses": "nice",
    "viennaCodes": "vienna",
    "locarno": "locarno",
    "ipc": "ipc",
    "cpc": "cpc",
}
NO_TITLE = "(mark without words)"
FIGURES_ALIKE = "of the figures in common"
_ALIKE_WORDS = ((0.995, "the same"), (0.85, "very alike"), (0.7, "alike"), (0.0, "somewhat alike"))


def alike_words(score: float) -> str:
    """A score of likeness, 0 to 1, in words."""
    return next(words for least, words in _ALIKE_WORDS if score >= least)


def value_words(name: str, value: str) -> str:
    """The value of a filter as a reader knows it: `Thailand` for the office `TH`."""
    if name in ("offices", "territories"):
        return office_name(value.upper())
    if name == "rights":
        return next((words for right, words in RIGHT_WORDS.items() if right == value), value)
    if name in CLASSIFICATION_OF:
        of = classification(CLASSIFICATION_OF[name])
        code = of.normalise(value)
        return value if code is None else of.labelled(code)
    return value


def days_left_words(days: int) -> str:
    """`in 12 days`, `today`, `3 days ago`."""
    if days == 0:
        return "today"
    words = counted(abs(days), "day", "days")
    return f"in {words}" if days > 0 else f"{words} ago"


def counted(number: int, one: str, many: str) -> str:
    """`1 record`, `2,000 records`."""
    return f"{number:,} {one if number == 1 else many}"


EXPORT_WORDS: dict[ExportFormat, str] = {"csv": "CSV", "xlsx": "Excel", "jsonl": "JSON Lines"}
"""The kinds of file that a whole result can be had as."""
