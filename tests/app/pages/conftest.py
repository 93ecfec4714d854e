"""The pages over a register with a few records, and over an empty one."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http.application import create_app
from app.http.service import Service
from app.settings import Settings
from ingest.pipeline import Loader
from register.store.database import Database
from search.engines.tantivy import TantivyEngine
from search.indexer import Indexer
from tests.servers.postgres import ScratchPostgres

OWNER = {
    "name": "Solvanta International GmbH",
    "names": [{"text": "โซลวันตา อินเตอร์เนชั่นแนล", "language": "th"}],
    "role": "owner",
    "address": "Hafenstrasse 1, Bremen",
    "country": "DE",
    "number": "P-4711",
}
FULL_MARK: dict[str, Any] = {
    "right": "trademark",
    "applicationNumber": "190123456",
    "registrationNumber": "201234567",
    "publicationNumber": "PUB-77",
    "internationalNumber": "1456789",
    "st13": "TH500000190123456",
    "numbers": [{"kind": "folder", "number": "F-9"}],
    "filingDate": "2019-05-02",
    "publicationDate": "2019-11-03",
    "registrationDate": "2020-02-04",
    "expiryDate": "2029-05-01",
    "status": {"plain": "registered", "office": "จดทะเบียน", "text": "Registered mark", "date": "2020-02-05"},
    "applicants": [OWNER],
    "representatives": [{"name": "Siam Counsel", "country": "TH"}],
    "priorities": [{"country": "DE", "number": "302018999", "date": "2018-12-06"}],
    "publications": [{"country": "TH", "number": "GAZ-5", "date": "2019-11-07"}],
    "events": [{"date": "2019-06-08", "code": "E12", "text": "Examination begun"}],
    "media": [{"kind": "image", "file": "solvanta.png", "format": "PNG", "caption": "the mark in colour"}],
    "language": "th",
    "texts": [{"text": "โซลวันตา", "language": "th"}, {"text": "SOLVANTA", "language": "en"}],
    "transliterations": [{"text": "solwanta"}],
    "translations": [{"text": "sun road", "language": "en"}],
    "kind": "individual",
    "feature": "combined",
    "niceClasses": [9, 30],
    "goods": [{"niceClass": 30, "text": "coffee and tea", "language": "en", "groups": ["G0301"]}],
    "viennaCodes": ["26.04.01"],
    "colours": [{"text": "deep violet", "language": "en"}],
    "disclaimers": [{"text": "no claim to COFFEE", "language": "en"}],
    "descriptions": [{"text": "a sun over waves", "language": "en"}],
}
DESIGNS: list[dict[str, Any]] = [
    {
        "right": "design",
        "applicationNumber": "2002000011",
        "designNumber": number,
        "filingDate": "2020-03-01",
        "status": {"plain": "pending"},
        "titles": [{"text": f"Bottle {number}", "language": "en"}],
        "locarno": ["09-01"],
        "applicants": [OWNER],
    }
    for number in ("1", "2")
]
PATENT: dict[str, Any] = {
    "right": "patent",
    "applicationNumber": "1801000077",
    "filingDate": "2018-01-09",
    "status": {"plain": "unknown"},
    "titles": [{"text": "Rice drying drum", "language": "en"}],
    "abstracts": [{"text": "A drum that dries rice.", "language": "en"}],
    "ipc": ["F26B 11/04"],
    "cpc": ["F26B11/0404"],
    "inventors": [{"name": "Somchai Maker"}],
    "citations": [{"country": "JP", "number": "H0512345", "kind": "A", "by": "examiner"}],
}


def mark(number: int, text: str) -> dict[str, Any]:
    """A plain mark of an own name."""
    return {
        "right": "trademark",
        "applicationNumber": f"2100{number:05}",
        "filingDate": f"2021-01-{1 + number % 28:02}",
        "status": {"plain": "pending"},
        "texts": [{"text": text, "language": "en"}],
        "niceClasses": [25],
        "applicants": [{"name": "Welado Foods", "country": "TH"}],
    }


RECORDS = [FULL_MARK, *DESIGNS, PATENT, *(mark(number, "WELADO") for number in range(23))]

Take = Callable[..., None]


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[TestClient, Take]]:
    """A client of the application over a database and an index, and a way to take records in."""
    settings = Settings(database_url=url, data_dir=folder)
    database = Database(url, connections=2)
    engine = TantivyEngine(folder / "index")
    indexer = Indexer(database, engine)

    def take(records: list[dict[str, Any]], name: str = "marks.jsonl") -> None:
        path = folder / name
        path.write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
        Loader(database, "TH").load(path)
        indexer.drain()

    try:
        indexer.ensure_live()
        with TestClient(create_app(settings, Service(settings, database, engine))) as client:
            yield client, take
    finally:
        indexer.close()
        database.close()


@pytest.fixture(scope="module")
def pages(postgres: ScratchPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages over `RECORDS` of the Thai office."""
    with (
        postgres.fresh() as url,
        served(url, tmp_path_factory.mktemp("pages")) as (client, take),
    ):
        take(RECORDS)
        yield client


@pytest.fixture
def empty_pages(fresh_database_url: str, tmp_path: Path) -> Iterator[tuple[TestClient, Take]]:
    """The pages over an empty register, and a way to take records in."""
    with served(fresh_database_url, tmp_path) as found:
        yield found
