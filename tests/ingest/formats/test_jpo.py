from typing import Any

import pytest

from ingest.draft import DraftEvent, DraftGoods, DraftPriority, DraftPublication, DraftText, NotAFeedError
from ingest.formats.jpo import FORMAT
from tests.ingest.formats.reading import as_json, only, read, sureness

_PEOPLE = [
    {"applicantAttorneyCd": "000114999", "name": "ライム株式会社", "applicantAttorneyClass": "1"},
    {"applicantAttorneyCd": "100076999", "name": "渡辺　一豊", "applicantAttorneyClass": "2"},
]
_PATENT: dict[str, Any] = {
    "applicationNumber": "2020000999",
    "inventionTitle": "配線構造体の製造方法",
    "applicantAttorney": _PEOPLE,
    "filingDate": "20200720",
    "publicationNumber": "503000999",
    "ADPublicationNumber": "2021000999",
    "publicationDate": "20210610",
    "registrationNumber": "7500999",
    "registrationDate": "20240805",
    "internationalApplicationNumber": "",
    "erasureIdentifier": "00",
    "expireDate": "20400720",
    "disappearanceDate": "",
    "priorityRightInformation": [
        {
            "parisPriorityApplicationNumber": "62/000999",
            "parisPriorityDate": "20190720",
            "parisPriorityCountryCd": "US",
            "nationalPriorityApplicationNumber": "2019210999",
            "nationalPriorityDate": "20191121",
        }
    ],
    "parentApplicationInformation": {},
    "bibliographyInformation": [
        {
            "numberType": "01",
            "documentList": [
                {"legalDate": "20200720", "documentCode": "A63", "documentDescription": "特許願"},
                {"legalDate": "20200720", "documentCode": "A63", "documentDescription": "特許願"},
            ],
        },
        {"numberType": "02", "documentList": []},
    ],
}
_MARK: dict[str, Any] = {
    "applicationNumber": "2024000999",
    "applicantAttorney": _PEOPLE[0],
    "filingDate": "20241118",
    "trademarkForDisplay": "ライム和牛",
    "transliteration": {"0": "ライム", "1": "ライムワギュー"},
    "viennaClass": {},
    "goodsServiceInformation": [
        {"goodsServiceClass": "29", "goodsServiceName": "牛肉", "similarCode": "32A01 35K03"},
    ],
    "priorityRightInformation": [],
}


def _reply(data: Any, code: str = "100", message: str = "") -> str:
    return as_json(
        {"result": {"statusCode": code, "errorMessage": message, "remainAccessCount": "7", "data": data}}
    )


def test_a_patent_is_told_by_its_title() -> None:
    draft = only(FORMAT, _reply(_PATENT))
    assert (draft.right, draft.titles) == ("patent", [DraftText("配線構造体の製造方法", "ja")])
    assert (draft.registration_number, draft.expiry_date, draft.status_code) == ("7500999", "20400720", "00")


def test_the_publication_number_in_western_years_is_the_one_shown() -> None:
    draft = only(FORMAT, _reply(_PATENT))
    assert draft.publication_number == "2021000999"
    assert draft.numbers == [("publication", "503000999")]
    assert draft.publications == [DraftPublication(number="2021000999", date="20210610")]


def test_applicants_and_attorneys_are_told_apart_and_full_width_spaces_stay() -> None:
    draft = only(FORMAT, _reply(_PATENT))
    assert [(party.name, party.number) for party in draft.applicants] == [("ライム株式会社", "000114999")]
    assert [party.name for party in draft.representatives] == ["渡辺　一豊"]


def test_foreign_and_national_priorities_are_two() -> None:
    assert only(FORMAT, _reply(_PATENT)).priorities == [
        DraftPriority("US", "62/000999", "20190720"),
        DraftPriority("JP", "2019210999", "20191121"),
    ]


def test_a_document_listed_twice_is_one_event() -> None:
    assert only(FORMAT, _reply(_PATENT)).events == [DraftEvent("20200720", "A63", "特許願")]


def test_a_mark_has_readings_and_goods_with_their_groups() -> None:
    draft = only(FORMAT, _reply(_MARK))
    assert (draft.right, draft.texts) == ("trademark", [DraftText("ライム和牛", "ja")])
    assert draft.transliterations == [DraftText("ライム", "ja"), DraftText("ライムワギュー", "ja")]
    assert (draft.nice_classes, draft.vienna_codes) == (["29"], [])
    assert draft.goods == [DraftGoods("29", "牛肉", "ja", ("32A01", "35K03"))]
    assert len(draft.applicants) == 1


def test_figurative_classes_are_read_from_any_list() -> None:
    for written in ({"0": "26.1.1", "1": "26.4.2"}, ["26.1.1", "26.4.2"], "26.1.1 26.4.2"):
        assert only(FORMAT, _reply(_MARK | {"viennaClass": written})).vienna_codes == ["26.1.1", "26.4.2"]


def test_a_design_has_its_article_and_japanese_class() -> None:
    data = {
        "applicationNumber": "2021000998",
        "designArticle": "椅子",
        "designClass": "D7-20",
        "filingDate": "20210101",
    }
    draft = only(FORMAT, _reply(data))
    assert (draft.right, draft.products, draft.national_classes) == (
        "design",
        [DraftText("椅子", "ja")],
        ["D7-20"],
    )


def test_a_registration_reply_has_holders() -> None:
    holder = {"rightPersonInformation": [{"rightPersonCd": "1", "rightPersonName": "新ライム株式会社"}]}
    applicants = only(FORMAT, _reply(_PATENT | holder)).applicants
    assert [(party.name, party.role) for party in applicants] == [
        ("ライム株式会社", "applicant"), ("新ライム株式会社", "holder"),
    ]  # fmt: skip


def test_an_error_reply_is_refused_with_the_offices_message() -> None:
    with pytest.raises(NotAFeedError, match="status code 107, 該当するデータがありません"):
        read(FORMAT, _reply("", "107", "該当するデータがありません"))


def test_numbers_alone_are_no_record() -> None:
    reply = _reply({"applicationNumber": "2020000999", "publicationNumber": "2021000999"})
    assert 0 < sureness(FORMAT, reply) < 50
    with pytest.raises(NotAFeedError, match="no application"):
        read(FORMAT, reply)


def test_the_format_is_known_by_its_envelope_and_content() -> None:
    assert sureness(FORMAT, _reply(_PATENT)) > 80
    assert sureness(FORMAT, as_json(_PATENT)) == 0


def test_lists_with_numbers_for_keys_are_lists() -> None:
    numbered = _PATENT | {"applicantAttorney": {str(place): one for place, one in enumerate(_PEOPLE)}}
    draft = only(FORMAT, _reply(numbered))
    assert [party.name for party in draft.applicants] == ["ライム株式会社"]
    assert [party.name for party in draft.representatives] == ["渡辺　一豊"]


@pytest.mark.parametrize(
    ("code", "day", "plain"),
    [("01", "20400720", "expired"), ("02", "20300720", "ended"), ("00", "20300720", ""), ("01", "", "")],
)
def test_a_day_of_extinction_is_the_end_of_the_right(code: str, day: str, plain: str) -> None:
    draft = only(FORMAT, _reply(_PATENT | {"erasureIdentifier": code, "disappearanceDate": day}))
    assert (draft.status_code, draft.status_plain) == (code, plain)
    assert draft.status_date == (day if plain else "")


def test_the_fourth_level_that_japan_adds_to_vienna_is_left_off() -> None:
    written = {"0": "1.17.11.1", "1": "26.1.1", "2": "29.1.1.1", "3": "29.1.1.2"}
    assert only(FORMAT, _reply(_MARK | {"viennaClass": written})).vienna_codes == [
        "1.17.11",
        "26.1.1",
        "29.1.1",
    ]
