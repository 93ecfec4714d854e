"""Burmese syllables read as a brand would be spelled in Latin letters.

A syllable is a consonant with medials, a vowel, and at most one consonant that asat silences, which closes
it. Foreign names add further silenced consonants, for sounds that Burmese does not end a syllable with (စ်
for s). The stops that close a syllable are hardly heard, so a name may be read without them too.

Source: the orthography as the Unicode Standard describes it (chapter Myanmar), and the readings of the MLC
transcription for the rhymes.
"""

import re

_ASAT, _TONES = "\u103a", "\u1037\u1038"
_ONSETS = {
    "က": "k", "ခ": "k", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z", "ည": "ny",
    "ဉ": "ny",
    "ဋ": "t", "ဌ": "t", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "t", "ဒ": "d", "ဓ": "d", "န": "n",
    "ပ": "p",
    "ဖ": "f", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y", "ရ": "r", "လ": "l", "ဝ": "w", "သ": "th", "ဟ": "h",
    "ဠ": "l",
    "အ": "", "ဿ": "th",
}  # fmt: skip
# With the medials y and r a velar is an affricate; with h, r and l are sh.
_CLUSTERS = {"k": "ch", "g": "j"}
_HUSHED = {"r": "sh", "ly": "sh", "thy": "sh", "y": "sh"}
_INDEPENDENT = {
    "ဣ": "i",
    "ဤ": "i",
    "ဥ": "u",
    "ဦ": "u",
    "ဧ": "e",
    "ဩ": "o",
    "ဪ": "o",
    "၏": "i",
    "၌": "naik",
    "၍": "ywe",
}
_VOWELS = {
    "": "a", "ါ": "a", "ာ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e", "ော": "o",
    "ေါ": "o",
    "ို": "o", "ံ": "an", "ုံ": "on", "ိံ": "ein", "ွံ": "un",
}  # fmt: skip
_CLOSED = {
    ("", "က"): "ak", ("", "င"): "in", ("", "စ"): "it", ("", "ည"): "i", ("", "ဉ"): "in", ("", "ယ"): "e",
    ("ေါ", "က"): "auk", ("ော", "က"): "auk", ("ော", "င"): "aung", ("ေါ", "င"): "aung", ("ို", "က"): "aik",
    ("ို", "င"): "ain", ("ိ", "တ"): "eit", ("ိ", "ပ"): "eit", ("ိ", "န"): "ein", ("ိ", "မ"): "ein", ("ု",
    "တ"): "ot",
    ("ု", "ပ"): "ok", ("ု", "န"): "on", ("ု", "မ"): "on", ("ွ", "တ"): "ut", ("ွ", "ပ"): "ut", ("ွ",
    "န"): "un",
    ("ွ", "မ"): "un", ("ို", "ယ"): "oi", ("ို", "လ"): "ol",
}  # fmt: skip
_FINALS = {
    "က": "k", "ခ": "k", "ဂ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ည": "n", "ဉ": "n", "တ": "t",
    "ထ": "t",
    "ဒ": "d", "န": "n", "ဏ": "n", "ပ": "p", "ဖ": "f", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "", "ရ": "r",
    "လ": "l",
    "ဝ": "", "သ": "s", "ဟ": "", "ဓ": "d", "ဠ": "l",
}  # fmt: skip
_UNRELEASED = frozenset("ktp")
_LETTERS = "".join(_ONSETS)
_SYLLABLE = re.compile(
    rf"(?P<onset>[{_LETTERS}])(?P<medials>[ျြွှ]*)(?P<vowel>[ါာိီုူေဲံ]*){_ASAT}?"
    rf"(?P<finals>(?:[{_LETTERS}]{_ASAT}[ျှ]?|[{_LETTERS}][ျှ]{_ASAT})*)"
)
_FINAL = re.compile(rf"([{_LETTERS}])[ျှ]?{_ASAT}([ျှ]?)|([{_LETTERS}])")
_STACKED = re.compile(rf"([{_LETTERS}])\u1039")


def _onset(letter: str, medials: str) -> str:
    read = _ONSETS[letter]
    if "ျ" in medials or "ြ" in medials:
        read = _CLUSTERS.get(read, read + "y" if read else "y")
    if "ှ" in medials:
        read = _HUSHED.get(read, read)
    return read


def _rhyme(vowel: str, medials: str, finals: list[str], *, released: bool) -> str:
    sign = vowel.replace("ေါ", "ော")
    if not finals:
        return _VOWELS.get(sign) or "".join(_VOWELS.get(one, "") for one in sign)
    first, rest = finals[0], finals[1:]
    shape = "ွ" if not sign and "ွ" in medials and (("ွ", first) in _CLOSED) else sign
    closed = _CLOSED.get((shape, first))
    if closed is None:
        closed = (_VOWELS.get(sign) or "a") + _FINALS.get(first, "")
    if not released and len(closed) > 1 and (closed[-1] in _UNRELEASED or closed == "ain"):
        closed = closed[:-1]
    return closed + "".join(_FINALS.get(one, "") for one in rest)


def read_burmese(word: str, *, released: bool = True) -> str:
    """A word of Burmese letters in Latin ones; other characters stay.

    `released` False leaves out what closes a syllable unheard, as in most foreign names: stops, and the
    nasal of `aing`, by which they write `ai`.
    """
    word = word.translate(dict.fromkeys(map(ord, _TONES)))
    word = _STACKED.sub(rf"\1{_ASAT}", word)
    read: list[str] = []
    position = 0
    while position < len(word):
        found = _SYLLABLE.match(word, position)
        if found is None:
            read.append(_INDEPENDENT.get(word[position], "" if word[position] == _ASAT else word[position]))
            position += 1
            continue
        finals = [one[0] for one in _FINAL.finditer(found["finals"])]
        medials, letters = found["medials"], [one[0] for one in finals]
        onset = _onset(found["onset"], medials)
        rhyme = _rhyme(found["vowel"], medials, letters, released=released)
        glide = "w" if "ွ" in medials and not (rhyme.startswith("u") and letters) else ""
        # A consonant that a foreign name silences right after its own y or h is an affricate or sh.
        if any(mark in one for one in finals for mark in "ျှ"):
            rhyme = _hushed_end(rhyme, finals)
        read.append(onset + glide + rhyme)
        position = found.end()
    return "".join(read)


def _hushed_end(rhyme: str, finals: list[str]) -> str:
    last = finals[-1]
    if "ျ" not in last and "ှ" not in last:
        return rhyme
    end = _FINALS.get(last[0], "")
    stem = rhyme.removesuffix(end) if end else rhyme
    return stem + ("sh" if "ှ" in last else _CLUSTERS.get(_ONSETS[last[0]], "s"))
