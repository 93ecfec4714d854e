from typing import Any

import pytest

from ingest.draft import (
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.formats.ipos import FORMAT
from tests.ingest.formats.reading import as_json, only, read, sureness

_PROPRIETOR: dict[str, Any] = {
    "address": "1 ANSON ROAD<br/>#02-03 TOWER,<br />Singapore 079903 ",
    "countryOfIncorporationOrResidence": {"code": "SG", "description": "Singapore"},
    "name": "LIME DESIGN PTE. LTD.",
    "nationality": {"code": None, "description": None},
    "soleProprietorPartnerName": None,
    "uenCompanyCode": "200000001E",
}
_AGENT: dict[str, Any] = {
    "addressForServiceinSingapore": "2 ANSON ROAD<br/>Singapore 079904",
    "agent": {"name": "ATAP LAW LLC", "uenCompanyCode": "200000002N"},
    "representationType": "Agent",
    "representativeName": None,
}
_MARK: dict[str, Any] = {
    "applicationNum": "40202000999Q",
    "summary": {
        "applicationNum": "40202000999Q",
        "applicationDate": "2020-01-20",
        "applicationType": "Trade Mark",
        "descriptionParticularFeatureOfMark": None,
        "disclaimerLimitation": "No claim to the word FRESH.<br/>Limited to green.",
        "expiryDate": "2030-01-20",
        "filingDate": "2020-01-20",
        "journals": [{"journalNum": "014/2020", "journalDate": "2020-04-03", "journalStatus": {"code": "P"}}],
        "markStatus": "Registered",
        "markStatusDate": "2020-06-01",
        "publicationDate": None,
        "registrationProcedureCompletionDate": "2020-06-10",
        "tradeMarkType": "Conventional Mark",
    },
    "markIndex": [
        {
            "chineseCharacter": "青柠",
            "descrOfDevice": "lime",
            "enTranslation": "green lemon",
            "enTransliteration": "QING NING",
            "phoneticEquiv": None,
            "wordsInMark": "FRESH LIME",
        }
    ],
    "goodsAndServicesSpecifications": [
        {
            "classNum": "Class 16",
            "classStatus": {"code": "REG", "description": "Registered"},
            "goodsServices": "Paper; cards.",
        },
        {
            "classNum": "Class 9",
            "classStatus": {"code": "REG", "description": "Registered"},
            "goodsServices": None,
        },
    ],
    "priorityClaimsDetails": {
        "country": "Republic of Korea",
        "priorityClaimsDate": "2019-08-01",
        "classNum": "16",
    },
    "internationlRegistrationDesignatingSingaporeDetails": None,
    "currentApplicantProprietorDetails": [_PROPRIETOR],
    "agentCorrespondenceDetails": [
        _AGENT,
        {"agent": {"name": None}, "representationType": "Non-Agent", "representativeName": None},
    ],
    "documents": [
        {"docType": {"description": "Trade Mark Logo"}, "url": "https://ipos.example/a/logo.tif"},
        {"docType": {"description": "Letter"}, "fileUrl": "https://ipos.example/a/letter.pdf"},
    ],
    "otherEntries": None,
}
_PATENT: dict[str, Any] = {
    "applicationNum": "10202000999Q",
    "summary": {
        "applicationStatus": "Pending (Published)",
        "applicationType": "PCT",
        "dateofPublication": "2020-03-30",
        "filingDate": "2018-05-15",
        "ipc": "A61K 31/00, A61P 35/00; C07D 1/00",
        "titleOfInvention": "NOVEL LIMES",
    },
    "applicant": [_PROPRIETOR],
    "inventors": [
        {
            "address": "3 Main Street<br/>",
            "countryOfResidence": {"code": "KR", "description": "Republic of Korea"},
            "name": "BAN, Ha Neul",
            "nationality": "KOREAN, SOUTH",
        }
    ],
    "declarationOfPriority": [
        {"applicationNum": "10-2017-0000999", "country": {"code": "KR"}, "filingDate": "2017-05-17"}
    ],
    "grantAndRenewal": {"expiryDate": "2038-05-15", "grantDate": "2021-02-03"},
    "pctApplication": [
        {
            "PCTApplicationNum": "PCT/KR2018/000999",
            "PCTPublicationNum": "WO2018/000999",
            "PCTPublicationDate": "2018-11-22",
        }
    ],
    "documents": None,
    "otherEntries": [
        {"events": {"code": "PT003", "description": "CLEAR REPORT ISSUED ", "eventDate": "2020-03-26"}}
    ],
}
_DESIGN: dict[str, Any] = {
    "applicationNum": "30202000999S",
    "summary": {
        "approvedDate": "2020-01-29",
        "classSubClass": "09-05",
        "expiryDate": "2035-01-20",
        "filingDate": "2020-01-20",
        "internationalRegistrationNum": None,
        "status": "Registered",
        "ukDesignNum": None,
    },
    "applicant": [_PROPRIETOR | {"articles": [{"articleName": "PACKAGING", "numOfArticlesInSet": 0}]}],
    "currentApplicantProprietorDetails": [{"applicantType": {"code": "C", "description": "Corporate"}}],
    "priorityDetails": [
        {
            "associatedDesignNum": None,
            "country": "United States of America",
            "priorityClaimsDate": "2019-07-29",
        }
    ],
    "statementOfNovelty": "Novelty resides in the shape.",
    "disclaimer": "Broken lines<br />form no part.",
    "journals": [{"journalDate": "2020-02-07", "journalNum": "02/2020"}],
    "documents": [
        {"docType": {"description": "Images"}, "fileName": "a.jpg", "url": "https://ipos.example/a.jpg"}
    ],
}


def _day(*items: Any) -> str:
    return as_json({"lodgement_date": "2020-01-20", "count": len(items), "items": list(items)})


def test_a_mark_has_its_dates_status_and_kind_as_delivered() -> None:
    draft = only(FORMAT, _day(_MARK))
    assert (draft.right, draft.application_number) == ("trademark", "40202000999Q")
    assert (draft.filing_date, draft.registration_date, draft.expiry_date) == (
        "2020-01-20",
        "2020-06-10",
        "2030-01-20",
    )
    assert (draft.status_code, draft.status_date) == ("Registered", "2020-06-01")
    assert (draft.kind, draft.feature) == ("Trade Mark", "Conventional Mark")


def test_the_index_of_a_mark_gives_words_characters_and_readings() -> None:
    draft = only(FORMAT, _day(_MARK))
    assert draft.texts == [DraftText("FRESH LIME"), DraftText("青柠", "zh")]
    assert draft.transliterations == [DraftText("QING NING")]
    assert draft.translations == [DraftText("green lemon", "en")]
    assert draft.descriptions == [DraftText("lime", "en")]


def test_classes_are_numbers_without_the_word() -> None:
    draft = only(FORMAT, _day(_MARK))
    assert draft.nice_classes == ["16", "9"]
    assert draft.goods == [DraftGoods("16", "Paper; cards.", "en")]


def test_the_status_of_all_classes_stands_in_for_a_missing_one() -> None:
    summary = _MARK["summary"] | {"markStatus": None}
    assert only(FORMAT, _day(_MARK | {"summary": summary})).status_code == "Registered"


def test_html_line_breaks_become_line_ends_and_one_line_addresses() -> None:
    draft = only(FORMAT, _day(_MARK))
    assert draft.disclaimers == [DraftText("No claim to the word FRESH.\nLimited to green.", "en")]
    assert draft.applicants[0].address == "1 ANSON ROAD, #02-03 TOWER, Singapore 079903"


def test_an_agent_without_a_name_is_left_out() -> None:
    (agent,) = only(FORMAT, _day(_MARK)).representatives
    assert (agent.name, agent.number) == ("ATAP LAW LLC", "200000002N")


def test_a_priority_country_stays_as_it_is_named() -> None:
    assert only(FORMAT, _day(_MARK)).priorities == [DraftPriority("Republic of Korea", "", "2019-08-01")]
    assert only(FORMAT, _day(_PATENT)).priorities == [DraftPriority("KR", "10-2017-0000999", "2017-05-17")]


def test_journals_are_publications_and_date_a_mark_without_another_date() -> None:
    draft = only(FORMAT, _day(_MARK))
    assert draft.publications == [DraftPublication(number="014/2020", date="2020-04-03")]
    assert draft.publication_date == "2020-04-03"


def test_documents_are_pictures_or_documents_by_their_names() -> None:
    assert only(FORMAT, _day(_MARK)).media == [
        DraftMedia("image", "https://ipos.example/a/logo.tif", "tif", "Trade Mark Logo"),
        DraftMedia("document", "https://ipos.example/a/letter.pdf", "pdf", "Letter"),
    ]


def test_a_patent_has_its_title_symbols_grant_and_international_numbers() -> None:
    draft = only(FORMAT, _day(_PATENT))
    assert draft.right == "patent"
    assert draft.titles == [DraftText("NOVEL LIMES", "en")]
    assert draft.ipc == ["A61K 31/00", "A61P 35/00", "C07D 1/00"]
    assert (draft.registration_date, draft.expiry_date) == ("2021-02-03", "2038-05-15")
    assert (draft.publication_date, draft.international_number) == ("2020-03-30", "PCT/KR2018/000999")
    assert DraftPublication(number="WO2018/000999", date="2018-11-22") in draft.publications
    assert draft.events == [DraftEvent("2020-03-26", "PT003", "CLEAR REPORT ISSUED")]


def test_an_inventor_has_the_country_of_residence() -> None:
    (inventor,) = only(FORMAT, _day(_PATENT)).inventors
    assert (inventor.name, inventor.country, inventor.address) == ("BAN, Ha Neul", "KR", "3 Main Street")


def test_a_design_has_its_product_class_and_views() -> None:
    draft = only(FORMAT, _day(_DESIGN))
    assert (draft.right, draft.status_code, draft.locarno) == ("design", "Registered", ["09-05"])
    assert draft.products == [DraftText("PACKAGING", "en")]
    assert draft.media == [DraftMedia("view", "https://ipos.example/a.jpg", "jpg", "Images")]
    assert (draft.registration_date, draft.publication_date) == ("2020-01-29", "2020-02-07")
    assert len(draft.applicants) == 1


def test_a_hague_design_is_told_by_its_number() -> None:
    bare = {
        "applicationNum": "D208452",
        "summary": {"filingDate": "2020-01-20"},
        "documents": None,
        "license": None,
    }
    assert only(FORMAT, _day(bare)).right == "design"


def test_names_of_members_are_compared_without_case() -> None:
    odd = {name[0].upper() + name[1:]: value for name, value in _DESIGN.items()}
    assert only(FORMAT, _day(odd)).products == [DraftText("PACKAGING", "en")]


@pytest.mark.parametrize(
    "wrap", [as_json, lambda item: as_json([item]), lambda item: as_json({"applications": [item]})]
)
def test_items_are_found_however_they_are_wrapped(wrap: Any) -> None:
    assert sureness(FORMAT, wrap(_MARK)) > 80
    assert only(FORMAT, wrap(_MARK)).application_number == "40202000999Q"


def test_nulls_everywhere_are_no_harm() -> None:
    draft = only(FORMAT, _day(dict.fromkeys(_MARK) | {"applicationNum": "1", "summary": {}}))
    assert draft.application_number == "1"


def test_a_day_without_applications_holds_none() -> None:
    assert sureness(FORMAT, _day()) > 0
    assert read(FORMAT, _day()) == []
    with pytest.raises(NotAFeedError):
        read(FORMAT, _day({"something": "else"}))


def test_other_json_is_refused() -> None:
    assert sureness(FORMAT, '{"message": "rate limit exceeded"}') == 0
    with pytest.raises(NotAFeedError, match="error reply"):
        read(FORMAT, '{"message": "rate limit exceeded"}')
