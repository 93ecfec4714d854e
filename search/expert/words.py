"""Words, phrases and wildcards of an expert query as clauses."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from search.engine import All, Clause, Near, Phrase, Prefix, Term, Wildcard
from search.expert.parse import refused
from search.expert.tree import Gap, Place, Quoted, Word
from search.filters import any_of, words_clause
from search.keys.normal import folded_text
from search.keys.scripts import UNSPACED, runs
from search.keys.words import MAX_TOKEN_CHARACTERS, Words, phrase_words, query_words

LEAST_BEFORE_WILDCARD = 2
"""Characters before the first wildcard: with fewer it would be most of the dictionary."""

MAX_WILDCARDS_IN_WORD = 4
_WILD = ("*", "?")


def is_wild(text: str) -> bool:
    return any(sign in text for sign in _WILD)


def term_clause(fields: Sequence[str], term: Word | Quoted) -> Clause:
    """Documents that hold a word or phrase in one of these fields."""
    if isinstance(term, Word) and is_wild(term.text):
        wild = _wild_word(term)
        return any_of([wild(field) for field in fields])
    if isinstance(term, Quoted):
        _ensure_no_wildcard(term)
        if term.apart is not None:
            return _apart(fields, term, term.apart)
    phrase = _phrase(term)
    return any_of([words_clause(field, phrase) for field in fields])


def goods_clause(field: str, term: Word | Quoted) -> Clause:
    """Goods are kept as words without their places: a phrase is all of its words."""
    if isinstance(term, Word) and is_wild(term.text):
        return _wild_word(term)(field)
    if isinstance(term, Quoted):
        _ensure_no_wildcard(term)
    _phrase(term)
    clauses: list[Clause] = []
    for words in query_words(term.text):
        if words.begins:
            clauses.append(Prefix(field, words.tokens[0]))
        else:
            clauses += [Term(field, (token,)) for token in words.tokens]
    return clauses[0] if len(clauses) == 1 else All(tuple(clauses))


def near_clause(fields: Sequence[str], first: Word | Quoted, second: Word | Quoted, gap: Gap) -> Clause:
    """Documents that hold both terms near each other in one of these fields."""
    return _near(fields, _operand(first), _operand(second), gap.words, gap.ordered)


class _Operand(NamedTuple):
    """What is near something. `behind` is 1 where a token of letters without spaces stands behind it that
    belongs to it: its last letter with the one that follows, or alone.
    """

    tokens: tuple[str, ...]
    behind: int


def _near(fields: Sequence[str], first: _Operand, second: _Operand, gap: int, ordered: bool) -> Clause:
    if ordered and gap + first.behind == 0:
        return any_of([Phrase(field, (*first.tokens, *second.tokens)) for field in fields])
    if ordered or first.behind == second.behind:
        apart = gap + first.behind
        return any_of([Near(field, first.tokens, second.tokens, apart, ordered) for field in fields])
    return any_of([_near(fields, first, second, gap, True), _near(fields, second, first, gap, True)])


def pieces_of(text: str) -> list[str]:
    """A pattern cut at its wildcards, which stay; `**` is `*`."""
    pieces: list[str] = []
    plain = ""
    for character in text:
        if character not in _WILD:
            plain += character
            continue
        if plain:
            pieces.append(plain)
            plain = ""
        if not (character == "*" and pieces and pieces[-1] == "*"):
            pieces.append(character)
    return [*pieces, plain] if plain else pieces


def ensure_begun(pieces: Sequence[str], least: int, place: Place) -> None:
    """A pattern must begin with some characters that are known."""
    if not pieces or pieces[0] in _WILD or len(pieces[0]) < least:
        raise refused(
            place,
            f"a wildcard needs at least {least} characters before it",
            "write more of the beginning; a wildcard at the beginning is not looked for",
        )
    if sum(piece in _WILD for piece in pieces) > MAX_WILDCARDS_IN_WORD:
        raise refused(
            place, f"more than {MAX_WILDCARDS_IN_WORD} wildcards in one word", "write more of the word itself"
        )


def _wild_word(term: Word) -> Callable[[str], Clause]:
    """The clause for a field of a word with wildcards."""
    pieces = [piece if piece in _WILD else folded_text(piece) for piece in pieces_of(term.text)]
    pieces = [piece for piece in pieces if piece]
    text = "".join(pieces)
    scripts = {script for piece in pieces if piece not in _WILD for script, _ in runs(piece)}
    if any(" " in piece for piece in pieces) or len(scripts) > 1:
        raise refused(
            term.place,
            "a wildcard stands in one word of one script",
            'take the word apart, as in "two words" AND thi*',
        )
    if scripts & UNSPACED:
        # Any part of a text without spaces is found: what follows need not be told.
        if pieces[-1] != "*" or sum(piece in _WILD for piece in pieces) > 1:
            raise refused(
                term.place,
                "in a script without spaces between words a wildcard stands at the end only",
                "write the parts as two terms, as in ก AND ข",
            )
        phrase = _wanted(text.rstrip("*"), term.place)
        return lambda field: words_clause(field, phrase)
    ensure_begun(pieces, LEAST_BEFORE_WILDCARD, term.place)
    if len(text) > MAX_TOKEN_CHARACTERS:
        raise refused(term.place, "the word is too long", f"give at most {MAX_TOKEN_CHARACTERS} characters")
    if len(pieces) == 2 and pieces[1] == "*":
        return lambda field: Prefix(field, pieces[0])
    return lambda field: Wildcard(field, tuple(pieces))


def _phrase(term: Word | Quoted) -> Words:
    if isinstance(term, Word) and term.text.startswith("-") and len(term.text) > 1:
        raise refused(
            term.place,
            "a minus excludes nothing here",
            f"write NOT {term.text[1:]}, or {term.text[1:]} alone",
        )
    return _wanted(term.text, term.place)


def _wanted(text: str, place: Place) -> Words:
    found = phrase_words(text)
    if found is None:
        raise refused(place, f"{text[:40]!r} has no letter and no digit", "write a word, or AND, OR, NOT")
    return found


def _ensure_no_wildcard(term: Quoted) -> None:
    at = next((at for at, character in enumerate(term.text) if character == "*"), None)
    if at is not None:
        start = term.place.start + 1 + at
        raise refused(
            Place(start, start + 1),
            "a wildcard does not stand in a phrase",
            "write the words side by side, or the forms as (brew OR brewing) NEAR/3 coffee",
        )


def _apart(fields: Sequence[str], term: Quoted, apart: int) -> Clause:
    """A phrase whose words, one and the next, may stand apart."""
    words = [found for word in folded_text(term.text).split() if (found := phrase_words(word)) is not None]
    if len(words) < 2:
        raise refused(
            term.place,
            "words can be apart where there are two or more",
            'write two words, as in "red bull"~3',
        )
    steps = [_whole(one, term.place) for one in words]
    pairs = list(pairwise(steps))
    return any_of(
        [
            All(tuple(_near((field,), one, other, apart, False) for one, other in pairs))
            if len(pairs) > 1
            else _near((field,), *pairs[0], apart, False)
            for field in fields
        ]
    )


def _operand(term: Word | Quoted) -> _Operand:
    if is_wild(term.text):
        raise refused(
            term.place,
            "a wildcard does not go with NEAR and ADJ",
            "write the forms out, as in (brew OR brewing) NEAR/3 coffee",
        )
    if isinstance(term, Quoted) and term.apart is not None:
        raise refused(
            term.place, "a phrase with ~ does not go with NEAR and ADJ", "write its words with NEAR/n too"
        )
    return _whole(_phrase(term), term.place)


def _whole(words: Words, place: Place) -> _Operand:
    if words.begins:
        raise refused(
            place,
            "one letter of a script without spaces cannot be near another term",
            "give two letters or more",
        )
    last = words.tokens[-1]
    return _Operand(words.tokens, int(len(last) == 2 and all(script in UNSPACED for script, _ in runs(last))))
