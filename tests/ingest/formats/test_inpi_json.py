from typing import Any

import pytest

from ingest.draft import DraftPriority, DraftText, NotAFeedError
from ingest.formats.inpi_json import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness

_MARK: dict[str, Any] = {
    "ApplicationNumber": "4216999",
    "ApplicationDate": "2015-10-09",
    "RegistrationNumber": "4216999",
    "RegistrationDate": "2016-01-29",
    "ExpiryDate": "2025-10-09",
    "Mark": "CITRON VERT",
    "MarkImageURI": "https://inpi.example/marques/image/4216999/std",
    "KindMark": "Individual",
    "ClassNumber": ["9", "42"],
    "ViennaClass": ["05.07.12"],
    "ApplicantName": ["Citron SA", "Élodie Durand"],
    "HolderName": None,
    "RepresentativeName": "Cabinet Vert",
    "PriorityDetails": [{"country": "US", "number": "86000999", "date": "2015-04-10"}],
    "MarkCurrentStatusCode": "registered",
}
_DESIGN: dict[str, Any] = {
    "DesignApplicationNumber": "FR20140999",
    "DesignReference": "001",
    "DesignApplicationDate": "2014-05-20",
    "DesignTitle": "Chaise",
    "DesignRepresentationSheetURIs": ["https://inpi.example/a", "https://inpi.example/b"],
    "ClassNumber": ["0601"],
    "ApplicantName": ["Mobilier SA"],
    "DesignerName": ["Jean Martin"],
    "DesignCurrentStatusCode": "registered",
}
_PATENT: dict[str, Any] = {
    "PUBN": "FR3000999",
    "DEPN": "1312999",
    "DEPD": "2013-12-19",
    "PUBD": "2014-06-27",
    "TIT": "Presse-agrumes",
    "ABFR": "L'invention concerne un presse-agrumes.",
    "IPCR": ["A47J 19/02", "A23N 1/00"],
    "DENM": "Citron SA",
    "INVNE": ["Durand Élodie", "Martin Jean"],
}


def test_a_mark_has_its_classes_parties_and_priority() -> None:
    draft = only(FORMAT, as_json({"total": 1, "hits": [_MARK]}))
    assert (draft.right, draft.application_number, draft.status_code) == (
        "trademark",
        "4216999",
        "registered",
    )
    assert (draft.nice_classes, draft.vienna_codes) == (["9", "42"], ["05.07.12"])
    assert [party.name for party in draft.applicants] == ["Citron SA", "Élodie Durand"]
    assert draft.priorities == [DraftPriority("US", "86000999", "2015-04-10")]
    assert draft.texts == [DraftText("CITRON VERT")]


def test_a_list_in_one_string_is_parted() -> None:
    assert only(FORMAT, as_json({"hits": [_MARK | {"ClassNumber": "9;42"}]})).nice_classes == ["9", "42"]


def test_designs_of_one_deposit_are_records_of_their_own() -> None:
    first, second = drafts(FORMAT, as_json({"hits": [_DESIGN, _DESIGN | {"DesignReference": "002"}]}))
    assert (first.right, first.locarno, first.titles) == ("design", ["0601"], [DraftText("Chaise")])
    assert (first.design_number, second.design_number) == ("001", "002")
    assert ([party.name for party in first.designers], len(first.media)) == (["Jean Martin"], 2)


def test_a_patent_is_read_by_the_indexs_short_names() -> None:
    draft = only(FORMAT, as_json({"metadata": {"count": 1}, "results": [_PATENT]}))
    assert (draft.right, draft.application_number, draft.publication_number) == (
        "patent",
        "1312999",
        "FR3000999",
    )
    assert (draft.titles, draft.ipc) == ([DraftText("Presse-agrumes")], ["A47J 19/02", "A23N 1/00"])
    assert [party.name for party in draft.inventors] == ["Durand Élodie", "Martin Jean"]


def test_members_may_stand_in_a_list_of_fields() -> None:
    fields = [{"name": name, "value": value} for name, value in _MARK.items()]
    fields += [{"name": "ClassNumber", "values": ["35"]}]
    draft = only(FORMAT, as_json({"results": [{"documentId": "FR4216999", "fields": fields}]}))
    assert (draft.application_number, draft.nice_classes) == ("4216999", ["9", "42", "35"])


@pytest.mark.parametrize("key", ["hits", "results", "rows", "docs"])
def test_rows_are_found_under_any_of_their_names(key: str) -> None:
    assert sureness(FORMAT, as_json({key: [_MARK]})) > 80
    assert len(drafts(FORMAT, as_json({key: [_MARK]}))) == 1


def test_a_single_notice_is_one_record() -> None:
    assert only(FORMAT, as_json(_DESIGN)).application_number == "FR20140999"


def test_other_json_is_refused() -> None:
    other = as_json({"total": 0, "hits": []})
    assert sureness(FORMAT, other) == 0
    with pytest.raises(NotAFeedError):
        read(FORMAT, other)
