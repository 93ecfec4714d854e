"""Legal forms of companies by country and script, and names without them.

The names `Acme Sdn. Bhd.`, `PT Acme Tbk`, `주식회사 아크메` and `บริษัท อักมี จำกัด (มหาชน)` hold a legal form
beside the name proper. Without it the names of one company in several registers come closer to each other.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from register.codes.table import rows

Position = Literal["before", "after", "either", "around"]
Match = Literal["", "spelled", "country"]


class LegalForm(NamedTuple):
    """A form as written; `country` is ST.3 ("" for a form of many countries), `script` ISO 15924.

    `position` is its place beside the name (`around`: the form has a part before and a part after the name,
    divided by `…`, and is for display only). `strips` is False where the form is too much a part of the name
    to take off (`Yayasan`). `match` narrows when it is taken off: `spelled` only in exactly this spelling
    (`AS`, not `as`), `country` only where the party is known to be from that country (`CV`, `SIA`).
    """

    country: str
    script: str
    form: str
    expansion: str
    position: Position
    strips: bool
    match: Match


class _Words(NamedTuple):
    """Forms of separate words, by their folded words; `edges` are the words that stand outermost, `longest`
    in words.
    """

    forms: dict[tuple[str, ...], tuple[LegalForm, ...]]
    edges: frozenset[str]
    longest: int


# A word is what stands between white space and punctuation: `Co.,Ltd.` is two words, `S.p.A.` three, `A/S`
# one.
_PUNCTUATION = ".,;:·・、，．。()（）[]{}\"'“”„«»"
_WORD = re.compile(rf"[^\s{re.escape(_PUNCTUATION)}]+")
_TO_BLANK = str.maketrans(dict.fromkeys(_PUNCTUATION, " "))
_JOINTS = frozenset(("&", "and", "und", "＆"))
_EDGES = " \t\r\n\u00a0\u3000\u200b.,;:·・、，．–—-"
_CLOSING = frozenset(")）]}\"'”»!?")
# Scripts written without spaces: their forms are cut off as they stand, with no word boundary.
_UNSPACED = frozenset(("Hang", "Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"))


@cache
def _forms() -> tuple[LegalForm, ...]:
    return tuple(
        LegalForm(
            country, script, form, expansion, cast(Position, position), strip == "yes", cast(Match, match)
        )
        for country, script, form, expansion, position, strip, match in rows(
            "legal_forms.csv", "country", "script", "form", "expansion", "position", "strip", "match"
        )
    )


@cache
def legal_forms(country: str) -> tuple[LegalForm, ...]:
    """The forms of a country (ST.3) in every script, for display; "" for forms of many countries."""
    return tuple(form for form in _forms() if form.country == country)


@cache
def forms_without_spaces() -> tuple[str, ...]:
    """The forms, as written, of the scripts that put no space between words and of Hangul."""
    return tuple(form.form for form in _forms() if form.script in _UNSPACED and form.position != "around")


def _fold(word: str) -> str:
    return word.casefold() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def _plain(word: str) -> str:
    """A word without its diacritics, as offices often write Vietnamese and French (`CONG TY`, `SARL`)."""
    apart = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(character for character in apart if not unicodedata.combining(character))


def _words_of(form: str) -> tuple[str, ...]:
    return tuple(_fold(word) for word in _WORD.findall(form))


def _words(side: Literal["before", "after"]) -> _Words:
    found: dict[tuple[str, ...], list[LegalForm]] = {}
    for form in _forms():
        if form.strips and form.script not in _UNSPACED and form.position in (side, "either"):
            for key in {_words_of(form.form), _words_of(_plain(form.form))}:
                found.setdefault(key, []).append(form)
    edge = 0 if side == "before" else -1
    return _Words(
        {key: tuple(forms) for key, forms in found.items()},
        frozenset(key[edge] for key in found),
        max(map(len, found), default=0),
    )


@cache
def _words_before() -> _Words:
    return _words("before")


@cache
def _words_after() -> _Words:
    return _words("after")


def _spellings(form: str) -> set[str]:
    """A form of an unspaced script in the ways it is typed: brackets of both widths, vowels whole or in two
    parts.
    """
    whole = {form, form.replace("(", "（").replace(")", "）")}
    # The Burmese letter wa is often typed as the digit zero, which looks the same; the list of ISO 20275 does
    # so too.
    whole |= {spelling.replace("\u1040", "\u101d") for spelling in whole}
    return whole | {unicodedata.normalize("NFKC", spelling) for spelling in whole}


@cache
def _unspaced(side: Literal["before", "after"]) -> tuple[str, ...]:
    """The forms of unspaced scripts on one side of a name, the longest first."""
    found = {
        spelling
        for form in _forms()
        if form.strips and form.script in _UNSPACED and form.position in (side, "either")
        for spelling in _spellings(form.form)
    }
    return tuple(sorted(found, key=lambda spelling: (-len(spelling), spelling)))


def _applies(forms: tuple[LegalForm, ...], written: str, country: str | None) -> bool:
    for form in forms:
        if not form.match:
            return True
        if form.match == "country":
            if form.country == country:
                return True
        elif written.startswith(form.form):
            return True
    return False


def _without_words(name: str, country: str | None) -> str:
    """The name without the forms at its ends that are separate words; "" where nothing else is in it."""
    after, before = _words_after(), _words_before()
    words = _fold(name.translate(_TO_BLANK)).split()
    if not words or (words[-1] not in after.edges and words[0] not in before.edges):
        return name
    spans = list(_WORD.finditer(name))
    words = [_fold(span[0]) for span in spans]
    first, last = 0, len(words)
    while last > first and words[last - 1] in after.edges:
        for count in range(min(after.longest, last - first), 0, -1):
            forms = after.forms.get(tuple(words[last - count : last]))
            if forms is not None and _applies(forms, name[spans[last - count].start() :], country):
                last -= count
                break
        else:
            break
        while last > first and words[last - 1] in _JOINTS:
            last -= 1
    while first < last and words[first] in before.edges:
        for count in range(min(before.longest, last - first), 0, -1):
            forms = before.forms.get(tuple(words[first : first + count]))
            if forms is not None and _applies(forms, name[spans[first].start() :], country):
                first += count
                break
        else:
            break
    if first == last:
        return ""
    start = spans[first].start() if first else 0
    end = len(name)
    if last < len(words):
        end = spans[last - 1].end()
        # The bracket or quotation mark that closes the last word kept: `Acme (M) Sdn. Bhd.`
        while end < spans[last].start() and name[end] in _CLOSING:
            end += 1
    if first:
        opening = name[start - 1]
        if opening in "(（[\"'“«" and start > spans[first - 1].end():
            start -= 1
    return name[start:end]


def _without_unspaced(name: str) -> str:
    """The name without one form of an unspaced script at each end; "" where nothing else is in it."""
    if name.startswith(_unspaced("before")):
        for form in _unspaced("before"):
            if name.startswith(form):
                name = name[len(form) :].strip(_EDGES)
                break
    if name.endswith(_unspaced("after")):
        for form in _unspaced("after"):
            if name.endswith(form):
                return name[: -len(form)].strip(_EDGES)
    return name


@lru_cache(maxsize=65536)
def strip_legal_form(name: str, country: str | None = None) -> str:
    """The name of a party without its legal forms, in its own spelling otherwise; never empty for a name that
    is not.

    Works for Latin and Cyrillic letters, Hangul, Han, kana, Thai, Lao, Khmer, Burmese, Tamil and Jawi, before
    and after the name, several forms at once (`GmbH & Co. KG`). `country` (ST.3), where known, lets through
    the forms that elsewhere may be part of a name. A name that is nothing but legal forms is given back
    whole.
    """
    rest = name.strip()
    while rest:
        shorter = _without_words(rest, country)
        if shorter and not shorter.isascii():
            shorter = _without_unspaced(shorter)
        if shorter == rest:
            return rest
        rest = shorter.strip()
    return name.strip() or name
