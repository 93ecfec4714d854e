"""IPC, CPC and Locarno symbols."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.formats.patent_symbols import cpc_symbols, ipc_symbols, locarno_symbols, national_classes, symbols


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A61K   9/16        20060101A I20051008RMEP        ", ["A61K 9/16"]),
        ("H04W  84/    20            A I   ", ["H04W 84/20"]),
        ("F02M2700/1358      ", ["F02M 2700/1358"]),
        (" 7A 61K   9/16   A", ["A61K 9/16"]),
        ("G06F015/00", ["G06F 15/00"]),
        ("G06F017/24", ["G06F 17/24"]),
        ("B60R  900", ["B60R 9/00"]),
        ("G06F 1516", ["G06F 15/16"]),
        ("A61K 31522", ["A61K 31/522"]),
        ("A61B0005000000", ["A61B 5/00"]),
        ("A61K0031522000", ["A61K 31/522"]),
        ("H04W84/20,  // H04W88/04", ["H04W 84/20", "H04W 88/04"]),
        ("H01M10/613;; H01M50/209", ["H01M 10/613", "H01M 50/209"]),
        ("A61K", ["A61K"]),
        ("Y02T 10/70", ["Y02T 10/70"]),
        ("0601", []),
        ("D9999", []),
        ("", []),
        ("nonsense", []),
    ],
)
def test_every_way_of_writing_gives_the_symbol(written: str, read: list[str]) -> None:
    assert symbols(written) == read


@given(
    st.sampled_from("ABCDEFGHY"),
    st.integers(1, 99),
    st.sampled_from("ABKLWX"),
    st.integers(1, 9999),
    st.integers(0, 99).map("{:02}".format),
)
def test_a_symbol_is_the_same_however_it_is_spaced(
    section: str, number: int, sub: str, group: int, end: str
) -> None:
    subclass = f"{section}{number:02}{sub}"
    wanted = [f"{subclass} {group}/{end}"]
    for written in (
        f"{subclass}{group}/{end}",
        f"{subclass} {group}/{end}",
        f"{subclass}{group:>4}/{end}   20060101A",
    ):
        assert symbols(written) == wanted
    assert symbols(wanted[0]) == wanted


def _biblio(inner: str) -> etree._Element:
    return etree.fromstring(f"<b>{inner}</b>")


def test_reformed_symbols_stand_before_those_of_old_editions() -> None:
    old = "<classification-ipc><main-classification>G06F015/00</main-classification></classification-ipc>"
    new = (
        "<classifications-ipcr><classification-ipcr><text>A61K 9/16</text></classification-ipcr>"
        "</classifications-ipcr>"
    )
    assert ipc_symbols(_biblio(old)) == ["G06F 15/00"]
    assert ipc_symbols(_biblio(old + new)) == ["A61K 9/16"]


def test_a_structured_symbol_goes_as_far_as_it_is_given() -> None:
    parts = "<section>H</section><class>04</class><subclass>W</subclass>"
    group = "<main-group>0084</main-group><subgroup>20</subgroup>"
    entry = "<classifications-ipcr><classification-ipcr>{}</classification-ipcr></classifications-ipcr>"
    assert ipc_symbols(_biblio(entry.format(parts))) == ["H04W"]
    assert ipc_symbols(_biblio(entry.format(parts + group))) == ["H04W 84/20"]


def test_only_the_schemes_of_cpc_are_cpc() -> None:
    entry = (
        "<patent-classification><classification-scheme scheme='{}'/>"
        "<classification-symbol>A61K   9/16</classification-symbol></patent-classification>"
    )
    both = "".join(entry.format(scheme) for scheme in ("CPCI", "CPCA", "FI", "FTERM", "UC"))
    assert cpc_symbols(_biblio(f"<patent-classifications>{both}</patent-classifications>")) == ["A61K 9/16"]


def test_symbols_of_a_combination_set_are_read() -> None:
    rank = (
        "<combination-set><combination-rank><classification-cpc><section>A</section><class>61</class>"
        "<subclass>K</subclass><main-group>9</main-group><subgroup>16</subgroup></classification-cpc>"
        "</combination-rank></combination-set>"
    )
    inner = f"<classifications-cpc><further-cpc>{rank}</further-cpc></classifications-cpc>"
    assert cpc_symbols(_biblio(inner)) == ["A61K 9/16"]


def test_locarno_and_national_classes_are_as_written() -> None:
    inner = (
        "<classification-locarno><edition>8</edition><main-classification>0601</main-classification>"
        "<further-classification>06-02</further-classification></classification-locarno>"
        "<classification-national><country>US</country><main-classification>705  26</main-classification>"
        "</classification-national>"
    )
    assert locarno_symbols(_biblio(inner)) == ["0601", "06-02"]
    assert national_classes(_biblio(inner)) == ["705 26"]
