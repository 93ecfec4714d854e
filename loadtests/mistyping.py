"""Names as a hurried person types them."""

import random


def mistyped(text: str) -> str:
    """The text with two neighbours swapped; a very short one as it is."""
    if len(text) < 4:
        return text
    at = random.randrange(1, len(text) - 1)
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
