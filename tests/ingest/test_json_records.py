"""JSON deliveries read element by element."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, NotAFeedError
from ingest.formats.registry import Opened
from ingest.json_records import JsonRecord, json_records


def read(data: bytes, *path: str) -> list[JsonRecord | Damage]:
    return list(json_records(Opened("feed.json", "SG", io.BytesIO(data)), path))


def values(taken: list[JsonRecord | Damage]) -> list[Any]:
    return [one.code if isinstance(one, Damage) else one.value for one in taken]


def test_the_array_at_the_path_is_read_and_what_stood_before_it_is_context() -> None:
    taken = read(b'{"count": 2, "items": [{"a": 1}, {"a": 2}], "z": 1}', "items")
    assert values(taken) == [{"a": 1}, {"a": 2}]
    assert isinstance(taken[0], JsonRecord)
    assert taken[0].context == {"count": 2}


def test_one_object_in_place_of_the_array_counts_as_one() -> None:
    assert values(read(b'{"result": {"data": {"a": 1}}}', "result", "data")) == [{"a": 1}]


def test_objects_one_after_another_are_read() -> None:
    assert values(read(b'{"a":1}\n\n{"a":2}')) == [{"a": 1}, {"a": 2}]


def test_replies_one_after_another_or_in_an_array_are_all_read() -> None:
    page = b'{"n": 1, "items": [{"a": 1}, {"a": 2}], "last": {"b": 3}}'
    expected = [{"a": 1}, {"a": 2}] * 2
    assert values(read(page + b"\n" + page, "items")) == expected
    assert values(read(b"[" + page + b"," + page + b"]", "items")) == expected
    assert values(read(b'[[{"a": 1}], [{"a": 2}]]')) == [{"a": 1}, {"a": 2}]


def test_a_reply_without_records_among_others_is_a_damage() -> None:
    page, error = b'{"items": [{"a": 1}]}', b'{"error": "too many requests"}'
    taken = read(page + error + page, "items")
    assert values(taken) == [{"a": 1}, "not-a-record", {"a": 1}]
    assert values(read(error + page, "items")) == ["not-a-record", {"a": 1}]


def test_null_in_place_of_the_records_is_none() -> None:
    assert values(read(b'{"items": null} {"items": [{"a": 1}]}', "items")) == [{"a": 1}]


def test_a_file_cut_after_its_records_is_told() -> None:
    assert values(read(b'{"items": [{"a": 1}], "rest": ', "items")) == [{"a": 1}, "truncated"]


def test_the_source_is_the_bytes_as_delivered() -> None:
    taken = read('[{"a" :  "상표"}]'.encode())
    assert taken[0].source == '{"a" :  "상표"}'.encode()
    assert taken[0].position.offset == 1


def test_what_comes_before_the_damage_is_taken() -> None:
    assert values(read(b'[{"a":1},{"a":')) == [{"a": 1}, "truncated"]
    assert values(read(b'[{"a":1},{"a" 5},{"b":1}]' + b" " * 200)) == [{"a": 1}, "bad-json"]


def test_bytes_that_are_no_utf8_damage_one_record_only() -> None:
    assert values(read(b'[{"a":"\xff"},{"a":2}]')) == ["bad-encoding", {"a": 2}]


def test_deep_nesting_is_a_damage() -> None:
    assert values(read(b"[" * 200_000)) == ["bad-json"]


def test_a_missing_member_is_told() -> None:
    with pytest.raises(NotAFeedError, match="items"):
        read(b'{"error": 1}', "items")


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers() | st.none(), max_size=4),
        max_size=10,
    ),
    st.integers(1, 50),
)
def test_every_element_comes_back_whatever_the_chunks(elements: list[dict[str, Any]], size: int) -> None:
    class Dribble(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    data = json.dumps({"n": 1, "items": elements}, ensure_ascii=True).encode()
    taken = list(json_records(Opened("f", "SG", Dribble(data)), ("items",)))
    assert values(taken) == elements
