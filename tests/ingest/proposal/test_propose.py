"""Profiles proposed from samples of invented offices."""

import json
from collections import Counter
from pathlib import Path

import pytest

from ingest.draft import NotAFeedError
from ingest.profile import ProfileFile, build, parse
from ingest.profile_files import use_folder
from ingest.proposal.checking import Checked, check
from ingest.proposal.evidence import dates_written
from ingest.proposal.names import fields_named
from ingest.proposal.propose import propose
from ingest.proposal.shapes import guess_shapes
from ingest.proposal.status_guesses import guess_status
from ingest.proposal.writing import profile_text
from register.model import Right

THAI = ["จดทะเบียนแล้ว", "อยู่ระหว่างตรวจสอบ", "ถอนคำขอ", "รอคำวินิจฉัยคณะกรรมการ"]
VIETNAMESE = ["Cấp bằng", "Đang giải quyết", "Từ chối", "Chờ nộp phí"]
SPANISH = ["Registrada", "En trámite", "Denegada", "Suspensión por recurso"]


def thai_csv() -> bytes:
    lines = ["เลขที่คำขอ;วันที่ยื่นคำขอ;วันหมดอายุ;เครื่องหมาย;จำพวก;รายการสินค้า;เจ้าของ;ประเทศเจ้าของ;สถานะ;หมายเหตุ"]
    for n in range(1, 25):
        day = f"{n % 28 + 1}/{n % 12 + 1:02d}"
        lines.append(
            f'2560/{n:05d};{day}/2560;{day}/2570;ดาวเหนือ {n};{n % 45 + 1}|35;"สินค้า; {n}";บริษัท {n};TH;'
            f"{THAI[n % 4]};x"
        )
    return "\n".join(lines).encode("cp874")


def vietnamese_json() -> bytes:
    records = [
        {
            "soDon": f"7-{2020 + n % 3}-{n:05d}",
            "ngayNop": f"{n % 28 + 1:02d}.{n % 12 + 1:02d}.{2020 + n % 3}",
            "nhanHieu": {"chu": f"Sông Lam {n}", "mauSac": "xanh"},
            "nhom": [{"so": n % 45 + 1, "moTa": f"hàng {n}"}, {"so": 35, "moTa": "dịch vụ"}],
            "chuDon": [{"ten": f"Công ty {n}", "diaChi": "Hà Nội", "quocGia": "Việt Nam"}],
            "trangThai": VIETNAMESE[n % 4],
        }
        for n in range(1, 25)
    ]
    return json.dumps({"trang": 1, "ketQua": {"danhSach": records}}, ensure_ascii=False).encode()


def spanish_xml() -> bytes:
    marks = "".join(
        f'<Marca id="{n}"><Expediente>M-2021-{n:06d}</Expediente>'
        f"<FechaPresentacion>{n % 28 + 1} de marzo de 2021</FechaPresentacion>"
        f"<Denominacion>PEÑA AZUL {n}</Denominacion><Tipo>Mixta</Tipo><Clase>{n % 45 + 1}</Clase>"
        f"<Titular>Compañía {n}</Titular><Pais>Perú</Pais><Estado>{SPANISH[n % 4]}</Estado></Marca>"
        for n in range(1, 25)
    )
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><Registro fecha="2026-01-01">{marks}</Registro>'
    return text.encode("latin-1")


def proposed(office: str, data: bytes, tmp_path: Path) -> tuple[ProfileFile, Checked]:
    """The table proposed from a sample, and what it makes of that sample."""
    sample, folder = tmp_path / "sample", tmp_path / "offices"
    sample.write_bytes(data)
    folder.mkdir()
    text = profile_text(propose(office, sample, None))
    (folder / f"{office}.toml").write_text(text, encoding="utf-8")
    file = parse(text, "proposed.toml")
    build(office, file)
    use_folder(folder)
    try:
        return file, check(office, file, sample)
    finally:
        use_folder(None)


@pytest.mark.parametrize(
    ("office", "data", "word"),
    [
        ("BT", thai_csv(), "รอคำวินิจฉัยคณะกรรมการ"),
        ("FJ", vietnamese_json(), "Chờ nộp phí"),
        ("PE", spanish_xml(), "Suspensión por recurso"),
    ],
)
def test_a_sample_is_read_whole_with_the_profile_proposed_from_it(
    office: str, data: bytes, word: str, tmp_path: Path
) -> None:
    file, checked = proposed(office, data, tmp_path)
    assert checked.whole
    assert checked.read == checked.taken == 24
    filled = {field.field: field.records for field in checked.fields}
    for name in ("applicationNumber", "filingDate", "texts", "niceClasses", "applicants"):
        assert filled[name] == 24, name
    # Three of the four status words are those of other offices; nothing is read by what is only likely.
    assert filled["status"] == 18
    (unknown,) = (one for one in checked.unknown if one.what == "status")
    assert (unknown.value, unknown.count, unknown.proposed) == (f"trademark: {word}", 6, "pending")
    (numbers,) = file.numbers
    assert "(?P<year>" in numbers.shape
    assert "(?P<serial>" in numbers.shape


def test_thai_text_in_its_old_encoding_with_buddhist_years_is_understood(tmp_path: Path) -> None:
    file, checked = proposed("BT", thai_csv(), tmp_path)
    (table,) = file.formats
    assert (table.encoding, table.separator, table.between) == ("cp874", ";", "|")
    assert (file.dates.forms, file.dates.buddhist_era) == (("DD/MM/YYYY",), True)
    (filed,) = (field for field in checked.fields if field.field == "filingDate")
    assert filed.examples[0] == "2017-02-02"
    assert [column.what for column in checked.columns] == ["หมายเหตุ"]


def test_the_list_of_records_in_nested_json_is_found(tmp_path: Path) -> None:
    file, _ = proposed("FJ", vietnamese_json(), tmp_path)
    (table,) = file.formats
    assert table.records == "ketQua/danhSach"
    assert table.columns["nhom/so"] == "goods.class"
    assert table.columns["chuDon/quocGia"] == "applicants.country"
    assert file.default_language == {"Latn": "vi"}


def test_flat_xml_with_months_in_letters_is_understood(tmp_path: Path) -> None:
    file, checked = proposed("PE", spanish_xml(), tmp_path)
    (table,) = file.formats
    assert (table.records, table.columns["Tipo"]) == ("Marca", "feature")
    assert file.dates.forms == ("DD MONTH YYYY",)
    assert file.countries == {"Perú": "PE"}
    (filed,) = (field for field in checked.fields if field.field == "filingDate")
    assert filed.examples[0] == "2021-03-02"


def test_a_sample_of_a_known_format_needs_no_columns(tmp_path: Path) -> None:
    sample = tmp_path / "a.jsonl"
    sample.write_text(
        "".join(
            f'{{"right": "trademark", "applicationNumber": "FJ/{n:03d}/24", "filingDate": "2024-01-31", '
            f'"status": "registered"}}\n'
            for n in range(1, 9)
        )
    )
    made = propose("FJ", sample, None)
    assert made.table is None
    assert made.format.name == "jsonl"
    assert parse(profile_text(made), "fj.toml").numbers[0].shape == r"FJ/(?P<serial>\d{3})/(?P<year>\d{2})"


def test_records_that_cannot_be_read_are_told_with_the_place(tmp_path: Path) -> None:
    file, checked = proposed("BT", thai_csv() + "\n2560/1;only\n".encode("cp874"), tmp_path)
    assert not checked.whole
    assert checked.unread == 1
    assert checked.refused[0].code == "wrong-cells"
    assert "record 25, line 26" in checked.refused[0].first
    assert "unread" in checked.next[0]
    assert file.office == "BT"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello\n", b"{}", b"<a/>", b"a,b\n1,2\n"])
def test_a_file_without_records_is_refused_with_what_would_do(data: bytes, tmp_path: Path) -> None:
    sample = tmp_path / "sample"
    sample.write_bytes(data)
    with pytest.raises(NotAFeedError):
        propose("FJ", sample, None)


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (("Application No.",), "applicationNumber"),
        (("tgl_penerimaan", "Tanggal Penerimaan"), "filingDate"),
        (("Fecha de vencimiento",), "expiryDate"),
        (("owner", "name"), "applicants.name"),
        (("Owner Country",), "applicants.country"),
        (("출원번호",), "applicationNumber"),
        (("ເລກທີຄຳຮ້ອງ",), "applicationNumber"),
        (("商標名称",), "texts"),
        (("ថ្ងៃផុតកំណត់",), "expiryDate"),
        (("titulaire",), "applicants.name"),
    ],
)
def test_names_of_columns_are_understood_in_many_languages(way: tuple[str, ...], field: str) -> None:
    assert fields_named(way)[0].field == field


def test_patents_with_titles_by_language_are_understood(tmp_path: Path) -> None:
    sample = tmp_path / "patents.json"
    records = [
        {
            "application": {"no": f"P/{n}", "date": f"{n % 12 + 1}/{n + 1}/2023"},
            "title": {"en": f"Method {n}", "fr": f"Procédé {n}"},
            "inventors": ["Jane Doe", "Li Wei"],
            "ipc": ["A61K 9/00"],
        }
        for n in range(1, 25)
    ]
    sample.write_text(json.dumps(records))
    made = propose("MU", sample, "patent")
    assert made.table is not None
    assert made.table.columns == {
        "application/no": "applicationNumber",
        "application/date": "filingDate",
        "title/en": "titles:en",
        "title/fr": "titles:fr",
        "inventors": "inventors.name",
        "ipc": "ipc",
    }
    assert made.dates.forms == ("MM/DD/YYYY",)


@pytest.mark.parametrize(
    ("dates", "forms", "buddhist"),
    [
        (["2024-01-31"], (), False),
        (["31/01/2024", "5/2/2024"], ("DD/MM/YYYY",), False),
        (["01/31/2024"], ("MM/DD/YYYY",), False),
        (["31-01-2567"], ("DD-MM-YYYY",), True),
        (["5 มกราคม 2567", "15 ม.ค. 2560"], ("DD MONTH YYYY",), True),
        (["March 5, 2024", "12.01.2024"], ("DD.MM.YYYY", "MONTH DD YYYY"), False),
    ],
)
def test_the_way_dates_are_written_is_seen(dates: list[str], forms: tuple[str, ...], buddhist: bool) -> None:
    found = dates_written(Counter(dates))
    assert set(found.forms) == set(forms)
    assert found.buddhist_era is buddhist
    assert not found.unread


def test_dates_that_may_be_read_two_ways_are_marked() -> None:
    assert dates_written(Counter(["01/02/2024", "03/04/2024"])).undecided


@pytest.mark.parametrize(
    ("numbers", "shape"),
    [
        ([(f"TM/2024/{n}", "") for n in (1, 20, 300)], r"TM/(?P<year>\d{4})/(?P<serial>\d{1,3})"),
        ([(f"2024{n:06d}", "2024-05-01") for n in range(1, 9)], r"(?P<year>\d{4})(?P<serial>\d{6})"),
        ([(f"24{n:05d}", "01/05/2024") for n in range(1, 9)], r"(?P<year>\d{2})(?P<serial>\d{5})"),
        ([(str(n), "2024-05-01") for n in (51234, 51235)], r"\d{5}"),
    ],
)
def test_year_and_serial_are_seen_in_numbers(numbers: list[tuple[str, str]], shape: str) -> None:
    (found,) = guess_shapes(numbers)
    assert found.shape == shape
    assert found.counted is ("serial" in shape)


@pytest.mark.parametrize(
    ("word", "plain", "ground"),
    [
        ("Registered", "registered", "known"),
        ("REGISTRADA", "registered", "same"),
        ("Solicitud rechazada de oficio", "ended", "alike"),
        ("zzyzx", None, "none"),
    ],
)
def test_status_words_are_proposed_with_the_ground(word: str, plain: str | None, ground: str) -> None:
    right: Right = "trademark"
    (found,) = guess_status("PE", "pe-xml", {right: Counter([word])})
    assert (found.plain, found.ground) == (plain, ground)
