"""ST.96 designs: national applications and the Hague register."""

import pytest

from ingest.draft import Delivered, DraftEvent, DraftMedia, DraftPriority, DraftText
from ingest.formats.st96 import FORMAT
from tests.ingest.formats.reading import drafts, only, read
from tests.ingest.formats.test_st96 import root


def party(role: str, name: str) -> str:
    return (
        f"<dgn:{role}Bag><dgn:{role}><com:Contact><com:Name><com:EntityName>{name}</com:EntityName>"
        "</com:Name>"
        f"</com:Contact></dgn:{role}></dgn:{role}Bag>"
    )


def application(*designs: str, more: str = "") -> str:
    return root(
        "DesignApplication",
        "Design",
        "<com:RegistrationOfficeCode>NO</com:RegistrationOfficeCode><com:ApplicationNumber>"
        "<com:ApplicationNumberText>20200001</com:ApplicationNumberText></com:ApplicationNumber>"
        "<com:ApplicationDate>2020-01-02</com:ApplicationDate>"
        f"<dgn:DesignBag>{''.join(designs)}</dgn:DesignBag>{more}",
    )


def design(identifier: str, inner: str = "") -> str:
    return f"<dgn:Design><dgn:DesignIdentifier>{identifier}</dgn:DesignIdentifier>{inner}</dgn:Design>"


def test_an_application_gives_a_record_for_each_design() -> None:
    first = (
        "<com:RegistrationNumber>088001</com:RegistrationNumber>"
        '<dgn:DesignTitleText com:languageCode="no">Stol'
        "</dgn:DesignTitleText><com:ExpiryDate>2025-01-02</com:ExpiryDate>"
        "<dgn:DesignCurrentStatusCategory>Registered"
        "</dgn:DesignCurrentStatusCategory><dgn:DesignRepresentationBag><dgn:DesignRepresentation>"
        "<dgn:ViewBag><dgn:View>"
        "<com:FileName>2.jpg</com:FileName><dgn:ViewIdentifier>2</dgn:ViewIdentifier></dgn:View><dgn:View>"
        "<com:FileName>1.jpg</com:FileName><dgn:ViewIdentifier>1</dgn:ViewIdentifier>"
        "<dgn:ViewFileFormatCategory>JPEG"
        "</dgn:ViewFileFormatCategory><dgn:ViewTypeCategory>Front</dgn:ViewTypeCategory></dgn:View>"
        "</dgn:ViewBag>"
        "</dgn:DesignRepresentation></dgn:DesignRepresentationBag><dgn:DesignClassificationBag>"
        "<com:LocarnoClassificationBag>"
        "<com:LocarnoClassificationEdition>12</com:LocarnoClassificationEdition>"
        "<com:LocarnoClassification><com:LocarnoClass>06-01</com:LocarnoClass></com:LocarnoClassification>"
        "</com:LocarnoClassificationBag></dgn:DesignClassificationBag>" + party("Designer", "Kari Nordmann")
    )
    data = application(design("1", first), design("2"), more=party("Applicant", "Møbel AS"))
    found = [item for item in read(FORMAT, data) if isinstance(item, Delivered)]
    one, two = (item.draft for item in found)
    assert [item.position.record for item in found] == [1, 2]
    assert (one.office, one.application_number, one.design_number) == ("NO", "20200001", "1")
    assert (one.registration_number, one.expiry_date, one.status_code) == (
        "088001",
        "2025-01-02",
        "Registered",
    )
    assert (one.titles, one.locarno) == ([DraftText("Stol", "no")], ["06-01"])
    assert one.media == [DraftMedia("view", "1.jpg", "JPEG", "Front"), DraftMedia("view", "2.jpg")]
    assert [person.name for person in one.designers] == ["Kari Nordmann"]
    assert (two.design_number, two.filing_date, two.designers) == ("2", "2020-01-02", [])
    assert [[person.name for person in draft.applicants] for draft in (one, two)] == [
        ["Møbel AS"],
        ["Møbel AS"],
    ]
    assert b"Stol" not in found[1].source
    assert b"20200001" in found[1].source


@pytest.mark.parametrize(("total", "number"), [("1", ""), ("4", "3"), ("", "3")])
def test_the_only_design_of_an_application_has_no_number_within_it(total: str, number: str) -> None:
    more = f"<dgn:DesignTotalQuantity>{total}</dgn:DesignTotalQuantity>" if total else ""
    assert only(FORMAT, application(design("3"), more=more)).design_number == number


def hague(*designs: str, history: str = "") -> str:
    return root(
        "HagueExpressTransaction",
        "Design",
        "<dgn:HagueCurrent><dgn:HagueRegistration><dgn:InternationalRegistrationNumber>DM/208452"
        "</dgn:InternationalRegistrationNumber><dgn:InternationalRegistrationDate>2020-05-06"
        "</dgn:InternationalRegistrationDate>"
        "<dgn:InternationalFilingDate>2020-05-05</dgn:InternationalFilingDate>"
        "<com:ExpiryDate>2025-05-06</com:ExpiryDate>"
        "<dgn:DefermentExpiryDate>2021-05-06</dgn:DefermentExpiryDate>"
        "<dgn:DesignatedCountryBag><dgn:DesignatedCountry>"
        "<com:DesignatedCountryCode>SG</com:DesignatedCountryCode>"
        "</dgn:DesignatedCountry><dgn:DesignatedCountry>"
        "<com:DesignatedCountryCode>KR</com:DesignatedCountryCode>"
        f"</dgn:DesignatedCountry></dgn:DesignatedCountryBag>{party('Holder', 'Uhr AG')}<dgn:HagueDesignBag>"
        f"{''.join(designs)}</dgn:HagueDesignBag></dgn:HagueRegistration></dgn:HagueCurrent>{history}",
    )


def hague_design(identifier: str) -> str:
    return (
        f"<dgn:HagueDesign><dgn:DesignIdentifier>{identifier}</dgn:DesignIdentifier>"
        "<dgn:ProductDescriptionTextBag>"
        '<dgn:ProductDescriptionText com:languageCode="en">Watch</dgn:ProductDescriptionText>'
        "</dgn:ProductDescriptionTextBag><com:LocarnoClassificationBag><com:LocarnoClassification>"
        "<com:LocarnoClass>10"
        "</com:LocarnoClass><com:LocarnoSubclassBag><com:LocarnoSubclass>02</com:LocarnoSubclass>"
        "<com:LocarnoSubclass>07"
        "</com:LocarnoSubclass></com:LocarnoSubclassBag></com:LocarnoClassification>"
        "</com:LocarnoClassificationBag>"
        "<dgn:PriorityBag><dgn:Priority><com:PriorityCountryCode>CH</com:PriorityCountryCode>"
        "<com:ApplicationNumber>"
        "<com:ApplicationNumberText>145000</com:ApplicationNumberText></com:ApplicationNumber>"
        "<com:PriorityApplicationFilingDate>2019-11-12</com:PriorityApplicationFilingDate></dgn:Priority>"
        "</dgn:PriorityBag></dgn:HagueDesign>"
    )


def test_a_registration_of_the_hague_system_is_one_of_wipo_with_its_designations() -> None:
    history = (
        "<dgn:HagueHistory><dgn:HagueBulletinNumber>2020/45</dgn:HagueBulletinNumber>"
        "<dgn:PublicationDate>2020-11-06"
        "</dgn:PublicationDate><dgn:HagueRegistration><dgn:HagueDesignBag/></dgn:HagueRegistration>"
        "</dgn:HagueHistory>"
    )
    one, two = drafts(FORMAT, hague(hague_design("1"), hague_design("2"), history=history))
    assert (one.office, one.international_number, one.registration_number) == ("WO", "DM/208452", "DM/208452")
    assert (one.design_number, two.design_number) == ("1", "2")
    assert (one.filing_date, one.registration_date, one.expiry_date) == (
        "2020-05-05",
        "2020-05-06",
        "2025-05-06",
    )
    assert (one.designations, one.locarno) == (["SG", "KR"], ["10-02", "10-07"])
    assert (one.products, one.priorities) == (
        [DraftText("Watch", "en")],
        [DraftPriority("CH", "145000", "2019-11-12")],
    )
    assert [(person.name, person.role) for person in two.applicants] == [("Uhr AG", "holder")]
    assert one.events == [
        DraftEvent("2021-05-06", "deferment", "end of the deferment of publication"),
        DraftEvent("2020-11-06", "HagueRegistration", "Hague bulletin 2020/45"),
    ]


def test_a_deletion_of_an_application_is_one_of_each_design() -> None:
    data = application(design("1"), design("2")).replace(
        "<dgn:DesignApplication ", '<dgn:DesignApplication com:operationCategory="Delete" '
    )
    assert [draft.operation for draft in drafts(FORMAT, data)] == ["delete", "delete"]
    bare = data.replace("<dgn:DesignBag>", "<dgn:x>").replace("</dgn:DesignBag>", "</dgn:x>")
    assert [(draft.operation, draft.application_number) for draft in drafts(FORMAT, bare)] == [
        ("delete", "20200001")
    ]
