"""Ids of receipts: short enough for a letter, read back whatever a typist makes of them.

An id is a hash of all that the receipt says, so a receipt cannot be changed and keep its id. The content
holds random bytes of its own: who repeats a search gets another id, and cannot learn from ids whether
somebody else has searched for a name.
"""

from hashlib import blake2b

PREFIX = "rc"
_BYTES, _CHARACTERS, _GROUP = 15, 24, 6
# Crockford's base 32: no letter that reads as a digit, and none of i, l, o, u.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans("ilo", "110")


def identity_of(content: bytes) -> str:
    """The id of a receipt with this content, such as `rc-4k2v7q-1mzw8x-a7c9d2-p0r3ts`."""
    value = int.from_bytes(blake2b(content, digest_size=_BYTES, person=b"ipreg receipt").digest(), "big")
    letters = "".join(_ALPHABET[value >> shift & 31] for shift in range(5 * (_CHARACTERS - 1), -1, -5))
    return f"{PREFIX}-{_grouped(letters)}"


def read_identity(text: str) -> str | None:
    """The id that is meant, in any case, with or without strokes and prefix; None where it is none."""
    if len(text) > 2 * _CHARACTERS:
        return None
    letters = "".join(character for character in text.casefold() if character.isalnum())
    if len(letters) == _CHARACTERS + len(PREFIX):
        letters = letters.removeprefix(PREFIX)
    letters = letters.translate(_MISREAD)
    if len(letters) != _CHARACTERS or not set(letters) <= set(_ALPHABET):
        return None
    return f"{PREFIX}-{_grouped(letters)}"


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CHARACTERS, _GROUP))
