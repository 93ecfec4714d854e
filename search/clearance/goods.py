"""How related the goods asked for and those of a mark are: a dimension of its own beside how names look.

Each rule gives points from 0 to 1 and says what it compared. Classes are no proof that goods are alike or
that they are not (Nice Classification, and the laws of most states say so): they say where an examiner looks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from register.codes.nice import related_classes
from register.codes.similar_groups import normalise_similar_group
from register.model import Record
from search.clearance.goods_words import Term, goods_terms, words_in_common

GOODS_RULES_VERSION = "1"
PUBLISHED_BY = "the coordinated classes of the USPTO"

Relation = Literal["same", "related", "unrelated", "unknown", "not-asked"]

SAME_GROUP, SAME_TERM, SHARED_WORDS = "same similar group", "same goods", "shared goods words"
SAME_CLASS, RELATED_CLASS = "same class", "related class"
RELATED_OTHER_WAY = "related class, the other way"
UNKNOWN_GOODS, NOT_ASKED = "goods not known", "goods not asked for"

_EQUAL_GROUP, _SUBGROUP, _GROUP = 1.0, 0.7, 0.5
_TERM, _WORDS_BASE, _WORDS_SHARE, _LEAST_SHARE = 1.0, 0.4, 0.5, 0.4
_CLASS, _CLASS_OTHER_GROUP, _RELATED, _OTHER_WAY = 0.8, 0.5, 0.5, 0.4
_SAME_FROM, _RELATED_FROM = 0.75, 0.35
_SHOWN = 3

# The rules as a reader of a report is told them: name, points, what it means.
GOODS_RULES: tuple[tuple[str, str, str], ...] = (
    (SAME_GROUP, "1.0; 0.7; 0.5", "Korean similar-group codes: equal; of one subgroup; of one group"),
    (SAME_TERM, "1.0", "a term of the goods asked for is among the goods of the mark"),
    (SHARED_WORDS, "0.6 to 0.9", "words of a term in common, by their share; words of every class left out"),
    (
        SAME_CLASS,
        "0.8; 0.5",
        "the same Nice class; less where Korean similar groups are known of both and differ",
    ),
    (RELATED_CLASS, "0.5", f"the class asked for names that of the mark as related, by {PUBLISHED_BY}"),
    (RELATED_OTHER_WAY, "0.4", f"the class of the mark names that asked for, by {PUBLISHED_BY}"),
)


class GoodsReason(NamedTuple):
    """A rule with what it compared, side by side, and its points."""

    rule: str
    asked: str
    held: str
    points: float


class GoodsRelation(NamedTuple):
    """`points` is None where the goods of one side are not known; `why` has the weightiest reason first."""

    relation: Relation
    points: float | None
    why: tuple[GoodsReason, ...]


@dataclass(frozen=True, slots=True)
class AskedGoods:
    """Goods asked for: a Nice class or none, terms, and Korean similar-group codes."""

    nice_class: int | None = None
    terms: tuple[Term, ...] = ()
    groups: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        return self.nice_class is None and not self.terms and not self.groups


@dataclass(frozen=True, slots=True)
class HeldGoods:
    """Goods of a mark. `words` are all words of its terms."""

    nice_classes: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()
    groups: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def asked_goods(nice_class: int | None, texts: Iterable[str] = (), groups: Iterable[str] = ()) -> AskedGoods:
    return AskedGoods(nice_class, _terms(texts), _codes(groups))


def held_goods(record: Record, with_terms: bool = True) -> HeldGoods:
    """The goods of a record; its terms only where something is to be compared with them."""
    classes = dict.fromkeys(record.nice_classes)
    classes.update({one.nice_class: None for one in record.goods if one.nice_class is not None})
    terms = _terms(one.text for one in record.goods if one.text) if with_terms else ()
    groups = _codes(code for one in record.goods for code in one.groups)
    return HeldGoods(
        tuple(sorted(classes)), terms, groups, frozenset().union(*(term.words for term in terms))
    )


def relate(asked: AskedGoods, held: HeldGoods) -> GoodsRelation:
    """How related they are: the best rule decides. Only classes or groups known of both sides can say that
    goods are unrelated; that two texts share no word proves nothing.
    """
    if asked.is_nothing:
        return GoodsRelation("not-asked", None, (GoodsReason(NOT_ASKED, "any goods", _told(held), 0.0),))
    why = sorted(_reasons(asked, held), key=lambda reason: -reason.points)[:_SHOWN]
    if why:
        points = why[0].points
        relation: Relation = (
            "same" if points >= _SAME_FROM else "related" if points >= _RELATED_FROM else "unrelated"
        )
        return GoodsRelation(relation, points, tuple(why))
    comparable = (asked.nice_class is not None and held.nice_classes) or (asked.groups and held.groups)
    if comparable:
        return GoodsRelation("unrelated", 0.0, ())
    return GoodsRelation("unknown", None, (GoodsReason(UNKNOWN_GOODS, _told_asked(asked), _told(held), 0.0),))


def _terms(texts: Iterable[str]) -> tuple[Term, ...]:
    return tuple({term.words: term for text in texts for term in goods_terms(text)}.values())


def _codes(groups: Iterable[str]) -> frozenset[str]:
    return frozenset(code for group in groups if (code := normalise_similar_group(group)) is not None)


def _reasons(asked: AskedGoods, held: HeldGoods) -> Iterator[GoodsReason]:
    if asked.groups and held.groups:
        yield from _by_group(asked.groups, held.groups)
    if asked.nice_class is not None and held.nice_classes:
        yield from _by_class(asked, asked.nice_class, held)
    if asked.terms and held.terms:
        yield from _by_words(asked.terms, held)


def _by_group(asked: frozenset[str], held: frozenset[str]) -> Iterator[GoodsReason]:
    points, one, other = max(
        ((_group_points(one, other), one, other) for one in sorted(asked) for other in sorted(held)),
        key=lambda found: found[0],
    )
    if points:
        yield GoodsReason(SAME_GROUP, one, other, points)


def _group_points(one: str, other: str) -> float:
    """Codes are a letter, a group, a subgroup and perhaps a subdivision, of two digits each."""
    if one == other:
        return _EQUAL_GROUP
    if one[:5] == other[:5]:
        return _SUBGROUP
    return _GROUP if one[:3] == other[:3] else 0.0


def _by_class(asked: AskedGoods, nice_class: int, held: HeldGoods) -> Iterator[GoodsReason]:
    told = f"class {nice_class}"
    if nice_class in held.nice_classes:
        apart = asked.groups and held.groups and not any(_by_group(asked.groups, held.groups))
        yield GoodsReason(SAME_CLASS, told, told, _CLASS_OTHER_GROUP if apart else _CLASS)
        return
    related = sorted(_related(nice_class) & set(held.nice_classes))
    if related:
        yield GoodsReason(RELATED_CLASS, told, _classes(related), _RELATED)
        return
    naming = [other for other in held.nice_classes if nice_class in _related(other)]
    if naming:
        yield GoodsReason(RELATED_OTHER_WAY, told, _classes(naming), _OTHER_WAY)


@lru_cache(maxsize=64)
def _related(number: int) -> frozenset[int]:
    return frozenset(related_classes(number))


def _by_words(asked: tuple[Term, ...], held: HeldGoods) -> Iterator[GoodsReason]:
    by_words = {term.words: term for term in held.terms}
    for term in asked:
        same = by_words.get(term.words)
        if same is not None:
            yield GoodsReason(SAME_TERM, term.shown, same.shown, _TERM)
            return
    best, chosen, shared = 0.0, asked[0], list[str]()
    for term in asked:
        common = words_in_common(sorted(term.words), held.words)
        share = len(common) / len(term.words)
        if share > best:
            best, chosen, shared = share, term, common
    if best >= _LEAST_SHARE:
        points = round(_WORDS_BASE + _WORDS_SHARE * best, 3)
        yield GoodsReason(SHARED_WORDS, chosen.shown, _term_with(shared, held.terms), points)


def _term_with(words: list[str], terms: tuple[Term, ...]) -> str:
    """The term held that has most of the words."""
    best = max(terms, key=lambda term: len(words_in_common(words, term.words)))
    return best.shown


def _classes(numbers: Iterable[int]) -> str:
    listed = [str(number) for number in numbers]
    return f"class {listed[0]}" if len(listed) == 1 else "classes " + ", ".join(listed)


def _told(held: HeldGoods) -> str:
    if held.nice_classes:
        return _classes(held.nice_classes)
    return "; ".join(term.shown for term in held.terms[:_SHOWN]) or "no class and no goods delivered"


def _told_asked(asked: AskedGoods) -> str:
    if asked.nice_class is not None:
        return f"class {asked.nice_class}"
    return "; ".join(term.shown for term in asked.terms[:_SHOWN]) or ", ".join(sorted(asked.groups))
