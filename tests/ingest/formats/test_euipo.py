from typing import Any

import pytest

from ingest.draft import DraftGoods, DraftParty, DraftPublication, DraftText, NotAFeedError
from ingest.formats.euipo import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness

_MARK: dict[str, Any] = {
    "applicants": [{"identifier": "18999", "name": "Lime & Söhne AG", "office": "EM"}],
    "applicationDate": "1996-12-02",
    "applicationNumber": "000428999",
    "applicantReference": "XE1",
    "expiryDate": "2026-12-02",
    "markBasis": "EU_TRADEMARK",
    "markFeature": "FIGURATIVE",
    "markKind": "INDIVIDUAL",
    "niceClasses": [1, 32],
    "publications": [
        {"bulletinNumber": "1999/003", "publicationDate": "1999-01-11", "publicationSection": "B.1"},
        {"bulletinNumber": "1998/030", "publicationDate": "1998-04-27", "publicationSection": "A.1"},
    ],
    "registrationDate": "1998-10-30",
    "status": "REGISTERED",
    "wordMarkSpecification": {"verbalElement": "Golden Lime"},
}
_DESIGN: dict[str, Any] = {
    "designNumber": "004247999-0007",
    "applicationNumber": "004247999",
    "locarnoClasses": ["08.06"],
    "applicants": [{"office": "EM", "identifier": "854999"}],
    "applicationDate": "2017-09-08",
    "registrationDate": "2017-09-08",
    "expiryDate": "2022-09-08",
    "status": "EXPIRED",
}


def _page(name: str, *records: Any) -> str:
    return as_json({name: list(records), "totalElements": 2, "totalPages": 1, "size": 10, "page": 0})


def test_a_mark_is_read_as_delivered() -> None:
    draft = only(FORMAT, _page("trademarks", _MARK))
    assert (draft.right, draft.application_number, draft.status_code) == (
        "trademark",
        "000428999",
        "REGISTERED",
    )
    assert (draft.kind, draft.feature, draft.nice_classes) == ("INDIVIDUAL", "FIGURATIVE", ["1", "32"])
    assert draft.texts == [DraftText("Golden Lime")]
    assert (draft.applicants[0].name, draft.applicants[0].number) == ("Lime & Söhne AG", "18999")
    assert draft.numbers == [("applicant-reference", "XE1")]


def test_the_earliest_bulletin_dates_the_publication() -> None:
    draft = only(FORMAT, _page("trademarks", _MARK))
    assert draft.publication_date == "1998-04-27"
    assert DraftPublication(number="1999/003", date="1999-01-11") in draft.publications


def test_a_designation_of_the_union_carries_the_international_number() -> None:
    mark = _MARK | {"applicationNumber": "W00928999", "designationDate": "2007-05-01"}
    del mark["applicationDate"]
    draft = only(FORMAT, _page("trademarks", mark))
    assert (draft.international_number, draft.filing_date) == ("928999", "2007-05-01")


def test_a_design_is_its_application_and_its_own_number() -> None:
    draft = only(FORMAT, _page("designs", _DESIGN))
    assert (draft.right, draft.application_number, draft.design_number) == ("design", "004247999", "0007")
    assert draft.registration_number == "004247999-0007"
    assert draft.locarno == ["08.06"]
    assert draft.applicants == [DraftParty(name="", role="applicant", number="854999")]


def test_a_design_without_an_application_number_takes_it_from_its_own() -> None:
    design = {name: value for name, value in _DESIGN.items() if name != "applicationNumber"}
    assert only(FORMAT, _page("designs", design)).application_number == "004247999"


def test_designs_of_one_application_are_records_of_their_own() -> None:
    other = _DESIGN | {"designNumber": "004247999-0008"}
    found = drafts(FORMAT, _page("designs", _DESIGN, other))
    assert [draft.design_number for draft in found] == ["0007", "0008"]


def test_a_single_mark_has_goods_by_class_and_language() -> None:
    goods = [
        {
            "classNumber": 32,
            "description": [
                {"language": "en", "terms": ["Beers", "Juices"]},
                {"language": "de", "terms": ["Biere"]},
                {"language": "fr", "terms": []},
            ],
        }
    ]
    draft = only(
        FORMAT, as_json(_MARK | {"goodsAndServices": goods, "applicationLanguage": "de", "disclaimer": "x"})
    )
    assert draft.goods == [DraftGoods("32", "Beers; Juices", "en"), DraftGoods("32", "Biere", "de")]
    assert (draft.language, draft.disclaimers) == ("de", [DraftText("x", "de")])


def test_a_single_design_has_products_and_designers() -> None:
    more = {
        "productIndications": [
            {"language": "en", "terms": ["Handles"]},
            {"language": "pl", "terms": ["Klamki"]},
        ],
        "designers": [{"identifier": "1", "name": "Ana Núñez"}],
        "verbalElement": "LIME",
    }
    draft = only(FORMAT, as_json(_DESIGN | more))
    assert draft.products == [DraftText("Handles", "en"), DraftText("Klamki", "pl")]
    assert (draft.designers[0].name, draft.titles) == ("Ana Núñez", [DraftText("LIME")])


def test_pages_are_known_and_an_empty_one_is_refused_as_such() -> None:
    assert sureness(FORMAT, _page("trademarks", _MARK)) > 80
    assert sureness(FORMAT, _page("designs", _DESIGN)) > 80
    with pytest.raises(NotAFeedError, match="found nothing"):
        read(FORMAT, _page("trademarks"))


def test_other_json_is_not_claimed() -> None:
    assert sureness(FORMAT, as_json({"persons": [{"identifier": "1", "name": "x"}]})) == 0
    assert sureness(FORMAT, as_json({"office": "SG", "right": "trademark", "applicationNumber": "1"})) == 0


def test_marks_of_another_office_under_the_same_names_are_not_claimed() -> None:
    finnish = {
        "applicationNumber": "T202012345",
        "dossierStatus": "Registered",
        "trademarkWord": "LIME",
        "goodsAndServices": [{"classNumber": 32}],
    }
    assert sureness(FORMAT, as_json({"totalResults": 1, "results": [finnish]})) == 0


def test_a_single_mark_has_classes_without_words_and_figures_with_its_image() -> None:
    single = {name: value for name, value in _MARK.items() if name != "niceClasses"} | {
        "goodsAndServices": [{"classNumber": 32}, {"classNumber": 33}],
        "markImage": {"imageFormat": "JPG", "viennaClasses": ["26.04.01"]},
    }
    draft = only(FORMAT, as_json(single))
    assert (draft.nice_classes, draft.vienna_codes) == (["32", "33"], ["26.04.01"])
