import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Damage, Delivered, Draft, NotAFeedError
from ingest.envelope import json_drafts, peeked, record_path
from ingest.formats.registry import HEAD_BYTES, Head, Opened


def _is_record(names: frozenset[str]) -> bool:
    return "number" in names


def _opened(data: bytes) -> Opened:
    return Opened("feed", "", io.BytesIO(data))


def _draft(value: dict[str, object]) -> Draft:
    return Draft(right="trademark", application_number=str(value.get("number", "")))


def _refuse(head: Head) -> None:
    raise NotAFeedError(f"no numbers among {sorted(head.keys)}")


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ('[{"number": 1}]', ()),
        ('{"number": 1}', ()),
        ('{"a": 1}\n{"number": 1}', None),
        ('{"total": 2, "data": [{"number": 1}]}', ("data",)),
        ('{"result": {"code": 0, "data": {"number": 1}}}', ("result", "data")),
        ('{"empty": [], "rows": {"of": {"what": [{"number": 1}]}}}', ("rows", "of", "what")),
        ('{"number-like": 1, "data": [1, 2]}', None),
        ('[{"data": [{"number": 1}]}, {"data": [{"number": 2}]}]', ("data",)),
        ('[{"error": 1}, [{"data": {"number": 1}}]]', ("data",)),
        ('{"data": [{"parts": [{"number": 1}]}]}', None),
        ("[]", None),
        ("", None),
        ("no JSON", None),
    ],
)
def test_the_path_leads_to_the_first_record(data: str, path: tuple[str, ...] | None) -> None:
    assert record_path(data.encode(), _is_record) == path


def test_a_record_longer_than_the_head_is_found_by_its_first_members() -> None:
    data = json.dumps({"data": [{"number": 1, "text": "x" * HEAD_BYTES}]}).encode()[:HEAD_BYTES]
    assert record_path(data, _is_record) == ("data",)


@given(st.binary(max_size=200))
def test_any_bytes_have_a_path_or_none(data: bytes) -> None:
    assert record_path(data, _is_record) is None or b"number" in data


@given(st.binary(max_size=300), st.integers(1, 50))
def test_a_peeked_file_is_read_from_its_beginning(data: bytes, size: int) -> None:
    _, again = peeked(_opened(data))
    assert b"".join(iter(lambda: again.stream.read(size), b"")) == data


def test_the_head_of_a_long_file_is_no_more_than_a_head() -> None:
    data = b"x" * (HEAD_BYTES + 10)
    head, again = peeked(_opened(data))
    assert len(head.data) == HEAD_BYTES
    assert again.stream.read(-1) == data


def test_records_are_numbered_over_all_elements() -> None:
    data = b'{"rows": [{"number": "a"}, 5, {"number": "b"}]}'
    found = list(json_drafts(_opened(data), _is_record, _draft, _refuse))
    assert [item.position.record for item in found] == [1, 2, 3]
    assert [isinstance(item, Damage) for item in found] == [False, True, False]


def test_an_element_may_state_several_records() -> None:
    data = b'[{"number": "x", "all": [{"number": "a"}, {"number": "\\ud800"}]}, {"number": "c"}]'
    found = list(
        json_drafts(_opened(data), _is_record, _draft, _refuse, lambda value: list(value.get("all", [value])))
    )
    assert [(item.position.record, item.source) for item in found] == [
        (1, b'{"number": "a"}'),
        (2, b'{"number": "\\ud800"}'),
        (3, b'{"number": "c"}'),
    ]


def test_the_source_of_a_record_is_its_object_as_delivered() -> None:
    (found,) = json_drafts(_opened('[ {"number" : "ก"} ]'.encode()), _is_record, _draft, _refuse)
    assert isinstance(found, Delivered)
    assert found.source.decode() == '{"number" : "ก"}'


def test_everything_before_broken_json_is_taken() -> None:
    data = b'[{"number": "a"}, {"number": "b"}, {"number": '
    found = list(json_drafts(_opened(data), _is_record, _draft, _refuse))
    assert [type(item) for item in found] == [Delivered, Delivered, Damage]


def test_a_file_without_a_record_is_refused_in_the_formats_words() -> None:
    with pytest.raises(NotAFeedError, match="no numbers among"):
        list(json_drafts(_opened(b'{"error": "no"}'), _is_record, _draft, _refuse))
