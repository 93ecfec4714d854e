from typing import Any

import pytest

from ingest.draft import DraftEvent, DraftGoods, DraftText, NotAFeedError
from ingest.formats.uspto_tsdr_json import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness


def _owner(name: str) -> dict[str, Any]:
    place = {"iso": {"code": "US"}, "stateCountry": {"code": "DE", "name": "DELAWARE"}, "wipo": None}
    return {
        "name": name,
        "address1": "1 Main St.",
        "city": "Dover",
        "zip": "19904",
        "addressStateCountry": place,
    }


_CASE: dict[str, Any] = {
    "gsList": [
        {
            "description": "Downloadable games",
            "internationalClasses": [{"code": "009"}],
            "primeClassCode": "009",
            "usClasses": [{"code": "021"}],
        },
        {"description": "Hosting", "internationalClasses": [{"code": "042"}, {"code": "009"}]},
    ],
    "foreignInfoList": [],
    "parties": {"ownerGroups": {"10": [_owner("First LLC")], "11": [_owner("Second Inc.")]}},
    "prosecutionHistory": [
        {"entryCode": "ABN2", "entryDate": "2023-03-22T04:00:00.000+0000", "entryDesc": "ABANDONMENT"}
    ],
    "publication": {"datePublished": "2022-05-03", "officialGazettes": []},
    "status": {
        "correspondence": {
            "attorneyName": "Ann Lee",
            "firmName": "Law & Co",
            "address": {"countryCode": "US"},
        },
        "dateAbandoned": "2023-03-08",
        "descOfMark": "The mark consists of a lime.",
        "designSearchList": [{"code": "05.09.05", "descriptions": ["Limes"]}],
        "extStatusDesc": "Abandoned because the applicant failed to respond.",
        "filingDate": "2021-11-13",
        "markDrawingCd": "3",
        "markElement": "FRESH LIME",
        "serialNumber": 97000999,
        "serviceMark": True,
        "status": 602,
        "statusDate": "2023-03-22",
        "trademark": True,
        "translation": None,
        "usRegistrationNumber": "",
    },
}


def test_a_case_has_its_status_as_code_and_words() -> None:
    draft = only(FORMAT, as_json({"trademarks": [_CASE]}))
    assert (draft.application_number, draft.registration_number) == ("97000999", "")
    assert (draft.status_code, draft.status_date, draft.termination_date) == (
        "602",
        "2023-03-22",
        "2023-03-08",
    )
    assert draft.status_text.startswith("Abandoned because")
    assert (draft.kind, draft.feature) == ("trademark, service mark", "3")


def test_the_latest_owner_comes_before_the_first_applicant() -> None:
    owners = only(FORMAT, as_json({"trademarks": [_CASE]})).applicants
    assert [(party.name, party.role) for party in owners] == [
        ("Second Inc.", "owner"),
        ("First LLC", "applicant"),
    ]
    assert (owners[0].country, owners[0].address) == ("US", "1 Main St., Dover, DELAWARE, 19904")


def test_an_owner_who_is_still_the_applicant_is_told_once() -> None:
    groups = {"ownerGroups": {"10": [_owner("First LLC")], "30": [_owner("First LLC")]}}
    assert len(only(FORMAT, as_json({"trademarks": [_CASE | {"parties": groups}]})).applicants) == 1


def test_classes_are_the_international_ones() -> None:
    draft = only(FORMAT, as_json({"trademarks": [_CASE]}))
    assert draft.nice_classes == ["009", "042"]
    assert draft.goods == [DraftGoods("009", "Downloadable games", "en"), DraftGoods("", "Hosting", "en")]


def test_design_search_codes_are_no_vienna_codes() -> None:
    draft = only(FORMAT, as_json({"trademarks": [_CASE]}))
    assert (draft.national_classes, draft.vienna_codes) == (["05.09.05"], [])


def test_events_and_words_are_kept() -> None:
    draft = only(FORMAT, as_json({"trademarks": [_CASE]}))
    assert draft.events == [DraftEvent("2023-03-22T04:00:00.000+0000", "ABN2", "ABANDONMENT")]
    assert (draft.texts, draft.publication_date) == ([DraftText("FRESH LIME")], "2022-05-03")


def test_a_reply_for_several_numbers_holds_their_cases() -> None:
    reply = as_json(
        {
            "size": 2,
            "transactionList": [
                {"searchId": "97000999", "trademarks": [_CASE]},
                {"searchId": "97000998", "trademarks": [_CASE, _CASE]},
            ],
        }
    )
    assert sureness(FORMAT, reply) > 80
    assert len(drafts(FORMAT, reply)) == 3


def test_a_page_of_another_offices_marks_is_not_claimed() -> None:
    page = as_json({"trademarks": [{"applicationNumber": "1", "status": "REGISTERED"}], "totalElements": 1})
    assert sureness(FORMAT, page) == 0
    with pytest.raises(NotAFeedError):
        read(FORMAT, page)
