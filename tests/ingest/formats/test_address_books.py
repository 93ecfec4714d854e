"""Parties in all the forms in which ST.66, ST.86 and ST.96 deliveries have them."""

from lxml import etree

from ingest.draft import DraftParty, DraftText
from ingest.formats.address_books import key_of, named, party


def _party(inner: str, tag: str = "Applicant", country_in_region: bool = False) -> DraftParty:
    return party(etree.fromstring(f'<{tag} xmlns:com="urn:com">{inner}</{tag}>'), country_in_region)


def _lines(*lines: str) -> str:
    return (
        "<ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>"
        f"{''.join(lines)}</FreeFormatNameDetails></FreeFormatName></Name></FormattedNameAddress>"
        "</ApplicantAddressBook>"
    )


def test_a_name_in_two_languages_is_one_party() -> None:
    one = _party(
        _lines(
            '<FreeFormatNameLine languageCode="th">บริษัท ช้าง จำกัด</FreeFormatNameLine>',
            '<FreeFormatNameLine languageCode="en">Chang Co., Ltd.</FreeFormatNameLine>',
        )
    )
    assert (one.name, one.names) == ("บริษัท ช้าง จำกัด", [DraftText("Chang Co., Ltd.", "en")])


def test_the_same_name_twice_is_one_name() -> None:
    line = "<FreeFormatNameLine languageCode='{}'>PT Kopi</FreeFormatNameLine>"
    assert _party(_lines(line.format("id"), line.format("en"))).names == []


def test_a_name_of_several_lines_is_joined_and_its_first_line_a_spelling() -> None:
    one = _party(
        _lines(
            "<FreeFormatNameLine>Kabushiki Kaisha</FreeFormatNameLine>",
            "<FreeFormatNameLine>Umi</FreeFormatNameLine>",
        )
    )
    assert (one.name, one.names) == ("Kabushiki Kaisha Umi", [DraftText("Kabushiki Kaisha")])


def test_the_lines_of_a_representative_are_a_person_and_the_firm() -> None:
    lines = (
        "<FreeFormatNameLine>A. Attorney</FreeFormatNameLine>",
        "<FreeFormatNameLine>FIRM LLP</FreeFormatNameLine>",
    )
    one = _party(_lines(*lines), "Representative")
    assert (one.name, one.names) == ("A. Attorney", [DraftText("FIRM LLP")])


def test_a_person_is_put_together_out_of_parts() -> None:
    one = _party(
        "<ApplicantAddressBook><FormattedNameAddress><Name><FormattedName><FirstName>Nguyễn</FirstName>"
        "<MiddleName>Thị</MiddleName><LastName>Hoa</LastName></FormattedName></Name></FormattedNameAddress>"
        "</ApplicantAddressBook>"
    )
    assert one.name == "Nguyễn Thị Hoa"


def test_short_forms_and_plain_names() -> None:
    assert _party("<ApplicantName><FullName>Guerlain SA</FullName></ApplicantName>").name == "Guerlain SA"
    assert _party(
        "<Name>Plain Ltd</Name><AddressBook><CountryCode>GB</CountryCode></AddressBook>"
    ) == DraftParty(name="Plain Ltd", country="GB")
    assert party(etree.fromstring("<ApplicantName>ACME</ApplicantName>")).name == "ACME"


def test_an_address_is_its_lines_or_parts_each_once() -> None:
    free = _party(
        "<Address><AddressCountryCode>ID</AddressCountryCode><FreeFormatAddress>"
        "<FreeFormatAddressLine>Jl. Merdeka 1\n Jakarta</FreeFormatAddressLine>"
        "<FreeFormatAddressLine>Jl. Merdeka 1\n Jakarta</FreeFormatAddressLine></FreeFormatAddress></Address>"
    )
    assert (free.address, free.country) == ("Jl. Merdeka 1 Jakarta", "ID")
    parts = _party(
        "<Address><FormattedAddress><AddressStreet>1 Main St</AddressStreet><AddressCity>Denver</AddressCity>"
        "<AddressState>COLORADO</AddressState><AddressPostcode>80201</AddressPostcode>"
        "<FormattedAddressCountryCode>US</FormattedAddressCountryCode></FormattedAddress></Address>"
    )
    assert (parts.address, parts.country) == ("1 Main St, Denver, COLORADO, 80201", "US")


def test_a_country_in_the_place_of_the_state_counts_only_where_the_office_writes_so() -> None:
    address = (
        "<Address><FormattedAddress><AddressCity>Lübeck</AddressCity><AddressCounty>DE</AddressCounty>"
        "<AddressPostcode>23556</AddressPostcode></FormattedAddress></Address>"
    )
    german = _party(address, country_in_region=True)
    assert (german.country, german.address) == ("DE", "Lübeck, 23556")
    assert _party(address).country == ""


def test_the_seat_stands_in_for_a_country() -> None:
    seat = "<ApplicantIncorporationCountryCode>SG</ApplicantIncorporationCountryCode>"
    assert _party(seat).country == "SG"
    assert _party(seat + "<Address><AddressCountryCode>MY</AddressCountryCode></Address>").country == "MY"


def test_contacts_of_st96_give_names_in_their_languages() -> None:
    one = _party(
        "<com:PartyIdentifier>000123</com:PartyIdentifier>"
        "<com:LegalEntityName>Corporation</com:LegalEntityName>"
        '<com:Contact com:languageCode="en"><com:Name><com:OrganizationName>'
        "<com:OrganizationStandardName>Umi KK"
        "</com:OrganizationStandardName></com:OrganizationName><com:EntityName>Umi KK</com:EntityName>"
        "</com:Name>"
        "<com:PostalAddressBag><com:PostalAddress><com:PostalStructuredAddress><com:AddressLineText>1-1"
        "</com:AddressLineText><com:CityName>Tokyo</com:CityName><com:CountryCode>JP</com:CountryCode>"
        "</com:PostalStructuredAddress></com:PostalAddress></com:PostalAddressBag></com:Contact>"
        '<com:Contact com:languageCode="ja"><com:Name><com:EntityName>海株式会社</com:EntityName></com:Name>'
        "</com:Contact>"
    )
    assert (one.name, one.names, one.number) == ("Umi KK", [DraftText("海株式会社", "ja")], "000123")
    assert (one.address, one.country) == ("1-1, Tokyo", "JP")


def test_a_legal_entity_is_the_name_where_there_is_no_other() -> None:
    assert _party("<com:LegalEntityName>Maple Inc.</com:LegalEntityName>").name == "Maple Inc."


def test_lines_of_name_and_address_together_begin_with_the_name() -> None:
    one = _party(
        "<FreeFormatAddressDetails><FreeFormatNameAddressLine>Sen Co</FreeFormatNameAddressLine>"
        "<FreeFormatNameAddressLine>Hanoi</FreeFormatNameAddressLine></FreeFormatAddressDetails>"
    )
    assert (one.name, one.address) == ("Sen Co", "Hanoi")


def test_a_party_without_a_name_is_left_out() -> None:
    assert named(iter([DraftParty(name=""), DraftParty(name="A"), DraftParty(name="A")])) == [
        DraftParty(name="A")
    ]
    assert (
        _party("<RepresentativeIdentifier>ES-null</RepresentativeIdentifier>", "Representative").number == ""
    )


def test_a_key_is_its_identifier_or_its_text() -> None:
    assert key_of(etree.fromstring("<ApplicantKey><Identifier> 7 </Identifier></ApplicantKey>")) == "7"
    assert key_of(etree.fromstring("<ApplicantKey>8</ApplicantKey>")) == "8"
    assert key_of(etree.fromstring("<ApplicantKey/>")) == ""
