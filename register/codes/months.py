"""Names of months in the languages of the offices, whole and short, as dates are written with them."""

import unicodedata
from functools import cache, lru_cache

from register.codes.table import pairs


def _key(name: str) -> str:
    """A name without case, accents of Latin letters, points and spaces."""
    plain = unicodedata.normalize("NFD", name.casefold())
    kept = (c for c in plain if not "\u0300" <= c <= "\u036f" and not c.isspace() and c not in ".,")
    return unicodedata.normalize("NFC", "".join(kept)).replace("đ", "d")


@cache
def _months() -> dict[str, int]:
    return {
        _key(word): int(month) for month, words in pairs("months.csv", "month", "words").items()
        for word in words.split("|")
    }  # fmt: skip


@lru_cache(maxsize=1024)
def month_named(name: str) -> int | None:
    """The number of a month, 1 to 12, by its name in any of these languages; None for what is none."""
    return _months().get(_key(name))
