"""Letters that the eye takes for one another, folded to one of them.

The confusables of Unicode (UTS 39) between Latin, Greek and Cyrillic, as far as they are letters of marks,
and signs used for letters in brands.
"""

from functools import lru_cache

from search.language.readings import simplified

_LETTERS = {
    # Cyrillic and Greek letters drawn like Latin ones (UTS 39).
    "а": "a",
    "в": "b",
    "с": "c",
    "е": "e",
    "н": "h",
    "і": "i",
    "ј": "j",
    "к": "k",
    "м": "m",
    "о": "o",
    "р": "p",
    "ѕ": "s",
    "т": "t",
    "х": "x",
    "у": "y",
    "α": "a",
    "β": "b",
    "ε": "e",
    "η": "n",
    "ι": "i",
    "κ": "k",
    "ν": "v",
    "ο": "o",
    "ρ": "p",
    "τ": "t",
    "υ": "u",
    "χ": "x",
    "ω": "w",
    # Digits and signs for letters.
    "0": "o",
    "1": "l",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "$": "s",
    "@": "a",
    "!": "l",
    "i": "l",
    "j": "l",
    "q": "g",
}
_FOLD = str.maketrans(_LETTERS)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"))


@lru_cache(maxsize=32768)
def lookalike(key: str) -> str:
    """The key with look-alike letters made one: `c0rn` and `com` become the same, as do 商業 and 商业."""
    if not key.isascii():
        key = simplified(key)
    for pair, single in _PAIRS:
        if pair in key:
            key = key.replace(pair, single)
    return key.translate(_FOLD)
