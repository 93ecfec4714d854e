"""Tables in a folder of one's own: before those of the program, and looked at again when they change."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.detect import UnknownFormatError, format_named
from ingest.pipeline import Loader
from ingest.profile import ProfileError, office_codes, profile
from ingest.profile_files import use_folder
from register.store.database import Database

TABLE = """office = "FJ"
name = "Office of Fiji"
mapping = "2026-11-25"
[[formats]]
name = "fj-csv"
kind = "csv"
separator = ";"
columns = { "Ref" = "applicationNumber", "Mark" = "texts", "State" = "status" }
[[status]]
registered = ["Alive"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    own = tmp_path / "offices"
    own.mkdir()
    (own / "FJ.toml").write_text(TABLE, encoding="utf-8")
    use_folder(own)
    yield own
    use_folder(None)


def test_a_feed_of_a_described_format_is_found_and_taken_in(
    folder: Path, fresh_database_url: str, tmp_path: Path
) -> None:
    feed = tmp_path / "marks.txt"
    feed.write_text("Ref;Mark;State\n1;BURE;Alive\n2;VALE;Asleep\n3;X\n", encoding="utf-8")
    with closing(Database(fresh_database_url)) as database:
        for format_name in (None, "fj-csv"):
            loaded = Loader(database, "FJ", format_name).load(feed)
            assert [file.format for file in loaded.files] == ["fj-csv"]
            assert (loaded.feed.counts.read, loaded.feed.counts.quarantined) == (3, 1)
    assert folder.exists()
    with pytest.raises(UnknownFormatError, match="fj-csv"):
        format_named("fj-csv", "SG")


def test_a_table_of_ones_own_goes_before_and_is_read_again_when_it_changes(folder: Path) -> None:
    assert "FJ" in office_codes()
    assert profile("FJ").status.plain("Alive", "trademark", "fj-csv", False) == "registered"
    (folder / "FJ.toml").write_text(TABLE.replace("registered =", "ended   =  "), encoding="utf-8")
    assert profile("FJ").status.plain("Alive", "trademark", "fj-csv", False) == "ended"
    (folder / "SG.toml").write_text(
        'office = "SG"\nname = "Mine"\nmapping = "2030-01-01"\ninherits = ["sg"]\n'
    )
    assert profile("SG").name == "Mine"
    assert profile("SG").status.plain("Pending (PCT)", "patent", "ipos", False) == "pending"


def test_a_table_that_is_only_a_proposal_is_not_read_by(folder: Path) -> None:
    (folder / "FJ.toml").write_text(TABLE.replace("[[status]]", "[[status]]\nconfirmed = false"))
    assert profile("FJ").status.plain("Alive", "trademark", "fj-csv", False) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('"texts"', '"brand"'), r"formats\[0\].*'brand'"),
        (('kind = "csv"', 'kind = "xls"'), r"formats\[0\]\.kind"),
        (('mapping = "2026-11-25"', 'mapping = "2026-11-25"\ninherits = ["nowhere"]'), "inherits.*nowhere"),
    ],
)
def test_a_wrong_table_is_told_with_its_place(folder: Path, change: tuple[str, str], why: str) -> None:
    (folder / "FJ.toml").write_text(TABLE.replace(*change), encoding="utf-8")
    with pytest.raises(ProfileError, match=why):
        profile("FJ")
