"""Expert queries find exactly what a walk over all documents finds, on both engines."""

import datetime as dt
import random
import re
from collections.abc import Sequence

import pytest

from register.model import Citation, Goods, Party, Priority, Publication, Record, Text
from search.document import IndexDocument
from search.engine import (
    All,
    Any,
    Clause,
    Engine,
    Everything,
    Near,
    Not,
    Order,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)
from search.expert.compile import expert_clause
from tests.search.sample import EVERYTHING, documents, filled, record

_WORDS = (
    "coffee",
    "cold",
    "colour",
    "color",
    "pump",
    "water",
    "hot",
    "machine",
    "e-mail",
    "กาแฟเย็น",
    "กาแฟ",
    "ကော်ဖီ",
    "咖啡机",
    "コーヒー",
    "커피",
    "café",
)
_DRAW = random.Random(31)


def _text(least: int, most: int) -> str:
    return " ".join(_DRAW.choices(_WORDS, k=_DRAW.randint(least, most)))


def _made(place: int) -> Record:
    day = f"{_DRAW.randint(2015, 2024)}-{_DRAW.randint(1, 12):02d}-{_DRAW.randint(1, 28):02d}"
    return record(
        _DRAW.choice(("SG", "KR", "US")),
        f"{_DRAW.randint(2015, 2024)}{place:07d}",
        _text(1, 4),
        right=_DRAW.choice(("trademark", "patent", "design")),
        filed=None if _DRAW.random() < 0.1 else day,
        status=_DRAW.choice(("registered", "pending", "ended")),
        applicant=_text(1, 2),
        abstracts=(Text(_text(0, 12)), Text(_text(1, 5))),
        inventors=(Party(name=_text(1, 2)), Party(name=_text(1, 2))),
        representatives=(Party(name=_text(1, 1)),),
        goods=(Goods(9, _text(1, 6), "en"),),
        ipc=_DRAW.choice(((), ("A47J 31/00",), ("A23F 5/26", "A47J 31/40"))),
        cpc=_DRAW.choice(((), ("A47J 31/3604",), ("Y02E 10/50",))),
        nice_classes=(_DRAW.randint(1, 45),),
        publication_number=f"{_DRAW.randint(2015, 2024)}{_DRAW.randint(1, 999):07d}",
        publications=(Publication("US", f"{_DRAW.randint(1, 999)}", "A1", _day(day)),),
        priorities=_DRAW.choice(((), (Priority("KR", f"10-2019-{_DRAW.randint(1, 5):07d}", _day(day)),))),
        citations=(Citation("US", f"9,358,{_DRAW.randint(100, 105)}"),),
    )


def _day(text: str) -> dt.date | None:
    return record("SG", "1", filed=text).filing_date


RECORDS: tuple[Record, ...] = (*EVERYTHING, *map(_made, range(400)))
DOCUMENTS = documents(RECORDS)

_TEXT_TAGS = ("ti", "ab", "tm", "pa", "in", "rp")
_TERMS = (
    "coffee",
    "col*",
    "colo?r",
    "co*r",
    "cof*e*",
    "hot",
    "pump",
    "e-mail",
    "กาแฟ",
    "แฟเย",
    "ก",
    "咖啡",
    "コー*",
    "커피",
    "café",
    '"hot water"',
    '"กาแฟ coffee"',
    '"coffee 咖啡机"',
    '"hot water"~2',
    '"coffee coffee"~1',
    '"cold กาแฟ pump"~4',
    "(hot OR cold) NEAR/2 (water OR pump)",
    "coffee ADJ machine",
    "coffee ADJ/3 machine",
    "กาแฟ ADJ/1 coffee",
    "coffee NEAR/2 กาแฟ",
    "กาแฟ NEAR/2 咖啡",
    '"hot water" NEAR/5 "coffee"',
    "coffee NEAR/4 coffee",
    "coffee ADJ/4 coffee",
    "coffee ADJ/1 water",
    "water ADJ/2 coffee",
    "water NEAR/7 pump",
    "pump ADJ/7 cold",
    "hot NEAR hot",
)
_OTHERS = (
    "ic=A47J",
    'ic="A47J 31/40"',
    "ic=A47J31/*",
    "cpc=Y02E",
    "cpc=A47J31*",
    "nc=9",
    "nc=[9 TO 20]",
    "nc>=40",
    "nc<5",
    "nc=1,2,3",
    "of=SG,KR",
    "te=US",
    "rt=patent",
    "st=(registered OR pending)",
    "fd=2020",
    "fd=[2018-05 TO 2021-02-03]",
    "fd=[* TO 2019]",
    "fd>2020-06-05",
    "fd<=2019",
    "pd>=2020",
    "pd=[2016 TO 2018]",
    "rd>=1900",
    "ed=2030",
    "pr=KR20190000003",
    "pr>=2019",
    "pr=2018",
    'ct="US 9358101"',
    "an=2019*",
    "pn=2020*",
    "pn=201?0*",
    "rn=1",
    "nr=40201900001A",
    "gd=coffee",
    "gd=col*",
    'gd="hot water"',
    "gd=กาแฟ",
    "40201900001A",
)


def _query(draw: random.Random, depth: int) -> str:
    if depth == 0 or draw.random() < 0.3:
        if draw.random() < 0.35:
            return draw.choice(_OTHERS)
        term = draw.choice(_TERMS)
        return f"{draw.choice(_TEXT_TAGS)}=({term})" if draw.random() < 0.6 else f"({term})"
    parts = [_query(draw, depth - 1) for _ in range(draw.randint(2, 3))]
    if draw.random() < 0.3:
        parts[-1] = f"NOT {parts[-1]}"
    return f"({draw.choice((' AND ', ' OR ', ' ')).join(parts)})"


QUERIES = (*_OTHERS, *_TERMS, *(f"ab=({term})" for term in _TERMS))


def _positions(document: IndexDocument, field: str) -> dict[int, str]:
    """The tokens of a words field by their places; one place is left free between values."""
    found: dict[int, str] = {}
    at = 0
    for value in getattr(document, field):
        for token in value.split():
            found[at] = token
            at += 1
        at += 1
    return found


def _begins_at(tokens: dict[int, str], words: Sequence[str]) -> list[int]:
    return [at for at in tokens if all(tokens.get(at + n) == word for n, word in enumerate(words))]


def _near(tokens: dict[int, str], near: Near) -> bool:
    pairs = [(near.first, near.second)] + ([] if near.ordered else [(near.second, near.first)])
    return any(
        0 <= later - (earlier + len(one)) <= near.gap
        for one, other in pairs
        for earlier in _begins_at(tokens, one)
        for later in _begins_at(tokens, other)
    )


def _values(document: IndexDocument, field: str) -> list[str]:
    if field == "id":
        return [document.id]
    return [
        token
        for value in getattr(document, field)
        for token in ([str(value)] if field not in _WORDS_FIELDS else value.split())
    ]


_WORDS_FIELDS = {
    "text",
    "mark",
    "abstract",
    "applicant_word",
    "inventor_word",
    "representative_word",
    "goods",
}


def matches(clause: Clause, document: IndexDocument) -> bool:
    """Whether a document matches, by looking at it."""
    match clause:
        case Term(field, values):
            return any(value in _values(document, field) for value in map(str, values))
        case Prefix(field, value):
            return any(held.startswith(value) for held in _values(document, field))
        case Wildcard(field, pieces):
            pattern = "".join({"*": ".*", "?": "."}.get(piece) or re.escape(piece) for piece in pieces)
            return any(re.fullmatch(pattern, held, re.DOTALL) for held in _values(document, field))
        case Phrase(field, words):
            return bool(_begins_at(_positions(document, field), words))
        case Near(field):
            return _near(_positions(document, field), clause)
        case Range(field, low, high):
            held = getattr(document, field)
            numbers = held if isinstance(held, tuple) else (held,)
            return any((low is None or low <= n) and (high is None or n <= high) for n in numbers)
        case Everything():
            return True
        case All(clauses, filters):
            return all(matches(one, document) for one in (*clauses, *filters))
        case Any(clauses):
            return any(matches(one, document) for one in clauses)
        case Not(inner):
            return not matches(inner, document)
        case _:
            raise AssertionError(clause)


@pytest.fixture(scope="module")
def held(standing: Engine) -> Engine:
    filled(standing, RECORDS)
    return standing


def _found(engine: Engine, clause: Clause) -> set[str]:
    page = engine.reader().find(All((clause,)), Order("filed"), 1000)
    assert page.total == len(page.hits)
    return {hit.id for hit in page.hits}


@pytest.mark.parametrize("query", QUERIES)
def test_each_kind_of_term_finds_what_a_walk_finds(held: Engine, query: str) -> None:
    clause = expert_clause(query)
    assert _found(held, clause) == {one.id for one in DOCUMENTS if matches(clause, one)}


def test_random_queries_find_what_a_walk_finds(held: Engine) -> None:
    draw = random.Random(7)
    told = 0
    for _ in range(250):
        query = _query(draw, draw.randint(1, 3))
        clause = expert_clause(query)
        expected = {one.id for one in DOCUMENTS if matches(clause, one)}
        assert _found(held, clause) == expected, query
        told += 0 < len(expected) < len(RECORDS)
    assert told > 120


def test_the_terms_of_the_test_find_something() -> None:
    empty = [query for query in QUERIES if not any(matches(expert_clause(query), one) for one in DOCUMENTS)]
    assert set(empty) <= {"rn=1", "rd>=1900", "ed=2030", "ab=(ก)"}
