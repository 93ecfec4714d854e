from typing import Any

import pytest

from ingest.draft import DraftGoods, DraftPriority, DraftText, NotAFeedError
from ingest.formats.kr_marks import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness

_MARK: dict[str, Any] = {
    "productName": "라임",
    "productNameEng": "LIME",
    "applicationNumber": "4019950000999",
    "applicationDate": "19951117",
    "registerStatus": "등록",
    "publicationNumber": "4019970000999",
    "publicationDate": "19970129",
    "registrationNumber": ["4003000000000", "4003000000001"],
    "registrationDate": [None],
    "registrationPubNumber": None,
    "internationalRegNumbers": None,
    "priorityClaimNumList": ["410065"],
    "priorityClaimDateList": ["19931125"],
    "asignProductMainCodeList": ["30"],
    "asignProductSubCodeList": ["G0301", "G0303"],
    "viennaCodeList": None,
}


def test_names_in_both_scripts_are_texts_with_their_languages() -> None:
    assert only(FORMAT, as_json([_MARK])).texts == [DraftText("라임", "ko"), DraftText("LIME", "en")]
    assert only(FORMAT, as_json([_MARK | {"productName": None}])).texts == [DraftText("LIME", "en")]


def test_further_registrations_are_further_numbers() -> None:
    draft = only(FORMAT, as_json([_MARK]))
    assert (draft.registration_number, draft.registration_date) == ("4003000000000", "")
    assert draft.numbers == [("registration", "4003000000001")]


def test_numbers_and_dates_of_priorities_go_together() -> None:
    assert only(FORMAT, as_json([_MARK])).priorities == [DraftPriority("", "410065", "19931125")]


def test_similar_groups_belong_to_the_only_class() -> None:
    draft = only(FORMAT, as_json([_MARK]))
    assert draft.nice_classes == ["30"]
    assert draft.goods == [DraftGoods("30", "", "", ("G0301", "G0303"))]


def test_similar_groups_of_several_classes_belong_to_none_of_them() -> None:
    draft = only(FORMAT, as_json([_MARK | {"asignProductMainCodeList": ["05", "007"]}]))
    assert (draft.nice_classes, draft.national_classes) == (["05"], ["007"])
    assert draft.goods == [DraftGoods("", "", "", ("G0301", "G0303"))]


def test_an_array_holds_as_many_marks_as_objects() -> None:
    assert len(drafts(FORMAT, as_json([_MARK] * 3))) == 3


def test_other_json_is_not_claimed_and_refused() -> None:
    other = as_json([{"applicationNumber": "1", "status": "x"}])
    assert sureness(FORMAT, as_json([_MARK])) > 80
    assert sureness(FORMAT, other) == 0
    with pytest.raises(NotAFeedError):
        read(FORMAT, other)
