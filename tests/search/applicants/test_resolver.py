"""Spellings of invented companies find each other, and strangers stay apart."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.applicants import identity_of
from register.spelling import Spelling
from search.applicants.resolver import Resolver
from search.keys.scripts import script_of

COMPANIES = Path(__file__).parent / "companies.csv"


def companies() -> list[tuple[str, Spelling]]:
    with COMPANIES.open(encoding="utf-8", newline="") as file:
        return [(row["company"], Spelling(row["name"], row["country"])) for row in csv.DictReader(file)]


def resolved(spellings: Sequence[Spelling]) -> list[int]:
    """For each spelling, the oldest name of its applicant."""
    resolver = Resolver()
    places = [resolver.place(spelling).place for spelling in spellings]
    return [resolver.root(place) for place in places]


def clusters(spellings: Iterable[Spelling]) -> set[frozenset[Spelling]]:
    some = list(spellings)
    found: dict[int, set[Spelling]] = defaultdict(set)
    for spelling, root in zip(some, resolved(some), strict=True):
        found[root].add(spelling)
    return {frozenset(members) for members in found.values()}


def test_the_golden_companies_stay_found() -> None:
    """May only get better: every one of these was resolved when it was written down."""
    known = companies()
    roots = resolved([spelling for _, spelling in known])
    one_script: list[bool] = []
    two_scripts: list[bool] = []
    wrong: list[tuple[str, str]] = []
    for (left, root), (right, other) in combinations(zip(known, roots, strict=True), 2):
        if left[0] != right[0]:
            if root == other:
                wrong.append((left[1].name, right[1].name))
            continue
        same = script_of(left[1].name) == script_of(right[1].name)
        (one_script if same else two_scripts).append(root == other)
    assert wrong == []
    assert sum(one_script) / len(one_script) >= 0.95
    assert sum(two_scripts) / len(two_scripts) >= 0.8


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_delivery_makes_no_other_applicants(seed: int) -> None:
    spellings = [spelling for _, spelling in companies()]
    shuffled = spellings.copy()
    random.Random(seed).shuffle(shuffled)
    assert clusters(shuffled) == clusters(spellings)


def test_a_spelling_met_again_changes_nothing() -> None:
    resolver = Resolver()
    spellings = [spelling for _, spelling in companies()]
    first = [resolver.place(spelling).place for spelling in spellings]
    count = len(resolver)
    assert [resolver.place(spelling).place for spelling in spellings] == first
    assert len(resolver) == count
    assert resolver.take_moved() is not None


def test_the_oldest_name_keeps_its_identity_when_others_join() -> None:
    resolver = Resolver()
    first = resolver.place(Spelling("Torvane International", "TW"))
    identity = resolver.identities[resolver.root(first.place)]
    resolver.place(Spelling("TORVANE INT'L CO., LTD.", "TW"))
    joined = resolver.place(Spelling("International Torvane", "TW"))
    assert resolver.identities[resolver.root(joined.place)] == identity
    assert identity_of(identity).startswith("ap-")


def test_an_office_number_joins_names_that_share_nothing() -> None:
    one, other = (
        Spelling("Corvale Ltd", "SG", "KR", "5-1999-1"),
        Spelling("Zephrova Inc", "SG", "KR", "5-1999-1"),
    )
    roots = resolved([one, other, Spelling("Corvale", "SG"), Spelling("Zephrova", "SG", "KR", "5-1999-2")])
    assert roots[0] == roots[1] == roots[2] == roots[3]


def test_two_persons_of_one_name_with_two_numbers_are_two() -> None:
    one, other = resolved(
        [Spelling("Tan Wei Ming", "SG", "SG", "P-1"), Spelling("Tan Wei Ming", "SG", "SG", "P-2")]
    )
    assert one != other


def test_each_link_tells_its_evidence_and_score() -> None:
    resolver = Resolver()
    resolver.place(Spelling("NARUTECH Co.,Ltd.", "KR"))
    placed = resolver.place(Spelling("나루텍", "KR"))
    assert [link.evidence for link in placed.links] == ["sound and meaning"]
    assert 0.8 <= placed.links[0].score <= 1.0
    again = resolver.place(Spelling("나루텍 주식회사", "KR"))
    assert (again.is_new, again.evidence) == (False, "legal form and letters")


def test_likenesses_do_not_chain_strangers() -> None:
    """What is like both is no reason that both are one, where they speak against each other."""
    roots = resolved(
        [
            Spelling("Samvora Electronics", "KR"),
            Spelling("Samvora Music", "KR"),
            Spelling("Samvora", "KR"),
            Spelling("Samvora International", "KR"),
        ]
    )
    assert roots[0] != roots[1]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["KR", "JP", "TH", "SG", None]))
def test_any_text_has_a_place(name: str, country: str | None) -> None:
    resolver = Resolver()
    placed = resolver.place(Spelling(name, country))
    assert placed.place == 0
    assert resolver.place(Spelling(name, country)).place == 0
