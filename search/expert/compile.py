"""From the tree of an expert query to clauses that both engines take."""

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise

from search.engine import All, Any, Clause, Everything, Near, Not, Phrase, Term
from search.errors import InputError
from search.expert.parse import parse, refused
from search.expert.tags import BY_NAME, TAGS, UNTAGGED, Tag
from search.expert.tree import (
    Both,
    Close,
    Either,
    Gap,
    Negated,
    Node,
    Place,
    Quoted,
    Sign,
    Span,
    Tagged,
    Word,
)
from search.expert.values import (
    choice_clause,
    class_clause,
    code_clause,
    date_clause,
    document_clause,
    is_date,
    number_clause,
)
from search.expert.words import goods_clause, is_wild, near_clause, term_clause
from search.filters import any_of

MAX_TERMS = 100
MAX_CLAUSES = 900
"""OpenSearch takes 1,024 in one query; filters come to these."""

MAX_DEPTH = 15
"""OpenSearch takes 20 levels; filters and what stands around the query are some of them."""

MAX_NEAR = 64
"""Pairs of terms beside one NEAR or ADJ."""

MAX_NEARS = 192
"""Phrases with words between in the whole query: each took up to 3 ms over 60,000 patents of 80 words."""

_LEAST_DIGITS = 5


def expert_clause(text: str) -> Clause:
    """The documents that an expert query asks for.

    Raises `InputError` with the place for what cannot be read, and where the query asks for too much.
    """
    node = parse(text)
    terms = _count(node)
    if terms > MAX_TERMS:
        raise InputError(
            "q", f"the query has {terms} terms", f"at most {MAX_TERMS} are taken: ask in several"
        )
    clause = _clause(node, None, "=")
    if _weight(clause) > MAX_CLAUSES:
        raise InputError(
            "q", "the query asks for too much at once", "take terms away, or ask in several queries"
        )
    if _nears(clause) > MAX_NEARS:
        raise InputError(
            "q", "the query has too many terms near each other", "take alternatives away, or name a field"
        )
    if _depth(clause) > MAX_DEPTH:
        raise InputError(
            "q", "the query is nested too deeply", "take parentheses away, or ask in several queries"
        )
    return clause


def _clause(node: Node, tag: Tag | None, sign: Sign) -> Clause:
    match node:
        case Tagged(name, own, value):
            found = _tag(name)
            _ensure_comparable(found, own, name)
            return _clause(value, found, own)
        case Both(parts):
            clauses = [_clause(part, tag, sign) for part in parts if not isinstance(part, Negated)]
            without = [Not(_clause(part.part, tag, sign)) for part in parts if isinstance(part, Negated)]
            return All(tuple(clauses) or (Everything(),), tuple(without))
        case Either(parts):
            return Any(tuple(_clause(part, tag, sign) for part in parts))
        case Negated(part):
            return Not(_clause(part, tag, sign))
        case Close(parts, gaps):
            return _close(parts, gaps, tag)
        case Span():
            if tag is None or tag.value not in ("date", "class", "priority"):
                raise refused(
                    node.place, f"{_named(tag)} takes no range", "ranges are for dates and Nice classes"
                )
            return _compared(tag, "=", node)
        case Word() | Quoted():
            return _term(node, tag, sign)


def _term(term: Word | Quoted, tag: Tag | None, sign: Sign) -> Clause:
    if tag is None:
        return _untagged(term)
    if isinstance(term, Quoted) and term.apart is not None and tag.value != "words":
        raise refused(
            term.place, f"{_named(tag)} takes no ~", "it is for words of titles, abstracts and names"
        )
    match tag.value:
        case "words":
            return term_clause(tag.fields, term)
        case "goods":
            return goods_clause(tag.fields[0], term)
        case "number":
            return number_clause(tag, term)
        case "document":
            return document_clause(tag, term)
        case "code":
            return code_clause(tag, term)
        case "choice":
            return choice_clause(tag, term)
        case "class" | "date" | "priority":
            return _compared(tag, sign, term)


def _compared(tag: Tag, sign: Sign, term: Word | Quoted | Span) -> Clause:
    if tag.value == "class":
        return class_clause(tag, sign, term)
    if tag.value == "date" or sign != "=" or isinstance(term, Span) or is_date(term.text):
        return date_clause(tag, sign, term)
    return document_clause(tag, term)


def _untagged(term: Word | Quoted) -> Clause:
    """Words wherever a right has some; a number also as one."""
    if isinstance(term, Quoted) and term.apart is not None:
        return term_clause(UNTAGGED, term)
    digits = sum(character.isdigit() for character in term.text)
    if digits < _LEAST_DIGITS:
        return term_clause(UNTAGGED, term)
    number = number_clause(BY_NAME["nr"], term)
    return number if is_wild(term.text) else any_of([term_clause(UNTAGGED, term), number])


def _close(parts: Sequence[Node], gaps: Sequence[Gap], tag: Tag | None) -> Clause:
    """Each part near the one before it; the field tag of the first is that of all."""
    fields, alternatives = UNTAGGED if tag is None else _words_of(tag, gaps[0].place), []
    for at, part in enumerate(parts):
        inner = part
        if isinstance(part, Tagged):
            named = _words_of(_tag(part.tag), part.tag.place)
            if at and named != fields:
                raise refused(
                    part.tag.place,
                    "words near each other stand in one field",
                    "write the tag once, as in ab=(coffee NEAR/3 pump)",
                )
            fields, inner = named, part.value
        alternatives.append(_alternatives(inner, gaps[max(at - 1, 0)]))
    pairs: list[Clause] = []
    for (some, others), gap in zip(pairwise(alternatives), gaps, strict=True):
        if len(some) * len(others) > MAX_NEAR:
            raise refused(
                gap.place, "too many terms near each other", f"at most {MAX_NEAR} pairs are looked for"
            )
        pairs.append(any_of([near_clause(fields, one, other, gap) for one in some for other in others]))
    return pairs[0] if len(pairs) == 1 else All(tuple(pairs))


def _alternatives(node: Node, gap: Gap) -> list[Word | Quoted]:
    if isinstance(node, Word | Quoted):
        return [node]
    if isinstance(node, Either) and all(isinstance(part, Word | Quoted) for part in node.parts):
        return [part for part in node.parts if isinstance(part, Word | Quoted)]
    raise refused(
        gap.place,
        "beside NEAR and ADJ stand words, phrases, or alternatives in parentheses",
        "write (brew OR brewing) NEAR/3 coffee",
    )


def _words_of(tag: Tag, place: Place) -> tuple[str, ...]:
    if tag.value != "words":
        raise refused(
            place,
            f"{_named(tag)} has no words near each other",
            "NEAR and ADJ are for ti, ab, tm, pa, in and rp",
        )
    return tag.fields


def _tag(name: Word) -> Tag:
    found = BY_NAME.get(name.text.lower())
    if found is not None:
        return found
    near = get_close_matches(name.text.lower(), BY_NAME, 1, 0.5)
    known = ", ".join(tag.name for tag in TAGS)
    raise refused(
        name.place,
        f"there is no field tag {name.text[:30]}" + (f"; {near[0]} is one" if near else ""),
        f"known are {known}; put the whole in quotation marks to look for the words",
    )


def _ensure_comparable(tag: Tag, sign: Sign, name: Word) -> None:
    if sign != "=" and tag.value not in ("date", "class", "priority"):
        raise refused(
            name.place,
            f"{_named(tag)} cannot be compared by {sign}",
            f"write {tag.name}=, as in {tag.example}",
        )


def _named(tag: Tag | None) -> str:
    return "a term without a field tag" if tag is None else f"{tag.name}= ({tag.meaning})"


def _count(node: Node) -> int:
    match node:
        case Both(parts) | Either(parts) | Close(parts, _):
            return sum(_count(part) for part in parts)
        case Tagged(_, _, value):
            return _count(value)
        case Negated(part):
            return _count(part)
        case Word(text) | Quoted(text):
            return 1 + text.count(",")
        case Span():
            return 1


def _weight(clause: Clause) -> int:
    """About how many clauses an engine makes of it."""
    match clause:
        case All(clauses, filters):
            return sum(map(_weight, (*clauses, *filters)))
        case Any(clauses):
            return sum(map(_weight, clauses))
        case Not(inner):
            return _weight(inner)
        case Phrase(_, words):
            return len(words)
        case Near(_, first, second, gap, ordered):
            tokens = len(first) + len(second)
            # Two words are one phrase or two, whatever is between; longer ones are one for each distance.
            return tokens if tokens == 2 else tokens * (gap + 1) * (1 if ordered else 2)
        case Term(_, values):
            return len(values)
        case _:
            return 1


def _nears(clause: Clause) -> int:
    match clause:
        case All(clauses, filters):
            return sum(map(_nears, (*clauses, *filters)))
        case Any(clauses):
            return sum(map(_nears, clauses))
        case Not(inner):
            return _nears(inner)
        case _:
            return int(isinstance(clause, Near))


def _depth(clause: Clause) -> int:
    match clause:
        case All(clauses, filters):
            return 1 + max(map(_depth, (*clauses, *filters)), default=0)
        case Any(clauses):
            return 1 + max(map(_depth, clauses), default=0)
        case Not(one):
            return 1 + _depth(one)
        case _:
            return 1
