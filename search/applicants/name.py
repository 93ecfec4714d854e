"""The name of an applicant taken apart: what of it is the name proper, and what is legal form, division or
trade.

Spellings of one `core` are one applicant; the rest is what other spellings are compared by.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from register.codes.legal_forms import strip_legal_form
from search.applicants.wording import FUNCTION_WORDS, empty_words, is_trade, place_of, plain_word
from search.keys.normal import folded_text
from search.keys.scripts import LATIN, script_of
from search.language.english import COMMON, frequency
from search.language.readings import simplified

MAX_NAME_CHARACTERS = 300

# A legal form within a name ends it: what follows is a division (Panasonic Corporation AVC Networks Company)
# or a place. Company alone does not: Ford Motor Company of Canada, The Walt Disney Company.
_FORM_WITHIN = re.compile(
    r"[\s,(]+(?:corporation|corp|incorporated|inc|limited|ltd|gmbh|plc|l\.?l\.?c|pte\.?,? ltd|pvt\.?,? ltd|"
    r"co\.?,? ?ltd|co\.?,? limited|s\.p\.a|b\.v|n\.v|sdn\.? bhd|(?-i:AG|SA|SE|AB|NV|BV))\b[.,)\s-]*",
    re.IGNORECASE,
)
_DIVISIONS = frozenset(
    [
        "group",
        "division",
        "div",
        "divisions",
        "department",
        "dept",
        "sector",
        "unit",
        "bu",
        "segment",
        "subdivision",
    ]
)
_BEHIND_COMMA = re.compile(r"^(?P<head>[^,]{2,}?)\s*,\s*(?P<tail>[^,]+)$")
_BEHIND_DASH = re.compile(r"^(?P<head>.{2,}?)\s+[-–—/]\s*(?P<tail>[A-Z][A-Z&0-9]{1,5})$")
_OTHERWISE = re.compile(
    r"\s*[,(;]?\s*\b(?:d\.?/?b\.?/?a\.?|doing business as|trading as|t/a|a\.?k\.?a\.?|also known as|"
    r"f\.?k\.?a\.?|f/k/a|formerly(?: known as)?|former(?= name)|vormals)\b[:.]?\s*",
    re.IGNORECASE,
)
_SIGNS_OF_OTHERS = (
    "dba", "d.b", "d/b", "t/a", "aka", "a.k", "f/k", "fka", "f.k", "known", "trading as", "doing", "former",
    "vormals",
)  # fmt: skip
# `SSCPCo.,Ltd.`: the form grown onto the name.
_GROWN_CO = re.compile(r"(?<=\w)co[.,]+\s*(?:ltd|limited|inc)", re.IGNORECASE)
_AMPERSAND = re.compile(r"\s*[&＆+]\s*")
_APOSTROPHE_S = re.compile(r"[’'`]s\b", re.IGNORECASE)
_THAI_TONES = re.compile("[\u0e48-\u0e4b]")
_KANA_LENGTH = re.compile("[ーｰ]")
_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_DIGITS = re.compile(r"\d+")
_SURNAMES_HANGUL = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
_THAI_PERSONS = ("นาย", "นาง", "น.ส.", "ดร.", "คุณ")
_MR = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "haji", "hj", "ir", "tuan", "encik", "bapak", "ibu"]
)


class Name(NamedTuple):
    """`core` is what is compared for being the same, `raw` its letters as they stand. `words` are those of
    the name proper in one form, `telling` those of them that are not empty, `said` the text to be read aloud.
    `numbers` count companies that are otherwise named alike (No. 3, 제3호); `division` is true where a part
    of the company was named too; `others` are the cores under which it may be known besides, and
    `said_otherwise` what would be read aloud then.
    """

    core: str
    raw: str
    words: tuple[str, ...]
    telling: tuple[str, ...]
    said: str
    script: str
    numbers: tuple[str, ...]
    is_person: bool
    division: bool
    others: tuple[str, ...]
    said_otherwise: tuple[str, ...]

    @property
    def initials(self) -> str:
        """The first letters of three or more Latin words; "" of fewer."""
        if self.script != LATIN or len(self.words) < 3:
            return ""
        return "".join(word[0] for word in self.words)


@lru_cache(maxsize=16384)
def name_of(text: str, country: str | None) -> Name:
    """A party's name taken apart. `country` (ST.3) is the party's, where it is known."""
    whole = " ".join(unicodedata.normalize("NFKC", text[:MAX_NAME_CHARACTERS]).split())
    lowered = whole.lower()
    parts = [whole]
    # The pattern is slow, and hardly any name has what it looks for.
    if any(sign in lowered for sign in _SIGNS_OF_OTHERS):
        parts = [part for part in _OTHERWISE.split(whole) if part and part.strip(" ,;()")]
    first = _taken_apart(parts[0] if parts else whole, country)
    others = list(first.others)
    said = first.said_otherwise
    for part in parts[1:]:
        other = _taken_apart(part.strip(" ,;()"), country)
        others += (other.core, *other.others)
        said += (other.said,)
    distinct = tuple(dict.fromkeys(core for core in others if core and core != first.core))
    return first._replace(others=distinct, said_otherwise=said)


def _taken_apart(text: str, country: str | None) -> Name:
    proper = strip_legal_form(text, country)
    has_form = proper != text.strip()
    proper, behind, division = _without_division(proper, country)
    script = script_of(proper)
    words = _latin_words(proper) + _latin_words(behind) if script == LATIN else _words_of(proper)
    if not words:
        words = tuple(folded_text(text).split()) or (text.casefold(),)
    core = "".join(words)
    telling = tuple(word for word in words if word not in empty_words()) or words
    if (
        script == LATIN
        and len(words) > 1
        and len(words[0]) in (2, 3, 4, 5)
        and _explains(words[0], words[1:])
    ):
        # AVM Audiovisuelles Marketing: the initials, and then what they stand for.
        words, core, telling = words[:1], words[0], words[:1]
    others: list[str] = []
    besides: tuple[str, ...] = ()
    grown = _GROWN_CO.search(text)
    if grown is not None and core.endswith("co") and len(core) > 4:
        others.append(core[:-2])
        besides = (re.sub(r"(?i)co[.,\s]*$", "", proper),)
    person = not has_form and not division and _is_person(text, words, script)
    raw = "".join(folded_text(f"{proper} {behind}").split()) or core
    said, numbers = _counted(_said(proper))
    return Name(
        core,
        raw,
        words,
        telling,
        said,
        script,
        numbers,
        person,
        division,
        tuple(others),
        tuple(map(_said, besides)),
    )


def _without_division(proper: str, country: str | None) -> tuple[str, str, bool]:
    """The name before a legal form within it; what follows where that belongs to the name, as a place does;
    and whether a division was cut off.
    """
    for pattern in (_BEHIND_DASH, _BEHIND_COMMA) if any(sign in proper for sign in ",-/–—") else ():
        found = pattern.match(proper)
        if found is not None:
            words = folded_text(found["tail"]).split()
            if words and (pattern is _BEHIND_DASH or (words[-1] in _DIVISIONS and len(words) > 1)):
                return strip_legal_form(found["head"], country), "", True
    found = _FORM_WITHIN.search(proper)
    if found is None or not _LATIN_LETTER.search(proper[: found.start()]):
        return proper, "", False
    head = strip_legal_form(proper[: found.start()], country)
    if not set(folded_text(head).split()) - FUNCTION_WORDS:
        return proper, "", False
    tail = proper[found.end() :]
    words = folded_text(tail).split()
    if not words:
        return head, "", False
    if "branch" in words or words[0] in FUNCTION_WORDS or any(place_of(word) for word in words):
        return head, tail, False
    return head, "", True


_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")


_JOINING = ("&", "+", "'", "’", "`", "＆")


def _latin_words(text: str) -> tuple[str, ...]:
    if any(sign in text for sign in _JOINING):
        text = _APOSTROPHE_S.sub("s", _AMPERSAND.sub(" and ", text)).replace("'", " ")
    joined = folded_text(text)
    words = joined.split()
    found: list[str] = []
    for place, word in enumerate(words):
        if word in ("and", "und") or (word == "the" and place == 0):
            continue
        if word == "l" and found and found[-1] in ("int", "nat"):
            found[-1] = "international" if found[-1] == "int" else "national"
            continue
        where = place_of(word) if len(words) > 1 else None
        if where is not None and place > 0 and " " not in where[0]:
            found.append(where[0])
        else:
            found.append(plain_word(word) if len(words) > 1 else word)
    return tuple(found)


def _words_of(text: str) -> tuple[str, ...]:
    folded = simplified(folded_text(_AMPERSAND.sub(" ", text)))
    folded = _KANA_LENGTH.sub("", _katakana(_THAI_TONES.sub("", folded)).translate(_SMALL_KANA))
    return tuple(folded.split())


def _katakana(text: str) -> str:
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in text)


_BETWEEN_LETTERS = re.compile(r"(?<=\b\w)\s*&\s*(?=\w\b)")


def _said(text: str) -> str:
    """What is read aloud: a sign for AND between single letters is their N."""
    return _BETWEEN_LETTERS.sub(" n ", text) if "&" in text else text


# Companies made to buy others are counted, and called what they are: 미래에셋제3호기업인수목적, No.3 SPAC.
_COUNTED = re.compile(r"제?\s*(\d+)\s*호|第\s*(\d+)\s*[号號]|\bno\.?\s*(\d+)\b", re.IGNORECASE)
_SPAC = re.compile(
    r"기업인수목적|스팩|\bspac\b|\bspecial purpose acquisition(?: (?:company|corporation|corp))?\b",
    re.IGNORECASE,
)


def _counted(said: str) -> tuple[str, tuple[str, ...]]:
    has_digit = any(map(str.isdigit, said))
    numbers = tuple("".join(filter(None, found)) for found in _COUNTED.findall(said)) if has_digit else ()
    is_spac = (not said.isascii() or "sp" in said.lower()) and _SPAC.search(said) is not None
    if not numbers and not is_spac:
        return said, ()
    rest = " ".join(_SPAC.sub(" ", _COUNTED.sub(" ", said)).split())
    return (rest, (*numbers, "spac") if is_spac else numbers) if rest else (said, numbers)


def _explains(initials: str, words: tuple[str, ...]) -> bool:
    """Whether a word is made of the first letters of those behind it, all or the first of them."""
    letters = "".join(word[0] for word in words)
    return len(words) >= 2 and (letters.startswith(initials) or _in_parts(initials, words[0], words[1:]))


def _in_parts(initials: str, first: str, rest: tuple[str, ...]) -> bool:
    """AVM of Audio-Visuelles Marketing: the letters in order, the last ones those of further words."""
    if not first.startswith(initials[0]) or not rest or initials[-1] != rest[0][0] or len(initials) < 3:
        return False
    place = 0
    for letter in initials[:-1]:
        place = first.find(letter, place) + 1
        if place == 0:
            return False
    return len(first) >= 8


def _is_person(text: str, words: tuple[str, ...], script: str) -> bool:
    """Whether a name without a legal form may be that of a natural person."""
    if _DIGITS.search(text):
        return False
    if script == LATIN:
        if words and words[0] in _MR:
            return True
        if not 2 <= len(words) <= 4 or any(is_trade(word) or place_of(word) for word in words):
            return False
        return not any(frequency(word) >= COMMON for word in words) and "&" not in text
    if script == "Thai":
        return text.startswith(_THAI_PERSONS)
    if script == "Hang":
        return len("".join(words)) == 3 and words[0][0] in _SURNAMES_HANGUL
    if script == "Hani":
        return 2 <= len("".join(words)) <= 4
    return False
