"""The tables of an export: what a cell says, and what no spreadsheet may take it for."""

import csv
import io
import json
from typing import Any

import pytest

from app.exports import workbook
from app.exports.columns import cells_of, columns_of
from app.exports.csv_writer import CsvWriter, guarded
from app.exports.found import Found, LinesWriter, Ranked
from app.exports.workbook import WorkbookWriter
from ingest.formats.own_csv import COLUMNS
from register.applicants import applicant_id
from register.model import Party, Record, Status, Text, encode_record
from register.spelling import spelling_of
from tests.app.exports.sheets import sheets_of

HOSTILE = ("=1+1", '=cmd|"/c calc"!A1', "+1", "-2", "@SUM(1)", "'=1", "a\tb", "a\nb", "<b>&amp;", 'say "x"')


def body(**more: Any) -> bytes:
    fields: dict[str, Any] = {
        "id": "sg-tm-1",
        "office": "SG",
        "right": "trademark",
        "application_number": "1",
        **more,
    }
    return encode_record(Record(**fields))


def cell(name: str, data: bytes) -> str:
    names = [column.name for column in columns_of(())]
    return cells_of(columns_of(()), data, {})[names.index(name)]


def in_csv(*bodies: bytes) -> list[dict[str, str]]:
    writer = CsvWriter(columns_of(()), False)
    data = writer.begin() + writer.add([Found(one) for one in bodies]) + writer.end()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def in_workbook(*bodies: bytes) -> bytes:
    writer = WorkbookWriter(columns_of(()), False, {"Receipt": "rc-1", "Search": "a < b & c"})
    return writer.begin() + writer.add([Found(one) for one in bodies]) + writer.end()


def test_the_columns_are_those_of_our_own_csv_and_a_few_that_only_tell() -> None:
    names = {column.name for column in columns_of(())}
    assert names - set(COLUMNS) == {"id", "statusOffice", "applicant", "territories"}
    assert set(COLUMNS) - names == {"operation", "titles"}


def test_a_right_has_its_own_columns_only() -> None:
    names = [column.name for column in columns_of(("trademark",))]
    assert "niceClasses" in names
    assert "ipc" not in names
    assert "ipc" in [column.name for column in columns_of(("patent", "utility-model"))]


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("text", {"texts": (Text("LUMORA", "en"), Text("루모라", "ko"))}, "LUMORA|루모라"),
        ("language", {"texts": (Text("LUMORA", "en"), Text("루모라", "ko"))}, "en|ko"),
        ("language", {"texts": (Text("LUMORA", "en"), Text("LUMO", "en"))}, "en"),
        ("language", {"texts": (Text("LUMORA"), Text("루모라", "ko"))}, "|ko"),
        ("language", {"texts": (Text("LUMORA"),)}, ""),
        ("text", {"texts": (Text("A|B"), Text("C"))}, "A¦B|C"),
        ("text", {"titles": (Text("A drum"),), "right": "patent"}, "A drum"),
        ("applicantName", {"applicants": (Party("Ä & Co"), Party("", number="7"))}, "Ä & Co"),
        ("applicantCountry", {"applicants": (Party("A", country="DE"), Party("B"))}, "DE|"),
        ("niceClasses", {"nice_classes": (9, 42)}, "9|42"),
        ("status", {}, "unknown"),
        ("status", {"status": Status("registered", office="R1")}, "registered"),
        ("statusOffice", {"status": Status("registered", office="R1")}, "R1"),
        ("territories", {}, "SG"),
        ("territories", {"office": "WO", "designations": ("TH", "VN")}, "TH|VN"),
        ("text", {"texts": (Text("a\x00b\r\nc\x7f"),)}, "a b c "),
    ],
)
def test_a_cell_says_what_the_record_says(name: str, more: dict[str, Any], expected: str) -> None:
    assert cell(name, body(**more)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("=1+1", "'=1+1"), ("'=1", "''=1"), ("'tis", "'tis"), ("LUMORA", "LUMORA"), ("a=1", "a=1"), ("", "")],
)
def test_what_would_be_a_formula_gets_an_apostrophe(text: str, expected: str) -> None:
    assert guarded(text) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_csv_begins_a_formula_and_none_leaves_its_place(text: str) -> None:
    rows = in_csv(body(texts=(Text(text),)), body(applicants=(Party(text),), application_number=text))
    assert [row["id"] for row in rows] == ["sg-tm-1", "sg-tm-1"]
    assert not any(one[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for one in row.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_of_a_spreadsheet_is_a_text(text: str) -> None:
    sheet = sheets_of(in_workbook(body(texts=(Text(text),))))["Records"]
    assert sheet[1]["F"] == text.translate({9: " ", 10: " ", ord("|"): "¦"})


def test_a_spreadsheet_has_dates_as_days_and_old_ones_as_texts() -> None:
    held = (body(filing_date="2024-01-31"), body(filing_date="1899-12-31"), body())
    sheet = sheets_of(in_workbook(*held))["Records"]
    heads = {name: letters for letters, name in sheet[0].items()}
    filed = heads["filingDate"]
    assert [row.get(filed) for row in sheet[1:]] == ["45322", "1899-12-31", None]


def test_a_spreadsheet_tells_about_itself() -> None:
    about = sheets_of(in_workbook())["About"]
    assert about == [{"A": "Receipt", "B": "rc-1"}, {"A": "Search", "B": "a < b & c"}]


def test_what_does_not_fit_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    found = sheets_of(in_workbook(*(body(application_number=str(place)) for place in range(7))))
    assert list(found) == ["Records 1", "Records 2", "Records 3", "About"]
    assert [len(rows) for rows in found.values()] == [4, 4, 2, 2]
    numbers = [row["D"] for name in list(found)[:3] for row in found[name][1:]]
    assert numbers == [str(place) for place in range(7)]


def test_a_sheet_that_grows_too_large_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_SHEET_BYTES", 1000)
    writer = WorkbookWriter(columns_of(()), False, {})
    data = writer.begin() + writer.add([Found(body())]) + writer.add([Found(body())]) + writer.end()
    assert [len(rows) for rows in sheets_of(data).values()] == [1, 2, 2, 0]


def test_a_text_longer_than_a_cell_is_cut_and_stays_readable() -> None:
    data = in_workbook(body(texts=(Text("&" * 40_000),)), body(texts=(Text("x" * 40_000),)))
    sheet = sheets_of(data)["Records"]
    assert all(row["F"].endswith("…") and len(row["F"]) <= 32_767 for row in sheet[1:])


def test_a_place_in_a_ranking_is_told_in_every_kind() -> None:
    ranked = Ranked("sg-tm-1", 0.9412, b'[{"rule":"sound","version":1,"compared":"a ~ b","points":0.9}]')  # type: ignore[arg-type]
    found = [Found(body(), ranked)]
    rows = CsvWriter(columns_of(()), True)
    assert (rows.begin() + rows.add(found)).decode().splitlines()[1].endswith(",0.9412,sound")
    assert b'"score":0.9412,"why":[{"rule":"sound"' in LinesWriter().add(found)
    book = WorkbookWriter(columns_of(()), True, {})
    sheet = sheets_of(book.begin() + book.add(found) + book.end())["Records"]
    assert list(sheet[1].values())[-2:] == ["0.9412", "sound"]


def test_the_resolved_applicant_stands_beside_its_name_in_every_kind() -> None:
    known, other = Party("Lumora Pte. Ltd.", country="SG"), Party("Other Ltd.")
    data = body(applicants=(known, other, Party("", number="7")), texts=(Text("LUMORA", "en"),))
    found = Found(data, None, {spelling_of("SG", known).id: "ap-known"})
    line = json.loads(found.line())
    assert [one.get("applicant") for one in line["applicants"]] == ["ap-known", applicant_id(other), None]
    for one in line["applicants"]:
        one.pop("applicant", None)
    assert line == json.loads(data)
    rows = CsvWriter(columns_of(()), False)
    [row] = csv.DictReader(io.StringIO((rows.begin() + rows.add([found])).decode("utf-8-sig"), newline=""))
    assert row["applicant"] == f"ap-known|{applicant_id(other)}"
    book = WorkbookWriter(columns_of(("trademark",)), False, {})
    sheet = sheets_of(book.begin() + book.add([found]) + book.end())["Records"]
    assert f"ap-known|{applicant_id(other)}" in sheet[1].values()


def test_a_record_without_applicants_is_a_line_as_it_is() -> None:
    assert Found(body()).line() == body()
