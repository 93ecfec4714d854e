"""Bibliographic data under the tags of ST.32."""

from lxml import etree

from ingest.draft import DraftCitation, DraftParty, DraftPriority, DraftText
from ingest.formats import st32_parts as st32


def _group(tag: str, inner: str) -> etree._Element:
    return etree.fromstring(f"<{tag}>{inner}</{tag}>")


def test_texts_are_read_straight_and_in_pdat() -> None:
    upper = _group(
        "B100", "<B110><DNUM><PDAT>1</PDAT></DNUM></B110><B140><DATE><PDAT>20020101</PDAT></DATE></B140>"
    )
    lower = _group("B100", "<B110>1</B110><B140><date>20020101</date></B140>")
    assert st32.published(upper) == st32.published(lower) == ("1", "", "20020101", "")
    assert st32.published(None) == ("", "", "", "")


def test_priorities_begin_at_a_number_or_at_a_tag_that_comes_again() -> None:
    inner = (
        "<B310>1</B310><B320>20010101</B320><B330>US</B330><B310>2</B310><B330>JP</B330><B330>VN</B330>"
        "<B345/>"
    )
    assert st32.priorities([_group("B300", inner)]) == [
        DraftPriority("US", "1", "20010101"),
        DraftPriority("JP", "2", ""),
        DraftPriority("VN", "", ""),
    ]


def test_titles_are_one_or_pairs_of_language_and_title() -> None:
    pairs = _group("B500", "<B540><B541>de</B541><B542>Presse</B542><B541>en</B541><B542>Press</B542></B540>")
    assert st32.titles(pairs, "xx") == [DraftText("Presse", "de"), DraftText("Press", "en")]
    assert st32.titles(_group("B500", "<B540><STEXT>Press</STEXT></B540>"), "en") == [
        DraftText("Press", "en")
    ]
    assert st32.titles(_group("B500", "<B540/>"), "en") == []
    assert st32.titles(None, "en") == []


def test_a_party_is_an_organisation_or_a_person_with_an_address() -> None:
    both = (
        "<B731><PARTY-US><NAM><ONM>Lime Ltd</ONM><FNM>Jane</FNM><SNM>Doe</SNM></NAM>"
        "<ADR><STR>Road 2</STR><CITY>Hanoi</CITY><CTRY>VN</CTRY></ADR></PARTY-US></B731>"
    )
    person = "<B731><snm>DOE, Jane,</snm><adr><ctry>VN</ctry></adr></B731><B731><adr/></B731><B732/>"
    assert st32.parties([_group("B730", both + person)], "B731", role="assignee") == [
        DraftParty(
            name="Lime Ltd",
            names=[DraftText("Jane Doe")],
            role="assignee",
            address="Road 2, Hanoi",
            country="VN",
        ),
        DraftParty(name="DOE, Jane", role="assignee", country="VN"),
    ]


def test_classes_are_the_reformed_ones_and_those_as_written() -> None:
    inner = (
        "<B510><B511>G06F 1516</B511><B512>G06F 1300</B512><B516>7</B516></B510>"
        "<B510EP><classification-ipcr><text>A61K   9/16  20060101A</text></classification-ipcr></B510EP>"
    )
    written = st32.classes(_group("B500", inner))
    assert written == ["A61K 9/16", "G06F 1516", "G06F 1300"]
    assert st32.ipc(written) == ["A61K 9/16", "G06F 15/16", "G06F 13/00"]


def test_citations_are_of_patents_and_of_literature() -> None:
    inner = (
        "<B560><B561><PCIT><DOC><DNUM><PDAT>96/25012</PDAT></DNUM><CTRY><PDAT>WO</PDAT></CTRY></DOC></PCIT>"
        "<CITED-BY-OTHER/></B561><B561><text>EP-A-1</text></B561><B562><text>A book</text></B562><B562/>"
        "</B560>"
    )
    assert st32.citations(_group("B500", inner)) == [
        DraftCitation("WO", "96/25012", "", "", "other"),
        DraftCitation(text="EP-A-1"),
        DraftCitation(text="A book"),
    ]


def test_designations_and_international_numbers_are_read() -> None:
    group = _group(
        "B800",
        "<B840><ctry>AT</ctry><ctry>BE</ctry></B840><B870><B871><dnum><pnum>WO2011</pnum></dnum></B871></B870>",
    )
    assert st32.states(list(group)) == ["AT", "BE"]
    assert st32.numbers(group) == [("pct-publication", "WO2011")]
    assert st32.numbers(None) == []
