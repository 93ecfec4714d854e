"""What is read of one ST.96 mark: TSDR in both namespaces, CIPO."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftMedia, DraftPriority, DraftPublication, DraftText
from ingest.formats.st96 import FORMAT
from tests.ingest.formats.reading import drafts, only, sureness
from tests.ingest.formats.test_st96 import root


def draft_of(inner: str) -> Draft:
    bag = f"<tmk:TrademarkBag><tmk:Trademark>{inner}</tmk:Trademark></tmk:TrademarkBag>"
    return only(FORMAT, root("TrademarkTransaction", "Trademark", bag))


def number(text: str, name: str = "ApplicationNumberText") -> str:
    return (
        "<com:ApplicationNumber><com:IPOfficeCode>CA</com:IPOfficeCode>"
        f"<com:{name}>{text}</com:{name}></com:ApplicationNumber>"
    )


def contact(name: str, language: str = "") -> str:
    said = f' com:languageCode="{language}"' if language else ""
    return (
        f"<com:Contact{said}><com:Name><com:EntityName>{name}</com:EntityName></com:Name>"
        "<com:PostalAddressBag>"
        "<com:PostalAddress><com:PostalStructuredAddress><com:AddressLineText>1 Rue</com:AddressLineText>"
        "<com:CountryCode>CA</com:CountryCode></com:PostalStructuredAddress></com:PostalAddress>"
        "</com:PostalAddressBag></com:Contact>"
    )


def test_numbers_dates_and_status() -> None:
    draft = draft_of(
        number("1900001") + "<com:RegistrationNumber>TMA1000001</com:RegistrationNumber>"
        "<tmk:InternationalMarkIdentifierBag><tmk:InternationalMarkIdentifier>1500001"
        "</tmk:InternationalMarkIdentifier></tmk:InternationalMarkIdentifierBag>"
        "<tmk:ApplicationDate>2018-01-02</tmk:ApplicationDate><com:RegistrationDate>2020-01-02"
        "</com:RegistrationDate><com:ExpiryDate>2030-01-02</com:ExpiryDate>"
        "<tmk:MarkCurrentStatusCode>Registration published</tmk:MarkCurrentStatusCode>"
        "<tmk:MarkCurrentStatusDate>2020-01-02</tmk:MarkCurrentStatusDate>"
        "<tmk:MarkCategory>Certification mark</tmk:MarkCategory><tmk:NationalTrademarkInformation>"
        "<tmk:MarkCurrentStatusExternalDescriptionText>In "
        "force.</tmk:MarkCurrentStatusExternalDescriptionText>"
        "</tmk:NationalTrademarkInformation>"
    )
    assert (draft.office, draft.application_number, draft.registration_number) == (
        "CA",
        "1900001",
        "TMA1000001",
    )
    assert draft.international_number == "1500001"
    assert (draft.filing_date, draft.registration_date, draft.expiry_date) == (
        "2018-01-02",
        "2020-01-02",
        "2030-01-02",
    )
    assert (draft.status_code, draft.status_text, draft.kind) == (
        "Registration published",
        "In force.",
        "Certification mark",
    )


@pytest.mark.parametrize(
    ("st13", "own"),
    [
        ("300000105761300", "1057613-00"),
        ("300000001234501", "12345-01"),
        ("EM500000001234567", "EM500000001234567"),
    ],
)
def test_an_st13_number_stands_in_for_the_offices_own(st13: str, own: str) -> None:
    draft = draft_of(number(st13, "ST13ApplicationNumber"))
    assert (draft.application_number, draft.st13) == (own, st13)


def test_the_offices_own_number_goes_before_the_st13_number() -> None:
    both = number("<x/>").replace(
        "<com:ApplicationNumberText><x/></com:ApplicationNumberText>",
        "<com:ST13ApplicationNumber>300000105761300</com:ST13ApplicationNumber>"
        "<com:ApplicationNumberText>1057613</com:ApplicationNumberText>",
    )
    draft = draft_of(both)
    assert (draft.application_number, draft.st13) == ("1057613", "300000105761300")


def test_words_descriptions_and_media() -> None:
    draft = draft_of(
        "<tmk:MarkRepresentation><tmk:MarkFeatureCategory>Combined</tmk:MarkFeatureCategory>"
        "<tmk:MarkReproduction>"
        "<tmk:WordMarkSpecification><tmk:MarkVerbalElementText>ÉRABLE</tmk:MarkVerbalElementText>"
        "<tmk:MarkSignificantVerbalElementText>érable</tmk:MarkSignificantVerbalElementText>"
        "<tmk:MarkTransliteration>erable</tmk:MarkTransliteration>"
        '<tmk:MarkTranslationText com:languageCode="en">Maple</tmk:MarkTranslationText>'
        "<tmk:MarkTranslationText/></tmk:WordMarkSpecification><tmk:MarkImageBag><tmk:MarkImage>"
        "<com:FileName>1.png</com:FileName><com:ImageFormatCategory>PNG</com:ImageFormatCategory>"
        "<tmk:MarkImageColourClaimedText>rouge</tmk:MarkImageColourClaimedText><tmk:MarkImageClassification>"
        "<tmk:FigurativeElementClassificationBag><tmk:ViennaClassificationBag><tmk:ViennaClassification>"
        "<tmk:ViennaCategory>5</tmk:ViennaCategory><tmk:ViennaDivision>3</tmk:ViennaDivision>"
        "<tmk:ViennaSection>11</tmk:ViennaSection>"
        "<tmk:ViennaDescriptionText>Leaves</tmk:ViennaDescriptionText>"
        "</tmk:ViennaClassification></tmk:ViennaClassificationBag></tmk:FigurativeElementClassificationBag>"
        "</tmk:MarkImageClassification></tmk:MarkImage><tmk:MarkImage><com:ImageFileName>No image available"
        "</com:ImageFileName></tmk:MarkImage></tmk:MarkImageBag><tmk:MarkSoundBag><tmk:MarkSound>"
        "<com:FileName>a.mp3</com:FileName></tmk:MarkSound></tmk:MarkSoundBag><tmk:MarkMultimediaBag>"
        "<tmk:MarkMultimedia><com:FileName>b.mp4</com:FileName><tmk:MarkMultimediaFileFormatCategory>MP4"
        "</tmk:MarkMultimediaFileFormatCategory></tmk:MarkMultimedia></tmk:MarkMultimediaBag>"
        "</tmk:MarkReproduction><tmk:MarkDescriptionBag>"
        '<tmk:MarkDescriptionText com:languageCode="fr">Une feuille</tmk:MarkDescriptionText>'
        "</tmk:MarkDescriptionBag></tmk:MarkRepresentation>"
        "<tmk:MarkDisclaimerBag><tmk:MarkDisclaimerText>leaf</tmk:MarkDisclaimerText></tmk:MarkDisclaimerBag>"
    )
    assert draft.texts == [DraftText("ÉRABLE")]
    assert (draft.transliterations, draft.translations) == ([DraftText("erable")], [DraftText("Maple", "en")])
    assert draft.media == [
        DraftMedia("image", "1.png", "PNG"),
        DraftMedia("sound", "a.mp3"),
        DraftMedia("video", "b.mp4", "MP4"),
    ]
    assert (draft.feature, draft.vienna_codes, draft.colours) == (
        "Combined",
        ["5.3.11"],
        [DraftText("rouge")],
    )
    assert (draft.descriptions, draft.disclaimers) == ([DraftText("Une feuille", "fr")], [DraftText("leaf")])


def test_design_search_codes_are_national_classes_and_no_vienna_codes() -> None:
    draft = draft_of(
        "<tmk:MarkRepresentation><tmk:MarkReproduction><tmk:MarkImageBag><tmk:MarkImage>"
        "<tmk:NationalDesignSearchCodeBag><tmk:NationalDesignSearchCode><tmk:NationalDesignCode>03.01.08"
        "</tmk:NationalDesignCode><tmk:NationalDesignCodeDescriptionText>Dogs"
        "</tmk:NationalDesignCodeDescriptionText></tmk:NationalDesignSearchCode>"
        "</tmk:NationalDesignSearchCodeBag></tmk:MarkImage></tmk:MarkImageBag></tmk:MarkReproduction>"
        "</tmk:MarkRepresentation>"
    )
    assert (draft.national_classes, draft.vienna_codes) == (["03.01.08"], [])


def classified(*classifications: tuple[str, str, str]) -> str:
    inner = "".join(
        f"<tmk:GoodsServicesClassification><tmk:ClassificationKindCode>{kind}</tmk:ClassificationKindCode>"
        f"<tmk:{name}>{symbol}</tmk:{name}></tmk:GoodsServicesClassification>"
        for kind, name, symbol in classifications
    )
    return f"<tmk:GoodsServicesClassificationBag>{inner}</tmk:GoodsServicesClassificationBag>"


def described(*classes: tuple[str, str]) -> str:
    inner = "".join(
        f"<tmk:ClassDescription><tmk:ClassNumber>{symbol}</tmk:ClassNumber><tmk:GoodsServicesDescriptionText "
        f'com:languageCode="en">{goods}</tmk:GoodsServicesDescriptionText></tmk:ClassDescription>'
        for symbol, goods in classes
    )
    return f"<tmk:ClassDescriptionBag>{inner}<tmk:ClassDescription/></tmk:ClassDescriptionBag>"


@pytest.mark.parametrize(
    ("group", "nice", "national", "goods"),
    [
        (
            classified(
                ("Primary", "ClassNumber", "009"),
                ("Nice", "ClassNumber", "009"),
                ("Domestic", "NationalClassNumber", "021"),
            )
            + described(("009", "programs")),
            ["009"],
            ["021"],
            [DraftGoods("009", "programs", "en")],
        ),
        (
            classified(
                ("Primary", "ClassNumber", "021"),
                ("Nice", "ClassNumber", "009"),
                ("Domestic", "NationalClassNumber", "021"),
            )
            + described(("021", "lamps")),
            ["009"],
            ["021"],
            [DraftGoods("009", "lamps", "en")],
        ),
        (
            classified(("CIPO Classification", "ClassNumber", "1")) + described(("1", "old goods")),
            [],
            ["1"],
            [DraftGoods("", "old goods", "en")],
        ),
        (
            described(("9", "software"), ("42", "design")),
            ["9", "42"],
            [],
            [DraftGoods("9", "software", "en"), DraftGoods("42", "design", "en")],
        ),
        (classified(("Primary", "ClassNumber", "035")), ["035"], [], []),
    ],
)
def test_nice_classes_and_national_ones_are_told_apart(
    group: str, nice: list[str], national: list[str], goods: list[DraftGoods]
) -> None:
    draft = draft_of(
        f"<tmk:GoodsServicesBag><tmk:GoodsServices>{group}</tmk:GoodsServices></tmk:GoodsServicesBag>"
    )
    assert (draft.nice_classes, draft.national_classes, draft.goods) == (nice, national, goods)


def test_priorities_publications_events_and_designations() -> None:
    draft = draft_of(
        "<tmk:PriorityBag><tmk:Priority><com:PriorityCountryCode>FR</com:PriorityCountryCode>"
        "<com:ApplicationNumber><com:ApplicationNumberText>4700001</com:ApplicationNumberText>"
        "</com:ApplicationNumber><com:PriorityApplicationFilingDate>2021-01-04"
        "</com:PriorityApplicationFilingDate></tmk:Priority><tmk:Priority/></tmk:PriorityBag>"
        "<tmk:PublicationBag><tmk:Publication><com:PublicationIdentifier>Vol.68</com:PublicationIdentifier>"
        "<com:PublicationDate>2021-02-03</com:PublicationDate></tmk:Publication></tmk:PublicationBag>"
        "<tmk:MarkEventBag><tmk:MarkEvent><tmk:MarkEventCategory>National prosecution history entry"
        "</tmk:MarkEventCategory><tmk:NationalMarkEvent><tmk:MarkEventCode>CNRT</tmk:MarkEventCode>"
        "<tmk:MarkEventDescriptionText>LETTER</tmk:MarkEventDescriptionText></tmk:NationalMarkEvent>"
        "<tmk:MarkEventDate>2021-03-04</tmk:MarkEventDate></tmk:MarkEvent><tmk:MarkEvent>"
        "<tmk:MarkEventCategory>Filed</tmk:MarkEventCategory><tmk:MarkEventCode>1</tmk:MarkEventCode>"
        "</tmk:MarkEvent></tmk:MarkEventBag><com:DesignatedCountryBag><com:DesignatedCountry>"
        "<com:DesignatedCountryCode>SG</com:DesignatedCountryCode></com:DesignatedCountry>"
        "</com:DesignatedCountryBag>"
    )
    assert draft.priorities == [DraftPriority("FR", "4700001", "2021-01-04")]
    assert draft.publications == [DraftPublication("", "Vol.68", "", "2021-02-03")]
    assert draft.publication_date == "2021-02-03"
    assert draft.events == [DraftEvent("2021-03-04", "CNRT", "LETTER"), DraftEvent("", "1", "Filed")]
    assert draft.designations == ["SG"]


def test_parties_by_role_with_their_names_in_every_language() -> None:
    draft = draft_of(
        f"<tmk:ApplicantBag><tmk:Applicant com:sequenceNumber='1'>{contact('Maple Inc.', 'en')}"
        f"{contact('Érable inc.', 'fr')}</tmk:Applicant></tmk:ApplicantBag>"
        f"<tmk:NationalRepresentative>{contact('Agent LLP')}</tmk:NationalRepresentative>"
        "<tmk:RecordAttorney><com:Contact><com:Name><com:PersonName><com:PersonFullName>A. Attorney"
        "</com:PersonFullName></com:PersonName></com:Name></com:Contact><com:CommentText>Attorney of Record"
        "</com:CommentText></tmk:RecordAttorney><tmk:NationalRepresentative/>"
    )
    (applicant,) = draft.applicants
    assert (applicant.name, applicant.names) == ("Maple Inc.", [DraftText("Érable inc.", "fr")])
    assert (applicant.address, applicant.country) == ("1 Rue", "CA")
    assert [(one.name, one.role) for one in draft.representatives] == [
        ("Agent LLP", ""),
        ("A. Attorney", "Attorney of Record"),
    ]


def owner(step: str, name: str) -> str:
    return (
        f"<tmk:Applicant com:sequenceNumber='{step}'>"
        "<com:NationalLegalEntityCode>3</com:NationalLegalEntityCode>"
        f"{contact(name)}</tmk:Applicant>"
    )


def test_of_the_owners_that_tsdr_lists_the_present_ones_are_taken() -> None:
    owners = owner("31", "New Co") + owner("31", "Partner") + owner("30", "Old Co") + owner("10", "First Co")
    draft = draft_of(f"<tmk:ApplicantBag>{owners}</tmk:ApplicantBag>")
    assert [one.name for one in draft.applicants] == ["New Co", "Partner"]


def test_a_sequence_of_applicants_is_no_history() -> None:
    owners = owner("1", "A") + owner("2", "B")
    draft = draft_of(f"<tmk:ApplicantBag>{owners}</tmk:ApplicantBag>")
    assert [one.name for one in draft.applicants] == ["A", "B"]


_WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)


@given(_WORDS, _WORDS, _WORDS)
def test_what_is_written_into_a_mark_comes_out_of_it(word: str, goods: str, name: str) -> None:
    draft = draft_of(
        "<tmk:MarkRepresentation><tmk:MarkReproduction><tmk:WordMarkSpecification><tmk:MarkVerbalElementText>"
        f"{word}</tmk:MarkVerbalElementText></tmk:WordMarkSpecification></tmk:MarkReproduction>"
        "</tmk:MarkRepresentation><tmk:GoodsServicesBag><tmk:GoodsServices>"
        f"{described(('7', goods))}</tmk:GoodsServices></tmk:GoodsServicesBag>"
        f"<tmk:ApplicantBag><tmk:Applicant>{contact(name)}</tmk:Applicant></tmk:ApplicantBag>"
    )
    assert (draft.texts, draft.goods) == ([DraftText(word)], [DraftGoods("7", goods, "en")])
    assert draft.applicants[0].name == name


def _korean(element: str, inner: str) -> str:
    contact = (
        "<com:LegalEntityName>119980000999</com:LegalEntityName><com:Contact><com:Name><com:PersonName>"
        "<com:PersonFullName>주식회사 한빛</com:PersonFullName></com:PersonName></com:Name></com:Contact>"
    )
    return root(
        "TrademarkTransaction",
        "Trademark",
        f'<kr:{element} xmlns:kr="urn:kr:gov:doc:moip:trademark">'
        f"{inner.replace('CONTACT', contact)}"
        "<kr:KRMarkCurrentStatusCode>Registered</kr:KRMarkCurrentStatusCode><tmk:MarkRepresentation>"
        "<kr:KRMarkFeatureCategory>3D Mark</kr:KRMarkFeatureCategory><tmk:MarkReproduction>"
        "<kr:KRWordMarkSpecification><tmk:MarkVerbalElementText>라임</tmk:MarkVerbalElementText>"
        "</kr:KRWordMarkSpecification><tmk:MarkImageBag><tmk:MarkImage><com:ImageFileName>a.jpg"
        "</com:ImageFileName><tmk:MarkImageCategory><kr:KRCategoryCodeBag><tmk:CategoryCode>260401"
        "</tmk:CategoryCode></kr:KRCategoryCodeBag></tmk:MarkImageCategory></tmk:MarkImage>"
        "</tmk:MarkImageBag></tmk:MarkReproduction></tmk:MarkRepresentation><tmk:GoodsServicesBag>"
        + _korean_goods("Nice", "32")
        + _korean_goods("Domestic", "12")
        + f"</tmk:GoodsServicesBag></kr:{element}>",
    )


def _korean_goods(kind: str, number: str) -> str:
    return (
        f"<tmk:GoodsServices><tmk:ClassificationKindCode>{kind}</tmk:ClassificationKindCode>"
        f"<tmk:ClassDescriptionBag><tmk:ClassDescription><tmk:ClassNumber>{number}</tmk:ClassNumber>"
        "<tmk:GoodsServicesDescriptionText>맥주</tmk:GoodsServicesDescriptionText></tmk:ClassDescription>"
        "</tmk:ClassDescriptionBag></tmk:GoodsServices>"
    )


_KOREAN_NUMBERS = (
    number("4020190000999") + "<com:RegistrationNumber>4015000000000</com:RegistrationNumber>"
    "<tmk:ApplicationDate>2019-01-02</tmk:ApplicationDate>"
)


def test_korea_extends_the_mark_and_its_parts() -> None:
    applicants = "<tmk:ApplicantBag><tmk:Applicant>CONTACT</tmk:Applicant></tmk:ApplicantBag>"
    draft = only(FORMAT, _korean("KRTrademark", _KOREAN_NUMBERS + applicants))
    assert (draft.application_number, draft.registration_number) == ("4020190000999", "4015000000000")
    assert (draft.filing_date, draft.status_code, draft.feature) == ("2019-01-02", "Registered", "3D Mark")
    assert draft.texts == [DraftText("라임")]
    assert (draft.nice_classes, draft.national_classes) == (["32"], ["12"])
    assert draft.goods == [DraftGoods("32", "맥주"), DraftGoods("", "맥주")]
    assert (draft.vienna_codes, draft.media) == (["260401"], [DraftMedia("image", "a.jpg")])
    assert [one.name for one in draft.applicants] == ["주식회사 한빛"]


def test_a_divided_korean_mark_has_its_numbers_in_the_related_document() -> None:
    header = (
        "<kr:KRDocumentRelatedBag><kr:KRDocumentRelated>"
        + _KOREAN_NUMBERS
        + "</kr:KRDocumentRelated></kr:KRDocumentRelatedBag><tmk:Registrant>CONTACT</tmk:Registrant>"
    )
    draft = only(FORMAT, _korean("KRTrademarkDivision", header))
    assert (draft.application_number, draft.filing_date) == ("4020190000999", "2019-01-02")
    assert [(one.name, one.role) for one in draft.applicants] == [("주식회사 한빛", "registrant")]


def test_a_mark_cut_out_of_its_delivery_may_have_lost_namespaces_and_groups() -> None:
    cut = (
        '<root xmlns:tmk="urn:tmk" xmlns:com="urn:com"><tmk:Trademark com:operationCategory="Update">'
        "<com:ST13ApplicationNumber>300000019999900</com:ST13ApplicationNumber>"
        "<com:ApplicationDate>2013-03-19</com:ApplicationDate>"
        "<tmk:MarkVerbalElementText>LIME</tmk:MarkVerbalElementText></tmk:Trademark>"
        '<tmk:Trademark com:operationCategory="Delete">'
        "<com:ST13ApplicationNumber>300000019999901</com:ST13ApplicationNumber></tmk:Trademark></root>"
    )
    assert sureness(FORMAT, cut) > 60
    kept, gone = drafts(FORMAT, cut)
    assert (kept.application_number, kept.st13, kept.filing_date) == (
        "199999-00",
        "300000019999900",
        "2013-03-19",
    )
    assert kept.texts == [DraftText("LIME")]
    assert (gone.operation, gone.application_number) == ("delete", "199999-01")
