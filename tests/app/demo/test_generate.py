"""The demonstration's feeds."""

from pathlib import Path

from app.demo.generate import FILE_PREFIX, write_feeds
from app.demo.invent import LANGUAGES


def test_the_feeds_are_the_same_every_time(tmp_path: Path) -> None:
    first, second = write_feeds(tmp_path / "a"), write_feeds(tmp_path / "b")
    assert [feed.path.read_bytes() for feed in first] == [feed.path.read_bytes() for feed in second]


def test_every_office_sends_feeds_that_can_be_told_from_real_ones(tmp_path: Path) -> None:
    feeds = write_feeds(tmp_path)
    assert {feed.office for feed in feeds} == set(LANGUAGES)
    assert len(LANGUAGES) == 11
    assert all(feed.path.name.startswith(FILE_PREFIX) for feed in feeds)
