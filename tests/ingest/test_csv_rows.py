import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ingest.csv_rows import MAX_LINES_OF_A_ROW, rows
from ingest.formats.registry import Opened


def _rows(data: str | bytes, separator: str = ",") -> list[tuple[int, list[str], str]]:
    raw = data.encode() if isinstance(data, str) else data
    found = rows(Opened("feed", "", io.BytesIO(raw)), separator)
    return [(row.line, row.cells, row.problem) for row in found]


_CELL = st.text(alphabet=st.sampled_from('ab,";|\n \tกข'), max_size=8)
_ROW = st.lists(_CELL, min_size=2, max_size=5)


@given(st.lists(_ROW, max_size=6), st.sampled_from(",;\t"))
def test_what_a_csv_writer_writes_is_read_back(table: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    assert [cells for _, cells, _ in _rows(out.getvalue(), separator)] == table


@given(st.lists(_ROW.filter(lambda row: any(cell.strip() for cell in row)), max_size=6))
def test_minimal_quoting_is_read_back(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    assert [cells for _, cells, _ in _rows(out.getvalue())] == table


def test_a_line_break_in_quotation_marks_keeps_the_line_numbers_right() -> None:
    assert _rows('a,"b\nc\nd"\n\ne,f\n') == [(1, ["a", "b\nc\nd"], ""), (5, ["e", "f"], "")]


def test_a_quotation_mark_inside_a_plain_cell_is_a_plain_character() -> None:
    assert _rows('5" disk,b\n') == [(1, ['5" disk', "b"], "")]


def test_a_mark_that_is_never_closed_harms_its_own_row_only() -> None:
    found = _rows('a,"open\nb,c\nd,"e"\n')
    assert [(line, bool(problem)) for line, _, problem in found] == [(1, True), (2, False), (3, False)]


def test_text_after_a_closing_mark_harms_its_own_row_only() -> None:
    found = _rows('a,"b"c\nd,e\n')
    assert [(line, bool(problem)) for line, _, problem in found] == [(1, True), (2, False)]


def test_a_row_of_too_many_lines_is_given_up_and_its_lines_are_read_again() -> None:
    data = 'a,"open\n' + "b,c\n" * (MAX_LINES_OF_A_ROW + 10)
    found = _rows(data)
    assert len(found) == MAX_LINES_OF_A_ROW + 11
    assert [line for line, _, problem in found if problem] == [1]


def test_bytes_that_are_no_utf_8_harm_their_own_row_only() -> None:
    found = _rows(b'a,\xff\nb,c\nd,"\xff\n"\n')
    assert [bool(problem) for _, _, problem in found] == [True, False, True, True]


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_problems(data: bytes) -> None:
    for _, cells, problem in _rows(data):
        assert bool(cells) != bool(problem)
