"""The forms of a document's names, kept beside the keys so that likeness is scored without computing them
again.
"""

from collections.abc import Iterable
from typing import NamedTuple

from search.keys.mark import NameKeys
from search.keys.scripts import LATIN
from search.keys.units import Unit

MAX_NAMES = 12
"""How many names of one document are compared."""

_BETWEEN_NAMES, _BETWEEN_PARTS, _BETWEEN_SOUNDS = "\x1e", "\x1f", "/"
_BETWEEN_UNITS, _WITHIN_UNIT, _BETWEEN_PHRASES = "\x1d", "\x1c", ","
_PARTS = 6
_WEAK = "!"
_SAME = "="


class Form(NamedTuple):
    """One name as it is compared. `role`: `t` a text of the mark, `l` a transliteration, `r` a translation,
    `n` a title.
    """

    role: str
    script: str
    words: str
    roman: str
    sounds: tuple[str, ...]
    units: tuple[Unit, ...] = ()

    @property
    def key(self) -> str:
        return self.words.replace(" ", "")


def form_of(role: str, keys: NameKeys) -> Form:
    # Where nothing means anything, the sound says all.
    units = keys.units if any(unit.phrases for unit in keys.units) else ()
    return Form(role, keys.script, " ".join(keys.words), keys.roman, keys.sounds, units)


def encode_forms(forms: Iterable[Form]) -> str:
    """The forms as one text; a romanised form that is the name itself, and the script Latin, are left out."""
    return _BETWEEN_NAMES.join(
        _BETWEEN_PARTS.join(
            (
                form.role,
                "" if form.script == LATIN else form.script,
                form.words,
                _SAME if form.roman == form.key else form.roman,
                _BETWEEN_SOUNDS.join(form.sounds),
                _encode_units(form.units),
            )
        )
        for form in forms
    )


def _encode_units(units: tuple[Unit, ...]) -> str:
    """Units as one text."""
    return _BETWEEN_UNITS.join(
        _WITHIN_UNIT.join(
            (
                unit.text,
                f"{_WEAK}{unit.sound}" if unit.weak else unit.sound,
                _BETWEEN_PHRASES.join(unit.phrases),
            )
        )
        for unit in units
    )


def decode_units(encoded: str) -> tuple[Unit, ...]:
    """The units as they stand in a column."""
    units = []
    for one in encoded.split(_BETWEEN_UNITS) if encoded else ():
        text, sound, phrases = one.split(_WITHIN_UNIT)
        weak = sound.startswith(_WEAK)
        listed = tuple(phrases.split(_BETWEEN_PHRASES)) if phrases else ()
        units.append(Unit(text, sound[1:] if weak else sound, listed, weak))
    return tuple(units)


def decode_forms(encoded: str) -> list[Form]:
    """The inverse of `encode_forms`."""
    return FormColumns([encoded]).forms()


class FormColumns:
    """The names of many documents in columns, for comparing one name with all at once.

    `owners` says whose each name is: the document's place among those given.
    """

    def __init__(self, encoded: Iterable[str]) -> None:
        documents = list(encoded)
        self.owners: list[int] = [
            owner
            for owner, names in enumerate(documents)
            if names
            for _ in range(names.count(_BETWEEN_NAMES) + 1)
        ]
        whole = _BETWEEN_NAMES.join(filter(None, documents))
        parts = whole.replace(_BETWEEN_NAMES, _BETWEEN_PARTS).split(_BETWEEN_PARTS) if whole else []
        if len(parts) != _PARTS * len(self.owners):
            raise ValueError(f"a name has not {_PARTS} parts")
        self.roles: list[str] = parts[0::_PARTS]
        self.scripts: list[str] = [script or LATIN for script in parts[1::_PARTS]]
        self.words: list[str] = parts[2::_PARTS]
        self.keys: list[str] = [words.replace(" ", "") for words in self.words]
        self.romans: list[str] = [
            key if roman == _SAME else roman for key, roman in zip(self.keys, parts[3::_PARTS], strict=True)
        ]
        self.sounds: list[str] = parts[4::_PARTS]
        """The ways in which each name may be said, as `said` reads them."""
        self.units: list[str] = parts[5::_PARTS]
        """The units of each name, as `decode_units` reads them."""

    def __len__(self) -> int:
        return len(self.owners)

    def form(self, place: int) -> Form:
        return Form(
            self.roles[place],
            self.scripts[place],
            self.words[place],
            self.romans[place],
            said(self.sounds[place]),
            decode_units(self.units[place]),
        )

    def forms(self) -> list[Form]:
        return [self.form(place) for place in range(len(self))]


def said(sounds: str) -> tuple[str, ...]:
    """The ways of saying a name as they stand in a column."""
    return tuple(sounds.split(_BETWEEN_SOUNDS)) if sounds else ()
