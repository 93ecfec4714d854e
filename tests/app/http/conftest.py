"""A small register of our own behind the HTTP application: taken in by the loader, indexed, and read only."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

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

Line = dict[str, Any]

MARKS_SG: list[Line] = [
    {
        "office": "SG",
        "right": "trademark",
        "applicationNumber": "40202001321Q",
        "registrationNumber": "40202001321Q",
        "texts": [{"text": "LUMORA", "language": "en"}],
        "niceClasses": [9, 42],
        "goods": [{"niceClass": 9, "text": "Cameras", "language": "en"}],
        "viennaCodes": ["26.04.05"],
        "applicants": [
            {
                "name": "Lumora Pte. Ltd.",
                "names": [{"text": "璐莫拉私人有限公司", "language": "zh"}],
                "address": "1 Example Road, Singapore",
                "country": "SG",
                "role": "owner",
                "number": "P-1",
            }
        ],
        "representatives": [{"name": "Agents LLP", "country": "SG"}],
        "priorities": [{"country": "DE", "number": "30 2020 000 001", "date": "2020-01-02"}],
        "events": [{"date": "2020-02-01", "code": "F1", "text": "Filed"}],
        "media": [{"kind": "image", "file": "lumora.png", "format": "PNG"}],
        "disclaimers": [{"text": "No claim to the letter L", "language": "en"}],
        "filingDate": "2020-02-01",
        "registrationDate": "2020-08-01",
        "expiryDate": "2030-02-01",
        "status": {"plain": "pending", "date": "2020-02-01"},
    },
    *(
        {
            "office": "SG",
            "right": "trademark",
            "applicationNumber": f"4020210{number:04d}K",
            "texts": [{"text": text, "language": "en"}],
            "niceClasses": [30],
            "applicants": [{"name": "Siam Foods Co., Ltd.", "country": "TH"}],
            "filingDate": f"2021-03-{number:02d}",
            "status": "registered",
        }
        for number, text in enumerate(
            ("BANYAN", "CORALIS", "DURIANO", "EVERTIDE", "FENWICK", "GOLDLEAF", "HARBOR", "INDIGO"), 1
        )
    ),
]
LATER_SG: list[Line] = [
    {**MARKS_SG[0], "status": {"plain": "registered", "date": "2020-08-01"}},
    {"office": "SG", "right": "trademark", "applicationNumber": "40202100008K", "operation": "delete"},
]
RECORDS_KR: list[Line] = [
    *(
        {
            "office": "KR",
            "right": "design",
            "applicationNumber": "30-2021-0059920",
            "designNumber": design,
            "titles": [{"text": "의자", "language": "ko"}],
            "locarno": ["06-01"],
            "applicants": [{"name": "주식회사 루모라", "country": "KR"}],
            "filingDate": "2021-12-10",
            "status": "registered",
        }
        for design in ("M001", "M002")
    ),
    {
        "office": "KR",
        "right": "patent",
        "applicationNumber": "10-2019-0012345",
        "titles": [{"text": "Battery separator", "language": "en"}],
        "abstracts": [{"text": "A separator for cells.", "language": "en"}],
        "ipc": ["H01M 50/40"],
        "cpc": ["H01M 50/403"],
        "inventors": [{"name": "Kim Minji", "country": "KR"}],
        "citations": [{"country": "US", "number": "1234567", "kind": "B2", "by": "examiner"}],
        "publications": [{"country": "KR", "number": "1020190012345", "kind": "A", "date": "2020-08-01"}],
        "filingDate": "2019-01-30",
        "status": "pending",
    },
    {
        "office": "KR",
        "right": "geographical-indication",
        "applicationNumber": "44-2015-0000001",
        "texts": [{"text": "보성녹차", "language": "ko"}],
        "products": [{"text": "Green tea", "language": "en"}],
        "area": [{"text": "Boseong", "language": "en"}],
        "filingDate": "2015-05-01",
        "status": "registered",
    },
    {
        "office": "KR",
        "right": "geographical-indication",
        "applicationNumber": "44-2016-0000002",
        "texts": [{"text": "하동녹차", "language": "ko"}],
        "filingDate": "2016-05-01",
    },
]


class HeldRegister(NamedTuple):
    """A register with its index, and what speaks HTTP to it."""

    client: TestClient
    database: Database
    engine: TantivyEngine
    feed: bytes


def jsonl(lines: Sequence[Line]) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def client_of(settings: Settings, database: Database, engine: TantivyEngine) -> TestClient:
    """Speaks to a new application; an error on its side is an answer, as over the wire."""
    app = create_app(settings, Service(settings, database, engine))
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def held(postgres: ScratchPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldRegister]:
    """Nine marks of SG, of which a later feed registers one and deletes another; three rights of KR."""
    folder: Path = tmp_path_factory.mktemp("held")
    feeds = (("SG", MARKS_SG), ("SG", LATER_SG), ("KR", RECORDS_KR))
    with postgres.fresh() as url, closing(Database(url)) as database:
        engine = TantivyEngine(folder / "index")
        for number, (office, lines) in enumerate(feeds):
            path = folder / f"{number}.jsonl"
            path.write_bytes(jsonl(lines))
            Loader(database, office).load(path)
        indexer = Indexer(database, engine)
        indexer.drain()
        indexer.close()
        with client_of(Settings(data_dir=folder), database, engine) as client:
            yield HeldRegister(client, database, engine, jsonl(MARKS_SG[:1]))


@pytest.fixture
def client(held: HeldRegister) -> TestClient:
    return held.client
