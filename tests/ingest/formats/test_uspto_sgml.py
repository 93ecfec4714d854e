"""ST.32 grants of 2001 to 2004."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.draft import Damage, Delivered, DraftCitation, DraftParty, DraftPriority
from ingest.formats.uspto_sgml import FORMAT, as_xml
from tests.ingest.formats.reading import only, read, sureness


def _grant(inner: str = "", number: str = "06300001", kind: str = "B1", title: str = "Lime press") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PATDOC SYSTEM "ST32-US-Grant-025xml.dtd" [\n'
        '<!ENTITY US1-D0.TIF SYSTEM "US1-D0.TIF" NDATA TIF>\n]>\n<PATDOC DTD="2.5"><SDOBI>'
        f"<B100><B110><DNUM><PDAT>{number}</PDAT></DNUM></B110><B130><PDAT>{kind}</PDAT></B130>"
        "<B140><DATE><PDAT>20020101</PDAT></DATE></B140><B190><PDAT>US</PDAT></B190></B100>"
        "<B200><B210><DNUM><PDAT>09400001</PDAT></DNUM></B210><B211US><PDAT>09</PDAT></B211US>"
        "<B220><DATE><PDAT>19991005</PDAT></DATE></B220></B200>"
        f"<B500><B510><B511><PDAT>G06F 1516</PDAT></B511><B512><PDAT>G06F 1300</PDAT></B512></B510>"
        f"<B520><B521><PDAT>709202</PDAT></B521></B520><B540><STEXT><PDAT>{title}</PDAT></STEXT></B540>"
        f"</B500>"
        f"{inner}</SDOBI></PATDOC>\n"
    )


_PERSONS = (
    "<B700><B720><B721><PARTY-US><NAM><FNM><PDAT>Jane</PDAT></FNM><SNM><STEXT><PDAT>Doe</PDAT></STEXT></SNM>"
    "</NAM>"
    "<ADR><CITY><PDAT>Oslo</PDAT></CITY><CTRY><PDAT>NO</PDAT></CTRY></ADR></PARTY-US></B721></B720>{}</B700>"
)
_ASSIGNEE = (
    "<B730><B731><PARTY-US><NAM><ONM><STEXT><PDAT>Lime &amp; Co</PDAT></STEXT></ONM></NAM></PARTY-US></B731>"
    "<B732US><PDAT>03</PDAT></B732US></B730>"
)


def test_it_is_found_by_its_root() -> None:
    assert sureness(FORMAT, _grant()) == 95
    assert sureness(FORMAT, "<us-patent-grant/>") == 0


def test_a_grant_is_read_by_its_inid_tags() -> None:
    draft = only(FORMAT, _grant(_PERSONS.format(_ASSIGNEE)))
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "US",
        "2002-01-01",
    )
    assert (draft.application_number, draft.filing_date) == ("09400001", "19991005")
    assert (draft.registration_number, draft.registration_date) == ("06300001", "20020101")
    assert draft.status_plain == "registered"
    assert (draft.ipc, draft.national_classes) == (["G06F 15/16", "G06F 13/00"], ["709202"])
    assert draft.applicants == [DraftParty(name="Lime & Co", role="assignee")]
    assert draft.inventors == [DraftParty(name="Jane Doe", address="Oslo", country="NO")]


def test_without_an_assignee_the_inventor_applied() -> None:
    draft = only(FORMAT, _grant(_PERSONS.format("")))
    assert [(one.name, one.role) for one in draft.applicants] == [("Jane Doe", "applicant")]


def test_entities_of_the_dtd_are_characters_and_unknown_ones_stay_text() -> None:
    draft = only(FORMAT, _grant(title="The &lsquo;caf&eacute;&rsquo; &agr; &lsqb;1&rsqb; &strange;"))
    assert draft.titles[0].text == "The ‘café’ α [1] &strange;"


def test_a_weekly_file_is_many_documents_with_image_entities() -> None:
    found = read(FORMAT, _grant() + _grant(number="06300002"))
    assert [type(one) for one in found] == [Delivered, Delivered]


def test_a_broken_document_takes_no_other_with_it() -> None:
    found = read(FORMAT, _grant() + _grant(title="</STEXT>") + _grant())
    assert [type(one) for one in found] == [Delivered, Damage, Delivered]


@pytest.mark.parametrize(("kind", "number"), [("S1", "D0435001"), ("S", "D0435001")])
def test_a_design_has_its_classes_as_locarno(kind: str, number: str) -> None:
    draft = only(
        FORMAT, _grant(number=number, kind=kind).replace("G06F 1516", "0601").replace("G06F 1300", "0602")
    )
    assert (draft.right, draft.locarno, draft.ipc) == ("design", ["0601", "0602"], [])
    assert [one.text for one in draft.products] == ["Lime press"]


def test_sgml_of_2001_with_empty_elements_as_start_tags_is_read() -> None:
    cited = (
        "<B560><B561><PCIT><DOC><DNUM><PDAT>5825759</PDAT></DNUM><KIND><PDAT>A</PDAT></KIND></DOC></PCIT>"
        "<CITED-BY-EXAMINER></B561><B562><NCIT><STEXT><PDAT>Smith & Sons</PDAT></STEXT></NCIT>"
        "<CITED-BY-OTHER></B562></B560>"
    )
    draft = only(FORMAT, _grant().replace("</B500>", f'{cited}<EMI ID="A>B" FILE="X"></B500>'))
    assert draft.citations == [
        DraftCitation("US", "5825759", "A", "", "examiner"),
        DraftCitation(text="Smith & Sons", by="other"),
    ]


def test_sgml_values_without_quotes_get_them() -> None:
    made = etree.fromstring(
        as_xml(b"<PATDOC><PARA ID=P-1 LVL=0><PDAT>x</PDAT></PARA><EMI FILE=A.TIF></PATDOC>")
    )
    assert [dict(part.attrib) for part in made] == [{"ID": "P-1", "LVL": "0"}, {"FILE": "A.TIF"}]


def test_priorities_begin_at_every_number() -> None:
    claims = "".join(
        f"<B310><DNUM><PDAT>{n}</PDAT></DNUM></B310><B320><DATE><PDAT>1997040{n}</PDAT></DATE></B320>"
        "<B330><CTRY><PDAT>NO</PDAT></CTRY></B330>"
        for n in (1, 2)
    )
    draft = only(FORMAT, _grant(f"<B300>{claims}</B300>"))
    assert draft.priorities == [DraftPriority("NO", "1", "19970401"), DraftPriority("NO", "2", "19970402")]


@given(st.lists(st.sampled_from(["A", "B", "C-D", "E"]), max_size=6), st.text("xy &", max_size=5))
def test_well_formed_xml_is_not_changed_by_the_mending_of_sgml(tags: list[str], text: str) -> None:
    inner = text.replace("&", "&amp;") + "".join(f"<{tag} K='1'/>" for tag in tags)
    starts = "".join(f"<{tag}>" for tag in tags)
    ends = "".join(f"</{tag}>" for tag in reversed(tags))
    record = f"<PATDOC>{starts}{inner}{ends}</PATDOC>"
    assert as_xml(record.encode()) == record.encode()


@given(st.lists(st.sampled_from(["A", "B", "C-D"]), max_size=6))
def test_tags_that_are_never_closed_become_empty_elements(tags: list[str]) -> None:
    made = etree.fromstring(as_xml(f"<PATDOC>{''.join(f'<{tag}>' for tag in tags)}</PATDOC>".encode()))
    assert [part.tag for part in made] == tags
