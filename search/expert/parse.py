"""From the text of an expert query to its tree."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.visitors import v_args

from search.errors import InputError
from search.expert.tree import Both, Close, Either, Gap, Negated, Node, Place, Quoted, Span, Tagged, Word

MAX_CHARACTERS = 1000
MAX_NESTED = 20
MAX_APART = 20
"""How many other words may stand between two that are near: each place more is another phrase to look for."""

_QUOTES = '"“”„«»'
_EXAMPLE = "ti=(coffee OR tea) AND fd>=2020"


def refused(place: Place, reason: str, mend: str) -> InputError:
    """What is wrong with a part of the query; characters are counted from 1 for people."""
    return InputError("q", f"at character {place.start + 1}: {reason}", mend, (place.start, place.end))


@lru_cache(maxsize=256)
def parse(text: str) -> Node:
    """The tree of a query. Raises `InputError` with the place for what cannot be read."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            "q",
            f"the query has {len(text)} characters",
            f"at most {MAX_CHARACTERS} are read: ask in several queries",
        )
    if not text.strip():
        raise refused(Place(0, 0), "the query is empty", f"write a query such as {_EXAMPLE}")
    _ensure_shallow(text)
    try:
        tree: Any = _lark().parse(text)
    except UnexpectedInput as error:
        raise _told(text, error) from None
    node: Node = tree
    return node


@cache
def _lark() -> Lark:
    grammar = (Path(__file__).parent / "expert.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Building(), cache=False)


def _place(token: Token) -> Place:
    start, end = token.start_pos, token.end_pos
    assert start is not None
    assert end is not None
    return Place(start, end)


def _word(token: Token) -> Word:
    text = str(token)
    return Word(text[1:-1] if token.type == "QUOTED" else text, _place(token))


@v_args(inline=True)
class _Building(Transformer[Token, Node]):
    """Builds the tree while it is parsed, so that nothing is walked again."""

    def start(self, node: Node) -> Node:
        return node

    group = start

    def either(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Either(_merged(Either, parts))

    def both(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Both(_merged(Both, parts))

    def negated(self, part: Node) -> Node:
        return part.part if isinstance(part, Negated) else Negated(part)

    def near(self, *parts: Any) -> Node:
        return Close(tuple(parts[::2]), tuple(_gap(sign) for sign in parts[1::2]))

    def tagged(self, tag: Token, sign: Token, value: Node) -> Node:
        written: Any = "=" if sign == ":" else str(sign)
        return Tagged(_word(tag), written, value)

    def range(self, low: Word, high: Word) -> Node:
        return Span(low, high, Place(low.place.start, high.place.end))

    def bound(self, token: Token) -> Word:
        return _word(token)

    def word(self, token: Token) -> Node:
        return _word(token)

    def quoted(self, token: Token, apart: Token | None = None) -> Node:
        place = _place(token)
        if apart is None:
            return Quoted(str(token)[1:-1], None, place)
        return Quoted(str(token)[1:-1], _number(str(apart)[1:], _place(apart)), place)


def _merged(kind: type[Both] | type[Either], parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """The parts, those of the same kind taken apart: (a OR b) OR c has three."""
    found: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            found += part.parts
        else:
            found.append(part)
    return tuple(found)


def _gap(sign: Token) -> Gap:
    digits = str(sign)[3:].lstrip("Rr/")
    place = _place(sign)
    return Gap(_number(digits, place) if digits else 0, str(sign)[:3].upper() == "ADJ", place)


def _number(digits: str, place: Place) -> int:
    # Long runs of digits are not turned into numbers: that takes time that grows with their square.
    number = int(digits) if len(digits.lstrip("0")) <= 3 else MAX_APART + 1
    if number > MAX_APART:
        raise refused(place, "the words are too far apart", f"give a number from 0 to {MAX_APART}")
    return number


class _Open(NamedTuple):
    """Where parentheses stand open at the end of a text."""

    opened: tuple[int, ...]


def _parentheses(text: str) -> _Open:
    opened: list[int] = []
    quoted = False
    for at, character in enumerate(text):
        if character in _QUOTES:
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            opened.append(at)
            if len(opened) > MAX_NESTED:
                raise refused(
                    Place(at, at + 1),
                    f"more than {MAX_NESTED} parentheses stand one within another",
                    "take away those that are not needed",
                )
        elif character == ")" and opened:
            opened.pop()
    return _Open(tuple(opened))


def _ensure_shallow(text: str) -> None:
    _parentheses(text)


_WORDS = {
    "WORD": "a word",
    "QUOTED": "a phrase in quotation marks",
    "TAG": "a field tag such as ti=",
    "_OPEN": "(",
    "_CLOSE": ")",
    "_AND": "AND",
    "_OR": "OR",
    "_NOT": "NOT",
    "_TO": "TO",
    "_BEGIN": "[",
    "_END": "]",
    "PROXIMITY": "NEAR or ADJ",
    "SIGN": "= or : or a sign of comparison",
    "APART": "~ and a number",
    "$END": "the end",
}
_TERM = {"WORD", "QUOTED", "TAG", "_OPEN"}


def _expected(names: set[str]) -> str:
    """What may stand in a place, in words."""
    if names >= _TERM:
        return "a term: a word, a phrase in quotation marks, a field tag such as ti=, or ("
    told = [words for name, words in _WORDS.items() if name in names]
    return " or ".join(told) if told else "the end"


def _told(text: str, error: UnexpectedInput) -> InputError:
    if isinstance(error, UnexpectedToken):
        token: Token = error.token
        if token.type == "$END":
            return _cut_short(text, set(error.expected))
        return _misplaced(text, token, set(error.expected))
    assert isinstance(error, UnexpectedCharacters)
    # Annotated as None in the library, for its base class.
    at: Any = error.pos_in_stream
    return _unread(text, int(at), set(error.allowed or ()))


def _cut_short(text: str, expected: set[str]) -> InputError:
    end = len(text.rstrip())
    place = Place(end, end)
    opened = _parentheses(text).opened
    if opened and "_CLOSE" in expected:
        return refused(
            Place(end, end),
            f"the query ends, but the parenthesis at character {opened[-1] + 1} is not closed",
            "write ) where its part ends",
        )
    if "_END" in expected:
        return refused(place, "the query ends within a range", "write ] at the end, as in [2020 TO 2021]")
    return refused(
        place, f"the query ends where it should go on; expected is {_expected(expected)}", _complete(expected)
    )


def _complete(expected: set[str]) -> str:
    if "_TO" in expected:
        return "write both bounds, as in [2020-01-01 TO 2020-12-31]; * is an open one"
    return "add what is missing, or take away the last sign"


def _misplaced(text: str, token: Token, expected: set[str]) -> InputError:
    place = _place(token)
    written = str(token)
    if token.type in ("SIGN", "APART"):
        return _unread(text, place.start, expected)
    if token.type in ("_AND", "_OR", "PROXIMITY") and expected >= {"WORD", "QUOTED"}:
        return refused(
            place,
            f"{written} stands between two terms, and there is none before it",
            f'write a term before it, or "{written.lower()}" in quotation marks to look for the word',
        )
    if token.type == "_CLOSE":
        if not _parentheses(text[: place.start]).opened:
            return refused(
                place, "this parenthesis was never opened", "take it away, or write ( before its part"
            )
        return refused(
            place,
            f"before ) something is missing; expected is {_expected(expected)}",
            "write it, or take ( ) away",
        )
    if token.type == "_BEGIN":
        return refused(place, "a range stands behind a field tag only", "write it as fd=[2020 TO 2021]")
    if "_TO" in expected or "_END" in expected:
        return refused(
            place,
            f"{written!r} cannot stand in a range; expected is {_expected(expected)}",
            "write a range as [2020-01-01 TO 2020-12-31]",
        )
    return refused(
        place,
        f"{written[:40]!r} cannot stand here; expected is {_expected(expected)}",
        "take it away, or put words that are no operators in quotation marks",
    )


def _unread(text: str, at: int, expected: set[str]) -> InputError:
    """A sign that begins nothing that is known."""
    sign = text[at : at + 1]
    place = Place(at, at + 1)
    if sign in _QUOTES:
        return refused(place, "the quotation mark is not closed", 'end the phrase with "')
    if sign == "~":
        return refused(place, "~ with a number stands right behind a phrase", 'write it as "two words"~3')
    if sign in "=:<>":
        return refused(
            place,
            f"there is no field tag before {sign}",
            "write one, as in ti=coffee, or put the whole in quotation marks",
        )
    if sign in "[]":
        return refused(place, f"{sign} does not belong here", "write a range as fd=[2020 TO 2021]")
    return refused(
        place,
        f"{sign!r} cannot be read; expected is {_expected(expected)}",
        "put signs that belong to a word in quotation marks",
    )
