"""What is read of ST.96 patent documents and records."""

from ingest.draft import DraftCitation, DraftEvent, DraftPriority, DraftPublication, DraftText
from ingest.formats.st96 import FORMAT
from tests.ingest.formats.reading import only
from tests.ingest.formats.test_st96 import root

_JPO = "http://www.jpo.go.jp/standards/XMLSchema/ST96"


def published(country: str, number: str, kind: str, date: str) -> str:
    return (
        f"<pat:PatentPublicationIdentification><com:IPOfficeCode>{country}</com:IPOfficeCode>"
        f"<pat:PublicationNumber>{number}</pat:PublicationNumber><com:PatentDocumentKindCode>{kind}"
        f"</com:PatentDocumentKindCode><com:PublicationDate>{date}</com:PublicationDate>"
        "</pat:PatentPublicationIdentification>"
    )


def applied(number: str, date: str, category: str = "") -> str:
    return (
        "<pat:ApplicationIdentification><com:IPOfficeCode>SG</com:IPOfficeCode><com:ApplicationNumber>"
        f"<com:ApplicationNumberText>{number}</com:ApplicationNumberText></com:ApplicationNumber>"
        f"<pat:InventionSubjectMatterCategory>{category}</pat:InventionSubjectMatterCategory>"
        f"<pat:FilingDate>{date}</pat:FilingDate></pat:ApplicationIdentification>"
    )


def party(role: str, name: str) -> str:
    return (
        f"<pat:{role}Bag><pat:{role}><com:Contact><com:Name><com:EntityName>{name}</com:EntityName>"
        "</com:Name>"
        f"</com:Contact></pat:{role}></pat:{role}Bag>"
    )


def biblio(inner: str, more: str = "", name: str = "PatentPublication") -> str:
    return root(name, "Patent", f"<pat:BibliographicData>{inner}</pat:BibliographicData>{more}")


def test_a_published_application_is_a_patch_of_what_it_states() -> None:
    draft = only(
        FORMAT,
        biblio(
            published("SG", "10202000492Q", "A1", "2021-08-30")
            + applied("10202000492Q", "2020-01-20")
            + "<pat:PriorityClaimBag><pat:PriorityClaim><com:IPOfficeCode>US</com:IPOfficeCode>"
            "<com:ApplicationNumber><com:ApplicationNumberText>62/800001</com:ApplicationNumberText>"
            "</com:ApplicationNumber><pat:FilingDate>2019-02-01</pat:FilingDate></pat:PriorityClaim>"
            "</pat:PriorityClaimBag><pat:InventionTitleBag>"
            '<pat:InventionTitle com:languageCode="en">Pump for '
            "<com:B>palm</com:B> oil</pat:InventionTitle></pat:InventionTitleBag><pat:PartyBag>"
            + party("Applicant", "Oil Pte Ltd")
            + party("Inventor", "Tan Ah Kow")
            + party("RegisteredPractitioner", "Agents LLP")
            + "</pat:PartyBag>",
            '<pat:AbstractBag><pat:Abstract com:languageCode="en"><com:P>A pump.</com:P>'
            "<com:P>Of steel.</com:P>"
            "</pat:Abstract></pat:AbstractBag>",
        ),
    )
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "SG",
        "2021-08-30",
    )
    assert (draft.application_number, draft.filing_date) == ("10202000492Q", "2020-01-20")
    assert draft.publications == [DraftPublication("SG", "10202000492Q", "A1", "2021-08-30")]
    assert (draft.publication_number, draft.publication_date) == ("10202000492Q", "2021-08-30")
    assert (draft.status_plain, draft.status_date) == ("pending", "2021-08-30")
    assert draft.priorities == [DraftPriority("US", "62/800001", "2019-02-01")]
    assert draft.titles == [DraftText("Pump for palm oil", "en")]
    assert draft.abstracts == [DraftText("A pump. Of steel.", "en")]
    assert [one.name for one in draft.applicants + draft.inventors + draft.representatives] == [
        "Oil Pte Ltd",
        "Tan Ah Kow",
        "Agents LLP",
    ]
    assert draft.given is not None
    assert {"titles", "status", "applicants"} <= draft.given
    assert "registration_number" not in draft.given


def test_a_granted_patent_is_registered_under_its_number() -> None:
    inner = (
        "<pat:PatentGrantIdentification><com:IPOfficeCode>SG</com:IPOfficeCode>"
        "<pat:PatentNumber>SG123</pat:PatentNumber>"
        "<pat:GrantDate>2022-03-04</pat:GrantDate></pat:PatentGrantIdentification>"
    )
    draft = only(FORMAT, biblio(inner + applied("1", "2020-01-20"), name="PatentGrant"))
    assert (draft.registration_number, draft.registration_date) == ("SG123", "2022-03-04")
    assert (draft.status_plain, draft.status_date) == ("registered", "2022-03-04")
    by_kind = only(FORMAT, biblio(published("SG", "B77", "B", "2022-03-04") + applied("1", "2020-01-20")))
    assert (by_kind.registration_number, by_kind.status_plain) == ("B77", "registered")


def test_classifications_are_symbols_however_they_are_written() -> None:
    draft = only(
        FORMAT,
        biblio(
            applied("1", "2020-01-20")
            + "<pat:PatentClassificationBag><pat:IPCClassification><pat:MainClassification>F04B  1/02"
            "</pat:MainClassification><pat:FurtherClassification>F04B  9/00     (2006.01)"
            "</pat:FurtherClassification></pat:IPCClassification><pat:IPCRClassificationBag>"
            "<pat:IPCRClassification><pat:Section>A</pat:Section><pat:Class>61</pat:Class><pat:Subclass>K"
            "</pat:Subclass><pat:MainGroup>9</pat:MainGroup><pat:Subgroup>16</pat:Subgroup>"
            "</pat:IPCRClassification><pat:IPCRClassification><pat:PatentClassificationText>A61K0009160000"
            "</pat:PatentClassificationText></pat:IPCRClassification></pat:IPCRClassificationBag>"
            "<pat:CPCClassificationBag><pat:MainCPC><pat:CPCClassification><pat:CPCSection>A</pat:CPCSection>"
            "<pat:Class>61</pat:Class><pat:Subclass>P</pat:Subclass><pat:MainGroup>35</pat:MainGroup>"
            "<pat:Subgroup>00</pat:Subgroup></pat:CPCClassification></pat:MainCPC></pat:CPCClassificationBag>"
            "<pat:NationalClassification><pat:MainNationalClassification>"
            "<pat:PatentClassificationText>F04B 1/02 A"
            "</pat:PatentClassificationText></pat:MainNationalClassification></pat:NationalClassification>"
            "</pat:PatentClassificationBag>",
        ),
    )
    assert draft.ipc == ["F04B 1/02", "F04B 9/00", "A61K 9/16"]
    assert draft.cpc == ["A61P 35/00"]
    assert draft.national_classes == ["F04B 1/02 A"]


def test_citations_of_patents_and_of_literature() -> None:
    draft = only(
        FORMAT,
        biblio(
            "<pat:ReferenceCitationBag><pat:ReferenceCitation pat:citingPartyCategory='examiner'>"
            "<com:PatentCitation>"
            "<com:CitedPatentDocumentIdentification><com:IPOfficeCode>US</com:IPOfficeCode>"
            "<com:DocumentNumber>6336130"
            "</com:DocumentNumber><com:PatentDocumentKindCode>B1</com:PatentDocumentKindCode>"
            "</com:CitedPatentDocumentIdentification></com:PatentCitation></pat:ReferenceCitation>"
            "<pat:ReferenceCitation><com:NPLCitation><com:NPLCitationText>A book</com:NPLCitationText>"
            "</com:NPLCitation></pat:ReferenceCitation><pat:ReferenceCitation><com:PatentCitation>"
            "<com:PatentCitationText>JP 1-2</com:PatentCitationText></com:PatentCitation>"
            "</pat:ReferenceCitation>"
            "</pat:ReferenceCitationBag>"
        ),
    )
    assert draft.citations == [
        DraftCitation("US", "6336130", "B1", "", "examiner"),
        DraftCitation(text="A book"),
        DraftCitation(text="JP 1-2"),
    ]


def jpo(name: str, inner: str, more: str = "") -> str:
    return (
        f'<jppat:{name} xmlns:jppat="{_JPO}/JPPatent" xmlns:jpcom="{_JPO}/JPCommon" '
        'xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common" '
        'xmlns:pat="http://www.wipo.int/standards/XMLSchema/ST96/Patent">'
        f"<jppat:{name}BibliographicData "
        f"com:officeCode='JP'>{inner}</jppat:{name}BibliographicData>{more}</jppat:{name}>"
    )


def test_a_gazette_of_the_jpo() -> None:
    contact = "<jpcom:Contact><com:Name><com:EntityName>{}</com:EntityName></com:Name></jpcom:Contact>"
    inner = (
        published("JP", "2022012345", "A", "2022-01-17").replace("pat:PatentPub", "jppat:PatentPub")
        + applied("2020123456", "2020-07-20").replace("pat:ApplicationIdent", "jppat:ApplicationIdent")
        + "<jppat:IPCClassification><pat:MainClassification>G06F   3/01     (2006.01)"
        "</pat:MainClassification></jppat:IPCClassification><pat:InventionTitle>表示装置</pat:InventionTitle><jppat:PartyBag>"
        f"<jppat:ApplicantBag><jppat:Applicant><com:PartyIdentifier>000001</com:PartyIdentifier>"
        f"{contact.format('海株式会社')}</jppat:Applicant></jppat:ApplicantBag><jppat:InventorBag><jppat:Inventor>"
        f"{contact.format('山田 太郎')}</jppat:Inventor></jppat:InventorBag></jppat:PartyBag>"
    )
    draft = only(
        FORMAT, jpo("UnexaminedPatentPublication", inner, "<pat:Abstract><com:P>要約</com:P></pat:Abstract>")
    )
    assert (draft.office, draft.application_number, draft.publication_number) == (
        "JP",
        "2020123456",
        "2022012345",
    )
    assert (draft.ipc, draft.titles, draft.abstracts) == (
        ["G06F 3/01"],
        [DraftText("表示装置")],
        [DraftText("要約")],
    )
    assert [(one.name, one.number) for one in draft.applicants] == [("海株式会社", "000001")]
    assert [one.name for one in draft.inventors] == ["山田 太郎"]
    assert draft.status_plain == "pending"
    granted = only(FORMAT, jpo("RegisteredPatentPublication", inner.replace("2022012345", "7000001")))
    assert (granted.registration_number, granted.status_plain) == ("7000001", "registered")
    model = only(FORMAT, jpo("RegisteredUtilityModelPublication", inner))
    assert model.right == "utility-model"


def test_a_record_of_a_register_states_the_whole() -> None:
    draft = only(
        FORMAT,
        root(
            "PatentRecordBag",
            "Patent",
            "<pat:PatentRecord><pat:PatentCaseMetadata><com:ApplicationNumberText>16123456"
            "</com:ApplicationNumberText><pat:FilingDate>2018-09-06</pat:FilingDate>"
            "<pat:ApplicationTypeCategory>Utility</pat:ApplicationTypeCategory>"
            "<pat:ApplicationStatusCategory>Patented Case</pat:ApplicationStatusCategory>"
            "<pat:ApplicationStatusDate>2020-01-01</pat:ApplicationStatusDate>"
            "<pat:InventionTitle><content>Valve</content></pat:InventionTitle></pat:PatentCaseMetadata>"
            "<pat:ProsecutionHistoryDataBag><pat:ProsecutionHistoryData>"
            "<pat:EventDate>2019-01-02</pat:EventDate>"
            "<pat:EventCode>CTNF</pat:EventCode>"
            "<pat:EventDescriptionText>Non-final</pat:EventDescriptionText>"
            "</pat:ProsecutionHistoryData></pat:ProsecutionHistoryDataBag></pat:PatentRecord>",
        ),
    )
    assert (draft.operation, draft.given, draft.status_plain) == ("upsert", None, "")
    assert (draft.application_number, draft.status_code, draft.status_date) == (
        "16123456",
        "Patented Case",
        "2020-01-01",
    )
    assert draft.titles == [DraftText("Valve")]
    assert draft.events == [DraftEvent("2019-01-02", "CTNF", "Non-final")]
