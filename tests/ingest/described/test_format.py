"""Formats that a profile describes: found by looking, read as a stream, damaged records told."""

import io

import pytest

from ingest.described.format import described_format
from ingest.described.table import FormatTable, field_of
from ingest.draft import Damage, Delivered, Draft, DraftGoods, DraftText, NotAFeedError
from ingest.formats.registry import Format, Head, Opened

CSV = FormatTable(
    name="xx-csv",
    kind="csv",
    separator=";",
    between="|",
    rights={"diseño": "design"},
    columns={
        "Nro": "applicationNumber",
        "Fecha": "filingDate",
        "Marca": "texts:es",
        "Clases": "niceClasses",
        "Titular": "applicants.name",
        "País": "applicants.country",
        "Tipo": "right",
        "Baja": "operation",
        "Nota": "",
    },
)
HEADER = "Nro;Fecha;Marca;Clases;Titular;País;Tipo;Baja;Nota\n"


def read(table: FormatTable, data: bytes) -> list[Delivered | Damage]:
    return list(described_format(table).read(Opened("a", "PE", io.BytesIO(data))))


def draft(table: FormatTable, data: bytes) -> Draft:
    (found,) = read(table, data)
    assert isinstance(found, Delivered), found
    return found.draft


def test_a_row_says_what_its_columns_are_said_to_say() -> None:
    row = 'A-1;31/01/2024;"PEÑA; AZUL";9, 35|42;Uno SA|Dos SL;PE|ES;;;n\n'
    found = draft(CSV, (HEADER + row).encode())
    assert found.application_number == "A-1"
    assert found.filing_date == "31/01/2024"
    assert found.texts == [DraftText("PEÑA; AZUL", "es")]
    assert found.nice_classes == ["9", "35", "42"]
    assert [(party.name, party.country) for party in found.applicants] == [("Uno SA", "PE"), ("Dos SL", "ES")]
    assert found.right == "trademark"


def test_the_offices_words_for_rights_and_deletes_are_read() -> None:
    assert draft(CSV, (HEADER + "A-1;;;;;;Diseño;;\n").encode()).right == "design"
    assert draft(CSV, (HEADER + "A-1;;;;;;;delete;\n").encode()).operation == "delete"


@pytest.mark.parametrize(
    ("row", "code"),
    [("A-1;;;;;;planta;;\n", "unknown-word"), ("A-1;x\n", "wrong-cells"), ('A-1;"x;;;;;;;\n', "bad-row")],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_goes_on(row: str, code: str) -> None:
    one, other = read(CSV, (HEADER + row + ("" if '"' in row else "A-2;;;;;;;;\n")).encode())[:2] + (
        [None] if '"' in row else []
    )
    assert isinstance(one, Damage)
    assert one.code == code
    assert one.mend
    assert other is None or isinstance(other, Delivered)


def test_an_encoding_that_the_file_does_not_say_is_that_of_the_table() -> None:
    table = FormatTable(
        name="th-csv", kind="csv", encoding="cp874", columns={"เลขที่": "applicationNumber", "ชื่อ": "texts"}
    )
    data = "เลขที่,ชื่อ\n1,ดาว\n".encode("cp874")
    assert described_format(table).looks(Head(data)) > 95
    assert draft(table, data).texts == [DraftText("ดาว")]
    assert draft(table, "เลขที่,ชื่อ\n1,ดาว\n".encode("utf-8-sig")).texts == [DraftText("ดาว")]


JSON = FormatTable(
    name="vn-json",
    kind="json",
    records="ketQua/ds",
    columns={
        "so": "applicationNumber",
        "chu/ten": "applicants.name",
        "chu/tenAnh": "applicants.name:en",
        "chu/nuoc": "applicants.country",
        "nhom/so": "goods.class",
        "nhom/moTa": "goods.text",
    },
)


def test_parts_of_one_list_stay_together_where_some_are_absent() -> None:
    data = """{"ketQua": {"ds": [{"so": 7, "chu": [{"ten": "A"}, {"ten": "B", "nuoc": "VN", "tenAnh": "Bee"}],
      "nhom": [{"so": 9, "moTa": "x"}, {"so": 35}]}]}}"""
    found = draft(JSON, data.encode())
    assert found.application_number == "7"
    assert [(party.name, party.country) for party in found.applicants] == [("A", ""), ("B", "VN")]
    assert found.applicants[1].names == [DraftText("Bee", "en")]
    assert found.goods == [DraftGoods("9", "x"), DraftGoods("35")]


def test_a_json_list_on_the_top_and_records_one_after_another_are_read() -> None:
    table = FormatTable(name="a-json", kind="json", columns={"so": "applicationNumber"})
    assert [
        one.draft.application_number
        for one in read(table, b'[{"so": "1"}, {"so": "2"}]')
        if isinstance(one, Delivered)
    ] == ["1", "2"]
    assert len(read(table, b'{"so": "1"}\n{"so": "2"}\n')) == 2


XML = FormatTable(
    name="pe-xml",
    kind="xml",
    records="Marca",
    columns={"@id": "registrationNumber", "Exp": "applicationNumber", "Titular/Nombre": "applicants.name"},
)


def test_elements_and_attributes_are_read_in_the_encoding_that_is_declared() -> None:
    data = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><R xmlns="urn:x"><Marca id="5"><Exp>1</Exp>'
        "<Titular><Nombre>Ñandú</Nombre></Titular></Marca></R>"
    ).encode("latin-1")
    found = draft(XML, data)
    assert (found.registration_number, found.application_number) == ("5", "1")
    assert found.applicants[0].name == "Ñandú"


@pytest.mark.parametrize(
    ("table", "data"),
    [
        (CSV, HEADER + "1;;;;;;;;\n"),
        (JSON, '{"ketQua": {"ds": [{"so": 1, "chu": [{"ten": "x", "nuoc": "VN"}], "nhom": []}]}}'),
        (JSON, '{"ketQua": {"ds": [{"\\u0073o": 1, "chu": {"ten": "x", "nuoc": "VN"}}]}}'),
        (XML, "<R><Marca id='1'><Exp>1</Exp></Marca></R>"),
    ],
)
def test_a_file_is_known_by_its_columns(table: FormatTable, data: str) -> None:
    assert described_format(table).looks(Head(data.encode())) > 95


@pytest.mark.parametrize("data", ["a;b\n1;2\n", '{"so2": 1}', "<R><Other/></R>", "applicationNumber,right\n"])
def test_other_files_are_not_taken_for_it(data: str) -> None:
    formats: list[Format] = [described_format(table) for table in (CSV, JSON, XML)]
    assert [kind.looks(Head(data.encode())) for kind in formats] == [0, 0, 0]


def test_a_table_without_the_number_is_no_feed() -> None:
    with pytest.raises(NotAFeedError, match="Nro"):
        read(CSV, b"a;b\n1;2\n")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "a b"}, "name"),
        ({"columns": {"a": "texts"}}, "applicationNumber"),
        ({"columns": {"a": "applicationNumber", "b": "brand"}}, "brand"),
        ({"separator": ";;"}, "separator"),
        ({"encoding": "x-none"}, "encoding"),
        ({"kind": "xml"}, "records"),
    ],
)
def test_a_wrong_table_is_told(changes: dict[str, object], why: str) -> None:
    told = {"name": "a", "kind": "csv", "columns": {"a": "applicationNumber"}, **changes}
    with pytest.raises(ValueError, match=why):
        described_format(FormatTable(**told))  # type: ignore[arg-type]  # any of its members


def test_only_words_may_have_a_language() -> None:
    assert field_of("texts:th") is not None
    assert field_of("filingDate:th") is None
    assert field_of("texts:xyzzy") is None
