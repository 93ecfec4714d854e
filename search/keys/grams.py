"""Short pieces of a key: three letters for likeness, two letters with their places for an exact substring."""

MAX_CONTAINED_CHARACTERS = 256
"""How much of a key `contains` can look into."""

_BEGIN, _END = "^", "$"


def trigrams(key: str) -> tuple[str, ...]:
    """The distinct 3-grams of a key with two signs before it and one after it: the start of a name counts
    for more.
    """
    if not key:
        return ()
    padded = f"{_BEGIN}{_BEGIN}{key}{_END}"
    return tuple(dict.fromkeys([padded[at : at + 3] for at in range(len(key) + 1)]))


def contained_bigrams(key: str) -> list[str]:
    """The 2-grams of a key in order, and its last letter alone, so that every letter begins one of them."""
    cut = key[:MAX_CONTAINED_CHARACTERS]
    return [cut[at : at + 2] for at in range(len(cut))]


def needle_bigrams(key: str) -> tuple[str, ...]:
    """The 2-grams that a key with this substring has one after the other; a single letter is the start of
    one.
    """
    cut = key[:MAX_CONTAINED_CHARACTERS]
    return (cut,) if len(cut) == 1 else tuple([cut[at : at + 2] for at in range(len(cut) - 1)])
