"""Bytes are packed and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.model import encode_record
from register.store.packing import DamagedError, checksum, pack, pack_record, short_hash, unpack
from tests.register.store.delivering import mark


@given(st.binary(max_size=2000))
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    assert unpack(pack(data)) == data
    assert unpack(pack_record(data)) == data
    assert len(pack(data)) <= len(data) + 1


def test_a_record_becomes_much_smaller() -> None:
    body = encode_record(mark("40202001321Q", "ALPHA BETA"))
    assert len(pack_record(body)) < len(body) / 2


@pytest.mark.parametrize("data", [b"", b"\x01nonsense", b"\x02nonsense", b"\x7funknown"])
def test_damaged_bytes_are_told(data: bytes) -> None:
    with pytest.raises(DamagedError):
        unpack(data)


def test_what_was_packed_with_the_first_dictionary_can_be_read_for_ever() -> None:
    assert unpack(bytes.fromhex(PACKED_ONCE)) == encode_record(mark("1", "ALPHA"))


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_hashes_fit_a_bigint_and_tell_contents_apart(one: bytes, other: bytes) -> None:
    for function in (short_hash, checksum):
        assert -(1 << 63) <= function(one) < 1 << 63
        assert (function(one) == function(other)) == (one == other)


PACKED_ONCE = (
    "0220af7d010088746d2d33317d414c504841656e227d5d7d0afc184a068d"
    "d4743b4150199021d627c9cfb7ab7bb15b13dada49bd87"
)
