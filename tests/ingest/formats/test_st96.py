"""ST.96 deliveries: how they are found by right and cut, and geographical indications."""

import pytest

from ingest.draft import Damage, Delivered, DraftText, NotAFeedError
from ingest.formats.st96 import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

ST96 = "http://www.wipo.int/standards/XMLSchema/ST96"


def root(name: str, right: str, inner: str, attributes: str = "") -> str:
    """A document of one right, with the usual prefixes."""
    prefix = {"Trademark": "tmk", "Patent": "pat", "Design": "dgn", "GeographicalIndication": "gin"}[right]
    return (
        f'<{prefix}:{name} xmlns:com="{ST96}/Common" xmlns:{prefix}="{ST96}/{right}" {attributes}>'
        f"{inner}</{prefix}:{name}>"
    )


def mark(number: str) -> str:
    return (
        f"<tmk:Trademark><com:ApplicationNumber><com:ApplicationNumberText>{number}"
        "</com:ApplicationNumberText></com:ApplicationNumber></tmk:Trademark>"
    )


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (root("TrademarkApplication", "Trademark", f"<tmk:TrademarkBag>{mark('1')}</tmk:TrademarkBag>"), 95),
        (
            '<t:Transaction xmlns:t="http://www.wipo.int/standards/XMLSchema/Trademark/1">'
            "<t:Trademark/></t:Transaction>",
            95,
        ),
        (
            "<j:UnexaminedPatentPublication "
            'xmlns:j="http://www.jpo.go.jp/standards/XMLSchema/ST96/JPPatent"/>',
            95,
        ),
        (root("DesignApplication", "Design", ""), 95),
        (root("GeographicalIndication", "GeographicalIndication", ""), 95),
        (root("TransactionError", "Trademark", ""), 60),
        ('<a xmlns="http://www.wipo.int/standards/XMLSchema/trademarks"><TradeMark/></a>', 0),
        ("<Trademark/>", 0),
        ('<DocumentList xmlns="urn:us:gov:doc:uspto:trademark"><Document/></DocumentList>', 0),
    ],
)
def test_it_is_found_by_namespace_and_record_element(data: str, sure: int) -> None:
    assert sureness(FORMAT, data) == sure


def test_marks_of_a_bag_are_records_of_their_own_and_a_broken_one_is_a_damage() -> None:
    broken = mark("2").replace("</tmk:Trademark>", "<com:x></tmk:Trademark>")
    bag = f"<tmk:TrademarkBag>{mark('1')}{broken}{mark('3')}</tmk:TrademarkBag>"
    found = read(FORMAT, root("TrademarkApplication", "Trademark", bag))
    assert [type(item) for item in found] == [Delivered, Damage, Delivered]
    assert [item.position.record for item in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("attribute", "operation"),
    [("Insert", "upsert"), ("Amend", "upsert"), ("Delete", "delete"), ("Deletion", "delete")],
)
def test_the_operation_category_counts_on_the_record_and_on_what_holds_it(
    attribute: str, operation: str
) -> None:
    said = f'com:operationCategory="{attribute}"'
    around = root(
        "TrademarkApplication", "Trademark", f"<tmk:TrademarkBag>{mark('1')}</tmk:TrademarkBag>", said
    )
    assert only(FORMAT, around).operation == operation
    own = mark("1").replace("<tmk:Trademark>", f"<tmk:Trademark {said}>")
    bag = f"<tmk:TrademarkBag>{own}{mark('2')}</tmk:TrademarkBag>"
    found = drafts(FORMAT, root("TrademarkApplication", "Trademark", bag))
    assert [draft.operation for draft in found] == [operation, "upsert"]


def test_a_sequence_listing_attached_to_a_publication_is_no_record() -> None:
    listing = "<ST26SequenceListing><ApplicantName>X</ApplicantName></ST26SequenceListing>"
    found = read(FORMAT, root("PatentPublication", "Patent", f"<pat:BibliographicData/>{listing}"))
    assert len(found) == 1


def test_an_amendment_of_a_publication_is_no_record_of_its_own() -> None:
    data = (
        "<j:UnexaminedPatentPublicationAmendment "
        'xmlns:j="http://www.jpo.go.jp/standards/XMLSchema/ST96/JPPatent">'
        "<j:WrittenAmendmentBag/></j:UnexaminedPatentPublicationAmendment>"
    )
    with pytest.raises(NotAFeedError, match="amendment"):
        read(FORMAT, data)


def test_a_document_without_a_record_is_no_feed() -> None:
    with pytest.raises(NotAFeedError, match="TransactionError"):
        read(FORMAT, root("TransactionError", "Trademark", ""))


def test_a_geographical_indication() -> None:
    draft = only(
        FORMAT,
        root(
            "GeographicalIndication",
            "GeographicalIndication",
            "<com:RegistrationOfficeCode>KH</com:RegistrationOfficeCode><com:ApplicationNumber>"
            "<com:ApplicationNumberText>KH/GI/2010/1</com:ApplicationNumberText></com:ApplicationNumber>"
            "<gin:GICategory>Geographical Indication</gin:GICategory>"
            "<gin:GIReferenceIdentifier>GI-1</gin:GIReferenceIdentifier>"
            '<gin:GINameBag><gin:GIName com:languageCode="km">ម្រេចកំពត</gin:GIName>'
            '<gin:GIName com:languageCode="en">Kampot Pepper</gin:GIName></gin:GINameBag>'
            "<gin:GINameTransliterationText>Mrech Kampot</gin:GINameTransliterationText>"
            "<com:ApplicationDate>2009-07-01</com:ApplicationDate>"
            "<com:RegistrationDate>2010-04-02</com:RegistrationDate>"
            "<gin:GICurrentStatusCategory>Registered</gin:GICurrentStatusCategory>"
            "<gin:GIProductBag><gin:GIProductText>Pepper</gin:GIProductText></gin:GIProductBag>"
            '<gin:GeographicalAreaText com:languageCode="en">Kampot and Kep</gin:GeographicalAreaText>'
            "<gin:HolderBag><gin:Holder><com:Contact><com:Name><com:EntityName>Kampot Pepper Association"
            "</com:EntityName></com:Name></com:Contact></gin:Holder></gin:HolderBag>"
            "<com:DesignatedCountryBag><com:DesignatedCountry><com:DesignatedCountryCode>FR"
            "</com:DesignatedCountryCode></com:DesignatedCountry></com:DesignatedCountryBag>",
        ),
    )
    assert (draft.right, draft.office, draft.application_number) == (
        "geographical-indication",
        "KH",
        "KH/GI/2010/1",
    )
    assert draft.texts == [DraftText("ម្រេចកំពត", "km"), DraftText("Kampot Pepper", "en")]
    assert draft.transliterations == [DraftText("Mrech Kampot")]
    assert draft.products == [DraftText("Pepper")]
    assert draft.area == [DraftText("Kampot and Kep", "en")]
    assert (draft.filing_date, draft.registration_date, draft.status_code) == (
        "2009-07-01",
        "2010-04-02",
        "Registered",
    )
    assert [(one.name, one.role) for one in draft.applicants] == [("Kampot Pepper Association", "holder")]
    assert (draft.kind, draft.numbers, draft.designations) == (
        "Geographical Indication",
        [("reference", "GI-1")],
        ["FR"],
    )
