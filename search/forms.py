"""The forms of a document's names, kept beside the keys so that likeness is scored without computing them
again.
"""

from collections.abc import Iterable
from typing import NamedTuple

from search.keys.mark import NameKeys
from search.keys.scripts import LATIN

MAX_NAMES = 12
"""How many names of one document are compared."""

_BETWEEN_NAMES, _BETWEEN_PARTS = "\x1e", "\x1f"
_SAME = "="


class Form(NamedTuple):
    """One name as it is compared. `role`: `t` a text of the mark, `l` a transliteration, `r` a translation,
    `n` a title.
    """

    role: str
    script: str
    words: str
    roman: str
    sound: str

    @property
    def key(self) -> str:
        return self.words.replace(" ", "")


def form_of(role: str, keys: NameKeys) -> Form:
    return Form(role, keys.script, " ".join(keys.words), keys.roman, keys.sound)


def encode_forms(forms: Iterable[Form]) -> str:
    """The forms as one text; a romanised form that is the name itself, and the script Latin, are left out."""
    return _BETWEEN_NAMES.join(
        _BETWEEN_PARTS.join(
            (
                form.role,
                "" if form.script == LATIN else form.script,
                form.words,
                _SAME if form.roman == form.key else form.roman,
                form.sound,
            )
        )
        for form in forms
    )


def decode_forms(encoded: str) -> list[Form]:
    """The inverse of `encode_forms`."""
    if not encoded:
        return []
    forms = []
    for name in encoded.split(_BETWEEN_NAMES):
        role, script, words, roman, sound = name.split(_BETWEEN_PARTS)
        forms.append(
            Form(role, script or LATIN, words, words.replace(" ", "") if roman == _SAME else roman, sound)
        )
    return forms
