"""ST.86 designs: applications of one and of many designs, and what is said at each level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import (
    Damage,
    Delivered,
    DraftEvent,
    DraftMedia,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.formats.st86 import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

WIPO = "http://www.wipo.int/standards/XMLSchema/designs"
EUIPO = "http://www.oami.europa.eu/schemas/design_Transaction"


def delivery(*applications: str, namespace: str = WIPO) -> str:
    return (
        f'<Transaction xmlns="{namespace}" xmlns:de="urn:dpma"><DesignTransactionBody>'
        "<TransactionContentDetails><TransactionData><DesignApplicationDetails>"
        f"{''.join(applications)}</DesignApplicationDetails></TransactionData></TransactionContentDetails>"
        "</DesignTransactionBody></Transaction>"
    )


def application(*designs: str, number: str = "402023000123", head: str = "", tail: str = "") -> str:
    return (
        "<DesignApplication><RegistrationOfficeCode>DE</RegistrationOfficeCode>"
        f"<DesignApplicationNumber>{number}</DesignApplicationNumber>"
        f"<DesignApplicationDate>2023-04-05</DesignApplicationDate>{head}"
        f"<DesignDetails>{''.join(designs)}</DesignDetails>{tail}</DesignApplication>"
    )


def design(identifier: str = "", inner: str = "", operation: str = "Insert") -> str:
    named = f"<DesignIdentifier>{identifier}</DesignIdentifier>" if identifier else ""
    return f'<Design operationCode="{operation}">{named}{inner}</Design>'


def party(role: str, name: str) -> str:
    return (
        f"<{role}Details><{role}><{role}AddressBook><FormattedNameAddress><Name><FormattedName>"
        f"<OrganizationName>{name}</OrganizationName></FormattedName></Name><Address><FormattedAddress>"
        "<AddressCity>Bonn</AddressCity><AddressState>DE</AddressState></FormattedAddress></Address>"
        f"</FormattedNameAddress></{role}AddressBook></{role}></{role}Details>"
    )


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (delivery(application(design())), 95),
        (delivery(application(design()), namespace=EUIPO), 95),
        (delivery(), 70),
        ("<Transaction><DesignTransactionBody/></Transaction>", 90),
        ("<x><DesignApplicationNumber/><DesignDetails/></x>", 60),
        ("<Transaction><TradeMarkTransactionBody/></Transaction>", 0),
        ('<a xmlns="http://www.wipo.int/standards/XMLSchema/ST96/Design"><DesignApplication/></a>', 0),
    ],
)
def test_it_is_found_by_namespace_and_record_element(data: str, sure: int) -> None:
    assert sureness(FORMAT, data) == sure


def test_each_design_of_an_application_is_a_record_of_its_own() -> None:
    data = delivery(
        application(
            design("402023000123-0001", "<DesignTitle>Stuhl</DesignTitle>"),
            design("402023000123-0002", "<DesignTitle>Tisch</DesignTitle>"),
            head="<TotalDesign>2</TotalDesign>",
        ),
        application(design("", "<DesignTitle>Lampe</DesignTitle>"), number="402023000124"),
    )
    found = [item for item in read(FORMAT, data) if isinstance(item, Delivered)]
    assert [item.position.record for item in found] == [1, 2, 3]
    assert [(item.draft.application_number, item.draft.design_number) for item in found] == [
        ("402023000123", "0001"),
        ("402023000123", "0002"),
        ("402023000124", ""),
    ]
    assert [item.draft.titles for item in found] == [
        [DraftText("Stuhl")],
        [DraftText("Tisch")],
        [DraftText("Lampe")],
    ]


def test_the_source_of_one_of_many_designs_is_the_application_with_it_alone() -> None:
    one, two = (
        design("A-1", "<DesignTitle>eins</DesignTitle>"),
        design("A-2", "<DesignTitle>zwei</DesignTitle>"),
    )
    for item, own, other in zip(
        read(FORMAT, delivery(application(one, two))), ("eins", "zwei"), ("zwei", "eins"), strict=True
    ):
        again = only(FORMAT, delivery(item.source.decode()))
        assert [title.text for title in again.titles] == [own]
        assert other.encode() not in item.source
        assert again.application_number == "402023000123"


@pytest.mark.parametrize(
    ("total", "identifier", "number"),
    [
        ("1", "M8800174-0001", ""),
        ("1", "402023000123-0001", "0001"),
        ("3", "402023000123-0002", "0002"),
        ("", "402023000123-0002", "0002"),
        ("", "7", "7"),
        ("1", "7", ""),
        ("2", "", "1"),
        ("", "", ""),
    ],
)
def test_the_identifier_within_the_application_numbers_one_of_several(
    total: str, identifier: str, number: str
) -> None:
    head = f"<TotalDesign>{total}</TotalDesign>" if total else ""
    draft = only(FORMAT, delivery(application(design(identifier), head=head)))
    assert draft.design_number == number
    assert draft.numbers == ([("design", identifier)] if identifier else [])


def test_what_the_application_says_holds_for_a_design_that_says_nothing_itself() -> None:
    data = delivery(
        application(
            design("1", party("Applicant", "Eigene GmbH")),
            design("2", "<RegistrationDate>2023-06-01</RegistrationDate>" + party("Designer", "D. Zeichner")),
            head="<DesignApplicationLanguageCode>de</DesignApplicationLanguageCode>"
            "<DesignApplicationCurrentStatusCode>Registered</DesignApplicationCurrentStatusCode>",
            tail=party("Applicant", "Gemeinsame AG") + party("Representative", "Kanzlei"),
        )
    )
    own, other = drafts(FORMAT, data)
    assert [one.name for one in own.applicants] == ["Eigene GmbH"]
    assert [one.name for one in other.applicants] == ["Gemeinsame AG"]
    assert [one.name for one in own.representatives + other.representatives] == ["Kanzlei", "Kanzlei"]
    assert [one.name for one in other.designers] == ["D. Zeichner"]
    assert (own.language, own.status_code, own.filing_date) == ("de", "Registered", "2023-04-05")
    assert (own.registration_date, other.registration_date) == ("", "2023-06-01")
    assert own.applicants[0].country == "DE"


def test_products_views_priorities_and_publications() -> None:
    draft = only(
        FORMAT,
        delivery(
            application(
                design(
                    "",
                    "<RegistrationNumber>D1</RegistrationNumber><ExpiryDate>2028-04-30</ExpiryDate>"
                    '<DesignDescription languageCode="en">with arms</DesignDescription>'
                    "<NoveltyStatement>the legs are new</NoveltyStatement>"
                    "<IndicationProductDetails><IndicationProduct><ClassificationKindCode>Locarno"
                    "</ClassificationKindCode><ClassDescriptionDetails><ClassDescription>"
                    '<ClassNumber>06-01</ClassNumber><ProductDescription languageCode="en">Chairs'
                    "</ProductDescription></ClassDescription><ClassDescription><ClassNumber>06</ClassNumber>"
                    "<SubClassNumber>03</SubClassNumber></ClassDescription></ClassDescriptionDetails>"
                    "</IndicationProduct><IndicationProduct><ClassificationKindCode>National"
                    "</ClassificationKindCode><ClassDescriptionDetails><ClassDescription><ClassNumber>D3-10"
                    "</ClassNumber></ClassDescription></ClassDescriptionDetails></IndicationProduct>"
                    "</IndicationProductDetails><DesignRepresentationSheetDetails><DesignRepresentationSheet>"
                    "<RepresentationSheetFilename>a.jpg</RepresentationSheetFilename>"
                    "<RepresentationSheetFileFormat>JPEG</RepresentationSheetFileFormat>"
                    "</DesignRepresentationSheet><DesignRepresentationSheet><ViewDetails><View>"
                    "<ViewFilename>b-1.jpg</ViewFilename><ViewFileFormat>JPEG</ViewFileFormat>"
                    "<ViewTitle>Front"
                    "</ViewTitle></View></ViewDetails></DesignRepresentationSheet>"
                    "</DesignRepresentationSheetDetails>"
                    "<PriorityDetails><Priority><PriorityCountryCode>US</PriorityCountryCode>"
                    "<PriorityNumber>141 676"
                    "</PriorityNumber><PriorityDate>2023-01-07</PriorityDate></Priority></PriorityDetails>"
                    "<PublicationDetails><Publication><PublicationIdentifier>21</PublicationIdentifier>"
                    "<PublicationDate>2023-11-10</PublicationDate></Publication></PublicationDetails>"
                    "<DefermentExpiryDate>2024-07-01</DefermentExpiryDate>",
                ),
                head="<DesignatedCountryDetails><DesignatedCountry><DesignatedCountryCode>KR"
                "</DesignatedCountryCode></DesignatedCountry></DesignatedCountryDetails>",
            )
        ),
    )
    assert (draft.registration_number, draft.expiry_date, draft.publication_date) == (
        "D1",
        "2028-04-30",
        "2023-11-10",
    )
    assert (draft.locarno, draft.national_classes) == (["06-01", "06-03"], ["D3-10"])
    assert draft.products == [DraftText("Chairs", "en")]
    assert draft.descriptions == [DraftText("with arms", "en"), DraftText("the legs are new")]
    assert draft.media == [
        DraftMedia("view", "a.jpg", "JPEG"),
        DraftMedia("view", "b-1.jpg", "JPEG", "Front"),
    ]
    assert draft.priorities == [DraftPriority("US", "141 676", "2023-01-07")]
    assert draft.publications == [DraftPublication("", "21", "", "2023-11-10")]
    assert draft.designations == ["KR"]
    assert draft.events == [DraftEvent("2024-07-01", "deferment", "end of the deferment of publication")]


def test_the_german_extension_gives_state_cancellation_and_recordals() -> None:
    extension = (
        "<de:DE_ST86Extension><de:DesignStatus>Paper File Destroyed</de:DesignStatus>"
        "<de:CancellationDate>1994-02-01</de:CancellationDate><de:DesignRecordDetails><de:DesignRecord>"
        "<DesignBasicRecord><RecordFilingDate>1988-09-15</RecordFilingDate>"
        "<de:LegalStatus>Design Registered</de:LegalStatus></DesignBasicRecord></de:DesignRecord>"
        "</de:DesignRecordDetails></de:DE_ST86Extension>"
    )
    draft = only(FORMAT, delivery(application(design("", extension))))
    assert (draft.status_code, draft.termination_date) == ("Paper File Destroyed", "1994-02-01")
    assert draft.events == [DraftEvent("1988-09-15", "", "Design Registered")]


def test_a_deletion_may_be_of_one_design_or_of_the_application() -> None:
    one = drafts(FORMAT, delivery(application(design("1"), design("2", operation="Delete"))))
    assert [draft.operation for draft in one] == ["upsert", "delete"]
    whole = delivery(application(design("1"), design("2"))).replace(
        "<DesignApplication>", '<DesignApplication operationCode="Delete">'
    )
    assert [draft.operation for draft in drafts(FORMAT, whole)] == ["delete", "delete"]
    bare = delivery(
        '<DesignApplication operationCode="Delete"><DesignApplicationNumber>9</DesignApplicationNumber>'
        "</DesignApplication>"
    )
    (draft,) = drafts(FORMAT, bare)
    assert (draft.operation, draft.application_number, draft.design_number) == ("delete", "9", "")


def test_a_design_outside_an_application_is_a_record_too() -> None:
    data = delivery().replace(
        "<DesignApplicationDetails></DesignApplicationDetails>",
        "<DesignDetails><Design><DesignApplicationNumber>004247823</DesignApplicationNumber>"
        "<DesignIdentifier>004247823-0007</DesignIdentifier></Design></DesignDetails>",
    )
    draft = only(FORMAT, data)
    assert (draft.application_number, draft.design_number) == ("004247823", "0007")


def test_parties_that_stand_apart_are_joined_by_their_keys() -> None:
    keyed = (
        "<ApplicantDetails><ApplicantKey><Identifier>854815</Identifier></ApplicantKey></ApplicantDetails>"
    )
    apart = party("Applicant", "Parker").replace(
        "<Applicant>", "<Applicant><ApplicantIdentifier>854815</ApplicantIdentifier>"
    )
    data = delivery(application(design("1"), design("2"), tail=keyed), apart)
    assert [[one.name for one in draft.applicants] for draft in drafts(FORMAT, data)] == [
        ["Parker"],
        ["Parker"],
    ]


_NOTICE = """<Design><DesignApplicationNumber>FR20990182</DesignApplicationNumber>
<DesignReference>002</DesignReference><DesignApplicationDate>20990520</DesignApplicationDate>
<RegistrationNumber>FR20990182</RegistrationNumber><DesignTitle>Chaise</DesignTitle>
<DesignRepresentationSheetURIs>https://inpi.example/1</DesignRepresentationSheetURIs>
<DesignRepresentationSheetURIs>https://inpi.example/2</DesignRepresentationSheetURIs>
<ClassNumber>0601</ClassNumber><ApplicantName>Mobilier Citron</ApplicantName>
<DesignerName>Anne Lime</DesignerName><RepresentativeName>Cabinet Vert</RepresentativeName>
<DesignCurrentStatusCode>registered</DesignCurrentStatusCode></Design>"""


@pytest.mark.parametrize("written", ["{}", "<notices>{}</notices>"])
def test_a_flattened_notice_has_its_leaves_at_the_design(written: str) -> None:
    assert sureness(FORMAT, written.format(_NOTICE)) == 60
    draft = only(FORMAT, written.format(_NOTICE))
    assert (draft.application_number, draft.design_number) == ("FR20990182", "002")
    assert (draft.filing_date, draft.status_code) == ("20990520", "registered")
    assert (draft.titles, draft.locarno) == ([DraftText("Chaise")], ["0601"])
    assert draft.media == [
        DraftMedia("view", "https://inpi.example/1"),
        DraftMedia("view", "https://inpi.example/2"),
    ]
    assert [one.name for one in draft.applicants + draft.designers + draft.representatives] == [
        "Mobilier Citron",
        "Anne Lime",
        "Cabinet Vert",
    ]


def _iponz(inner: str) -> str:
    return (
        '<i:DesignReply xmlns:i="http://www.iponz.govt.nz/XMLSchema/designs/information" '
        f'xmlns:d="http://www.iponz.govt.nz/XMLSchema/designs">{inner}</i:DesignReply>'
    )


def test_iponz_has_one_number_for_application_and_design() -> None:
    data = _iponz(
        "<i:DesignInformation><d:Design><d:DesignIdentifier>998899</d:DesignIdentifier>"
        "<d:ApplicationDate>2023-06-01</d:ApplicationDate><d:RegistrationNumber>998899</d:RegistrationNumber>"
        "<d:DesignTitle>Clasp</d:DesignTitle><d:DesignArticleDetails><d:DesignArticle><d:ArticleTitle>Tie pin"
        "</d:ArticleTitle></d:DesignArticle></d:DesignArticleDetails></d:Design></i:DesignInformation>"
    )
    assert sureness(FORMAT, data) == 95
    draft = only(FORMAT, data)
    assert (draft.application_number, draft.design_number, draft.operation) == ("998899", "", "upsert")
    assert (draft.titles, draft.products) == ([DraftText("Clasp")], [DraftText("Tie pin")])


def test_a_list_of_changed_designs_states_no_more_than_it_holds() -> None:
    data = _iponz(
        "<i:DesignsUpdated><i:Designs><i:Design><i:RegistrationNumber>998899</i:RegistrationNumber>"
        "<i:DesignCurrentStatusCode>Registered</i:DesignCurrentStatusCode></i:Design></i:Designs>"
        "</i:DesignsUpdated>"
    )
    draft = only(FORMAT, data)
    assert draft.operation == "patch"
    assert draft.given == frozenset(("registration_number", "status"))


def test_a_broken_application_leaves_the_others() -> None:
    broken = application(design("1", "<DesignTitle>a<b</DesignTitle>"))
    found = read(FORMAT, delivery(application(design()), broken, application(design())))
    assert [type(item) for item in found] == [Delivered, Damage, Delivered]
    assert [item.position.record for item in found] == [1, 2, 3]


def test_an_e_filing_and_a_delivery_without_designs_are_no_feeds() -> None:
    with pytest.raises(NotAFeedError, match="e-filing"):
        read(FORMAT, delivery(application(design()), namespace="http://fsp.ohim.eu/XMLSchema"))
    with pytest.raises(NotAFeedError, match="without a design"):
        read(FORMAT, delivery())


_TITLES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@given(st.lists(_TITLES, min_size=2, max_size=6))
def test_every_design_of_an_application_comes_out_with_its_own_title(titles: list[str]) -> None:
    designs = (
        design(f"X-{place:04}", f"<DesignTitle>{title}</DesignTitle>") for place, title in enumerate(titles)
    )
    made = drafts(FORMAT, delivery(application(*designs, number="X")))
    assert [(draft.design_number, draft.titles[0].text) for draft in made] == [
        (f"{place:04}", title) for place, title in enumerate(titles)
    ]
