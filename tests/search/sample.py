"""A small made-up register in the region's scripts, for the tests of searching."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from register.identity import record_id
from register.model import Party, Record, Right, Status, Text
from search.document import IndexDocument, document_of
from search.engine import Engine


def record(
    office: str,
    number: str,
    text: str | None = None,
    *,
    right: Right = "trademark",
    filed: str | None = "2020-01-31",
    status: str = "registered",
    applicant: str | None = "Acme Ltd.",
    country: str | None = None,
    **more: Any,
) -> Record:
    """A record with what is usual; a title instead of a mark's text for rights other than trademarks."""
    texts = () if text is None else (Text(text),)
    named: dict[str, Any] = {"texts": texts} if right == "trademark" else {"titles": texts}
    return Record(
        id=record_id(office, right, number),
        office=office,
        right=right,
        application_number=number,
        filing_date=None if filed is None else dt.date.fromisoformat(filed),
        status=Status(plain=status),  # type: ignore[arg-type]  # tests name the plain status as text
        applicants=() if applicant is None else (Party(name=applicant, country=country or office),),
        **{**named, **more},
    )


def documents(records: Sequence[Record], first: int = 1) -> list[IndexDocument]:
    """The records as first versions, with timepoints in their order from `first`."""
    return [document_of(one, 1, first + place) for place, one in enumerate(records)]


MARKS: tuple[Record, ...] = (
    record("SG", "40201900001A", "STEIGER", nice_classes=(9, 42), filed="2019-03-01"),
    record(
        "TH", "190000002", "Staiger", nice_classes=(9,), filed="2019-04-01", applicant="บริษัท สไตเกอร์ จำกัด"
    ),
    record("PH", "4-2019-000003", "NO REGRETS", nice_classes=(25,), filed="2019-05-01"),
    record("KR", "4020190000004", "스타벅스", nice_classes=(30, 43), applicant="주식회사 스타"),
    record("SG", "40201900005B", "STARBUCKS", nice_classes=(30, 43), applicant="Star Coffee Pte. Ltd."),
    record("TH", "190000006", "สตาร์บัคส์", nice_classes=(43,), applicant="Star Coffee Pte. Ltd.", country="SG"),
    record("LA", "LA/T/2019/00007", "ໂຄຄາ-ໂຄລາ", nice_classes=(32,)),
    record("SG", "40201900008C", "Coca-Cola", nice_classes=(32,), status="pending"),
    record("KR", "4020190000009", "코카콜라", nice_classes=(32,), status="expired"),
    record("SG", "40201900010D", "可口可乐", nice_classes=(32,)),
    record("MM", "MM/T/2019/000011", "ကိုကာကိုလာ", nice_classes=(32,)),
    record("KH", "KH/2019/00012", "កូកាកូឡា", nice_classes=(32,)),
    record("VN", "4-2019-00013", "CÀ PHÊ ĐÔNG DƯƠNG", nice_classes=(30,), filed=None),
    record("VN", "4-2019-00014", "Ca Phe Dong Duong", nice_classes=(30,)),
    record("ID", "DID2019000015", "RED-BULL", nice_classes=(32,)),
    record("MY", "TM2019000016", "Red Bull Energy", nice_classes=(32,)),
    record("BN", "BN/T/2019/00017", "BULLRED", nice_classes=(32,)),
    record("PH", "4-2019-000018", "UNITEL", nice_classes=(38,)),
    record("LA", "LA/T/2019/00019", "ຢູນິເທລ", nice_classes=(38,)),
    record("SG", "40201900020E", "ジョウサン", nice_classes=(5,)),
    record("SG", "40201900021F", "كوكا كولا", nice_classes=(32,)),
    record("SG", "40201900022G", "金", nice_classes=(14,)),
    record("SG", "40201900023H", "黄金海岸", nice_classes=(14,)),
    record("SG", "40201900024J", "+++", nice_classes=(9,)),
    record("SG", "40201900025K", None, nice_classes=(9,), vienna_codes=("01.15.09",)),
    record("SG", "40201900026L", "sta 金 tel", nice_classes=(9,), vienna_codes=("26.04.05",)),
)

OTHERS: tuple[Record, ...] = (
    record(
        "US",
        "15123456",
        "Method for brewing coffee",
        right="patent",
        ipc=("A23F 5/26",),
        abstracts=(Text("A pump presses hot water through ground coffee beans."),),
        publication_number="2019123456",
    ),
    record(
        "KR",
        "1020190000028",
        "커피 추출 방법",
        right="patent",
        ipc=("A23F 5/26", "A47J 31/00"),
        registration_number="1019441130000",
    ),
    record("SG", "10201900029M", "Coffee machine", right="utility-model", ipc=("A47J 31/00",)),
    record("EM", "004247823-0001", "Coffee cups", right="design", locarno=("07-01",)),
    record("TH", "สช 58100070", "กาแฟดอยตุง", right="geographical-indication"),
)

EVERYTHING: tuple[Record, ...] = MARKS + OTHERS


def identity(text: str) -> str:
    """The id of the record with this text or title."""
    return next(one.id for one in EVERYTHING if one.title == text)


def filled(engine: Engine, records: Sequence[Record] = EVERYTHING) -> str:
    """The name of a live index with these records."""
    name = engine.create()
    writer = engine.writer(name)
    writer.put(documents(records))
    writer.commit()
    writer.close()
    engine.make_live(name)
    return name
