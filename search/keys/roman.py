"""The romanised form of a text: every script in the letters a to z and digits, near to how a brand would be
spelled.

`anyascii` gives the base reading of each character. What it cannot know, for it reads one character at a
time, is corrected here: Thai and Lao vowels written before their consonant and the letters that only carry
a vowel, Lao and Tamil letters that sound unlike their Indic relatives; Burmese is read by syllables.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from search.keys.burmese import read_burmese
from search.keys.scripts import LATIN, runs

_KEPT = re.compile(r"[^a-z0-9]+")

# The vowel goes behind its consonant, and behind both of a cluster (เฟรช is fre, โปร is pro, but โคลา is
# ko-la).
_THAI_LEADING = re.compile(r"([เแโใไ])([กขคตทบดปผพฟ][รลว](?=[ก-ฬฮีื]|$)|[ก-ฮ])")
_THAI_TONES = re.compile(r"[่-๋็]")
_THAI_COMPOSED = (("เีย", "ia"), ("เือ", "uea"), ("เาะ", "o"), ("เา", "ao"))
_THAI_CARRIER = re.compile(r"อ(?=[ะ-ูเแโใไ็])|(?<=[เแโใไ])อ")
# A vowel that the carrier bears stays before the consonant that closes its syllable: เอ็ม is em, not me.
_THAI_BORNE = re.compile(r"(?<=[เแโ])อ(?=[ก-ฬฮ](?![ะาิ-ู]))")
_HOLD = "\u2060"
_THAI_DOUBLE_R = re.compile(r"รร(?=[ก-ฮ])")
# A silenced ร is written where English has an r that is not spoken either.
_THAI_SILENT_R = re.compile(r"ร์")
_THAI = str.maketrans({"ฯ": "", "ๆ": ""})

_LAO_LEADING = re.compile(r"([ເແໂໃໄ])(ຫ?[ກ-ຮໜໝ]ຼ?)")
_LAO_CARRIER = re.compile(r"ອ(?=[ະ-ຽເແໂໃໄ])|(?<=[ເແໂໃໄ])ອ")
_LAO_SILENT_H = re.compile(r"ຫ(?=[ງຍນມຣລວຼ])")
_LAO = str.maketrans({"ຊ": "s", "ຍ": "y", "ອ": "o", "ຽ": "ia", "ຸ": "u", "ູ": "u", "ວ": "w", "ແ": "ae"})

_TAMIL = str.maketrans({"ச": "s", "ழ": "l"})
_TAMIL_CLUSTERS = re.compile(r"ச்ச|ஞ்ச|ற்ற|ஃப|ன்ற")
_TAMIL_READING = {"ச்ச": "ch", "ஞ்ச": "nj", "ற்ற": "tr", "ஃப": "f", "ன்ற": "ndr"}


# Arabic writes long vowels with letters that are consonants elsewhere.
_ARABIC = str.maketrans({"ا": "a", "و": "o", "ي": "i", "ع": "a"})


def _arabic(word: str) -> str:
    return word.translate(_ARABIC)


def _thai(word: str) -> str:
    word = _THAI_SILENT_R.sub("", _THAI_DOUBLE_R.sub("ั", word.translate(_THAI)))
    word = _THAI_BORNE.sub(_HOLD, _THAI_TONES.sub("", word))
    word = _THAI_LEADING.sub(r"\2\1", _THAI_CARRIER.sub("", word))
    for vowel, reading in _THAI_COMPOSED:
        word = word.replace(vowel, reading)
    return word


def _lao(word: str) -> str:
    word = _LAO_SILENT_H.sub("", word)
    return _LAO_LEADING.sub(r"\2\1", _LAO_CARRIER.sub("", word)).translate(_LAO)


def _tamil(word: str) -> str:
    return _TAMIL_CLUSTERS.sub(lambda found: _TAMIL_READING[found[0]], word).translate(_TAMIL)


def _kana(word: str) -> str:
    # A small tsu doubles the consonant after it.
    return word.replace("ッ", "").replace("っ", "")


def _sounds(listed: str) -> tuple[str, ...]:
    return tuple("" if sound == "-" else sound for sound in listed.split())


# Jamo by their index in the syllable block. A final before a consonant or the end is not released: sibilants
# and ㄷㅌㅎ end in t, ㄱㅋ in k, ㅂㅍ in p.
_HANGUL_FINALS = _sounds("- k k k n n n t l lk m l l l l l m p p t t ng t t k t p -")
_HANGUL_LINKED = _sounds("- g kk gs n nj n d l lg lm lb ls lt lp l m b bs s ss ng j ch k t p -")
_HANGUL_INITIALS = _sounds("g kk n d tt l m b pp s ss - j jj ch k t p h")
_HANGUL_VOWELS = _sounds("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FIRST_SYLLABLE, _LAST_SYLLABLE, _SILENT_INITIAL = 0xAC00, 0xD7A3, 11


def _hangul(word: str) -> str:
    """Syllables by their jamo; a final is carried over where the next syllable begins with a vowel."""
    blocks = [
        ord(letter) - _FIRST_SYLLABLE if _FIRST_SYLLABLE <= ord(letter) <= _LAST_SYLLABLE else -1
        for letter in word
    ]
    read: list[str] = []
    for position, block in enumerate(blocks):
        if block < 0:
            read.append(word[position])
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else -1
        linked = following >= 0 and following // 588 == _SILENT_INITIAL
        finals = _HANGUL_LINKED if linked else _HANGUL_FINALS
        read += _HANGUL_INITIALS[block // 588], _HANGUL_VOWELS[block % 588 // 28], finals[block % 28]
    return "".join(read)


_CORRECTIONS = {
    "Thai": _thai,
    "Laoo": _lao,
    "Mymr": read_burmese,
    "Taml": _tamil,
    "Kana": _kana,
    "Hang": _hangul,
    "Arab": _arabic,
}


@lru_cache(maxsize=65536)
def roman_word(word: str) -> str:
    """A word of a normal form in letters a to z and digits; empty where nothing of it can be read."""
    if word.isascii():
        return word if word.isalnum() else _KEPT.sub("", word)
    read = [
        anyascii(correct(run) if (correct := _CORRECTIONS.get(script)) is not None else run)
        for script, run in runs(word)
    ]
    return _KEPT.sub("", "".join(read).lower())


@lru_cache(maxsize=4096)
def other_reading(word: str) -> str | None:
    """The second way in which a word may be read, in letters a to z; None where there is only one."""
    if word.isascii() or all(script != "Mymr" for script, _ in runs(word)):
        return None
    read = [
        anyascii(read_burmese(run, released=False) if script == "Mymr" else run) for script, run in runs(word)
    ]
    return _KEPT.sub("", "".join(read).lower())


def is_latin(word: str) -> bool:
    """Whether a word of a normal form is written in Latin letters (or digits) alone."""
    return word.isascii() or all(script == LATIN for script, _ in runs(word))
