"""Tables of sources: what is taken, what is refused with which words, and when each is due."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ingest.profile import office_codes, sources_of_profile
from ingest.pulling.due import due_sources
from ingest.pulling.listing import list_sources
from ingest.pulling.schedule import read_schedule
from ingest.pulling.source import KINDS, SourceTableError, read_source
from register.store.sources import SourceState
from tests.ingest.pulling.pulling import source_of

URL = "https://office.example/tm"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"kind": "ftp"}, "kind: 'ftp' is none of file, index"),
        ({"url": "ftp://office.example/x"}, "begins with https:// or http://"),
        ({"url": "https://me:pass@office.example/x"}, "no user or password"),
        ({"url": "https://office.example/x?accessKey=1"}, "accessKey: a secret does not stand in a table"),
        ({"parameters": {"apiKey": "1"}}, "apiKey: a secret does not stand in a table"),
        ({"headers": {"Authorization": "Bearer x"}}, "Authorization: a secret does not stand in a table"),
        ({"secret-parameters": {"key": "abc+123=="}}, "secret-parameters"),
        ({"office": "ZZ"}, "'ZZ' is no ST.3 code"),
        ({"format": "st67"}, "no format is called 'st67'"),
        ({"every": ""}, "either every"),
        ({"every": "6h", "cron": "1 2 * * *"}, "either every"),
        ({"every": "6 fortnights"}, "no span from 1m to 31d"),
        ({"every": "", "cron": "61 * * * *"}, "no cron expression"),
        ({"time-zone": "Mars/Base"}, "no time zone"),
        ({"kind": "index"}, "pattern is missing"),
        ({"kind": "data-gov-sg"}, "`first`"),
        ({"kind": "changes", "pages": {"by": "page"}}, "page needs `parameter`"),
        ({"kind": "changes", "pages": {"by": "cursor", "parameter": "c"}}, "cursor needs `next`"),
        ({"kind": "changes", "dates": {"form": "yesterday"}}, "form is iso-date"),
        ({"kind": "changes", "dates": {"parameter": ""}}, "since needs `parameter` or `header`"),
        ({"politeness": {"requests-a-second": 1000}}, "politeness"),
        ({"politenes": {}}, "politenes"),
        ({"name": "Bad Name"}, "name"),
        ({"bounds": {"pages": 0}}, "bounds"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_place_and_reason(
    table: dict[str, Any], told: str
) -> None:
    with pytest.raises(SourceTableError) as caught:
        source_of(**{"url": URL, "kind": "file", **table})
    assert told in str(caught.value)
    assert str(caught.value).startswith("test, source ")


def test_a_table_says_otherwise_than_the_habits_of_its_kind_key_by_key() -> None:
    source = source_of(URL, "kipris", pages={"size": 30}, reply={"codes": {"77": "limit"}})
    assert (source.table.pages.size, source.table.pages.parameter) == (30, "pageNo")
    assert (source.table.reply.codes["77"], source.table.reply.codes["22"]) == ("limit", "limit")
    assert source.schedule.zone.key == "Asia/Seoul"


def test_a_folder_and_the_profiles_that_are_turned_on_give_sources_and_wrong_ones_leave_the_others(
    tmp_path: Path,
) -> None:
    good = f'[[source]]\nname = "{{}}"\noffice = "SG"\nkind = "file"\nurl = "{URL}"\nevery = "1d"\n'
    (tmp_path / "a.toml").write_text(good.format("one") + good.format("two"))
    (tmp_path / "b.toml").write_text(good.format("two") + good.format("three").replace("1d", "never"))
    (tmp_path / "c.toml").write_text("[[source")
    (tmp_path / "d.toml").write_text('[source]\nname = "x"\n')
    found = list_sources(tmp_path, ["sg-trademarks", "sg-plants"])
    assert list(found.by_name) == ["one", "two", "sg-trademarks"]
    assert [line.partition(":")[0] for line in found.wrong] == [
        "b.toml",
        "b.toml, source three",
        "c.toml",
        "d.toml",
        "no profile has a source 'sg-plants'",
    ]


def test_no_profile_has_a_source_that_runs_by_itself() -> None:
    assert list_sources(None) == ({}, [])


def test_the_sources_of_every_profile_can_be_read() -> None:
    found = [
        read_source(raw, office, office) for office in office_codes() for raw in sources_of_profile(office)
    ]
    assert {source.table.office for source in found} >= {"SG", "KR"}
    assert len({source.name for source in found}) == len(found)


def test_every_example_of_the_guide_can_be_read() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")
    examples = [block.partition("```")[0] for block in guide.split("```toml\n")[1:]]
    sources = [read_source(raw, "guide") for text in examples for raw in tomllib.loads(text)["source"]]
    assert {source.table.kind for source in sources} == set(KINDS) - {"data-gov-sg"}


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    assert list_sources(tmp_path / "none").wrong == [f"{tmp_path / 'none'} is no folder"]


@pytest.mark.parametrize(
    ("every", "cron", "zone", "following"),
    [
        ("30m", "", "UTC", "2026-11-23T09:30"),
        ("6h", "", "UTC", "2026-11-23T15:00"),
        ("", "15 3 * * *", "UTC", "2026-11-24T03:15"),
        ("", "15 3 * * *", "Asia/Seoul", "2026-11-23T18:15"),
        ("", "0 6 * * 1-5", "Asia/Singapore", "2026-11-23T22:00"),
    ],
)
def test_the_schedule_names_the_next_time(every: str, cron: str, zone: str, following: str) -> None:
    assert read_schedule(every, cron, zone).after(NOW).isoformat().startswith(following)


def test_due_are_new_and_changed_sources_and_those_whose_time_has_come() -> None:
    names = ("new", "changed", "late", "early", "turned-off")
    sources = {name: source_of(URL, "file", name=name, off=name == "turned-off") for name in names}

    def state(name: str, minutes: int, definition: str | None = None) -> SourceState:
        return SourceState(
            name=name,
            office="SG",
            definition=sources[name].definition if definition is None else definition,
            mark=None,
            failures=0,
            problem=None,
            next_run_at=NOW + dt.timedelta(minutes=minutes),
            last_run_at=None,
            last_success_at=None,
        )

    states = {
        "changed": state("changed", 60, "another"),
        "late": state("late", -1),
        "early": state("early", 1),
        "turned-off": state("turned-off", -1),
    }
    assert [source.name for source in due_sources(sources, states, NOW)] == ["changed", "new", "late"]
