"""Expert queries: what they mean, and what is said where they are wrong."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import All, Any, Clause, Near, Not, Phrase, Prefix, Range, Term, Wildcard
from search.errors import InputError
from search.expert.compile import expert_clause
from search.expert.parse import MAX_CHARACTERS
from search.expert.tags import BY_NAME, TAGS
from search.fields import KINDS
from search.orders import FIRST_KNOWN, first_of_day, last_of_day
from search.plan import plan_of
from search.query import SearchQuery


def refusal(query: str) -> InputError:
    with pytest.raises(InputError) as told:
        expert_clause(query)
    return told.value


def told_or_none(query: str) -> InputError | None:
    """What is said against a query, if anything is."""
    try:
        expert_clause(query)
    except InputError as told:
        return told
    return None


@pytest.mark.parametrize(
    ("query", "clause"),
    [
        ("ab=coffee", Phrase("abstract", ("coffee",))),
        ("AB:Coffee", Phrase("abstract", ("coffee",))),
        ("abstract = coffee", Phrase("abstract", ("coffee",))),
        ("ab=café", Phrase("abstract", ("cafe",))),
        ("ab=e-mail", Phrase("abstract", ("e", "mail"))),
        ('ab="hot water"', Phrase("abstract", ("hot", "water"))),
        ("ab=“hot water”", Phrase("abstract", ("hot", "water"))),
        ("ab=brew*", Prefix("abstract", "brew")),
        ("ab=colo?r", Wildcard("abstract", ("colo", "?", "r"))),
        ("ab=co**r", Wildcard("abstract", ("co", "*", "r"))),
        ("ab=กาแฟ", Phrase("abstract", ("กา", "าแ", "แฟ"))),
        ("ab=กาแฟ*", Phrase("abstract", ("กา", "าแ", "แฟ"))),
        ("ab=(hot NEAR/3 water)", Near("abstract", ("hot",), ("water",), 3, False)),
        ('ab="hot water"~3', Near("abstract", ("hot",), ("water",), 3, False)),
        ("ab=hot NEAR/3 water", Near("abstract", ("hot",), ("water",), 3, False)),
        ("ab=(hot ADJ2 water)", Near("abstract", ("hot",), ("water",), 2, True)),
        ("ab=(hot ADJ water)", Phrase("abstract", ("hot", "water"))),
        ("ab=(กาแฟ ADJ/2 hot)", Near("abstract", ("กา", "าแ", "แฟ"), ("hot",), 3, True)),
        ("ic=a61k9/16", Term("ipc", ("A61K 9/16",))),
        ("ic=A61K9/1*", Prefix("ipc", "A61K 9/1")),
        ("vc=26.4", Term("vienna", ("26.04",))),
        ("nc=9,42", Term("nice", (9, 42))),
        ("nc>40", Range("nice", 41, None)),
        ("nc=[35 TO *]", Range("nice", 35, None)),
        ("of=(th OR sg)", Any((Term("office", ("TH",)), Term("office", ("SG",))))),
        ("st=Registered", Term("status", ("registered",))),
        ("rt=utility-model", Term("right", ("utility-model",))),
        ("ct=US9358892", Term("cited", ("us9358892",))),
        ("pr=KR10-2019-0012345", Term("priority", ("kr2019.12345",))),
    ],
)
def test_a_query_becomes_its_clause(query: str, clause: Clause) -> None:
    assert expert_clause(query) == clause


def test_or_binds_less_than_and_and_not_most() -> None:
    a, b, c = (expert_clause(f"ab={letter}x") for letter in "abc")
    assert expert_clause("ab=ax AND ab=bx OR ab=cx") == Any((All((a, b)), c))
    assert expert_clause("ab=ax OR ab=bx ab=cx") == Any((a, All((b, c))))
    assert expert_clause("ab=(ax or bx) and ab=cx") == All((Any((a, b)), c))
    assert expert_clause("NOT ab=ax AND ab=bx") == All((b,), (Not(a),))
    assert expert_clause("ab=ax NOT ab=bx") == All((a,), (Not(b),))
    assert expert_clause("NOT (NOT ab=ax)") == a


def test_a_tag_holds_for_everything_in_its_parentheses_but_other_tags() -> None:
    ti, ab = expert_clause("pa=one"), expert_clause("in=two")
    assert expert_clause("pa=(one OR in=two)") == Any((ti, ab))


def test_a_date_is_a_day_a_month_or_a_year() -> None:
    first, last = dt.date(2020, 2, 1), dt.date(2020, 2, 29)
    month = Range("filed", first_of_day(first), last_of_day(last))
    assert expert_clause("fd=2020-02") == month
    assert expert_clause("fd=[2020-02-01 TO 20200229]") == month
    assert expert_clause("fd>2020-02") == Range("filed", first_of_day(dt.date(2020, 3, 1)), None)
    assert expert_clause("fd<2020-02") == Range("filed", FIRST_KNOWN, last_of_day(dt.date(2020, 1, 31)))
    assert expert_clause("pd=2020-02") == Range("published", first.toordinal(), last.toordinal())
    assert expert_clause("pr>=2020-02") == Range("priority_day", first.toordinal(), None)


@pytest.mark.parametrize(
    ("query", "start", "end", "said"),
    [
        ("ti=coffee AND", 13, 13, "the query ends"),
        ("OR coffee", 0, 2, "none before it"),
        ("a AND OR b", 6, 8, "none before it"),
        ("(coffee OR tea", 14, 14, "the parenthesis at character 1 is not closed"),
        ("coffee)", 6, 7, "never opened"),
        ("ti=()", 4, 5, "something is missing"),
        ('ti="coffee', 3, 4, "not closed"),
        ("foo=bar", 0, 3, "no field tag foo"),
        ("=bar", 0, 1, "no field tag before"),
        ("coffee~2", 6, 7, "right behind a phrase"),
        ("[2020 TO 2021]", 0, 1, "behind a field tag only"),
        ("fd=[2020", 8, 8, "within a range"),
        ("fd=[2020 2021]", 9, 13, "cannot stand in a range"),
        ("fd=[2021 TO 2020]", 4, 16, "ends before it begins"),
        ("fd=yesterday", 3, 12, "no date"),
        ("fd=2020-02-30", 3, 13, "no date"),
        ("ti>5", 0, 2, "cannot be compared"),
        ("ti=[a TO b]", 4, 10, "takes no range"),
        ("nc=46", 3, 5, "no Nice class"),
        ("nc=9,99", 5, 7, "no Nice class"),
        ("ic=hello", 3, 8, "no symbol"),
        ("of=XQ1", 3, 6, "no ST.3 code"),
        ("st=alive", 3, 8, "not known here"),
        ("an=abc", 3, 6, "no number"),
        ("ct=9358892", 3, 10, "names no document"),
        ("ti=*foo", 3, 7, "characters before"),
        ("ti=f*", 3, 5, "characters before"),
        ("ab=a* NEAR b", 3, 5, "does not go with NEAR"),
        ("gd=(a NEAR b)", 6, 10, "no words near each other"),
        ("ab=one NEAR/2 ti=two", 14, 16, "in one field"),
        ("one NEAR/21 two", 4, 11, "too far apart"),
        ("(one AND two) NEAR three", 14, 18, "beside NEAR and ADJ"),
        ("coffee -milk", 7, 12, "a minus excludes nothing"),
        ("coffee && milk", 7, 9, "no letter and no digit"),
        ('"red*bull"', 4, 5, "not stand in a phrase"),
        ("   ", 0, 0, "empty"),
        ("(" * 21 + "a" + ")" * 21, 20, 21, "more than 20 parentheses"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(query: str, start: int, end: int, said: str) -> None:
    told = refusal(query)
    assert told.place == (start, end)
    assert said in told.reason
    assert told.reason.startswith(f"at character {start + 1}: ")
    assert told.mend
    assert told.field == "q"


def test_a_tag_that_is_nearly_one_is_named() -> None:
    assert "applicant is one" in refusal("aplicant=siam").reason


def test_what_asks_for_too_much_is_refused() -> None:
    assert "terms" in refusal(" OR ".join(f"w{n}" for n in range(101))).reason
    assert "characters" in refusal("a" * (MAX_CHARACTERS + 1)).reason
    near = " OR ".join("(a1 OR b1 OR c1 OR d1) NEAR/20 (e1 OR f1 OR g1 OR h1)" for _ in range(5))
    assert "near each other" in refusal(near).reason
    nested = "ab=aa"
    for _ in range(10):
        nested = f"(NOT ({nested} AND ab=bb) OR ab=cc)"
    assert "deeply" in refusal(nested).reason


def test_every_tag_has_fields_of_the_index_and_an_example_that_works() -> None:
    for tag in TAGS:
        assert all(field in KINDS for field in tag.fields)
        plan_of(SearchQuery(text=tag.example, match="expert"))
    assert len(BY_NAME) == 2 * len(TAGS)


_PARTS = st.sampled_from(
    [
        *(tag.name for tag in TAGS),
        *(
            "=",
            ":",
            ">=",
            "<",
            "(",
            ")",
            "[",
            "]",
            '"',
            "“",
            "~3",
            "~",
            "NEAR/3",
            "NEAR",
            "ADJ/2",
            "AND",
            "OR",
        ),
        *(
            "NOT",
            "TO",
            "*",
            "?",
            ",",
            "-",
            "2020",
            "2020-01-31",
            "A61K",
            "9/16",
            "US",
            "40-2020-1321Q",
            "กาแฟ",
        ),
        *("coffee", "co*", "ก", "26.4", "9", "\u200b", "\x00", "é", "\ud7ff", "🜁", "\\", "/", "''", " "),
    ]
)


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(_PARTS, max_size=40).map(" ".join), st.lists(_PARTS).map("".join)
    )
)
def test_whatever_is_written_is_a_clause_or_told(query: str) -> None:
    began = time.process_time()
    told = told_or_none(query)
    assert told is None or told.mend
    assert told is None or told.place is None or 0 <= told.place[0] <= told.place[1] <= len(query)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "query",
    [
        "(" * 1000,
        ")" * 1000,
        '"' * 999,
        "NOT " * 250,
        "a" * 1000,
        "a=" * 500,
        "ab=" + "(a OR " * 19 + "b" + ")" * 19,
        "x NEAR/20 " * 99 + "y",
        "*?" * 500,
        "pn=" + "1?" * 490,
        "in=" + "กาแฟ" * 240,
        "[" * 1000,
        "9" * 1000,
        '"a b"~' + "9" * 900,
        "fd=" + "9" * 990,
        "of=" + "TH," * 320,
    ],
)
def test_long_queries_take_no_long_time(query: str) -> None:
    began = time.process_time()
    told = told_or_none(query)
    assert told is None or told.mend
    assert time.process_time() - began < 1
