"""What is heard of a name in pieces, so that names that sound alike share rare ones, whatever their script.

A piece is a token under the script of the name: names of each script are asked for apart, so that a script
with many names does not hide the others.
"""

from functools import lru_cache

from search.keys.scripts import LATIN
from search.keys.sound import skeleton

_MARKS = {
    LATIN: "L",
    "Hani": "H",
    "Hang": "G",
    "Kana": "K",
    "Thai": "T",
    "Laoo": "O",
    "Mymr": "B",
    "Khmr": "C",
    "Taml": "M",
    "Arab": "A",
    "Deva": "D",
    "Cyrl": "Y",
    "Grek": "E",
}
_OTHER = "Z"
HEARD_SCRIPTS: tuple[str, ...] = tuple(_MARKS)
"""Scripts whose names are asked for apart; those of all others together."""
OTHER_SCRIPTS = "Zyyy"

_MOST_PIECES_OF_A_SOUND = 48


@lru_cache(maxsize=4096)
def _pieces(sound: str) -> tuple[str, ...]:
    """The whole skeleton, its 3-grams, and the 3-grams of the sound with its vowels, between signs for begin
    and end.
    """
    bones = skeleton(sound)
    found = ["=" + bones]
    if len(bones) > 1:
        framed = f"^{bones}$"
        found += [framed[at : at + 3] for at in range(len(framed) - 2)]
    framed = f"^{sound}$"
    found += [framed[at : at + 3] for at in range(max(1, len(framed) - 2))]
    return tuple(dict.fromkeys(found))[:_MOST_PIECES_OF_A_SOUND]


def phone_tokens(script: str, sound: str) -> tuple[str, ...]:
    """The distinct pieces of a way in which a name may be said, for names of a script."""
    mark = _MARKS.get(script, _OTHER)
    return tuple([mark + piece for piece in _pieces(sound)])
