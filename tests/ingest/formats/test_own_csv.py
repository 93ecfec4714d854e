import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, Delivered, DraftText, NotAFeedError
from ingest.formats.own_csv import COLUMNS, FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_HEADER = "office,right,applicationNumber,text,language,niceClasses,applicantName,applicantCountry"
_HEADER += ",filingDate,status"
_ROW = "SG,trademark,40202400001A,LIME|ไลม์,en|th,9|42,Lime Pte. Ltd.|김하늘,SG|KR,2024-01-31,registered"


def _file(*rows: str, header: str = _HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_the_columns_of_the_contract_make_a_record() -> None:
    draft = only(FORMAT, _file(_ROW))
    assert (draft.office, draft.right, draft.application_number) == ("SG", "trademark", "40202400001A")
    assert draft.texts == [DraftText("LIME", "en"), DraftText("ไลม์", "th")]
    assert draft.nice_classes == ["9", "42"]
    assert [(party.name, party.country) for party in draft.applicants] == [
        ("Lime Pte. Ltd.", "SG"),
        ("김하늘", "KR"),
    ]
    assert (draft.filing_date, draft.status_plain) == ("2024-01-31", "registered")


def test_one_language_holds_for_all_texts() -> None:
    draft = only(FORMAT, _file(_ROW.replace("en|th", "th")))
    assert [text.language for text in draft.texts] == ["th", "th"]


def test_columns_may_stand_in_any_order_and_case() -> None:
    draft = only(FORMAT, _file("1,SG,tm", header="ApplicationNumber,OFFICE,right"))
    assert (draft.application_number, draft.office, draft.right) == ("1", "SG", "trademark")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_that_of_the_header(separator: str) -> None:
    table = _file(_ROW).replace(",", separator)
    assert sureness(FORMAT, table) > 90
    assert only(FORMAT, table).nice_classes == ["9", "42"]


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert only(FORMAT, "\ufeff" + _file(_ROW)).office == "SG"
    assert only(FORMAT, _file(_ROW).encode("utf-16")).office == "SG"


def test_further_columns_are_named_like_members_of_a_record() -> None:
    header = "right,applicationNumber,designNumber,locarno,products,designers,expiryDate,statusDate,media"
    with pytest.raises(NotAFeedError, match="'media'"):
        read(FORMAT, _file("", header=header))
    row = "design,30202400001A,M001,06-01|06-02,Chair|Stool,Ann Lee,2040-01-01,2024-02-01"
    draft = only(FORMAT, _file(row, header=header.removesuffix(",media")))
    assert (draft.design_number, draft.locarno) == ("M001", ["06-01", "06-02"])
    assert [text.text for text in draft.products] == ["Chair", "Stool"]
    assert (draft.designers[0].name, draft.expiry_date, draft.status_date) == (
        "Ann Lee",
        "2040-01-01",
        "2024-02-01",
    )


def test_the_text_of_a_patent_is_its_title() -> None:
    draft = only(FORMAT, _file("patent,1,Press,en", header="right,applicationNumber,text,language"))
    assert (draft.titles, draft.texts) == ([DraftText("Press", "en")], [])


def test_a_delete_is_an_operation() -> None:
    header = "right,applicationNumber,operation"
    assert only(FORMAT, _file("tm,1,delete", header=header)).operation == "delete"
    (damage,) = read(FORMAT, _file("tm,1,drop", header=header))
    assert isinstance(damage, Damage)
    assert "operation" in damage.reason


def test_a_status_word_of_the_office_is_kept_as_such() -> None:
    draft = only(FORMAT, _file(_ROW.replace("registered", "등록")))
    assert (draft.status_plain, draft.status_code) == ("", "등록")


def test_cells_in_quotation_marks_may_hold_anything() -> None:
    row = 'SG,trademark,1,"LIME, ""fresh""\nand green",en,9,"Lime, Inc.",US,2024-01-31,registered'
    draft = only(FORMAT, _file(row))
    assert draft.texts[0].text == 'LIME, "fresh"\nand green'
    assert draft.applicants[0].name == "Lime, Inc."


def test_line_numbers_are_those_of_the_file() -> None:
    two_lines = 'SG,trademark,1,"A\nB",en,9,,,,'
    found = read(FORMAT, _file(two_lines, "", "too,few", _ROW))
    assert [(item.position.record, item.position.line) for item in found] == [(1, 2), (2, 5), (3, 6)]


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        ("SG,trademark,1", "wrong-cells", "3 cells where the header has 10"),
        (_ROW + ",more", "wrong-cells", "11 cells"),
        (_ROW.replace("trademark", "copyright"), "unknown-word", "copyright"),
        (_ROW.replace("trademark", ""), "unknown-word", "right"),
        ('SG,trademark,"1"2,x,en,9,,,,', "bad-row", "quotation mark"),
        ('SG,trademark,"1,x,en,9,,,,', "bad-row", "never closed"),
    ],
)
def test_a_bad_row_is_one_damage(row: str, code: str, told: str) -> None:
    first, damage, last = read(FORMAT, _file(_ROW, row, _ROW))
    assert isinstance(damage, Damage)
    assert damage.code == code
    assert told in damage.reason
    assert damage.source == row.encode()
    assert isinstance(first, Delivered)
    assert isinstance(last, Delivered)


def test_unknown_columns_are_named_beside_those_that_are_taken() -> None:
    with pytest.raises(NotAFeedError) as refusal:
        read(FORMAT, _file(_ROW + ",1", header=_HEADER + ",colour"))
    assert "'colour'" in refusal.value.looks_like
    assert all(name in refusal.value.taken for name in COLUMNS)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("applicationNumber,text,language", "without the column right"),
        ("right,applicationNumber,right", "two columns right"),
        ('right,"applicationNumber', "never closed"),
        ("", "empty"),
    ],
)
def test_a_header_that_is_none_of_ours_is_refused(header: str, told: str) -> None:
    with pytest.raises(NotAFeedError, match=told):
        read(FORMAT, header)


def test_a_header_alone_is_an_empty_feed() -> None:
    assert read(FORMAT, _file()) == []


def test_other_tables_are_not_claimed() -> None:
    assert sureness(FORMAT, "name,colour\nx,y\n") == 0
    assert sureness(FORMAT, '{"right": 1, "applicationNumber": 2}') == 0
    assert sureness(FORMAT, "applicationNumber,text,language,other\n") > 0


_CELL = st.text(alphabet=st.sampled_from('abc ,;"ก한\n'), max_size=10).map(str.strip)


@given(st.lists(st.tuples(st.from_regex(r"[0-9A-Z]{1,8}", fullmatch=True), _CELL, _CELL), max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(table: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["right", "applicationNumber", "text", "applicantName"])
    writer.writerows(("tm", *row) for row in table)
    found = drafts(FORMAT, out.getvalue())
    told = [
        (
            draft.application_number,
            "".join(t.text for t in draft.texts),
            "".join(p.name for p in draft.applicants),
        )
        for draft in found
    ]
    assert told == table


@given(
    st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"").replace(b'"', b"")), max_size=5)
)
def test_any_lines_without_quotation_marks_are_counted_one_by_one(hostile: list[bytes]) -> None:
    found = read(FORMAT, _file(_ROW).encode() + b"\n".join([*hostile, _ROW.encode()]))
    assert len(found) == 2 + sum(1 for line in hostile if line.strip())
    assert isinstance(found[-1], Delivered)
