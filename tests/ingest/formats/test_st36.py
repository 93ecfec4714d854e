"""Bibliographic data in the manner of ST.36 from any office."""

import pytest

from ingest.draft import Delivered, DraftParty, DraftPriority, DraftPublication, DraftText, NotAFeedError
from ingest.formats.st36 import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness


def _id(country: str, number: str, kind: str, date: str) -> str:
    return (
        f"<document-id><country>{country}</country><doc-number>{number}</doc-number><kind>{kind}</kind>"
        f"<date>{date}</date></document-id>"
    )


def _biblio(number: str = "20752001", kind: str = "T1", inner: str = "") -> str:
    return (
        f"<bibliographic-data><publication-reference>{_id('ES', '2993001', kind, '20241227')}"
        f"</publication-reference>"
        f"<application-reference>{_id('ES', number, 'T', '20200205')}</application-reference>{inner}"
        f"</bibliographic-data>"
    )


def test_it_is_found_by_documents_and_by_bibliographic_data() -> None:
    assert sureness(FORMAT, f"<fulltext-document>{_biblio()}</fulltext-document>") == 60
    assert sureness(FORMAT, f"<de-patent-document>{_biblio()}</de-patent-document>") == 60
    assert sureness(FORMAT, f"<patents><patent>{_biblio()}</patent></patents>") == 40
    assert sureness(FORMAT, "<bibliographic-data/>") == 0
    assert sureness(FORMAT, "<Transaction/>") == 0


def test_a_full_text_states_its_numbers_and_no_more() -> None:
    text = (
        "<?xml version='1.0'?><!DOCTYPE fulltext-document SYSTEM 'ftm-entities.dtd'>"
        "<fulltext-document>{}</fulltext-document>"
    )
    draft = only(FORMAT, text.format(_biblio() + "<description><p>Antecedentes</p></description>"))
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "ES",
        "2024-12-27",
    )
    assert (draft.application_number, draft.filing_date) == ("20752001", "20200205")
    assert (draft.publication_number, draft.publication_date) == ("2993001", "20241227")
    assert set(draft.given or ()) == {"filing_date", "publication_number", "publication_date", "publications"}


def test_a_document_of_kind_b_is_the_grant() -> None:
    draft = only(FORMAT, f"<es-patent-document>{_biblio(kind='B1')}</es-patent-document>")
    assert (draft.registration_number, draft.registration_date) == ("2993001", "20241227")
    assert draft.publication_number == ""


@pytest.mark.parametrize(
    ("kind", "right"), [("U", "utility-model"), ("Y1", "utility-model"), ("S", "design"), ("A", "patent")]
)
def test_the_right_is_that_of_the_kind(kind: str, right: str) -> None:
    assert only(FORMAT, f"<es-patent-document>{_biblio(kind=kind)}</es-patent-document>").right == right


def test_bibliography_parties_and_texts_are_read() -> None:
    inner = (
        "<invention-title lang='de'>Presse</invention-title><parties><applicants><applicant sequence='1'>"
        "<addressbook>"
        "<orgname>Limette GmbH</orgname><address><street>Weg 1</street><city>Bonn</city><country>DE"
        "</country></address>"
        "</addressbook></applicant></applicants><inventors><inventor sequence='1'><addressbook lang='de'>"
        "<last-name>Doe</last-name><first-name>Jane</first-name></addressbook></inventor></inventors>"
        "</parties>"
        "<priority-claims><priority-claim sequence='1'><country>JP</country><doc-number>2020-1</doc-number>"
        "<date>20200101</date></priority-claim></priority-claims>"
        "<classification-ipc><edition>7</edition><main-classification>A61K009/16</main-classification>"
        "</classification-ipc>"
    )
    document = (
        f"<de-patent-document lang='de'>{_biblio(inner=inner)}<abstract>Kurz.</abstract></de-patent-document>"
    )
    draft = only(FORMAT, document)
    assert draft.titles == [DraftText("Presse", "de")]
    assert draft.abstracts == [DraftText("Kurz.", "de")]
    assert draft.applicants == [
        DraftParty(name="Limette GmbH", role="applicant", address="Weg 1, Bonn", country="DE")
    ]
    assert draft.inventors == [DraftParty(name="Jane Doe")]
    assert draft.priorities == [DraftPriority("JP", "2020-1", "20200101")]
    assert draft.ipc == ["A61K 9/16"]


def test_any_element_around_bibliographic_data_is_a_record() -> None:
    several = "".join(
        f"<patent id='{n}'><x/>{_biblio(str(n))}<abstract><p>No {n}</p></abstract></patent>"
        for n in (1, 2, 3)
    )
    made = drafts(FORMAT, f"<patents>{several}</patents>")
    assert [(one.application_number, one.abstracts[0].text) for one in made] == [
        ("1", "No 1"),
        ("2", "No 2"),
        ("3", "No 3"),
    ]


def test_bibliographic_data_in_a_row_are_a_record_each() -> None:
    assert [
        one.application_number for one in drafts(FORMAT, f"<list>{_biblio('1')}{_biblio('2')}</list>")
    ] == ["1", "2"]


def test_bibliographic_data_alone_are_a_record() -> None:
    assert only(FORMAT, _biblio()).application_number == "20752001"


def test_a_document_without_an_application_number_is_refused() -> None:
    with pytest.raises(NotAFeedError, match="bibliographic data"):
        read(FORMAT, "<fulltext-document><claims><claim/></claims></fulltext-document>")


_EP = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ep-patent-document SYSTEM "ep-patent-document.dtd">
<ep-patent-document id="EP1" lang="en" country="EP" doc-number="2528001" kind="B1"
date-publ="20180117"><SDOBI lang="en">
<B000><eptags/></B000><B100><B110>2528001</B110><B130>B1</B130><B140><date>20180117</date></B140>
<B190>EP</B190></B100>
<B200><B210>11702001.8</B210><B220><date>20110127</date></B220><B250>en</B250></B200>
<B300><B310>10001</B310><B320><date>20100128</date></B320><B330><ctry>US</ctry></B330>
<B310>10002</B310><B320><date>20100129</date></B320><B330><ctry>US</ctry></B330></B300>
<B500><B510EP><classification-ipcr sequence="1"><text>C07D 231/12        20060101AFI20110824BHEP</text>
</classification-ipcr>
</B510EP><B540><B541>de</B541><B542>PRESSE</B542><B541>en</B541><B542>PRESS</B542></B540></B500>
<B700><B720><B721><snm>DOE, Jane</snm><adr><str>1 Main St</str><city>Hanoi</city>
<ctry>VN</ctry></adr></B721></B720>
<B730><B731><snm>Lime Ltd</snm><iid>101</iid><adr><str>Road 2</str><city>Hanoi</city>
<ctry>VN</ctry></adr></B731></B730>
<B740><B741><snm>Law LLP</snm></B741></B740></B700>
<B800><B840><ctry>AT</ctry><ctry>BE</ctry></B840>
<B860><B861><dnum><anum>US2011022001</anum></dnum></B861></B860></B800>
</SDOBI><description id="desc" lang="en"><p>Text.</p></description></ep-patent-document>"""


def test_full_texts_of_the_epo_are_read_by_their_inid_tags() -> None:
    draft = only(FORMAT, _EP)
    assert (draft.office, draft.application_number, draft.filing_date) == ("EP", "11702001", "20110127")
    assert draft.numbers == [("pct-application", "US2011022001"), ("application", "11702001.8")]
    assert (draft.registration_number, draft.registration_date) == ("2528001", "20180117")
    assert draft.status_plain == "registered"
    assert draft.titles == [DraftText("PRESSE", "de"), DraftText("PRESS", "en")]
    assert draft.priorities == [
        DraftPriority("US", "10001", "20100128"),
        DraftPriority("US", "10002", "20100129"),
    ]
    assert draft.ipc == ["C07D 231/12"]
    assert draft.applicants == [
        DraftParty(name="Lime Ltd", role="proprietor", address="Road 2, Hanoi", country="VN", number="101")
    ]
    assert [one.name for one in draft.inventors] == ["DOE, Jane"]
    assert draft.designations == ["AT", "BE"]
    assert draft.publications == [DraftPublication("EP", "2528001", "B1", "20180117")]


def test_the_application_publication_of_the_epo_states_no_grant() -> None:
    draft = only(FORMAT, _EP.replace("B1</B130>", "A1</B130>"))
    assert (draft.publication_number, draft.registration_number, draft.status_plain) == ("2528001", "", "")


def test_a_document_longer_than_the_head_is_read() -> None:
    long = _EP.replace("<p>Text.</p>", f"<p>{'long ' * 40000}</p>")
    (found,) = read(FORMAT, long)
    assert isinstance(found, Delivered)
    assert len(found.source) > 200000
