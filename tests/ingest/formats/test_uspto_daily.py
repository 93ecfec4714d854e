"""USPTO trademark daily XML as a file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, Delivered
from ingest.formats.registry import Opened
from ingest.formats.uspto_daily import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<trademark-applications-daily><version><version-no>2.0</version-no></version>
<creation-datetime>202401310415</creation-datetime><application-information>
<file-segments><file-segment>TRMK</file-segment><action-keys><action-key>TX</action-key>
"""
_TAIL = "</action-keys></file-segments></application-information></trademark-applications-daily>"


def _case(serial: str, parts: str = "", transaction: str = "20240130") -> str:
    day = f"<transaction-date>{transaction}</transaction-date>" if transaction else ""
    return f"<case-file><serial-number>{serial}</serial-number>{day}{parts}</case-file>\n"


def _file(*cases: str) -> str:
    return _HEAD + "".join(cases) + _TAIL


def test_it_is_found_by_its_root_and_by_a_case_file_alone() -> None:
    assert sureness(FORMAT, _file(_case("90000001"))) == 95
    assert sureness(FORMAT, "<case-file><case-file-header/></case-file>") == 80


@pytest.mark.parametrize(
    "other", ["<trademark-assignments/>", "<ttab-proceedings/>", '{"case-file": 1}', "<Transaction/>", ""]
)
def test_other_files_are_not_claimed(other: str) -> None:
    assert sureness(FORMAT, other) == 0


def test_every_case_file_is_a_patch_of_the_united_states() -> None:
    made = drafts(FORMAT, _file(_case("90000001"), _case("90000002")))
    assert [(one.application_number, one.operation, one.office, one.right) for one in made] == [
        ("90000001", "patch", "US", "trademark"),
        ("90000002", "patch", "US", "trademark"),
    ]


def test_the_stamp_is_the_time_from_the_transaction_to_the_making_of_the_file() -> None:
    assert only(FORMAT, _file(_case("90000001"))).stamp == "2024-01-30/2024-01-31T04:15:00"


def test_a_later_transaction_outweighs_a_later_file() -> None:
    annual = _file(_case("90000001", transaction="20231230"))
    daily = _file(_case("90000001", transaction="20240102")).replace("202401310415", "202401030000")
    assert only(FORMAT, annual).stamp < only(FORMAT, daily).stamp


def test_a_file_that_tells_no_times_has_no_stamp() -> None:
    alone = only(FORMAT, _case("90000001", transaction=""))
    assert alone.stamp == ""
    assert only(FORMAT, _case("90000001", transaction="2024")).stamp == ""


def test_a_day_without_data_is_a_feed_of_no_records() -> None:
    empty = (
        "<trademark-applications-daily><creation-datetime>202401310415</creation-datetime>"
        "<application-information><data-available-code>N</data-available-code></application-information>"
        "</trademark-applications-daily>"
    )
    assert sureness(FORMAT, empty) == 95
    assert read(FORMAT, empty) == []


def test_a_broken_case_file_takes_no_other_with_it() -> None:
    broken = "<case-file><serial-number>90000002</case-file>\n"
    found = read(FORMAT, _file(_case("90000001"), broken, _case("90000003")))
    assert [type(one) for one in found] == [Delivered, Damage, Delivered]
    damage = found[1]
    assert isinstance(damage, Damage)
    assert (damage.code, damage.position.record) == ("bad-xml", 2)


def test_a_file_cut_off_gives_what_came_before() -> None:
    whole = _file(_case("90000001"), _case("90000002"))
    found = read(FORMAT, whole[: whole.index("90000002") + 4])
    assert [type(one) for one in found] == [Delivered, Damage]
    assert isinstance(found[1], Damage)
    assert found[1].code == "truncated"


def test_the_source_is_the_case_file_as_delivered() -> None:
    case = _case("90000001", "<case-file-header>\n  <status-code>630</status-code>\n</case-file-header>")
    (found,) = read(FORMAT, _file(case))
    assert isinstance(found, Delivered)
    assert found.source == case.strip().encode()
    assert (found.position.record, found.position.line) == (1, 5)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30), max_size=8)
)
def test_any_text_comes_through_as_it_is(marks: list[str]) -> None:
    def escaped(mark: str) -> str:
        return mark.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    header = "<case-file-header><mark-identification>{}</mark-identification></case-file-header>"
    cases = [_case(str(90000001 + n), header.format(escaped(mark))) for n, mark in enumerate(marks)]
    made = drafts(FORMAT, _file(*cases))
    assert [one.texts[0].text if one.texts else "" for one in made] == [mark.strip() for mark in marks]


def test_it_reads_as_it_goes() -> None:
    class Endless(io.RawIOBase):
        """A file that never ends."""

        def __init__(self) -> None:
            self.served = 0

        def read(self, size: int = -1) -> bytes:
            self.served += 1
            return (_HEAD if self.served == 1 else "").encode() + _case("90000001").encode() * 5000

    stream = Endless()
    taken = FORMAT.read(Opened("endless.xml", "US", stream))
    for _ in range(4000):
        next(taken)
    assert stream.served < 4
