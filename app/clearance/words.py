"""What a clearance report calls things, in every form that it is shown in."""

from register.codes.nice import nice_title
from search.clearance.goods import Relation
from search.clearance.grades import Grade
from search.clearance.standing import State

GRADE_WORDS: dict[Grade, str] = {
    "blocked": "Blocked",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "clear": "Nothing found in the way",
    "unknown": "Cannot be said",
}
GRADE_MEANS: dict[Grade, str] = {
    "blocked": "the same name for the same goods is registered and in force",
    "high": "a conflict that is likely to be raised",
    "medium": "a conflict that may be raised; to be looked at",
    "low": "a distant conflict",
    "clear": "nothing was found in the way, as far as the data reaches",
    "unknown": "no trademarks of this place are held",
}
GRADE_SHORT: dict[Grade, str] = {**GRADE_WORDS, "clear": "Clear", "unknown": "Not held"}
STATE_WORDS: dict[State, str] = {
    "in-force": "In force",
    "pending": "Pending",
    "in-grace": "In its grace period",
    "unclear": "Unclear whether in force",
    "over": "Over",
}
RELATION_WORDS: dict[Relation, str] = {
    "same": "Same goods",
    "related": "Related goods",
    "unrelated": "Unrelated goods",
    "unknown": "Goods not known",
    "not-asked": "Goods not compared",
}


def class_words(nice_class: int | None) -> str:
    return "All goods asked for" if nice_class is None else f"Class {nice_class}"


def class_title(nice_class: int | None) -> str:
    return "" if nice_class is None else nice_title(nice_class) or ""
