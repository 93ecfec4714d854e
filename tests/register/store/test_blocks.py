"""Sources and their places come back from a block."""

from hypothesis import given
from hypothesis import strategies as st

from register.model import Record, Status
from register.statement import NO_ENVELOPE, Envelope, Statement
from register.store.blocks import BlockBuilder, Place, Source, all_in, place_in, source_in

places = st.builds(
    Place,
    st.sampled_from(["a.xml", "b.zip/c.xml"]),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 10**6),
    st.none() | st.integers(0, 10**12),
)


RECORD = Record(
    id="sg-tm-1", office="SG", right="trademark", application_number="1", status=Status("pending")
)
sources = st.builds(
    Source,
    places,
    st.binary(max_size=50),
    st.sampled_from([NO_ENVELOPE, Envelope(b"<a>", b"</a>"), Envelope(b"x\n", b"")]),
)


def said(place: Place, source: bytes, envelope: Envelope = NO_ENVELOPE) -> Statement:
    return Statement("upsert", RECORD, None, "", *place, source, envelope)


@given(st.lists(sources, min_size=1, max_size=20))
def test_every_entry_comes_back_as_it_was(kept: list[Source]) -> None:
    builder = BlockBuilder(5)
    added = [builder.add(said(*source)) for source in kept]
    assert added == [(5, n) for n in range(len(kept))]
    [block] = builder.finish()
    assert list(all_in(block.entries, block.sources)) == kept
    for n, source in enumerate(kept):
        assert place_in(block.entries, n) == source.place
        assert source_in(block.entries, block.sources, n) == source


def test_a_full_block_is_followed_by_the_next() -> None:
    builder = BlockBuilder(1)
    added = [builder.add(said(Place("f", n, None, None), b"x" * 600_000)) for n in range(3)]
    assert added == [(1, 0), (1, 1), (2, 0)]
    assert [block.id for block in builder.finish()] == [1, 2]


def test_without_sources_there_is_no_block() -> None:
    assert BlockBuilder(1).finish() == []
