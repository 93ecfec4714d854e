"""What is read of one ST.66 mark."""

import pytest

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftMedia, DraftPriority, DraftPublication, DraftText
from ingest.formats.st66 import FORMAT
from tests.ingest.formats.reading import only

_HEAD = (
    '<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/trademarks" '
    'xmlns:wo="http://www.wipo.int/standards/XMLSchema/wo-trademarks" xmlns:de="urn:de" '
    'xmlns:u="urn:us:gov:doc:uspto:trademark:status"><TradeMarkTransactionBody><TransactionContentDetails>'
    "<TransactionData><TradeMarkDetails><TradeMark><ApplicationNumber>1</ApplicationNumber>"
)
_TAIL = (
    "</TradeMark></TradeMarkDetails></TransactionData></TransactionContentDetails>"
    "</TradeMarkTransactionBody></Transaction>"
)


def draft_of(inner: str) -> Draft:
    return only(FORMAT, _HEAD + inner + _TAIL)


def test_numbers_dates_and_status() -> None:
    draft = draft_of(
        "<RegistrationOfficeCode>LA</RegistrationOfficeCode><RegistrationNumber> 40123 </RegistrationNumber>"
        "<InternationalRegistrationNumber>1504436</InternationalRegistrationNumber>"
        "<ApplicationDate>2019-03-04</ApplicationDate><RegistrationDate>2020-01-02</RegistrationDate>"
        "<ExpiryDate>2029-03-04</ExpiryDate><TerminationDate/>"
        "<ApplicationLanguageCode>la</ApplicationLanguageCode>"
        "<wo:MarkCurrentStatusCode>REGISTERED</wo:MarkCurrentStatusCode>"
        "<MarkCurrentStatusDate>2020-01-02</MarkCurrentStatusDate><KindMark>Individual</KindMark>"
        "<MarkFeature>Combined</MarkFeature>"
    )
    assert (draft.office, draft.registration_number, draft.international_number) == ("LA", "40123", "1504436")
    assert (draft.filing_date, draft.registration_date, draft.expiry_date, draft.termination_date) == (
        "2019-03-04",
        "2020-01-02",
        "2029-03-04",
        "",
    )
    assert (draft.status_code, draft.status_date) == ("REGISTERED", "2020-01-02")
    assert (draft.kind, draft.feature, draft.language) == ("Individual", "Combined", "la")


def test_an_empty_element_and_a_dash_say_nothing() -> None:
    draft = draft_of(
        "<RegistrationNumber>-</RegistrationNumber><RegistrationNumber>7</RegistrationNumber>"
        "<KindMark> </KindMark>"
    )
    assert (draft.registration_number, draft.kind) == ("7", "")


@pytest.mark.parametrize(
    ("language", "word", "goods"),
    [
        ("id", "KOPI TUBRUK", "kopi bubuk; minuman kopi"),
        ("th", "ช้างทอง", "เสื้อผ้าสำเร็จรูป; รองเท้า"),
        ("lo", "ດາວທອງ", "ກາເຟ; ຊາ"),
        ("km", "ផ្កាឈូក", "ទឹកដោះគោ"),
        ("vi", "Bông Sen Vàng", "dịch vụ nhà hàng"),
        ("ms", "BUNGA RAYA", "perkhidmatan restoran"),
    ],
)
def test_words_and_goods_come_out_in_their_language(language: str, word: str, goods: str) -> None:
    draft = draft_of(
        f'<wo:WordMarkSpecification><wo:MarkVerbalElementText languageCode="{language}">{word}'
        "</wo:MarkVerbalElementText></wo:WordMarkSpecification><GoodsServicesDetails><GoodsServices>"
        "<ClassDescriptionDetails><ClassDescription><ClassNumber>30</ClassNumber>"
        f'<GoodsServicesDescription languageCode="{language}">{goods}</GoodsServicesDescription>'
        "</ClassDescription></ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>"
    )
    assert draft.texts == [DraftText(word, language)]
    assert draft.goods == [DraftGoods("30", goods, language)]
    assert draft.nice_classes == ["30"]


def test_a_series_has_all_its_words_and_other_readings_stand_apart() -> None:
    draft = draft_of(
        "<WordMarkSpecification><MarkSignificantVerbalElementText>ดาว</MarkSignificantVerbalElementText>"
        "<MarkVerbalElementText>ดาว</MarkVerbalElementText>"
        '<MarkVerbalElementText languageCode="en">DAO</MarkVerbalElementText>'
        "<MarkTransliteration>dao</MarkTransliteration><MarkTranslation>star</MarkTranslation>"
        "<MarkTranslation>-</MarkTranslation></WordMarkSpecification>"
        "<WordMarkSpecification><MarkVerbalElementText>DAO\n  PLUS</MarkVerbalElementText>"
        "</WordMarkSpecification>"
    )
    assert draft.texts == [DraftText("ดาว"), DraftText("DAO", "en"), DraftText("DAO PLUS")]
    assert draft.transliterations == [DraftText("dao")]
    assert draft.translations == [DraftText("star")]


def test_a_significant_part_that_says_something_else_comes_after_the_words() -> None:
    draft = draft_of(
        "<WordMarkSpecification><MarkSignificantVerbalElementText>ORCHID</MarkSignificantVerbalElementText>"
        "<MarkVerbalElementText>THE ORCHID HOUSE</MarkVerbalElementText></WordMarkSpecification>"
    )
    assert [text.text for text in draft.texts] == ["THE ORCHID HOUSE", "ORCHID"]


def test_standard_characters_are_a_word_mark_where_no_feature_says_more() -> None:
    words = (
        "<WordMarkSpecification><MarkStandardCharacterIndicator>{}</MarkStandardCharacterIndicator>"
        "</WordMarkSpecification>"
    )
    assert draft_of(words.format("true")).feature == "Word"
    assert draft_of(words.format("false")).feature == ""
    assert draft_of("<MarkFeature>Stylized</MarkFeature>" + words.format("true")).feature == "Stylized"


def test_images_give_files_colours_and_vienna_codes() -> None:
    draft = draft_of(
        "<MarkImageDetails><MarkImage><MarkImageFilename>ATTACHMENT/1.png</MarkImageFilename>"
        "<MarkImageFileFormat>PNG</MarkImageFileFormat>"
        '<MarkImageColourClaimedText languageCode="id">Hitam dan Putih</MarkImageColourClaimedText>'
        "<MarkImageCategory><CategoryKind>Vienna</CategoryKind>"
        "<CategoryCodeDetails><CategoryCode>05.05.20</CategoryCode><CategoryCode>26.01.18</CategoryCode>"
        "</CategoryCodeDetails><CategoryCodeDetails><CategoryCode>05.05.20</CategoryCode>"
        "</CategoryCodeDetails>"
        "</MarkImageCategory></MarkImage><MarkImage><MarkImageURI>logo/2.jpg</MarkImageURI></MarkImage>"
        "<MarkImage/></MarkImageDetails>"
        "<MarkSoundDetails><MarkSound><MarkSoundFilename>a.mp3</MarkSoundFilename></MarkSound>"
        "</MarkSoundDetails>"
        "<MarkVideoDetails><MarkVideo><MarkVideoFilename>b.mp4</MarkVideoFilename></MarkVideo>"
        "</MarkVideoDetails>"
    )
    assert draft.media == [
        DraftMedia("image", "ATTACHMENT/1.png", "PNG"),
        DraftMedia("image", "logo/2.jpg"),
        DraftMedia("sound", "a.mp3"),
        DraftMedia("video", "b.mp4"),
    ]
    assert draft.colours == [DraftText("Hitam dan Putih", "id")]
    assert draft.vienna_codes == ["05.05.20", "26.01.18"]


def test_the_usptos_sentence_that_no_colour_is_claimed_is_no_colour() -> None:
    draft = draft_of(
        "<MarkImageDetails><MarkImage>"
        "<MarkImageColourClaimedText>Color is not claimed as a feature of the mark."
        "</MarkImageColourClaimedText><MarkImageCategory><CategoryCodeDetailsExt><u:DesignSearchDetails>"
        "<u:DesignSearchCode>03.01.08</u:DesignSearchCode></u:DesignSearchDetails></CategoryCodeDetailsExt>"
        "</MarkImageCategory></MarkImage></MarkImageDetails>"
    )
    assert (draft.colours, draft.vienna_codes, draft.figurative_codes) == ([], [], ["03.01.08"])


@pytest.mark.parametrize(
    ("kind", "vienna", "figurative"),
    [
        ("<CategoryKind>Vienna</CategoryKind>", ["05.05.20"], []),
        ("<CategoryKind>VIENNA 8</CategoryKind>", ["05.05.20"], []),
        ("", [], ["05.05.20"]),
    ],
)
def test_the_category_of_an_image_may_say_that_its_codes_are_viennas(
    kind: str, vienna: list[str], figurative: list[str]
) -> None:
    draft = draft_of(
        f"<MarkImageDetails><MarkImage><MarkImageCategory>{kind}<CategoryCodeDetails>"
        "<CategoryCode>05.05.20</CategoryCode></CategoryCodeDetails></MarkImageCategory></MarkImage>"
        "</MarkImageDetails>"
    )
    assert (draft.vienna_codes, draft.figurative_codes) == (vienna, figurative)


def test_a_madrid_image_has_its_categories_in_a_group_and_a_voluntary_description() -> None:
    draft = draft_of(
        "<MarkImageDetails><MarkImage><MarkImageCategoryDetails><MarkImageCategory><CategoryKind>Vienna "
        "Three Levels</CategoryKind><CategoryCodeDetails><CategoryCode>050311</CategoryCode>"
        "</CategoryCodeDetails></MarkImageCategory></MarkImageCategoryDetails></MarkImage></MarkImageDetails>"
        '<MarkDescriptionDetails><MarkVoluntaryDescription languageCode="en">A tree.'
        "</MarkVoluntaryDescription></MarkDescriptionDetails>"
    )
    assert draft.vienna_codes == ["050311"]
    assert draft.descriptions == [DraftText("A tree.", "en")]


def test_a_class_may_have_texts_in_several_languages_or_none() -> None:
    draft = draft_of(
        "<GoodsServicesDetails><GoodsServices><ClassificationKindCode>Nice</ClassificationKindCode>"
        "<ClassDescriptionDetails><ClassDescription><ClassNumber>9</ClassNumber>"
        '<GoodsServicesDescription languageCode="fr">Logiciels</GoodsServicesDescription>'
        '<GoodsServicesDescription languageCode="de">Software</GoodsServicesDescription></ClassDescription>'
        "<ClassDescription><ClassNumber>42</ClassNumber><GoodsServicesDescription/></ClassDescription>"
        "</ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>"
    )
    assert draft.nice_classes == ["9", "42"]
    assert draft.goods == [DraftGoods("9", "Logiciels", "fr"), DraftGoods("9", "Software", "de")]


def test_goods_may_be_terms_and_stand_without_a_group() -> None:
    draft = draft_of(
        "<GoodsServicesDetails><ClassDescriptionDetails><ClassDescription><ClassNumber>25</ClassNumber>"
        "<ClassificationTermDetails><ClassificationTerm>"
        "<ClassificationTermText>Boots</ClassificationTermText>"
        "</ClassificationTerm><ClassificationTerm><ClassificationTermText>Hats</ClassificationTermText>"
        "</ClassificationTerm><ClassificationTermLanguageCode>en</ClassificationTermLanguageCode>"
        "</ClassificationTermDetails></ClassDescription></ClassDescriptionDetails></GoodsServicesDetails>"
    )
    assert draft.goods == [DraftGoods("25", "Boots; Hats", "en")]


def test_classes_of_another_classification_are_national_ones() -> None:
    draft = draft_of(
        "<GoodsServicesDetails><GoodsServices><ClassificationKindCode>National</ClassificationKindCode>"
        "<ClassDescriptionDetails><ClassDescription><ClassNumber>112</ClassNumber>"
        "<GoodsServicesDescription>candles</GoodsServicesDescription></ClassDescription>"
        "</ClassDescriptionDetails>"
        "</GoodsServices></GoodsServicesDetails>"
    )
    assert (draft.nice_classes, draft.national_classes) == ([], ["112"])
    assert draft.goods == [DraftGoods("", "candles")]


_US_CLASS = "<u:DomesticClassNumbers>021</u:DomesticClassNumbers>"
_TITLE = "<u:NiceClassTitleText>009: Electrical</u:NiceClassTitleText>"


@pytest.mark.parametrize(
    ("number", "extension", "nice", "national"),
    [
        ("009", _US_CLASS + _TITLE, ["009"], ["021"]),
        ("021", _US_CLASS + _TITLE, ["009"], ["021"]),
        ("021", _US_CLASS, [], ["021"]),
        ("035", _US_CLASS, ["035"], ["021"]),
    ],
)
def test_of_the_usptos_classes_only_the_international_ones_are_nice(
    number: str, extension: str, nice: list[str], national: list[str]
) -> None:
    draft = draft_of(
        "<GoodsServicesDetails><GoodsServices><ClassDescriptionDetails><ClassDescription>"
        f"<ClassNumber>{number}</ClassNumber><ClassDescriptionExt>{extension}</ClassDescriptionExt>"
        "</ClassDescription></ClassDescriptionDetails></GoodsServices></GoodsServicesDetails>"
    )
    assert (draft.nice_classes, draft.national_classes) == (nice, national)


def test_priorities_publications_designations_and_seniorities() -> None:
    draft = draft_of(
        "<PriorityDetails><Priority><PriorityCountryCode>US</PriorityCountryCode><PriorityNumber>85651317"
        "</PriorityNumber><PriorityDate>2012-06-13</PriorityDate></Priority><Priority/></PriorityDetails>"
        "<PublicationDetails><Publication><PublicationIdentifier>2021/007</PublicationIdentifier>"
        "<PublicationSection>B.1</PublicationSection><PublicationDate>2021-02-10</PublicationDate>"
        "</Publication>"
        "<Publication><PublicationIdentifier>2020/101</PublicationIdentifier><PublicationSection>A.1"
        "</PublicationSection><PublicationDate>2020-05-28</PublicationDate></Publication>"
        "</PublicationDetails>"
        "<DesignatedCountryDetails><DesignatedCountry><DesignatedCountryCode>TH</DesignatedCountryCode>"
        "</DesignatedCountry><DesignatedCountry><DesignatedCountryCode>VN</DesignatedCountryCode>"
        "</DesignatedCountry></DesignatedCountryDetails>"
        "<SeniorityDetails><Seniority><SeniorityCountryCode>FI</SeniorityCountryCode>"
        "<SeniorityRegistrationNumber>200123</SeniorityRegistrationNumber></Seniority></SeniorityDetails>"
    )
    assert draft.priorities == [DraftPriority("US", "85651317", "2012-06-13")]
    assert draft.publications == [
        DraftPublication("", "2021/007", "B.1", "2021-02-10"),
        DraftPublication("", "2020/101", "A.1", "2020-05-28"),
    ]
    assert draft.publication_date == "2020-05-28"
    assert draft.designations == ["TH", "VN"]
    assert draft.numbers == [("seniority", "FI 200123")]


def _event(date: str, code: str, name: str, own: str = "", said: str = "") -> str:
    more = f"<wo:OfficeSpecificMarkEventCode>{own}</wo:OfficeSpecificMarkEventCode>" if own else ""
    more += (
        f"<wo:OfficeSpecificMarkEventDescription>{said}</wo:OfficeSpecificMarkEventDescription>"
        if said
        else ""
    )
    return (
        f"<wo:MarkEvent><wo:MarkEventDate>{date}</wo:MarkEventDate>"
        f"<wo:MarkEventCode>{code}</wo:MarkEventCode>"
        f"<wo:OfficeSpecificMarkEventName>{name}</wo:OfficeSpecificMarkEventName>{more}</wo:MarkEvent>"
    )


def test_events_of_ipas_have_the_offices_code_and_words() -> None:
    draft = draft_of(
        "<wo:MarkEventDetails>"
        + _event("2014-06-27", "Filed", "Filing")
        + _event("2017-02-08", "Rejected", "-", "251", "Ditolak")
        + _event("2018-01-01", "Registered", "Registration", "11", "Registered")
        + "<wo:MarkEvent/></wo:MarkEventDetails>"
    )
    assert draft.events == [
        DraftEvent("2014-06-27", "Filed", "Filing"),
        DraftEvent("2017-02-08", "251", "Rejected: Ditolak"),
        DraftEvent("2018-01-01", "11", "Registered"),
    ]


def test_the_international_number_may_stand_in_the_name_of_an_event() -> None:
    draft = draft_of(
        "<wo:MarkEventDetails>" + _event("2019-01-01", "Filed", "IRN:1504436", "7") + "</wo:MarkEventDetails>"
    )
    assert draft.international_number == "1504436"
    assert draft.events == [DraftEvent("2019-01-01", "7", "IRN:1504436")]


def test_events_status_words_and_recordals_of_other_offices() -> None:
    draft = draft_of(
        "<MarkEventDetails><MarkEvent><MarkEventDate>2016-06-15-04:00</MarkEventDate><MarkEventCode>NA85"
        "</MarkEventCode><Comment>Prosecution History Entry</Comment><MarkEventExt>"
        "<u:MarkEventInternalDescriptionText>NOTICE OF ACCEPTANCE</u:MarkEventInternalDescriptionText>"
        "</MarkEventExt></MarkEvent></MarkEventDetails>"
        "<MarkRecordDetails><MarkRecord><BasicRecord><BasicRecordKind>Eintragung</BasicRecordKind>"
        "<RecordCurrentStatusCode>Marke eingetragen</RecordCurrentStatusCode>"
        "<RecordCurrentStatusDate>1974-06-06</RecordCurrentStatusDate></BasicRecord></MarkRecord>"
        "</MarkRecordDetails>"
        "<TradeMarkExt>"
        "<u:MarkCurrentStatusExternalDescriptionText>Renewed.</u:MarkCurrentStatusExternalDescriptionText>"
        "</TradeMarkExt><de:FileNumber>919224</de:FileNumber>"
    )
    assert draft.events == [
        DraftEvent("2016-06-15-04:00", "NA85", "NOTICE OF ACCEPTANCE"),
        DraftEvent("1974-06-06", "Eintragung", "Marke eingetragen"),
    ]
    assert draft.status_text == "Renewed."
    assert draft.numbers == [("file", "919224")]


def test_the_public_status_of_the_ukipo_goes_before_its_inner_one() -> None:
    draft = draft_of(
        "<MarkCurrentStatusCode>E4</MarkCurrentStatusCode>"
        "<IPOPublicMarkCurrentStatusCode>Registered</IPOPublicMarkCurrentStatusCode>"
    )
    assert draft.status_code == "Registered"


def test_descriptions_and_disclaimers_keep_their_language() -> None:
    draft = draft_of(
        '<MarkDisclaimerDetails><MarkDisclaimer languageCode="en">THE LETTER P</MarkDisclaimer>'
        "<MarkDisclaimer/></MarkDisclaimerDetails>"
        '<MarkDescriptionDetails><MarkDescription languageCode="ms">Seekor harimau</MarkDescription>'
        "</MarkDescriptionDetails>"
    )
    assert draft.disclaimers == [DraftText("THE LETTER P", "en")]
    assert draft.descriptions == [DraftText("Seekor harimau", "ms")]
