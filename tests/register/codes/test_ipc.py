import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.ipc import codes, ipc_parents, ipc_symbols, ipc_title, normalise_ipc


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("A61B 5/00", "A61B 5/00"),
        ("A61B5/00", "A61B 5/00"),
        ("a61b 5/00", "A61B 5/00"),
        ("A61B005/00", "A61B 5/00"),
        ("A61B0005000000", "A61B 5/00"),
        ("A61K0031705800", "A61K 31/7058"),
        ("A61K0009160000", "A61K 9/16"),
        ("A61B 5/00 (2006.01)", "A61B 5/00"),
        ("(A61B 5/00)", "A61B 5/00"),
        ("Int. Cl.7 A61B 5/00", "A61B 5/00"),
        (" A61K   9/16        20060101AFI20051220RMJP", "A61K 9/16"),
        ("H04W  84/    20            A I                    ", "H04W 84/20"),
        (" 7A 61K   9/16   A", "A61K 9/16"),
        ("H04W84/20,", "H04W 84/20"),
        ("C12R 1:19", "C12R 1/19"),
        ("G06F 18/23213", "G06F 18/23213"),
        ("Y02E 60/10", "Y02E 60/10"),
    ],
)
def test_every_spelling_of_a_symbol_is_one(text: str, symbol: str) -> None:
    assert normalise_ipc(text) == symbol


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("B60R  900", "B60R 9/00"),
        ("H04N  718", "H04N 7/18"),
        ("G06F 1516", "G06F 15/16"),
        ("A61K 31505", "A61K 31/505"),
        ("C07D21704", "C07D 217/04"),
        ("B60R 900", "B60R 9/00"),
    ],
)
def test_columns_without_a_slash_are_read_by_their_places(text: str, symbol: str) -> None:
    assert normalise_ipc(text) == symbol


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("A", "A"),
        ("h", "H"),
        ("A61", "A61"),
        ("A 61", "A61"),
        ("A61B", "A61B"),
        ("A61B 5", "A61B 5/00"),
        ("A61B 15", "A61B 15/00"),
    ],
)
def test_wider_levels_stand_alone(text: str, symbol: str) -> None:
    assert normalise_ipc(text) == symbol


@pytest.mark.parametrize(
    "text", ["", " ", "Apple", "C133", "D14/432", "705/14", "A61B 0/00", "A61B 5/", "A61B 5/1", "I99Z 1/00"]
)
def test_what_is_no_symbol_is_none(text: str) -> None:
    assert normalise_ipc(text) is None


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("G06Q 30/06|G06T 19/00", ("G06Q 30/06", "G06T 19/00")),
        ("H01M50/105;; H01M50/533;; H01M50/54", ("H01M 50/105", "H01M 50/533", "H01M 50/54")),
        ("H04W84/20,  // H04W88/04", ("H04W 84/20", "H04W 88/04")),
        ("A61B 5/00, A61B5/00, 705/14", ("A61B 5/00",)),
        ("", ()),
    ],
)
def test_a_list_is_taken_apart(text: str, symbols: tuple[str, ...]) -> None:
    assert ipc_symbols(text) == symbols


def test_parents_are_the_widest_first() -> None:
    assert ipc_parents("A61B 5/107") == ("A", "A61", "A61B", "A61B 5/00")
    assert ipc_parents("A61B 5/00") == ("A", "A61", "A61B")
    assert ipc_parents("A61B") == ("A", "A61")
    assert ipc_parents("A") == ()


def test_every_code_has_a_title_its_own_form_and_its_parents() -> None:
    assert sum(len(code) == 4 for code in codes()) > 650
    for code in codes():
        assert ipc_title(code)
        assert normalise_ipc(code) == code
        assert all(ipc_title(parent) for parent in ipc_parents(code))


def test_groups_have_no_title_here() -> None:
    assert ipc_title("A61B 5/00") is None


def in_columns(section: str, number: int, letter: str, group: int, subgroup: str) -> str:
    return f"{section}{number:02}{letter}{group:3}{subgroup}"


symbols = st.tuples(
    st.sampled_from("ABCDEFGH"),
    st.integers(1, 99),
    st.sampled_from("ABCDEFGHJKLMNPQRSTWZ"),
    st.integers(1, 999),
    st.from_regex(r"[0-9]{2}([0-9]{0,3}[1-9])?", fullmatch=True),
)


@given(symbols)
def test_all_printed_forms_of_a_symbol_agree(parts: tuple[str, int, str, int, str]) -> None:
    section, number, letter, group, subgroup = parts
    subclass = f"{section}{number:02}{letter}"
    printed = f"{subclass} {group}/{subgroup}"
    assert normalise_ipc(printed) == printed
    assert normalise_ipc(f"{subclass}{group}/{subgroup}") == printed
    assert normalise_ipc(f"{subclass}{group:03}/{subgroup}") == printed
    assert normalise_ipc(f"{subclass}{group:4}/{subgroup:<10}20060101AFI20051220RMJP") == printed
    assert normalise_ipc(f"{subclass}{group:04}{subgroup:0<6}") == printed
    assert normalise_ipc(in_columns(*parts)) == printed


@given(st.one_of(st.text(max_size=24), st.from_regex(r" ?[A-H][0-9]{2}[A-Z][ 0-9/]{0,14}", fullmatch=True)))
def test_normalising_twice_is_the_same_as_once(text: str) -> None:
    symbol = normalise_ipc(text)
    if symbol is not None:
        assert normalise_ipc(symbol) == symbol
        assert all(normalise_ipc(parent) == parent for parent in ipc_parents(symbol))
