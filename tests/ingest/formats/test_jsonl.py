import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, Delivered, DraftGoods, DraftText, NotAFeedError
from ingest.formats.jsonl import FORMAT
from ingest.formats.jsonl_line import RecordLine
from ingest.mapping import Mapper
from register.model import (
    RIGHTS,
    Citation,
    Event,
    Goods,
    Media,
    Number,
    Party,
    Priority,
    Publication,
    Record,
    Status,
    Text,
    encode_record,
)
from register.statement import Statement
from tests.ingest.formats.reading import drafts, only, read, sureness

_LEAST: dict[str, Any] = {
    "office": "SG",
    "right": "trademark",
    "applicationNumber": "40202400001A",
    "texts": [{"text": "มะนาว LIME", "language": "th"}],
    "niceClasses": [9, "42"],
    "applicants": [{"name": "Lime Pte. Ltd.", "country": "SG"}],
    "filingDate": "2024-01-31",
    "status": "registered",
}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _damage(value: Any) -> Damage:
    (found,) = read(FORMAT, value if isinstance(value, (str, bytes)) else _line(value))
    assert isinstance(found, Damage)
    return found


def test_the_least_line_of_the_contract_is_a_record() -> None:
    draft = only(FORMAT, _line(_LEAST))
    assert (draft.office, draft.right, draft.application_number) == ("SG", "trademark", "40202400001A")
    assert draft.texts == [DraftText("มะนาว LIME", "th")]
    assert draft.nice_classes == ["9", "42"]
    assert (draft.applicants[0].name, draft.applicants[0].country) == ("Lime Pte. Ltd.", "SG")
    assert (draft.filing_date, draft.status_plain, draft.status_code) == ("2024-01-31", "registered", "")


def test_a_delete_needs_a_number_only() -> None:
    line = {"office": "SG", "right": "trademark", "applicationNumber": "1", "operation": "delete"}
    assert only(FORMAT, _line(line)).operation == "delete"


def test_any_other_status_word_is_the_offices() -> None:
    draft = only(FORMAT, _line(_LEAST | {"status": "จดทะเบียน"}))
    assert (draft.status_plain, draft.status_code) == ("", "จดทะเบียน")


def test_a_status_object_has_its_readings_side_by_side() -> None:
    status = {"plain": "ended", "office": "602", "text": "Abandoned", "wipo": "N-2-6", "date": "2023-03-22"}
    draft = only(FORMAT, _line(_LEAST | {"status": status}))
    assert (draft.status_plain, draft.status_code, draft.status_text) == ("ended", "602", "Abandoned")
    assert (draft.status_wipo, draft.status_date) == ("N-2-6", "2023-03-22")


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("trademarks", "trademark"), ("TM", "trademark"), ("patents", "patent"), ("pt", "patent"),
        ("um", "utility-model"), ("utility_model", "utility-model"), ("designs", "design"),
        ("gi", "geographical-indication"), *((right, right) for right in RIGHTS),
    ],
)  # fmt: skip
def test_a_right_goes_by_its_long_short_or_plural_word(word: str, right: str) -> None:
    assert only(FORMAT, _line(_LEAST | {"right": word})).right == right


def test_texts_of_a_patent_without_titles_are_its_titles() -> None:
    draft = only(FORMAT, _line(_LEAST | {"right": "patent"}))
    assert (draft.texts, [text.text for text in draft.titles]) == ([], ["มะนาว LIME"])


def test_absent_and_null_are_the_same() -> None:
    absent = only(FORMAT, _line({"right": "trademark", "applicationNumber": "1"}))
    null = {name: None for name in RecordLine.__struct_encode_fields__ if name not in ("right", "operation")}
    for passed in ("id", "title", "version"):
        null.pop(passed)
    assert only(FORMAT, _line(null | {"right": "trademark", "applicationNumber": "1"})) == absent


def test_members_that_only_the_api_adds_are_passed_over() -> None:
    added = {
        "id": "sg-tm-40202400001a",
        "title": "LIME",
        "version": 3,
        "score": 0.9,
        "why": ["exact"],
        "territories": ["SG"],
        "receivedAt": "2024-02-01T00:00:00Z",
        "provenance": {"feed": 1, "file": "x"},
    }
    applicants = [{"name": "Lime Pte. Ltd.", "country": "SG", "applicant": "a-123"}]
    assert only(FORMAT, _line(_LEAST | added | {"applicants": applicants})) == only(FORMAT, _line(_LEAST))


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({"nicceClasses": [9]}, "unknown-member", "nicceClasses"),
        ({"texts": [{"text": "x", "lang": "en"}]}, "unknown-member", "texts[0].lang"),
        ({"texts": [{"language": "en"}]}, "missing-member", "texts[0].text"),
        ({"texts": "LIME"}, "wrong-type", "`texts`"),
        ({"niceClasses": [9, True]}, "wrong-type", "niceClasses[1]"),
        ({"filingDate": 20240131}, "wrong-type", "filingDate"),
        ({"applicationNumber": 40202400001}, "wrong-type", "applicationNumber"),
        ({"operation": "drop"}, "wrong-type", "operation"),
        ({"right": "copyright"}, "unknown-word", "copyright"),
        ({"right": None}, "wrong-type", "right"),
        ({"status": {"plain": "dead"}}, "unknown-word", "status.plain"),
        ({"media": [{"kind": "hologram", "file": "x"}]}, "wrong-type", "media[0].kind"),
    ],
)
def test_a_line_of_another_shape_is_told_by_its_member(change: dict[str, Any], code: str, told: str) -> None:
    damage = _damage(_LEAST | change)
    assert damage.code == code
    assert told in damage.reason
    assert damage.mend


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ('{"right": "tm", "applicationNumber": "1"', "bad-json"),
        ('{"right": "tm", "applicationNumber": "1"} x', "bad-json"),
        (b'{"right": "tm", "applicationNumber": "\xff"}', "bad-encoding"),
        ('{"right": "tm", "applicationNumber": "\\ud800"}', "bad-json"),
        ('["right", "applicationNumber"]', "wrong-type"),
        ('{"applicationNumber": "1"}', "missing-member"),
        ('{"right": "tm", "score": ' + "[" * 100_000 + "]" * 100_000 + "}", "bad-json"),
        ("null", "wrong-type"),
        ("right,applicationNumber", "bad-json"),
    ],
)
def test_a_line_that_is_no_record_is_one_damage(data: str | bytes, code: str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    found = read(
        FORMAT,
        b'{"right":"tm","applicationNumber":"1"}\n' + raw + b'\n{"right":"tm","applicationNumber":"2"}',
    )
    assert [item.code if isinstance(item, Damage) else "" for item in found] == ["", code, ""]


def test_blank_lines_are_passed_over_and_not_counted() -> None:
    found = read(FORMAT, f"\n{_line(_LEAST)}\n   \r\n\n{_line(_LEAST)}\n")
    assert [(item.position.record, item.position.line) for item in found] == [(1, 2), (2, 5)]


def test_the_place_of_a_line_is_its_first_byte() -> None:
    data = f"{_line(_LEAST)}\n{_line(_LEAST)}\n".encode()
    second = read(FORMAT, data)[1]
    assert isinstance(second, Delivered)
    assert second.position.offset is not None
    assert data[second.position.offset :].startswith(second.source)


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert only(FORMAT, "\ufeff" + _line(_LEAST)).office == "SG"


@pytest.mark.parametrize("indent", [None, 1])
def test_an_array_or_one_printed_record_is_taken_too(indent: int | None) -> None:
    assert len(drafts(FORMAT, json.dumps([_LEAST, _LEAST], indent=indent))) == 2
    assert len(drafts(FORMAT, json.dumps(_LEAST, indent=indent))) == 1


def test_the_format_is_known_even_by_a_later_line() -> None:
    assert sureness(FORMAT, _line(_LEAST)) > 90
    assert sureness(FORMAT, "broken\n" + _line(_LEAST)) > 50
    assert sureness(FORMAT, '{"broken": \n' + _line(_LEAST)) > 50
    assert sureness(FORMAT, "office,right,applicationNumber\n") == 0
    assert sureness(FORMAT, '{"results": [{"applicationNumber": "1"}]}') == 0


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NotAFeedError, match="empty"):
        read(FORMAT, "\n \n")


_FULL = Record(
    id="kr-ds-3020210000999-m001",
    office="KR",
    right="design",
    application_number="3020210000999",
    registration_number="3012000000000",
    design_number="M001",
    numbers=(Number("application-reference", "A-1"),),
    filing_date=dt.date(2021, 12, 13),
    status=Status("registered", "등록", None, None, dt.date(2023, 6, 7)),
    applicants=(
        Party("주식회사 한빛", (Text("Hanbit Inc", "en", "Latn"),), "applicant", "서울특별시", "KR", "1199"),
    ),
    designers=(Party("송가람"),),
    priorities=(Priority("JP", "2021-000999", dt.date(2021, 6, 1)),),
    publications=(Publication(None, "3020210000998", None, None),),
    events=(Event(None, "A1", "출원", None),),
    media=(Media("view", "a.jpg", "jpg", "front"),),
    products=(Text("의자", "ko", "Hang"),),
    locarno=("06-01",),
    national_classes=("D211",),
)
_MARK = Record(
    id="sg-tm-40202400001a",
    office="SG",
    right="trademark",
    application_number="40202400001A",
    texts=(Text("LIME", "en", "Latn"), Text("青柠", "zh", "Hani")),
    kind="collective",
    kind_office="Collective Mark",
    nice_classes=(9, 42),
    goods=(Goods(9, "Software", "en", ("G390802",)),),
    vienna_codes=("05.07.12",),
    status=Status("pending", "Pending (Published)"),
)
_PATENT = Record(
    id="th-pt-2501000999",
    office="TH",
    right="patent",
    application_number="2501000999",
    titles=(Text("เครื่องคั้นน้ำ", "th", "Thai"),),
    abstracts=(Text("บทสรุป", "th", "Thai"),),
    ipc=("A47J 19/00",),
    citations=(Citation("US", "11000999", "B2", None, "examiner"),),
    family="12345",
)


@pytest.mark.parametrize("record", [_FULL, _MARK, _PATENT], ids=lambda record: record.right)
def test_a_record_of_the_register_can_be_taken_in_again(record: Record) -> None:
    (found,) = read(FORMAT, encode_record(record), record.office)
    assert isinstance(found, Delivered)
    statement = Mapper(record.office, FORMAT.name).statement(found)
    assert isinstance(statement, Statement)
    assert statement.record == record


_NAMES = st.text(min_size=1, max_size=12).filter(str.strip)


@given(
    number=st.text(alphabet="0123456789ABC-/", min_size=1, max_size=14),
    names=st.lists(_NAMES, max_size=3),
    classes=st.lists(st.integers(1, 45), max_size=4),
    right=st.sampled_from(RIGHTS),
)
def test_what_is_written_in_a_line_stands_in_the_draft(
    number: str, names: list[str], classes: list[int], right: str
) -> None:
    line = {
        "right": right,
        "applicationNumber": number,
        "titles": [{"text": name} for name in names],
        "applicants": [{"name": name} for name in names],
        "niceClasses": classes,
        "goods": [{"niceClass": one, "text": "x", "groups": ["G1"]} for one in classes],
    }
    draft = only(FORMAT, _line(line))
    assert (draft.application_number, draft.right) == (number, right)
    assert [text.text for text in draft.titles] == names
    assert [party.name for party in draft.applicants] == names
    assert draft.nice_classes == [str(one) for one in classes]
    assert draft.goods == [DraftGoods(str(one), "x", "", ("G1",)) for one in classes]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(RecordLine.__struct_encode_fields__)), _JSON, max_size=6))
def test_any_values_of_our_members_are_a_draft_or_a_damage(line: dict[str, Any]) -> None:
    (found,) = read(FORMAT, _line(line))
    assert isinstance(found, Delivered) or found.reason


@given(st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), min_size=1, max_size=5))
def test_any_bytes_are_counted_line_by_line(hostile: list[bytes]) -> None:
    good = _line(_LEAST).encode()
    found = read(FORMAT, good + b"\n" + b"\n".join(hostile) + b"\n" + good)
    assert len(found) == 2 + sum(1 for line in hostile if line.strip())
    assert isinstance(found[0], Delivered)
    assert isinstance(found[-1], Delivered)
