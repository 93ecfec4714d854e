"""The classifications in one shape."""

import pytest

from register.codes.classifications import CLASSIFICATION_NAMES, ClassificationName, classification


@pytest.mark.parametrize("name", CLASSIFICATION_NAMES)
def test_every_code_is_met_once_on_the_way_down(name: ClassificationName) -> None:
    of = classification(name)
    met: list[str] = []
    waiting = list(of.children(None))
    while waiting:
        code = waiting.pop()
        met.append(code)
        waiting += of.children(code)
    assert sorted(met) == sorted(of.codes)


@pytest.mark.parametrize("name", CLASSIFICATION_NAMES)
def test_every_code_is_its_own_normal_form_and_has_a_title(name: ClassificationName) -> None:
    of = classification(name)
    assert all(of.normalise(code) == code and of.title(code) for code in of.codes)


@pytest.mark.parametrize(
    ("name", "code", "level", "parent"),
    [
        ("nice", "9", "class", None),
        ("vienna", "26", "category", None),
        ("vienna", "26.04", "division", "26"),
        ("vienna", "26.04.05", "section", "26.04"),
        ("locarno", "06-01", "subclass", "06"),
        ("ipc", "A61B", "subclass", "A61"),
        ("ipc", "A61B 5/00", "subclass", "A61B"),
    ],
)
def test_a_code_has_a_level_and_a_parent(
    name: ClassificationName, code: str, level: str, parent: str | None
) -> None:
    assert (classification(name).level(code), classification(name).parent(code)) == (level, parent)


def test_a_code_that_the_table_has_not_is_its_own_label() -> None:
    assert classification("vienna").labelled("26.04.88") == "26.04.88"
    assert classification("vienna").labelled("26.04") == "26.04 Quadrilaterals"
