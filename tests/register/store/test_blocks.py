"""Sources and their places come back from a block."""

from hypothesis import given
from hypothesis import strategies as st

from register.statement import Rejected
from register.store.blocks import BlockBuilder, Place, all_in, place_in, source_in

places = st.builds(
    Place,
    st.sampled_from(["a.xml", "b.zip/c.xml"]),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 10**6),
    st.none() | st.integers(0, 10**12),
)


@given(st.lists(st.tuples(places, st.binary(max_size=50)), min_size=1, max_size=20))
def test_every_entry_comes_back_as_it_was(kept: list[tuple[Place, bytes]]) -> None:
    builder = BlockBuilder(5)
    added = [builder.add(Rejected("", "", "", *place, source)) for place, source in kept]
    assert added == [(5, n) for n in range(len(kept))]
    [block] = builder.finish()
    assert list(all_in(block.entries, block.sources)) == kept
    for n, (place, source) in enumerate(kept):
        assert place_in(block.entries, n) == place
        assert source_in(block.entries, block.sources, n) == source


def test_a_full_block_is_followed_by_the_next() -> None:
    builder = BlockBuilder(1)
    added = [builder.add(Rejected("", "", "", "f", n, None, None, b"x" * 600_000)) for n in range(3)]
    assert added == [(1, 0), (1, 1), (2, 0)]
    assert [block.id for block in builder.finish()] == [1, 2]


def test_without_sources_there_is_no_block() -> None:
    assert BlockBuilder(1).finish() == []
