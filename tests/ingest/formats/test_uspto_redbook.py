"""Red Book grants and application publications."""

import pytest

from ingest.draft import (
    Damage,
    Delivered,
    DraftEvent,
    DraftParty,
    DraftPriority,
    DraftPublication,
    NotAFeedError,
)
from ingest.formats.uspto_redbook import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _id(number: str, kind: str = "", date: str = "", country: str = "US") -> str:
    kind = f"<kind>{kind}</kind>" if kind else ""
    date = f"<date>{date}</date>" if date else ""
    whole = f"<country>{country}</country><doc-number>{number}</doc-number>{kind}{date}"
    return f"<document-id>{whole}</document-id>"


def _grant(
    inner: str = "", number: str = "09000001", kind: str = "B2", filed: str = "12345678", rest: str = ""
) -> str:
    return (
        f'{_DECLARATION}<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v47-2022-02-17.dtd" [ ]>\n'
        f'<us-patent-grant lang="EN" country="US" date-publ="20160607"><us-bibliographic-data-grant>'
        f"<publication-reference>{_id(number, kind, '20160607')}</publication-reference>"
        f'<application-reference appl-type="{"design" if kind.startswith("S") else "utility"}">'
        f"{_id(filed, date='20141202')}</application-reference>{inner}</us-bibliographic-data-grant>{rest}"
        "</us-patent-grant>\n"
    )


def _application(inner: str = "", number: str = "20210000001") -> str:
    return (
        f'{_DECLARATION}<!DOCTYPE us-patent-application SYSTEM "us-patent-application-v44-2014-04-03.dtd" [ '
        f"]>\n"
        f'<us-patent-application lang="EN" country="US"><us-bibliographic-data-application>'
        f"<publication-reference>{_id(number, 'A1', '20210902')}</publication-reference>"
        f'<application-reference appl-type="utility">{_id("17000001", date="20210211")}'
        f"</application-reference>"
        f"{inner}</us-bibliographic-data-application></us-patent-application>\n"
    )


_SEQUENCES = (
    f'{_DECLARATION}<!DOCTYPE sequence-cwu SYSTEM "us-sequence-listing.dtd" [ ]>\n'
    '<sequence-cwu id="SEQLST-0"><number>1</number><table>ATGC</table></sequence-cwu>\n'
)


def test_it_is_found_by_its_records() -> None:
    assert sureness(FORMAT, _grant()) == 95
    assert sureness(FORMAT, _application()) == 95
    assert sureness(FORMAT, "<ep-patent-document/>") == 0


def test_a_weekly_file_is_many_documents_and_sequence_listings_are_none_of_them() -> None:
    weekly = _grant(filed="12000001") + _SEQUENCES + _grant(filed="12000002") + _application()
    assert [one.application_number for one in drafts(FORMAT, weekly)] == ["12000001", "12000002", "17000001"]


def test_sequence_listings_alone_are_no_feed() -> None:
    assert 0 < sureness(FORMAT, _SEQUENCES) < 50
    with pytest.raises(NotAFeedError, match="sequence listings"):
        read(FORMAT, _SEQUENCES)


def test_a_broken_document_in_the_middle_takes_no_other_with_it() -> None:
    broken = _grant("<invention-title>A</invention-titel>", filed="12000002")
    found = read(FORMAT, _grant(filed="12000001") + broken + _grant(filed="12000003"))
    assert [type(one) for one in found] == [Delivered, Damage, Delivered]


def test_a_grant_states_the_registration() -> None:
    draft = only(FORMAT, _grant())
    assert (draft.right, draft.operation, draft.office) == ("patent", "patch", "US")
    assert (draft.application_number, draft.filing_date) == ("12345678", "20141202")
    assert (draft.registration_number, draft.registration_date) == ("09000001", "20160607")
    assert (draft.status_plain, draft.status_date, draft.stamp) == ("registered", "20160607", "2016-06-07")
    assert draft.publications == [DraftPublication("US", "09000001", "B2", "20160607")]
    assert set(draft.given or ()) == {
        "filing_date",
        "registration_number",
        "registration_date",
        "status",
        "publications",
        "language",
    }


def test_an_application_publication_states_that_it_is_pending() -> None:
    draft = only(FORMAT, _application())
    assert (draft.publication_number, draft.publication_date) == ("20210000001", "20210902")
    assert draft.status_plain == "pending"
    assert draft.given is not None
    assert "registration_number" not in draft.given


def test_a_design_grant_is_a_design_with_locarno_classes_and_views() -> None:
    hague = (
        "<hague-agreement-data><international-filing-date><date>20150601</date></international-filing-date>"
        "<international-registration-number>DM/012345</international-registration-number>"
        "</hague-agreement-data>"
    )
    draft = only(
        FORMAT,
        _grant(
            "<classification-locarno><edition>10</edition><main-classification>0601</main-classification>"
            "</classification-locarno><invention-title>Chair</invention-title>"
            "<us-parties><us-applicants/><inventors><inventor sequence='1'><addressbook><last-name>Doe"
            "</last-name>"
            f"<first-name>Jane</first-name></addressbook></inventor></inventors></us-parties>{hague}",
            number="D0700001",
            kind="S1",
            filed="29500001",
            rest='<drawings><figure num="0"><img file="USD1-D0.TIF" img-format="tif"/></figure></drawings>',
        ),
    )
    assert draft.right == "design"
    assert draft.locarno == ["0601"]
    assert [one.text for one in draft.products] == ["Chair"]
    assert [(one.kind, one.file) for one in draft.media] == [("view", "USD1-D0.TIF")]
    assert [one.name for one in draft.designers] == ["Jane Doe"]
    assert draft.inventors == []
    assert draft.international_number == "DM/012345"
    assert draft.events == [DraftEvent("20150601", "", "international filing")]


@pytest.mark.parametrize(("kind", "number"), [("E1", "RE046000"), ("P3", "PP027000")])
def test_reissues_and_plants_are_patents(kind: str, number: str) -> None:
    draft = only(FORMAT, _grant(number=number, kind=kind))
    assert (draft.right, draft.registration_number, draft.status_plain) == ("patent", number, "registered")


def test_a_statutory_invention_registration_is_no_patent_in_force() -> None:
    assert only(FORMAT, _grant(number="H0002000", kind="H1")).status_plain == ""


def test_parties_since_2013_stand_in_us_parties() -> None:
    draft = only(
        FORMAT,
        _grant(
            "<us-parties><us-applicants><us-applicant sequence='1' app-type='applicant'><addressbook>"
            "<orgname>Lime Inc.</orgname><address><city>Erlanger</city><state>KY</state><country>US"
            "</country></address>"
            "</addressbook></us-applicant></us-applicants><inventors><inventor sequence='1'><addressbook>"
            "<last-name>Doe</last-name><first-name>Jane</first-name><address><city>Nagoya</city><country>JP"
            "</country>"
            "</address></addressbook></inventor></inventors><agents><agent sequence='1'><addressbook>"
            "<orgname>Law LLP</orgname><address><country>unknown</country></address></addressbook></agent>"
            "</agents>"
            "</us-parties><assignees><assignee><addressbook><orgname>LIME INC.</orgname><role>02</role>"
            "</addressbook>"
            "</assignee></assignees>"
        ),
    )
    assert draft.applicants == [
        DraftParty(name="Lime Inc.", role="applicant", address="Erlanger, KY", country="US")
    ]
    assert draft.inventors == [DraftParty(name="Jane Doe", address="Nagoya", country="JP")]
    assert draft.representatives == [DraftParty(name="Law LLP", role="agent")]


def test_applicants_before_2013_are_the_inventors() -> None:
    draft = only(
        FORMAT,
        _grant(
            "<parties><applicants><applicant sequence='1' app-type='applicant-inventor'><addressbook>"
            "<last-name>Croy</last-name><first-name>John</first-name></addressbook><nationality>"
            "<country>omitted</country>"
            "</nationality><residence><country>US</country></residence></applicant></applicants>"
            "<correspondence-address><addressbook><name>Law LLP</name></addressbook>"
            "</correspondence-address></parties>"
            "<assignees><assignee><orgname>Lime.com</orgname><role>02</role></assignee></assignees>"
        ),
    )
    assert [(one.name, one.role, one.country) for one in draft.applicants] == [
        ("John Croy", "applicant", "US"),
        ("Lime.com", "assignee", ""),
    ]
    assert [one.name for one in draft.inventors] == ["John Croy"]
    assert draft.representatives == [DraftParty(name="Law LLP", role="correspondence")]


def test_classifications_priorities_and_earlier_publications_are_read() -> None:
    draft = only(
        FORMAT,
        _grant(
            "<priority-claims><priority-claim sequence='01' kind='national'><country>CH</country>"
            "<doc-number>1974/01</doc-number><date>20011026</date></priority-claim></priority-claims>"
            "<classifications-ipcr><classification-ipcr><section>B</section><class>60</class><subclass>L"
            "</subclass>"
            "<main-group>9</main-group><subgroup>00</subgroup></classification-ipcr></classifications-ipcr>"
            "<classifications-cpc><main-cpc><classification-cpc><section>A</section><class>45</class>"
            "<subclass>F</subclass><main-group>3</main-group><subgroup>047</subgroup></classification-cpc>"
            "</main-cpc>"
            "</classifications-cpc><classification-national><country>US</country>"
            "<main-classification>705 26</main-classification></classification-national>"
            "<us-related-documents><related-publication>"
            f"{_id('20150000001', 'A1', '20150101')}</related-publication></us-related-documents>"
            f"<pct-or-regional-filing-data>{_id('PCT/CA2019/051575', country='WO')}"
            f"</pct-or-regional-filing-data>"
        ),
    )
    assert draft.priorities == [DraftPriority("CH", "1974/01", "20011026")]
    assert (draft.ipc, draft.cpc, draft.national_classes) == (["B60L 9/00"], ["A45F 3/047"], ["705 26"])
    assert [one.number for one in draft.publications] == ["20150000001", "09000001"]
    assert draft.numbers == [("pct-application", "PCT/CA2019/051575")]


def test_inline_markup_of_a_title_is_dropped() -> None:
    draft = only(FORMAT, _grant("<invention-title>CO<sub>2</sub> <i>sensor</i></invention-title>"))
    assert [(one.text, one.language) for one in draft.titles] == [("CO2 sensor", "en")]
