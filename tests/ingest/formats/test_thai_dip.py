from typing import Any

import pytest

from ingest.draft import DraftGoods, DraftText, NotAFeedError
from ingest.formats.thai_dip import FORMAT
from tests.ingest.formats.reading import as_json, drafts, only, read, sureness

_MARK: dict[str, Any] = {
    "REQ_NO": "250000999",
    "REQ_DATE": "2025-01-02",
    "REGIS_NO": "TH-90999",
    "TR_NAME": "มะนาวสด LIME",
    "TRADEMARK_STATUS": "จดทะเบียนแล้ว",
    "REGIS_DATE": "2025-06-03",
    "PUBLIC_DATE": "2025-04-01",
    "EXPIRE_DATE": "2035-06-03",
    "OWNER_NAME": "บริษัท มะนาว จำกัด",
    "NICE_CLASS_CODE": "32",
    "NICE_CLASS_TNAME": "เครื่องดื่ม",
}
_PATENT: dict[str, Any] = {
    "APP_NO": "2501000999",
    "REQ_PAT_TYPE": "สิทธิบัตรการประดิษฐ์",
    "FILING_DATE": "31-01-2025",
    "PUB_NO": "250999A",
    "PUBLIC_DATE": "2025-08-01",
    "PATENT_NO": None,
    "GRANT_DATE": "",
    "PATENT_NAME": "เครื่องคั้นน้ำมะนาว",
    "LATEST_STATUS": "ประกาศโฆษณา",
    "APPLICANT": "บริษัท มะนาว จำกัด; Lime Co., Ltd.",
    "INV": "นาย สมชาย ใจดี",
    "AGE": "นางสาว สมหญิง ใจงาม",
    "IPC": "A47J 19/00, A23N 1/00",
    "APP_ABS": "บทสรุปการประดิษฐ์",
}
_INDICATION: dict[str, Any] = {
    "GINAME": "ข้าวหอมมะลิทุ่งกุลาร้องไห้",
    "GIPRODUCT": "ข้าว",
    "PROVINCENAME": "ร้อยเอ็ด",
    "REGIONNAME": "ภาคตะวันออกเฉียงเหนือ",
    "APPLICATIONNUMBER": "50100022",
    "REQUEST": "GI-22",
    "APPLICATIONDATE": "2004-12-20",
    "PUBLICATIONDATE": "2006-01-01",
    "STATUSNAME": "ขึ้นทะเบียน",
}


def test_a_mark_has_its_numbers_dates_and_thai_words() -> None:
    draft = only(FORMAT, as_json([_MARK]))
    assert (draft.right, draft.application_number, draft.registration_number) == (
        "trademark",
        "250000999",
        "TH-90999",
    )
    assert (draft.filing_date, draft.expiry_date, draft.status_code) == (
        "2025-01-02",
        "2035-06-03",
        "จดทะเบียนแล้ว",
    )
    assert draft.texts == [DraftText("มะนาวสด LIME", "th")]
    assert draft.goods == [DraftGoods("32", "เครื่องดื่ม", "th")]
    assert (draft.applicants[0].name, draft.applicants[0].role) == ("บริษัท มะนาว จำกัด", "owner")


def test_a_text_in_latin_letters_has_no_language_of_its_own() -> None:
    assert only(FORMAT, as_json([_MARK | {"TR_NAME": "LIME"}])).texts == [DraftText("LIME")]


@pytest.mark.parametrize("written", ["9,42", "9;42", "9 42", ["9", "42"], "9|42"])
def test_classes_are_read_however_they_are_listed(written: Any) -> None:
    assert only(FORMAT, as_json([_MARK | {"NICE_CLASS_CODE": written}])).nice_classes == ["9", "42"]


def test_a_patent_has_dates_in_the_forms_delivered() -> None:
    draft = only(FORMAT, as_json([_PATENT]))
    assert (draft.right, draft.filing_date, draft.publication_date) == ("patent", "31-01-2025", "2025-08-01")
    assert draft.ipc == ["A47J 19/00", "A23N 1/00"]
    assert [party.name for party in draft.applicants] == ["บริษัท มะนาว จำกัด", "Lime Co., Ltd."]
    assert (draft.inventors[0].name, draft.representatives[0].name) == ("นาย สมชาย ใจดี", "นางสาว สมหญิง ใจงาม")
    assert draft.abstracts == [DraftText("บทสรุปการประดิษฐ์", "th")]


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("อนุสิทธิบัตร", "2503000999", "utility-model"),
        ("Petty Patent", "2501000999", "utility-model"),
        ("สิทธิบัตรการออกแบบผลิตภัณฑ์", "2502000999", "design"),
        ("Product Design", "2501000999", "design"),
        ("Invention", "2502000999", "patent"),
        ("", "2503000999", "utility-model"),
        ("", "2502000999", "design"),
        ("7", "12345", "patent"),
    ],
)
def test_the_type_or_else_the_number_tells_the_right(kind: str, number: str, right: str) -> None:
    assert only(FORMAT, as_json([_PATENT | {"REQ_PAT_TYPE": kind, "APP_NO": number}])).right == right


def test_a_design_has_designers_and_its_classes_are_no_ipc() -> None:
    row = _PATENT | {"REQ_PAT_TYPE": "design", "IPC": "09-01;D05"}
    draft = only(FORMAT, as_json([row]))
    assert (draft.locarno, draft.national_classes, draft.ipc) == (["09-01"], ["D05"], [])
    assert (len(draft.designers), draft.inventors) == (1, [])


def test_an_indication_has_its_name_product_and_area() -> None:
    draft = only(FORMAT, as_json([_INDICATION]))
    assert (draft.right, draft.application_number) == ("geographical-indication", "50100022")
    assert draft.texts == [DraftText("ข้าวหอมมะลิทุ่งกุลาร้องไห้", "th")]
    assert draft.products == [DraftText("ข้าว", "th")]
    assert [text.text for text in draft.area] == ["ร้อยเอ็ด", "ภาคตะวันออกเฉียงเหนือ"]
    assert draft.numbers == [("request", "GI-22")]


@pytest.mark.parametrize(
    "wrapped",
    [_MARK, [_MARK], {"data": [_MARK]}, {"status": 200, "result": {"rows": [_MARK]}}, {"result": _MARK}],
)
def test_rows_are_found_however_they_are_wrapped(wrapped: Any) -> None:
    assert sureness(FORMAT, as_json(wrapped)) > 80
    assert only(FORMAT, as_json(wrapped)).application_number == "250000999"


def test_names_of_columns_are_compared_without_case() -> None:
    lower = {name.lower(): value for name, value in _MARK.items()}
    assert only(FORMAT, as_json([lower])).registration_number == "TH-90999"


def test_rows_of_several_services_may_stand_in_one_file() -> None:
    found = drafts(FORMAT, as_json([_MARK, _PATENT, _INDICATION]))
    assert [draft.right for draft in found] == ["trademark", "patent", "geographical-indication"]


def test_copyright_rows_and_error_replies_are_refused() -> None:
    for other in ([{"REQUEST_NO": "1", "WORK_NAME": "song"}], {"message": "invalid token"}):
        assert sureness(FORMAT, as_json(other)) == 0
        with pytest.raises(NotAFeedError):
            read(FORMAT, as_json(other))


def test_parties_may_be_a_list() -> None:
    row = _PATENT | {
        "APPLICANT": ["บริษัท มะนาว จำกัด", "Lime Co., Ltd."],
        "INV": ["นาย สมชาย | นาย สมศักดิ์"],
        "AGE": None,
    }
    draft = only(FORMAT, as_json([row]))
    assert [party.name for party in draft.applicants] == ["บริษัท มะนาว จำกัด", "Lime Co., Ltd."]
    assert [party.name for party in draft.inventors] == ["นาย สมชาย", "นาย สมศักดิ์"]
    assert draft.representatives == []
