"""Classifications as trees with counts."""

import pytest

from search.classifications import tree_of
from search.engine import Engine
from tests.search.sample import filled, record


@pytest.fixture
def engine_with_codes(engine: Engine) -> Engine:
    filled(
        engine,
        [
            record("SG", "1", "A", vienna_codes=("26.04.05", "03.01.01"), nice_classes=(9,)),
            record("SG", "2", "B", vienna_codes=("26.04.88",), nice_classes=(9, 42)),
            record("SG", "3", "C", right="design", locarno=("06-01",)),
            record("SG", "4", "D", right="patent", ipc=("A61B 5/00", "A61K 9/16")),
        ],
    )
    return engine


def test_each_level_is_counted(engine_with_codes: Engine) -> None:
    reader = engine_with_codes.reader()
    assert tree_of(reader, "nice").held == {"9": 2, "42": 1}
    assert tree_of(reader, "locarno").held == {"06": 1, "06-01": 1}
    assert tree_of(reader, "ipc").held == {"A": 1, "A61": 1, "A61B": 1, "A61K": 1}
    held = tree_of(reader, "vienna").held
    assert (held["26"], held["26.04"], held["26.04.05"], held["03.01"]) == (2, 2, 1, 1)


def test_a_code_that_only_a_record_has_is_in_the_tree(engine_with_codes: Engine) -> None:
    tree = tree_of(engine_with_codes.reader(), "vienna")
    assert "26.04.88" in tree.children("26.04")
    assert tree.below("26.04") == ("26.04", *tree.children("26.04"))
    assert tree.below("26.98") == ()


def test_titles_are_searched_by_the_beginnings_of_words_and_codes_by_themselves(
    engine_with_codes: Engine,
) -> None:
    tree = tree_of(engine_with_codes.reader(), "vienna")
    assert {"03.01.01", "03.01.02"} <= set(tree.titled("lion", tree.codes))
    assert tree.titled("heraldic lions", tree.codes) == ("03.01.02",)
    assert tree.titled("26.4", tree.codes) == ("26.04",)
    assert tree.titled("lion", tree.below("26")) == ()
    assert tree.titled("...", tree.codes) == ()
