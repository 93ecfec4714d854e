"""What figures call values."""

from collections.abc import Callable

from register.codes.classifications import ClassificationName, classification
from register.model import RIGHTS, Plain

RIGHT_TITLES: dict[str, str] = {right: right.replace("-", " ").capitalize() for right in RIGHTS}
STATUSES: tuple[Plain, ...] = ("registered", "pending", "expired", "ended", "unknown")
OUTCOMES: dict[str, str] = {
    "granted": "Granted",
    "pending": "Pending",
    "not-granted": "Not granted",
    "unknown": "Not known",
}


def month_words(number: str | int) -> str:
    """A month by its number as `2027-03`."""
    year, month = divmod(int(number), 12)
    return f"{year:04d}-{month + 1:02d}"


def quarter_words(number: str | int) -> str:
    """A quarter, counted from the year 0, as `2027 Q1`."""
    year, quarter = divmod(int(number), 4)
    return f"{year:04d} Q{quarter + 1}"


def title_of(name: ClassificationName) -> Callable[[str], str]:
    """The headings of a classification; "" for a code that it has not."""
    of = classification(name)

    def title(code: str) -> str:
        return of.title(code) or ""

    return title
