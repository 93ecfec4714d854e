from typing import Any

import pytest

from ingest.draft import Damage, DraftEvent, DraftPriority, DraftPublication, DraftText, NotAFeedError
from ingest.formats.uspto_odp import FORMATS
from tests.ingest.formats.reading import as_json, only, read, sureness

FORMAT = FORMATS[0]
_PLACE = {
    "cityName": "Berkeley",
    "geographicRegionName": "CALIFORNIA",
    "countryCode": "US",
    "postalCode": "94704",
}
_META: dict[str, Any] = {
    "applicantBag": [{"applicantNameText": "Lime Works, Inc.", "correspondenceAddressBag": [_PLACE]}],
    "applicationStatusCode": 150,
    "applicationStatusDate": "2023-04-19",
    "applicationStatusDescriptionText": "Patented Case",
    "applicationTypeCode": "UTL",
    "applicationTypeLabelName": "Utility",
    "cpcClassificationBag": ["A47J  19/02", "A23N2001/00"],
    "docketNumber": "LIME1",
    "earliestPublicationDate": "2021-07-08",
    "earliestPublicationNumber": "US20210000999A1",
    "filingDate": "2021-01-05",
    "grantDate": "2023-05-09",
    "inventionTitle": "CITRUS PRESS",
    "inventorBag": [{"firstName": "Ann", "lastName": "Lee", "countryCode": "US"}],
    "patentNumber": "11000999",
    "uspcSymbolText": "99/501",
}
_APPLICATION: dict[str, Any] = {
    "applicationMetaData": _META,
    "applicationNumberText": "17000999",
    "correspondenceAddressBag": [_PLACE | {"nameLineOneText": "LAW & CO LLP"}],
    "eventDataBag": [
        {"eventCode": "PGM/", "eventDate": "2023-05-09", "eventDescriptionText": "Grant Mailed"}
    ],
    "foreignPriorityBag": [
        {
            "ipOfficeName": "REPUBLIC OF KOREA",
            "filingDate": "2020-01-06",
            "applicationNumberText": "1020200000999",
        }
    ],
    "parentContinuityBag": [
        {"claimParentageTypeCode": "NST", "parentApplicationNumberText": "PCT/KR21/00999"},
    ],
}


def _bag(*applications: Any) -> str:
    return as_json({"count": len(applications), "patentFileWrapperDataBag": list(applications)})


def test_an_application_has_its_numbers_dates_and_status() -> None:
    draft = only(FORMAT, _bag(_APPLICATION))
    assert (draft.right, draft.application_number, draft.registration_number) == (
        "patent",
        "17000999",
        "11000999",
    )
    assert (draft.filing_date, draft.registration_date) == ("2021-01-05", "2023-05-09")
    assert (draft.status_code, draft.status_text, draft.status_date) == ("150", "Patented Case", "2023-04-19")
    assert draft.international_number == "PCT/KR21/00999"


def test_parties_have_their_places() -> None:
    draft = only(FORMAT, _bag(_APPLICATION))
    assert (draft.applicants[0].name, draft.applicants[0].country) == ("Lime Works, Inc.", "US")
    assert draft.applicants[0].address == "Berkeley, CALIFORNIA, 94704"
    assert draft.inventors[0].name == "Ann Lee"
    assert (draft.representatives[0].name, draft.representatives[0].role) == ("LAW & CO LLP", "correspondent")


def test_the_first_applicant_stands_in_where_there_is_no_list() -> None:
    meta = {name: value for name, value in _META.items() if name != "applicantBag"}
    application = _APPLICATION | {"applicationMetaData": meta | {"firstApplicantName": "Lime Works"}}
    assert only(FORMAT, _bag(application)).applicants[0].name == "Lime Works"


def test_classes_publications_priorities_and_events_are_kept() -> None:
    draft = only(FORMAT, _bag(_APPLICATION))
    assert (draft.cpc, draft.national_classes) == (["A47J  19/02", "A23N2001/00"], ["99/501"])
    assert DraftPublication("US", "11000999", "", "2023-05-09") in draft.publications
    assert draft.priorities == [DraftPriority("REPUBLIC OF KOREA", "1020200000999", "2020-01-06")]
    assert draft.events == [DraftEvent("2023-05-09", "PGM/", "Grant Mailed")]
    assert draft.titles == [DraftText("CITRUS PRESS", "en")]


def test_a_design_application_is_one_for_a_design() -> None:
    design = _APPLICATION | {"applicationMetaData": _META | {"applicationTypeCode": "DES"}}
    draft = only(FORMAT, _bag(design))
    assert (draft.right, len(draft.designers), draft.inventors) == ("design", 1, [])


def test_an_older_reply_has_the_members_at_the_top() -> None:
    parent = {"claimParentageTypeCode": "NST", "parentApplicationNumberText": "PCT/US15/00999"}
    older = {
        "applicationStatusCode": 161,
        "applicationTypeCode": "UTL",
        "recordAttorney": {"attorneyBag": ["x" * 100_000]},
        "applicationNumberText": "15000999",
        "inventionTitle": "TONGS",
        "applicantBag": [{"applicant": "Lime Hospital"}],
        "continuityBag": {"parentContinuityBag": [parent]},
        "transactionContentBag": [
            {"recordedDate": "2016-09-02", "caseActionCode": "IEXX", "caseActionDescriptionText": "Initial"}
        ],
    }
    reply = as_json({"count": 1, "patentBag": [older]})
    assert sureness(FORMAT, reply) > 80
    draft = only(FORMAT, reply)
    assert (draft.application_number, draft.international_number) == ("15000999", "PCT/US15/00999")
    assert (draft.applicants[0].name, draft.events) == (
        "Lime Hospital",
        [DraftEvent("2016-09-02", "IEXX", "Initial")],
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"assignmentBag": [{"reelNumber": 1}]}, "assignments"),
        ({"eventDataBag": [{"eventCode": "A"}]}, "transactions"),
        ({"recordAttorney": {"attorneyBag": []}}, "attorneys"),
        ({"foreignPriorityBag": [{"ipOfficeName": "JP"}]}, "priorities"),
    ],
)
def test_parts_of_an_application_are_refused_by_name(part: dict[str, Any], told: str) -> None:
    reply = _bag({"applicationNumberText": "17000999"} | part)
    assert sureness(FORMAT, reply) > 0
    with pytest.raises(NotAFeedError, match=f"only the {told}"):
        read(FORMAT, reply)


def test_other_json_is_not_claimed() -> None:
    codes = {"statusCodeBag": [{"applicationStatusCode": 3, "applicationStatusDescriptionText": "x"}]}
    assert sureness(FORMAT, as_json(codes)) == 0


def test_metadata_after_long_lists_are_found() -> None:
    events = [{"eventCode": "X", "eventDate": "2023-05-09", "eventDescriptionText": "x" * 100}] * 1000
    late = {"eventDataBag": events, "applicationMetaData": _META, "applicationNumberText": "17000999"}
    assert sureness(FORMAT, _bag(late)) > 0
    assert only(FORMAT, _bag(late)).titles == [DraftText("CITRUS PRESS", "en")]


def test_a_part_among_applications_is_a_damage() -> None:
    part = {"applicationNumberText": "17000998", "assignmentBag": [{"reelNumber": 1}]}
    found = read(FORMAT, _bag(part, _APPLICATION, part))
    assert [one.code if isinstance(one, Damage) else "" for one in found] == ["partial", "", "partial"]
    with pytest.raises(NotAFeedError, match="only the assignments"):
        read(FORMAT, _bag(part, part))


@pytest.mark.parametrize(
    ("number", "type_", "right"),
    [
        ("29000999", {}, "design"),
        ("35500999", {}, "design"),
        ("17000999", {}, "patent"),
        ("29000999", {"applicationTypeCode": "UTL"}, "patent"),
        ("17000999", {"applicationTypeLabelName": "Design"}, "design"),
    ],
)
def test_a_design_is_told_by_its_type_else_by_its_series(
    number: str, type_: dict[str, str], right: str
) -> None:
    meta = {"inventionTitle": "LIME BOTTLE", "filingDate": "2021-01-05"} | type_
    application = {"applicationNumberText": number, "applicationMetaData": meta}
    assert only(FORMAT, _bag(application)).right == right


def test_cpc_symbols_may_be_objects() -> None:
    meta = _META | {"cpcClassificationBag": [{"cpcSymbolText": "A47J19/02"}, {"cpcSymbolText": "A23N1/00"}]}
    assert only(FORMAT, _bag(_APPLICATION | {"applicationMetaData": meta})).cpc == ["A47J19/02", "A23N1/00"]
