"""A symbol of any level finds what is below it."""

from search.keys.codes import (
    ipc_subclasses,
    locarno_classes,
    vienna_divisions,
    with_parents_ipc,
    with_parents_locarno,
    with_parents_vienna,
)


def test_vienna_codes_bring_their_parents_once() -> None:
    assert with_parents_vienna(("1.15.9", "01.15.11", "nonsense")) == ("01", "01.15", "01.15.09", "01.15.11")
    assert vienna_divisions(("01", "01.15", "01.15.09")) == ("01.15",)


def test_locarno_symbols_bring_their_class() -> None:
    assert with_parents_locarno(("601", "06-02", "C133")) == ("06", "06-01", "06-02")
    assert locarno_classes(("06", "06-01")) == ("06",)


def test_ipc_symbols_bring_section_class_subclass_and_group() -> None:
    assert with_parents_ipc(("A61B0005107000",)) == ("A", "A61", "A61B", "A61B 5/00", "A61B 5/107")
    assert ipc_subclasses(("A", "A61", "A61B", "A61B 5/00")) == ("A61B",)
