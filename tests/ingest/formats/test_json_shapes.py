"""What no JSON reader may do with values of other shapes: fall over, or lose count."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Delivered, NotAFeedError
from ingest.formats import euipo, inpi_json, ipos, jpo, kr_marks, thai_dip, tipo, uspto_odp
from ingest.formats.registry import Format
from tests.ingest.formats.reading import as_json, read

_PARTY = {"name": "A", "identifier": "1", "address": "x<br/>y", "country": {"code": "SG"}}
_RECORDS: dict[str, tuple[Format, dict[str, Any]]] = {
    "euipo-mark": (
        euipo.FORMAT,
        {
            "applicationNumber": "1",
            "markFeature": "WORD",
            "wordMarkSpecification": {"verbalElement": "A"},
            "niceClasses": [1],
            "applicants": [_PARTY],
            "publications": [{"publicationDate": "2020-01-01"}],
            "goodsAndServices": [{"classNumber": 1, "description": [{"language": "en", "terms": ["a"]}]}],
        },
    ),
    "euipo-design": (
        euipo.FORMAT,
        {"designNumber": "1-1", "locarnoClasses": ["01.01"], "productIndications": [{"terms": ["a"]}]},
    ),
    "inpi": (
        inpi_json.FORMAT,
        {"ApplicationNumber": "1", "Mark": "A", "PriorityDetails": [{"country": "US"}]},
    ),
    "ipos": (
        ipos.FORMAT,
        {
            "applicationNum": "1",
            "documents": [{"url": "a.jpg", "docType": {"description": "x"}}],
            "summary": {"markStatus": "x", "journals": [{"journalNum": "1"}]},
            "markIndex": [{"wordsInMark": "A"}],
            "agentCorrespondenceDetails": [{"agent": {"name": "A"}}],
            "currentApplicantProprietorDetails": [_PARTY],
            "otherEntries": [{"events": {"code": "a"}}],
        },
    ),
    "jpo": (
        jpo.FORMAT,
        {
            "applicationNumber": "1",
            "trademarkForDisplay": "A",
            "applicantAttorney": [{"name": "A", "applicantAttorneyClass": "1"}],
            "transliteration": {"0": "A"},
            "goodsServiceInformation": [{"goodsServiceClass": "1", "similarCode": "A B"}],
            "bibliographyInformation": [{"documentList": [{"documentCode": "A"}]}],
        },
    ),
    "kr-marks": (
        kr_marks.FORMAT,
        {
            "applicationNumber": "1",
            "productNameEng": "A",
            "registrationNumber": ["1"],
            "asignProductMainCodeList": ["01"],
            "priorityClaimNumList": ["1"],
            "priorityClaimDateList": ["2020"],
        },
    ),
    "thai-dip": (thai_dip.FORMAT, {"REQ_NO": "1", "TR_NAME": "A", "NICE_CLASS_CODE": "1", "OWNER_NAME": "A"}),
    "tipo-mark": (
        tipo.FORMAT,
        {
            "appl-no": "1",
            "tmark-name": "A",
            "goodsclasses": [{"goodsclass-code": "1", "goods-name": "a"}],
            "tmark-image-url": [{"image-data-1": "a"}],
            "parties": {"applicants": [{"chinese-name": "A"}]},
        },
    ),
    "tipo-patent": (
        tipo.FORMAT,
        {
            "application-reference": {"appl-no": "1"},
            "patent-title": {"patent-name-chinese": "A"},
            "classification-ipc": [{"ipc": [{"ipc-full": "A"}]}],
        },
    ),
    "uspto-odp": (
        uspto_odp.FORMATS[0],
        {
            "applicationMetaData": {
                "applicantBag": [{"applicantNameText": "A"}],
                "inventorBag": [{"firstName": "A"}],
            },
            "applicationNumberText": "1",
            "eventDataBag": [{"eventCode": "A"}],
            "parentContinuityBag": [
                {"claimParentageTypeCode": "NST", "parentApplicationNumberText": "PCT/1"}
            ],
        },
    ),
    "uspto-tsdr": (
        uspto_odp.FORMATS[1],
        {
            "status": {
                "serialNumber": 1,
                "designSearchList": [{"code": "A"}],
                "correspondence": {"firmName": "A"},
            },
            "gsList": [{"internationalClasses": [{"code": "009"}], "description": "a"}],
            "parties": {"ownerGroups": {"10": [_PARTY]}},
            "foreignInfoList": [{"foreignCountry": {"code": "KR"}, "filingDate": "2020"}],
            "prosecutionHistory": [{"entryCode": "A"}],
        },
    ),
}

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container within with one of its keys."""
    if isinstance(value, dict):
        return [place for key, inner in value.items() for place in [(value, key), *_places(inner)]]
    if isinstance(value, list):
        return [place for key, inner in enumerate(value) for place in [(value, key), *_places(inner)]]
    return []


@pytest.mark.parametrize("name", _RECORDS)
def test_the_record_as_it_should_be_is_read(name: str) -> None:
    form, record = _RECORDS[name]
    (found,) = read(form, as_json([record]))
    assert isinstance(found, Delivered)
    assert found.draft.application_number == "1"


@pytest.mark.parametrize("name", _RECORDS)
@given(data=st.data())
def test_any_value_in_place_of_any_other_is_still_one_record_or_a_refusal(
    name: str, data: st.DataObject
) -> None:
    form, record = _RECORDS[name]
    changed = copy.deepcopy(record)
    for _ in range(data.draw(st.integers(1, 3))):
        places = _places(changed)
        holder, key = data.draw(st.sampled_from(places)) if places else (changed, "x")
        holder[key] = data.draw(_JSON)
    try:
        found = read(form, as_json([changed]))
    except NotAFeedError:
        return
    assert len(found) == 1
