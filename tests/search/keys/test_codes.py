"""A symbol of any level finds what is below it."""

from search.keys.codes import of_length, with_parents_ipc, with_parents_locarno, with_parents_vienna


def test_vienna_codes_bring_their_parents_once() -> None:
    assert with_parents_vienna(("1.15.9", "01.15.11", "nonsense")) == ("01", "01.15", "01.15.09", "01.15.11")


def test_locarno_symbols_bring_their_class() -> None:
    assert with_parents_locarno(("601", "06-02", "C133")) == ("06", "06-01", "06-02")


def test_ipc_symbols_bring_section_class_subclass_and_group() -> None:
    assert with_parents_ipc(("A61B0005107000",)) == ("A", "A61", "A61B", "A61B 5/00", "A61B 5/107")


def test_a_level_is_told_by_the_length_of_its_codes() -> None:
    assert of_length(("01", "01.15", "01.15.09"), 5) == ("01.15",)
    assert of_length(("A", "A61", "A61B", "A61B 5/00"), 4) == ("A61B",)
