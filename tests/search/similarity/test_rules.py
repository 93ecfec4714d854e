"""The rules of likeness, one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.forms import Form, FormColumns, encode_forms, form_of
from search.keys.mark import name_keys
from search.similarity.lookalikes import lookalike
from search.similarity.names import Asked, HeldNames, asked
from search.similarity.rules import RULES
from search.similarity.score import Scores


def question(text: str, weights: dict[str, float] | None = None) -> Asked:
    keys = name_keys(text)
    return asked(form_of("q", keys), weights or dict.fromkeys(keys.words, 1 / max(1, len(keys.words))))


def form(text: str, role: str = "t") -> Form:
    return form_of(role, name_keys(text))


def scores(one: Asked, *documents: list[Form]) -> Scores:
    return Scores(one, [encode_forms(forms) for forms in documents])


def points(rule: str, one: str, other: str) -> float:
    chosen = next(each for each in RULES if each.name == rule)
    held = HeldNames(FormColumns([encode_forms([form(other)])]))
    return float(chosen.points(question(one), held)[0])


def total(one: str, other: str) -> float:
    return float(scores(question(one), [form(other)]).totals[0])


def test_names_and_versions_of_rules_are_each_once() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.version >= 1 for rule in RULES)


@pytest.mark.parametrize(
    ("rule", "one", "other", "least"),
    [
        ("identical", "RED-BULL", "redbull", 1.0),
        ("look-alike letters", "C0CA C0LA", "Coca-Cola", 0.95),
        ("look-alike letters", "сосо", "coco", 0.95),
        ("look-alike letters", "com", "corn", 0.95),
        ("few letters changed", "steiger", "staiger", 0.75),
        ("same sound", "pepsi", "pepsy", 0.85),
        ("sound across scripts", "Coca-Cola", "코카콜라", 0.85),
        ("sound across scripts", "Unitel", "ຢູນິເທລ", 0.7),
        ("one holds the other", "edelman", "Sam Edelman", 0.85),
        ("one holds the other", "红河", "红河红", 0.7),
        ("words in common", "nanyang bank", "nanyang tea", 0.4),
        ("words in another order", "bull red", "RED BULL", 0.9),
    ],
)
def test_a_rule_gives_points_for_its_own_likeness(rule: str, one: str, other: str, least: float) -> None:
    assert points(rule, one, other) >= least


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        ("identical", "redbull", "redbulls"),
        ("look-alike letters", "steiger", "unitel"),
        ("few letters changed", "steiger", "no regrets"),
        ("same sound", "Coca-Cola", "코카콜라"),
        ("sound across scripts", "Coca-Cola", "Koka Kola"),
        ("one holds the other", "ab", "cab"),
        ("words in another order", "red bull", "red bull"),
    ],
)
def test_a_rule_gives_nothing_for_what_is_not_its_own(rule: str, one: str, other: str) -> None:
    assert points(rule, one, other) == 0.0


@pytest.mark.parametrize(
    ("asked_for", "nearer", "farther"),
    [
        ("steiger", "staiger", "no regrets"),
        ("steiger", "steigerwald", "stelvio"),
        ("Coca-Cola", "코카콜라", "콜라보"),
        ("Samsung", "삼성", "삼척"),
        ("Saizeriya", "サイゼリヤ", "サイバー"),
        ("starbucks", "starbucks coffee", "star coffee"),
        ("โคคา โคลา", "Coca-Cola", "Coca Kids"),
        ("红牛", "红牛饮料", "蓝牛"),
        ("đông dương", "DONG DUONG", "dong nai"),
    ],
)
def test_an_examiner_would_rank_so(asked_for: str, nearer: str, farther: str) -> None:
    assert total(asked_for, nearer) > total(asked_for, farther)


def test_rare_words_count_for_more_than_common_ones() -> None:
    one = question("nanyang bank", {"nanyang": 0.9, "bank": 0.1})
    rare, common = scores(one, [form("nanyang tea house")], [form("eastern bank house")]).totals
    assert rare > common


def test_the_best_of_several_names_decides_and_a_translation_counts_for_less() -> None:
    found = scores(question("good morning"), [form("GUTEN ABEND"), form("good morning", "r")])
    assert found.columns.roles[found.names[0]] == "r"
    assert 0.8 < found.totals[0] < 1.0


def test_reasons_name_the_rule_and_what_was_compared() -> None:
    found = scores(question("Coca-Cola"), [form("코카콜라")], [form("COCA COLA")])
    across, same = (found.reasons(name) for name in found.names.tolist())
    assert across[0].rule == "sound across scripts"
    assert across[0].compared == "coca cola ~ 코카콜라 [kokakolla]"
    assert [reason.rule for reason in same] == ["identical"]


def test_nothing_to_compare_is_no_likeness() -> None:
    assert scores(question("steiger")).totals.tolist() == []
    assert scores(question("steiger"), [], []).totals.tolist() == []


@given(
    st.text(min_size=1, max_size=30).filter(lambda text: name_keys(text).key),
    st.lists(st.text(max_size=30).filter(lambda text: name_keys(text).key), min_size=1, max_size=5),
)
def test_scores_lie_between_nothing_and_one(one: str, others: list[str]) -> None:
    found = scores(question(one), *([form(other)] for other in others))
    assert all(0.0 <= total <= 1.0 for total in found.totals.tolist())
    assert all(0.0 <= value <= 1.0 for name in found.names.tolist() for value in found.points(name))


def test_names_are_scored_alone_as_among_others() -> None:
    others = ["staiger", "코카콜라", "red bull", "PIE", "အက်ပယ်", "steiger bank"]
    one = question("steiger")
    together = scores(one, *([form(other)] for other in others)).totals.tolist()
    assert together == [float(scores(one, [form(other)]).totals[0]) for other in others]


@given(st.text(min_size=1, max_size=30).filter(lambda text: name_keys(text).key))
def test_a_name_is_identical_with_itself(text: str) -> None:
    assert total(text, text) == 1.0


@given(st.text(alphabet="abcdeirnvw015", max_size=20))
def test_a_lookalike_of_a_lookalike_is_itself(text: str) -> None:
    once = lookalike(text)
    assert len(once) <= len(text)
