import io

from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.registry import Opened
from ingest.lines import MAX_LINE_BYTES, lines


def _opened(data: bytes) -> Opened:
    return Opened("feed", "", io.BytesIO(data))


@given(st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"").rstrip(b"\r"))))
def test_lines_come_in_order_with_their_places(given_lines: list[bytes]) -> None:
    data = b"x\n" + b"".join(line + b"\n" for line in given_lines)
    found = list(lines(_opened(data)))
    assert [line.data for line in found] == [b"x", *given_lines]
    assert [line.number for line in found] == list(range(1, len(found) + 1))
    for line in found:
        assert data[line.offset :].startswith(line.data)


def test_the_last_line_needs_no_end_and_windows_ends_are_taken_off() -> None:
    assert [line.data for line in lines(_opened(b"a\r\nb"))] == [b"a", b"b"]


def test_utf_16_is_read_as_utf_8() -> None:
    assert [line.data.decode() for line in lines(_opened("ก\nข".encode("utf-16")))] == ["ก", "ข"]


def test_a_line_without_end_is_cut_and_the_next_one_is_whole() -> None:
    data = b"a\n" + b"x" * (MAX_LINE_BYTES + (3 << 20)) + b"\nb\n"
    first, second, third = lines(_opened(data))
    assert (second.whole, second.number, second.offset) == (False, 2, 2)
    assert len(second.data) <= 1 << 16
    assert (third.data, third.number, third.offset) == (b"b", 3, len(data) - 2)
    assert first.whole


def test_an_overlong_last_line_is_told_too() -> None:
    (only,) = lines(_opened(b"x" * (MAX_LINE_BYTES + (2 << 20))))
    assert not only.whole
