"""How related goods are: each rule alone, and what cannot be said."""

import pytest

from register.codes.nice import related_classes
from register.model import Goods
from search.clearance.goods import (
    PUBLISHED_BY,
    RELATED_CLASS,
    RELATED_OTHER_WAY,
    SAME_CLASS,
    SAME_GROUP,
    SAME_TERM,
    SHARED_WORDS,
    HeldGoods,
    asked_goods,
    held_goods,
    relate,
)
from search.clearance.goods_words import goods_terms, weak_words
from tests.search.sample import record


def held(*classes: int, text: str | None = None, groups: tuple[str, ...] = ()) -> HeldGoods:
    goods = (Goods(classes[0] if classes else None, text, "en", groups),) if text or groups else ()
    return held_goods(record("SG", "1", "X", nice_classes=classes, goods=goods))


def test_the_same_class_says_so() -> None:
    found = relate(asked_goods(9), held(9, 35))
    assert (found.relation, found.why[0].rule, found.why[0].held) == ("same", SAME_CLASS, "class 9")


def one_way() -> tuple[int, int]:
    """A class that names another which does not name it."""
    for number in range(1, 46):
        for other in related_classes(number):
            if number not in related_classes(other):
                return number, other
    raise AssertionError("the table as published has pairs of one direction")


def test_a_related_class_is_related_in_the_direction_published() -> None:
    number, other = one_way()
    ahead, back = relate(asked_goods(number), held(other)), relate(asked_goods(other), held(number))
    assert [reason.rule for reason in ahead.why] == [RELATED_CLASS]
    assert [reason.rule for reason in back.why] == [RELATED_OTHER_WAY]
    assert ahead.points is not None
    assert back.points is not None
    assert ahead.points > back.points
    assert "USPTO" in PUBLISHED_BY


def test_classes_without_a_relation_are_unrelated() -> None:
    far = next(
        n for n in range(1, 46) if n != 13 and n not in related_classes(13) and 13 not in related_classes(n)
    )
    assert relate(asked_goods(13), held(far)).relation == "unrelated"


def test_a_term_in_common_makes_the_goods_the_same_across_classes() -> None:
    found = relate(asked_goods(42, ["Software; data storage"]), held(9, text="cameras; SOFTWARE"))
    assert (found.relation, found.why[0].rule) == ("same", SAME_TERM)
    assert (found.why[0].asked, found.why[0].held) == ("Software", "SOFTWARE")


def test_words_in_common_count_by_their_share_and_weak_ones_not_at_all() -> None:
    found = relate(asked_goods(None, ["roasted coffee beans"]), held(30, text="coffee bean grinders"))
    assert found.why[0].rule == SHARED_WORDS
    assert found.points == pytest.approx(0.4 + 0.5 * 2 / 3, abs=0.001)
    weak = relate(
        asked_goods(None, ["parts and fittings for use with goods"]), held(12, text="goods for all uses")
    )
    assert weak.relation == "unknown"


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("咖啡", "咖啡饮料；茶"),
        ("กาแฟ", "กาแฟคั่วบด; ชา"),
        ("커피", "커피, 차"),
        ("kopi", "Kopi; teh"),
        ("cà phê", "Cà phê; trà"),
    ],
)
def test_words_are_shared_in_every_script(asked: str, other: str) -> None:
    assert relate(asked_goods(None, [asked]), held(30, text=other)).relation in ("same", "related")


def test_equal_korean_groups_are_the_same_and_groups_of_one_family_related() -> None:
    def points(one: str, other: str) -> float | None:
        return relate(asked_goods(None, [], [one]), held(groups=(other,))).points

    assert points("G390802", "g390802") == 1.0
    assert points("G0201", "G020102") == 0.7
    assert points("G0201", "G0205") == 0.5
    assert points("G0201", "S0201") == 0.0


def test_one_class_with_groups_far_apart_is_less_than_the_same() -> None:
    apart = relate(asked_goods(9, [], ["G390802"]), held(9, groups=("G4603",)))
    assert apart.relation == "related"
    same = relate(asked_goods(9, [], ["G390802"]), held(9, groups=("G390802",)))
    assert (same.relation, same.why[0].rule) == ("same", SAME_GROUP)


def test_goods_that_are_not_known_say_so() -> None:
    found = relate(asked_goods(9), held())
    assert (found.relation, found.points) == ("unknown", None)
    assert found.why[0].held == "no class and no goods delivered"
    assert relate(asked_goods(None), held(9)).relation == "not-asked"


def test_texts_that_share_no_word_prove_nothing_without_a_class() -> None:
    assert relate(asked_goods(None, ["coffee"]), held(30, text="kopi")).relation == "unknown"


def test_a_plural_is_the_same_word() -> None:
    assert goods_terms("Batteries, lenses; watches")[0].words == frozenset({"battery"})
    assert goods_terms("glass")[0].words == frozenset({"glass"})


def test_weak_words_are_in_normal_form() -> None:
    assert {"and", "san", "pham", "및", "yang"} <= weak_words()
