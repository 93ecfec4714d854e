"""The figures of a portfolio equal a count done straight on Postgres: random filters, both engines."""

import csv
import datetime as dt
import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from app.http.parameters import read_parameters, table
from app.http.searching import query_of
from app.settings import Settings
from ingest.pipeline import Loader
from register.applicants import applicant_id
from register.model import Party
from register.representatives import representative_id
from register.store.database import Database
from register.territories import territories
from search.engine import Engine
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from search.query import Filters
from tests.app.http.conftest import client_of, jsonl
from tests.app.http.counting import (
    Counted,
    HeldRecord,
    by_right,
    held_records,
    outcome,
    passes,
    rights_held,
    year,
)
from tests.app.http.random_register import AGENTS, APPLICANTS, IPC, LOCARNO, NICE, OFFICES, feeds
from tests.search.conftest import opensearch_engine
from tests.servers.postgres import ScratchPostgres

_RECORDS = 400
_ENGINES = ("tantivy", "opensearch")


class Held(NamedTuple):
    clients: dict[str, TestClient]
    records: list[HeldRecord]


@pytest.fixture(scope="module", params=[11, 12])
def register(
    request: pytest.FixtureRequest,
    postgres: ScratchPostgres,
    tmp_path_factory: pytest.TempPathFactory,
    opensearch_url: str,
) -> Iterator[Held]:
    """A random register behind both engines."""
    folder: Path = tmp_path_factory.mktemp("figures")
    with ExitStack() as stack:
        database = stack.enter_context(closing(Database(stack.enter_context(postgres.fresh()))))
        engines: dict[str, Engine] = {
            "tantivy": TantivyEngine(folder / "index"),
            "opensearch": stack.enter_context(opensearch_engine(opensearch_url)),
        }
        for number, (office, lines) in enumerate(feeds(request.param, _RECORDS)):
            path = folder / f"{number}.jsonl"
            path.write_bytes(jsonl(lines))
            Loader(database, office).load(path)
        clients = {}
        for name, engine in engines.items():
            indexer = Indexer(database, engine)
            indexer.drain()
            indexer.close()
            settings = Settings(data_dir=folder / name)
            clients[name] = stack.enter_context(client_of(settings, database, engine))  # type: ignore[arg-type]
        yield Held(clients, held_records(database))


def _random_filters(draw: random.Random) -> dict[str, str]:
    """Parameters of one to three filters, or none."""
    years = sorted(draw.sample(range(2004, 2030), 2))
    every = {
        "offices": ",".join(draw.sample(OFFICES, 2)),
        "rights": ",".join(draw.sample(("trademark", "patent", "design", "utility-model"), 2)),
        "status": ",".join(draw.sample(("registered", "pending", "expired", "ended", "unknown"), 2)),
        "territories": draw.choice(("TH", "DE", "SG,KR")),
        "niceClasses": ",".join(map(str, draw.sample(NICE, 2))),
        "locarno": draw.choice((*LOCARNO, "06", "09")),
        "ipc": draw.choice((*IPC, "A61", "A61B", "H")),
        "representatives": representative_id(Party(draw.choice(AGENTS))),
        "filedFrom": f"{years[0]}-03-01",
        "registeredTo": f"{years[1]}-06-30",
        "expiresFrom": f"{years[0]}-01-01",
        "expiresTo": f"{years[1]}-01-01",
    }
    return {name: every[name] for name in draw.sample(sorted(every), draw.choice((0, 0, 1, 1, 2, 3)))}


def _filters(given: dict[str, str]) -> Filters:
    return query_of(read_parameters(QueryParams(given), table(*given)), ()).filters


def _told(figure: dict[str, Any] | None, key: str) -> Counted:
    """The parts of a figure that are not 0, by right and value; every total is checked on the way."""
    counts: Counted = {}
    if figure is None:
        return counts
    parts = [column["name"] for column in figure["columns"] if column["kind"] == "part"]
    for row in figure["rows"]:
        assert row["total"] == sum(row[part] for part in parts)
        counts |= {(part, row[key]): row[part] for part in parts if row[part]}
    return counts


def _asked(client: TestClient, identity: str, given: dict[str, str]) -> dict[str, Any]:
    got = client.get(f"/v1/applicants/{identity}/portfolio", params=given)
    assert got.status_code == 200, got.text
    told: dict[str, Any] = got.json()
    return told


@pytest.mark.parametrize("engine", _ENGINES)
@pytest.mark.parametrize("seed", range(12))
def test_a_portfolio_is_what_is_counted_in_postgres(register: Held, engine: str, seed: int) -> None:
    draw = random.Random(seed)
    name = draw.choice(APPLICANTS)
    identity = applicant_id(Party(name))
    given = _random_filters(draw)
    on = dt.date(draw.randint(2008, 2028), draw.randint(1, 12), draw.randint(1, 28))
    since = on - dt.timedelta(days=draw.randint(10, 3000))
    filters = _filters(given)
    mine = [held for held in register.records if identity in held.applicants and passes(held, filters)]
    told = _asked(
        register.clients[engine],
        identity,
        {**given, "asOn": str(on), "since": str(since), "years": "7"},
    )
    figures = told["figures"]
    in_force = [held for held in mine if held.force(on) is True]

    assert told["records"] == len(mine)
    assert told["inForce"] == len(in_force)
    assert told["unsure"] == sum(held.force(on) is None for held in mine)
    assert list(told["byRight"]) == rights_held(mine)
    assert _told(figures["status"], "status") == by_right(mine, lambda held: [held.record.status.plain])
    assert _told(figures.get("offices"), "office") == by_right(mine, lambda held: [held.record.office])
    assert _told(figures.get("territories"), "territory") == by_right(
        mine, lambda held: territories(held.record)
    )
    assert _told(figures.get("filings"), "year") == by_right(mine, lambda held: year(held.record.filing_date))
    assert _told(figures.get("registrations"), "year") == by_right(
        mine, lambda held: year(held.record.registration_date)
    )
    assert _told(figures.get("niceClasses"), "code") == by_right(
        mine, lambda held: map(str, held.record.nice_classes)
    )
    assert _told(figures.get("locarno"), "code") == by_right(
        mine, lambda held: (code[:2] for code in held.record.locarno)
    )
    assert _told(figures.get("ipc"), "code") == by_right(
        mine, lambda held: (symbol[:4] for symbol in held.record.ipc)
    )
    assert _told(figures["inForceOffices"], "office") == by_right(in_force, lambda held: [held.record.office])
    assert _told(figures["ages"], "age") == {
        key: count
        for key, count in by_right(
            in_force,
            lambda held: [on.year - one for one in year(held.record.registration_date)] or [-1],
        ).items()
        if key[1] != -1
    } | {
        (right, None): count
        for (right, _), count in by_right(
            [held for held in in_force if held.record.registration_date is None], lambda _: [0]
        ).items()
    }
    until = on.replace(year=on.year + 7)
    expiring = [
        held
        for held in mine
        if held.record.status.plain == "registered"
        and held.record.expiry_date is not None
        and on <= held.record.expiry_date <= until
    ]
    assert _told(figures["expiries"], "month") == by_right(
        expiring, lambda held: [f"{held.record.expiry_date:%Y-%m}"]
    )
    assert _told(figures["new"], "what") == {
        **by_right(
            [held for held in mine if held.record.filing_date and since <= held.record.filing_date <= on],
            lambda _: ["filed"],
        ),
        **by_right(
            [
                held
                for held in mine
                if held.record.registration_date and since <= held.record.registration_date <= on
            ],
            lambda _: ["registered"],
        ),
        **by_right(
            [held for held in mine if held.changed.date() >= since],
            lambda _: ["changed"],
        ),
    }
    conversion = {
        (row["right"], row["year"], column): row[column]
        for row in figures["conversion"]["rows"]
        for column in ("granted", "pending", "not-granted", "unknown")
        if row[column]
    }
    assert conversion == {
        (held.record.right, held.record.filing_date.year, outcome(held.record)): sum(
            one.record.right == held.record.right
            and one.record.filing_date is not None
            and one.record.filing_date.year == held.record.filing_date.year
            and outcome(one.record) == outcome(held.record)
            for one in mine
        )
        for held in mine
        if held.record.filing_date is not None
    }
    people = {row["applicant"]: (row["name"], row["records"]) for row in figures["coApplicants"]["rows"]}
    assert people == {
        other: (spelled, count)
        for spelled in APPLICANTS
        if (other := applicant_id(Party(spelled))) != identity
        and (count := sum(other in held.applicants for held in mine))
    }
    agents = {
        row["representative"]: (row["name"], row["records"]) for row in figures["representatives"]["rows"]
    }
    assert agents == {
        representative_id(Party(spelled)): (spelled, count)
        for spelled in AGENTS
        if (count := sum(representative_id(Party(spelled)) in held.representatives for held in mine))
    }


@pytest.mark.parametrize("seed", range(4))
def test_both_engines_tell_the_same(register: Held, seed: int) -> None:
    draw = random.Random(100 + seed)
    identity = applicant_id(Party(draw.choice(APPLICANTS)))
    given = {**_random_filters(draw), "calendar": "quarter", "asOn": "2020-02-29"}
    ours, theirs = (_asked(register.clients[name], identity, given) for name in _ENGINES)
    assert ours == theirs


def _hhi(records: list[HeldRecord]) -> float:
    counts = Counter(one for held in records for one in held.applicants)
    every = sum(counts.values())
    return sum(count * count for count in counts.values()) / (every * every) * 10_000 if every else 0.0


@pytest.mark.parametrize("engine", _ENGINES)
@pytest.mark.parametrize("seed", range(8))
def test_a_landscape_is_what_is_counted_in_postgres(register: Held, engine: str, seed: int) -> None:
    draw = random.Random(200 + seed)
    given = _random_filters(draw)
    filters = _filters(given)
    found = [held for held in register.records if passes(held, filters)]
    got = register.clients[engine].get("/v1/landscape", params=given)
    assert got.status_code == 200, got.text
    told = got.json()
    figures = told["figures"]
    assert told["total"] == {"value": len(found), "relation": "eq"}
    assert _told(figures.get("status"), "status") == by_right(found, lambda held: [held.record.status.plain])
    assert _told(figures.get("offices"), "office") == by_right(found, lambda held: [held.record.office])
    assert _told(figures.get("filings"), "year") == by_right(
        found, lambda held: year(held.record.filing_date)
    )
    assert _told(figures.get("niceClasses"), "code") == by_right(
        found, lambda held: map(str, held.record.nice_classes)
    )
    assert _told(figures.get("ipc"), "code") == by_right(
        found, lambda held: (symbol[:4] for symbol in held.record.ipc)
    )
    applicants = Counter(one for held in found for one in held.applicants)
    rows = figures.get("applicants", {"rows": []})["rows"]
    assert {row["applicant"]: row["records"] for row in rows} == applicants
    filed = Counter(held.record.filing_date.year for held in found if held.record.filing_date)
    for row in figures.get("trend", {"rows": []})["rows"]:
        assert row["filed"] == filed[row["year"]]
        if "growth" in row and row["growth"] is not None:
            assert row["growth"] == pytest.approx(filed[row["year"]] / filed[row["year"] - 1] - 1, abs=1e-4)
    for row in figures.get("applicantsByYear", {"rows": []})["rows"]:
        for identity, count in row.items():
            if identity != "year":
                assert count == sum(
                    identity in held.applicants and year(held.record.filing_date) == [row["year"]]
                    for held in found
                )
    if found:
        assert told["concentration"]["hhiWithin"] == 0
        assert told["concentration"]["hhi"] == pytest.approx(_hhi(found), abs=0.01)
        largest = applicants.most_common(1)[0][1] / sum(applicants.values())
        assert told["concentration"]["top"]["1"] == pytest.approx(largest, abs=1e-6)


@pytest.mark.parametrize("engine", _ENGINES)
@pytest.mark.parametrize("seed", range(4))
def test_a_comparison_is_what_is_counted_in_postgres(register: Held, engine: str, seed: int) -> None:
    draw = random.Random(300 + seed)
    ids = [applicant_id(Party(name)) for name in draw.sample(APPLICANTS, 3)]
    given = _random_filters(draw)
    filters = _filters(given)
    on = dt.date(2019, 6, 30)
    got = register.clients[engine].get(
        "/v1/applicants/compare", params={**given, "ids": ",".join(ids), "asOn": str(on)}
    )
    assert got.status_code == 200, got.text
    figures = got.json()["figures"]
    for identity in ids:
        mine = [held for held in register.records if identity in held.applicants and passes(held, filters)]
        summary = {row["what"]: row[identity] for row in figures["summary"]["rows"]}
        assert summary["records"] == len(mine)
        assert summary["inForce"] == sum(held.force(on) is True for held in mine)
        for name, key, values in (
            ("rights", "right", [held.record.right for held in mine]),
            ("status", "status", [held.record.status.plain for held in mine]),
            ("offices", "office", [held.record.office for held in mine]),
            ("filings", "year", [one for held in mine for one in year(held.record.filing_date)]),
        ):
            rows = figures.get(name, {"rows": []})["rows"]
            assert {row[key]: row[identity] for row in rows if row[identity]} == Counter(values)


class _Tables(HTMLParser):
    """The tables of a page as rows of words, by their captions."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag if tag != "a" else self._within
        if tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self._within == "caption":
            self._rows = self.tables.setdefault(data, [])
        elif self._within in ("th", "td"):
            self._rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag != "a":
            self._within = ""


@pytest.mark.parametrize("seed", range(4))
def test_the_tables_and_files_of_a_page_hold_the_figures_of_the_api(register: Held, seed: int) -> None:
    draw = random.Random(400 + seed)
    identity = applicant_id(Party(draw.choice(APPLICANTS)))
    given = {**_random_filters(draw), "asOn": "2020-01-01", "calendar": "quarter"}
    client = register.clients["tantivy"]
    figures = _asked(client, identity, given)["figures"]
    page = client.get(f"/applicants/{identity}", params=given)
    tables = _Tables(page.text).tables
    for figure in figures.values():
        csv_rows = list(csv.reader(io.StringIO(client.get(figure["csv"]).text)))
        names = [column["name"] for column in figure["columns"]]
        assert csv_rows[0] == names
        assert csv_rows[1:] == [
            ["" if row.get(name) is None else str(row[name]) for name in names] for row in figure["rows"]
        ]
        if not figure["rows"]:
            assert figure["title"] not in tables
            continue
        head, *rows = tables[figure["title"]]
        assert len(rows) == len(figure["rows"])
        for title, kind, name in (
            (column["title"], column["kind"], column["name"]) for column in figure["columns"]
        ):
            if kind in ("part", "count") and title in head:
                shown = [row[head.index(title)].replace(",", "") for row in rows]
                assert shown == [str(row[name]) for row in figure["rows"]]
