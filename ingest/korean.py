"""What the Korean office's own formats have in common: numbers that say the right, strings in two scripts,
classes."""

import re
from typing import Literal, NamedTuple

from ingest.draft import Draft, DraftParty, DraftText
from ingest.json_values import codes, parts
from register.model import Right

# The first two digits of a KIPO number (KIPRIS Plus, list of codes); 40 to 48 are the kinds of mark, numbers
# from 50 on those of requests to renew a mark or to add goods to it.
_RIGHTS: dict[str, Right] = {"10": "patent", "20": "utility-model", "30": "design"}
_KINDS = {
    "40": "상표",
    "41": "서비스표",
    "42": "업무표장",
    "43": "단체표장",
    "44": "지리적표시 단체표장",
    "45": "상표/서비스표",
    "47": "증명표장",
    "48": "지리적표시 증명표장",
}
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]")
_LOCARNO = re.compile(r"\d{2}-?\d{2}")


class TwoScripts(NamedTuple):
    """A string of two parts, one in Hangul and one in Latin letters."""

    hangul: str
    latin: str
    hangul_first: bool


def right_of_number(number: str) -> Right | None:
    """The right that an application number of 13 digits names; None for other numbers."""
    digits = "".join(filter(str.isdecimal, number))
    if len(digits) != 13:
        return None
    return _RIGHTS.get(digits[:2], "trademark" if digits[0] in "45" else None)


def kind_of_number(number: str) -> str:
    """The kind of mark, in the office's words, that the number of a mark says; "" where it says none."""
    return _KINDS.get(number[:2], "")


def two_scripts(value: str) -> TwoScripts | None:
    """The Hangul and the Latin part of a string that is one after the other, None where it is anything else.

    The office writes names in both scripts into one string; a word that mixes them (LG전자) is a Korean word.
    """
    if " " not in value or _HANGUL.search(value) is None or _LATIN.search(value) is None:
        return None
    words = value.split(" ")
    kinds = [_script(word) for word in words]
    known = [kind for kind in kinds if kind]
    turns = [index for index in range(1, len(known)) if known[index] != known[index - 1]]
    if len(turns) != 1 or "other" in known:
        return None
    second = kinds.index(known[-1])
    before, after = " ".join(words[:second]).strip(), " ".join(words[second:]).strip()
    if known[0] == "hangul":
        return TwoScripts(before, after, True)
    return TwoScripts(after, before, False)


def _script(word: str) -> Literal["hangul", "latin", "other", ""]:
    if _HANGUL.search(word):
        return "hangul"
    if _LATIN.search(word):
        return "latin"
    return "other" if any(map(str.isalpha, word)) else ""


def language_of(value: str) -> str:
    """`ko` for a text with Hangul in it; "" for others, whose language the office does not tell."""
    return "ko" if _HANGUL.search(value) else ""


def mark_texts(title: str) -> list[DraftText]:
    """The mark as the office shows it, then, where it is in two scripts one after the other, each part."""
    if not title:
        return []
    split = two_scripts(title)
    if split is None:
        return [DraftText(title, language_of(title))]
    both = [DraftText(split.hangul, "ko"), DraftText(split.latin)]
    return [DraftText(title), *(both if split.hangul_first else both[::-1])]


def parties(names: str, role: str) -> list[DraftParty]:
    """The parties of a list parted by bars; a name in two scripts is one party with two spellings."""
    return [_party(name, role) for name in parts(names)] if names else []


def _party(name: str, role: str) -> DraftParty:
    split = two_scripts(name)
    if split is None:
        return DraftParty(name=name, role=role)
    return DraftParty(name=split.hangul, names=[DraftText(split.latin), DraftText(name)], role=role)


def put_goods_classes(draft: Draft, delivered: list[str]) -> None:
    """Sort class numbers into Nice classes and classes of the Korean list of goods that was used before.

    Before Korea took up Nice (1 March 1998) KIPO had a list of its own, written with three digits (goods
    001 to 053, services 101 to 112); its numbers mean other goods than those of Nice.
    """
    draft.nice_classes = [code for code in delivered if len(code) <= 2]
    draft.national_classes = [code for code in delivered if len(code) > 2]


def put_design_classes(draft: Draft, *delivered: str) -> None:
    """Sort design classes into Locarno (06-01) and the Korean classification (G2902A), in order."""
    found = list(dict.fromkeys(code for value in delivered for code in codes(value)))
    draft.locarno = [code for code in found if _LOCARNO.fullmatch(code)]
    draft.national_classes = [code for code in found if not _LOCARNO.fullmatch(code)]
