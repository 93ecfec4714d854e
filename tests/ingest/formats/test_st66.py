"""ST.66 deliveries: how they are found, cut, and what stands around their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, Delivered, Draft, NotAFeedError
from ingest.formats.st66 import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

WIPO = "http://www.wipo.int/standards/XMLSchema/trademarks"
IPAS = "http://www.wipo.int/standards/XMLSchema/wo-trademarks"


def ipas(*contents: str) -> str:
    """An IPAS export of these transaction contents."""
    inner = "\n".join(contents)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n\n<Transaction xmlns="{WIPO}" xmlns:wo="{IPAS}">'
        f"<TradeMarkTransactionBody>{inner}</TradeMarkTransactionBody></Transaction>"
    )


def content(mark: str, code: str = "", sub: str = "") -> str:
    return (
        f"<TransactionContentDetails><TransactionIdentifier/><TransactionCode>{code}</TransactionCode>"
        f"<TransactionSubCode>{sub}</TransactionSubCode><TransactionData><TradeMarkApplication>"
        f"<TradeMarkDetails><TradeMark>{mark}</TradeMark></TradeMarkDetails></TradeMarkApplication>"
        "</TransactionData></TransactionContentDetails>"
    )


def tm_search(*marks: str, after: str = "") -> str:
    """A TM-Search delivery: only its root has the namespace."""
    return (
        '<ns2:Transaction xmlns:ns2="http://www.oami.europa.eu/TM-Search"><TradeMarkTransactionBody>'
        "<TransactionContentDetails><TransactionData><TradeMarkDetails>"
        f"{''.join(marks)}</TradeMarkDetails>{after}</TransactionData></TransactionContentDetails>"
        "</TradeMarkTransactionBody></ns2:Transaction>"
    )


def mark(number: str, inner: str = "", operation: str = "Insert") -> str:
    return (
        f'<TradeMark operationCode="{operation}"><RegistrationOfficeCode>DK</RegistrationOfficeCode>'
        f"<ApplicationNumber>{number}</ApplicationNumber>{inner}</TradeMark>"
    )


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (ipas(content("<ApplicationNumber>1</ApplicationNumber>")), 95),
        (tm_search(mark("VA 2015 00001")), 95),
        ("<Transaction><TradeMarkTransactionBody/></Transaction>", 90),
        ("<TradeMark><ApplicationNumber>1</ApplicationNumber><Mark>X</Mark></TradeMark>", 75),
        ("<x><TradeMark><ApplicationNumber>1</ApplicationNumber><KindMark/></TradeMark></x>", 60),
        ("<x><TradeMark><ApplicationNumber>1</ApplicationNumber></TradeMark></x>", 0),
        ("<Transaction><DesignTransactionBody/></Transaction>", 0),
        ('<a xmlns="http://www.wipo.int/standards/XMLSchema/ST96/Trademark"><Trademark/></a>', 0),
        ('{"TradeMark": {"ApplicationNumber": 1, "Mark": "X"}}', 0),
    ],
)
def test_it_is_found_by_namespace_and_record_element(data: str, sure: int) -> None:
    assert sureness(FORMAT, data) == sure


def test_the_code_of_the_transaction_is_a_hint_of_the_kind() -> None:
    data = ipas(
        content("<ApplicationNumber>DID2024000001</ApplicationNumber>", "Merek Dagang", "Merek Dagang UMKM"),
        content("<ApplicationNumber>KH/2024/00002</ApplicationNumber>", "Madrid Designated"),
        content("<ApplicationNumber>TH3</ApplicationNumber>"),
    )
    assert [draft.kind_hint for draft in drafts(FORMAT, data)] == [
        "Merek Dagang / Merek Dagang UMKM",
        "Madrid Designated",
        "",
    ]


def test_a_source_of_an_ipas_mark_holds_the_code_of_its_transaction() -> None:
    (found,) = read(FORMAT, ipas(content("<ApplicationNumber>1</ApplicationNumber>", "Merek Jasa")))
    assert found.source.startswith(b"<TransactionContentDetails>")
    assert b"Merek Jasa" in found.source


def test_marks_of_one_transaction_are_cut_apart_and_share_its_code() -> None:
    data = tm_search(mark("1"), mark("2")).replace(
        "<TransactionData>", "<TransactionCode>Trade Mark Information</TransactionCode><TransactionData>"
    )
    found = read(FORMAT, data)
    assert [item.source[:11] for item in found] == [b"<TradeMark ", b"<TradeMark "]
    assert [item.draft.kind_hint for item in found if isinstance(item, Delivered)] == [
        "Trade Mark Information"
    ] * 2


def test_a_later_transaction_with_several_marks_gives_them_all() -> None:
    several = content(
        "<ApplicationNumber>2</ApplicationNumber></TradeMark><TradeMark>"
        "<ApplicationNumber>3</ApplicationNumber>"
    )
    found = read(FORMAT, ipas(content("<ApplicationNumber>1</ApplicationNumber>"), several))
    assert [
        (item.position.record, item.draft.application_number) for item in found if isinstance(item, Delivered)
    ] == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
    ]


def test_a_mark_within_a_mark_is_no_record() -> None:
    earlier = "<TradeMark><ApplicationNumber>9</ApplicationNumber></TradeMark>"
    inner = f"<ApplicationNumber>1</ApplicationNumber><OppositionDetails>{earlier}</OppositionDetails>"

    def numbers(data: str) -> list[str]:
        return [draft.application_number for draft in drafts(FORMAT, data)]

    assert numbers(ipas(content(inner))) == ["1"]
    assert numbers(tm_search(mark("1", inner), mark("2"))) == ["1", "2"]


@pytest.mark.parametrize(
    ("operation", "meant"), [("Insert", "upsert"), ("Update", "upsert"), ("Delete", "delete"), ("", "upsert")]
)
def test_the_operation_code_is_the_operation(operation: str, meant: str) -> None:
    assert only(FORMAT, tm_search(mark("1", operation=operation))).operation == meant


def test_a_broken_mark_leaves_the_others_and_keeps_the_count() -> None:
    data = ipas(
        content("<ApplicationNumber>1</ApplicationNumber>"),
        content("<ApplicationNumber>2</ApplicationNumber><KindMark>Indiv<idual</KindMark>"),
        content("<ApplicationNumber>3</ApplicationNumber>"),
    )
    found = read(FORMAT, data)
    assert [type(item) for item in found] == [Delivered, Damage, Delivered]
    assert [item.position.record for item in found] == [1, 2, 3]


def test_a_truncated_delivery_gives_what_came_before() -> None:
    data = ipas(
        content("<ApplicationNumber>1</ApplicationNumber>"),
        content("<ApplicationNumber>2</ApplicationNumber>"),
    )
    found = read(FORMAT, data[: data.rindex("</TradeMark>")])
    assert isinstance(found[0], Delivered)
    assert isinstance(found[-1], Damage)
    assert found[-1].code == "truncated"


def test_the_time_in_the_header_is_the_stamp_in_utc() -> None:
    header = (
        "<TransactionHeader><SenderDetails><RequestProducerDateTime>{}</RequestProducerDateTime>"
        "</SenderDetails></TransactionHeader><TradeMarkTransactionBody>"
    )

    def stamp(said: str) -> str:
        data = tm_search(mark("1")).replace("<TradeMarkTransactionBody>", header.format(said), 1)
        return only(FORMAT, data).stamp

    assert stamp("2024-05-01T10:00:00+02:00") == "2024-05-01T08:00:00+00:00"
    assert stamp("2024-05-01T10:00:00") == "2024-05-01T10:00:00"
    assert stamp("yesterday") == ""
    assert stamp("") == ""


def test_the_office_of_new_zealand_answers_with_a_root_of_its_own() -> None:
    draft = only(
        FORMAT,
        '<i:TradeMarkInformationResponse xmlns:i="http://www.iponz.govt.nz/XMLSchema/trademarks/information" '
        'xmlns:t="http://www.iponz.govt.nz/XMLSchema/trademarks">'
        "<i:TransactionDateTime>2026-08-03T10:00:00Z</i:TransactionDateTime><i:TradeMarkInformation>"
        "<t:TradeMark>"
        "<t:RegistrationOfficeCode>NZ</t:RegistrationOfficeCode>"
        "<t:ApplicationNumber>1200001</t:ApplicationNumber>"
        "<t:MarkTitle>KOWHAI</t:MarkTitle><t:MarkFeatureDetails><t:MarkFeature>Word</t:MarkFeature>"
        "</t:MarkFeatureDetails><t:MarkTranslation>Yellow</t:MarkTranslation>"
        "<t:ApplicantDetails><t:Applicant><t:ApplicantKey><t:Identifier>77</t:Identifier></t:ApplicantKey>"
        "<t:ApplicantAddressBook><t:FormattedNameAddress><t:Name><t:FreeFormatName><t:FreeFormatNameDetails>"
        "<t:FreeFormatNameLine>Kowhai Limited</t:FreeFormatNameLine></t:FreeFormatNameDetails>"
        "</t:FreeFormatName>"
        "</t:Name></t:FormattedNameAddress></t:ApplicantAddressBook></t:Applicant></t:ApplicantDetails>"
        "</t:TradeMark></i:TradeMarkInformation></i:TradeMarkInformationResponse>",
    )
    assert (draft.office, draft.application_number, draft.feature) == ("NZ", "1200001", "Word")
    assert draft.stamp == "2026-08-03T10:00:00+00:00"
    assert [text.text for text in draft.texts] == ["KOWHAI"]
    assert [text.text for text in draft.translations] == ["Yellow"]
    assert [(one.name, one.number) for one in draft.applicants] == [("Kowhai Limited", "77")]


def test_a_flattened_notice_of_inpi_is_one_mark() -> None:
    draft = only(
        FORMAT,
        "<TradeMark><ApplicationNumber>4700001</ApplicationNumber><ApplicationDate>20210104</ApplicationDate>"
        "<Mark>L'ÉCUME</Mark><MarkImageURI>https://example.fr/4700001/std</MarkImageURI>"
        "<ClassNumber>3</ClassNumber><ClassNumber>3</ClassNumber><ClassNumber>41</ClassNumber>"
        "<ViennaClass>26.01.01</ViennaClass><PublicationDate>20210129</PublicationDate>"
        "<ApplicantName>Écume SAS</ApplicantName><HolderName>Écume Holding</HolderName><HolderName/>"
        "<RepresentativeName>Cabinet Vague</RepresentativeName>"
        "<MarkCurrentStatusCode>registered</MarkCurrentStatusCode></TradeMark>",
    )
    assert [text.text for text in draft.texts] == ["L'ÉCUME"]
    assert (draft.filing_date, draft.publication_date) == ("20210104", "20210129")
    assert draft.nice_classes == ["3", "41"]
    assert draft.vienna_codes == ["26.01.01"]
    assert [(one.name, one.role) for one in draft.applicants] == [
        ("Écume SAS", "applicant"),
        ("Écume Holding", "holder"),
    ]
    assert [one.name for one in draft.representatives] == ["Cabinet Vague"]
    assert [entry.file for entry in draft.media] == ["https://example.fr/4700001/std"]


def _tsdr(owners: str) -> Draft:
    return only(
        FORMAT,
        f'<Transaction xmlns:u="urn:us:gov:doc:uspto:trademark:status" xmlns="{WIPO}">'
        "<TradeMarkTransactionBody>"
        "<TransactionContentDetails><TransactionData><TradeMarkDetails><TradeMark>"
        "<ApplicationNumber>79000001</ApplicationNumber></TradeMark></TradeMarkDetails>"
        f"<ApplicantDetails>{owners}</ApplicantDetails></TransactionData></TransactionContentDetails>"
        "</TradeMarkTransactionBody></Transaction>",
    )


def _owner(step: str, name: str) -> str:
    return (
        "<Applicant><ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>"
        f"<FreeFormatNameLine>{name}</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName></Name>"
        "</FormattedNameAddress></ApplicantAddressBook><ApplicantExt>"
        f"<u:PartyTypeCode>{step}</u:PartyTypeCode>"
        f"<u:PartyTypeDescriptionText>STEP {step}</u:PartyTypeDescriptionText></ApplicantExt></Applicant>"
    )


def test_of_the_owners_beside_a_tsdr_mark_the_present_ones_are_taken() -> None:
    draft = _tsdr(
        _owner("31", "New Co")
        + _owner("31", "Its Partner")
        + _owner("30", "Old Co")
        + _owner("10", "First Co")
    )
    assert [(one.name, one.role) for one in draft.applicants] == [
        ("New Co", "STEP 31"),
        ("Its Partner", "STEP 31"),
    ]


def _keyed(*keys: str, role: str = "Applicant") -> str:
    inner = "".join(f"<{role}Key><Identifier>{key}</Identifier></{role}Key>" for key in keys)
    return f"<{role}Details>{inner}</{role}Details>"


def _party(number: str, name: str, role: str = "Applicant") -> str:
    return (
        f"<{role}><{role}Identifier>{number}</{role}Identifier><{role}AddressBook>"
        "<FormattedNameAddress><Name>"
        f"<FormattedName><OrganizationName>{name}</OrganizationName></FormattedName></Name>"
        "<Address><AddressCountryCode>DK</AddressCountryCode></Address></FormattedNameAddress>"
        f"</{role}AddressBook></{role}>"
    )


def test_parties_that_stand_apart_are_joined_by_their_keys_wherever_they_stand() -> None:
    data = tm_search(
        mark("1", _keyed("A2", "A1") + _keyed("R1", role="Representative")),
        mark("2", _keyed("A1")),
        mark("3", _keyed("A9")),
        after=f"<ApplicantDetails>{_party('A1', 'Måge ApS')}{_party('A2', 'Terne A/S')}</ApplicantDetails>"
        f"<RepresentativeDetails>{_party('R1', 'Advokat Hav', 'Representative')}</RepresentativeDetails>",
    )
    first, second, third = drafts(FORMAT, data)
    assert [(one.name, one.number, one.country) for one in first.applicants] == [
        ("Terne A/S", "A2", "DK"),
        ("Måge ApS", "A1", "DK"),
    ]
    assert [one.name for one in first.representatives] == ["Advokat Hav"]
    assert [one.name for one in second.applicants] == ["Måge ApS"]
    assert third.applicants == []


def test_a_key_to_be_deleted_names_no_party() -> None:
    keys = _keyed("A1", "A2").replace("<ApplicantKey>", '<ApplicantKey operationCode="Delete">', 1)
    data = tm_search(
        mark("1", keys),
        after=f"<ApplicantDetails>{_party('A1', 'Gone')}{_party('A2', 'Here')}</ApplicantDetails>",
    )
    assert [one.name for one in only(FORMAT, data).applicants] == ["Here"]


@pytest.mark.parametrize(
    "namespace", ["http://ohim.eu/sp/filing/trademark/v2", "http://fsp.ohim.eu/XMLSchema"]
)
def test_an_e_filing_is_no_register_record(namespace: str) -> None:
    data = tm_search(mark("1")).replace("http://www.oami.europa.eu/TM-Search", namespace)
    assert sureness(FORMAT, data) > 0
    with pytest.raises(NotAFeedError, match="e-filing"):
        read(FORMAT, data)


def test_a_list_of_parties_an_error_reply_and_a_list_of_identifiers_are_no_feeds() -> None:
    parties = tm_search(after=f"<ApplicantDetails>{_party('A1', 'Måge ApS')}</ApplicantDetails>")
    with pytest.raises(NotAFeedError, match="list of parties"):
        read(FORMAT, parties)
    error = ipas(
        "<TransactionErrorDetails><TransactionError><TransactionErrorText>no such mark</TransactionErrorText>"
        "</TransactionError></TransactionErrorDetails>"
    )
    with pytest.raises(NotAFeedError, match="no such mark"):
        read(FORMAT, error)
    identifiers = ipas(content("<ApplicationNumber>1</ApplicationNumber>", "Trade Mark Identifier List"))
    with pytest.raises(NotAFeedError, match="list of identifiers"):
        read(FORMAT, identifiers)
    with pytest.raises(NotAFeedError, match="without a TradeMark"):
        read(FORMAT, ipas())


def test_a_list_of_what_changed_states_no_more_than_it_holds() -> None:
    listed = (
        '<i:TradeMarksUpdatedResponse xmlns:i="http://www.iponz.govt.nz/XMLSchema/trademarks/information">'
        "<i:TradeMarksUpdated><i:TradeMarks><i:TradeMark><i:ApplicationNumber>1234999</i:ApplicationNumber>"
        "<i:MarkCurrentStatusCode>Registered</i:MarkCurrentStatusCode><i:FilingDate>2023-03-04</i:FilingDate>"
        "</i:TradeMark></i:TradeMarks></i:TradeMarksUpdated></i:TradeMarksUpdatedResponse>"
    )
    draft = only(FORMAT, listed)
    assert draft.operation == "patch"
    assert draft.given == frozenset(("filing_date", "status"))
    assert (draft.application_number, draft.filing_date, draft.status_code) == (
        "1234999",
        "2023-03-04",
        "Registered",
    )


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda word: " ".join(word.split()) == word and word not in ("", "-"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@given(st.lists(st.tuples(_WORDS, _WORDS, _WORDS), min_size=1, max_size=4))
def test_what_is_written_into_a_delivery_comes_out_of_it(values: list[tuple[str, str, str]]) -> None:
    contents = [
        content(
            f"<ApplicationNumber>N{place}</ApplicationNumber><wo:WordMarkSpecification>"
            "<wo:MarkVerbalElementText>"
            f"{_escaped(word)}</wo:MarkVerbalElementText></wo:WordMarkSpecification>"
            "<GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription>"
            f"<ClassNumber>{place}</ClassNumber>"
            f"<GoodsServicesDescription>{_escaped(goods)}</GoodsServicesDescription>"
            "</ClassDescription></ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>"
            f"<ApplicantDetails><Applicant><ApplicantName><FullName>{_escaped(name)}</FullName>"
            "</ApplicantName>"
            "</Applicant></ApplicantDetails>"
        )
        for place, (word, goods, name) in enumerate(values)
    ]
    made = [
        (draft.application_number, draft.texts[0].text, draft.goods[0].text, draft.applicants[0].name)
        for draft in drafts(FORMAT, ipas(*contents))
    ]
    assert made == [(f"N{place}", word, goods, name) for place, (word, goods, name) in enumerate(values)]
