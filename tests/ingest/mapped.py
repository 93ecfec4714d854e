"""Drafts mapped as the records of an office, for the tests of `ingest.mapping` and what it is made of."""

from typing import Any

from ingest.draft import (
    Delivered,
    Draft,
    Position,
)
from ingest.mapping import Mapper
from register.model import Record
from register.statement import Rejected, Statement

PLACE = Position("feed.zip/marks.xml", 7, 120, 4096)


def said(office: str, draft: Draft, format_name: str = "st66") -> Statement | Rejected:
    return Mapper(office, format_name).statement(Delivered(draft, PLACE, b"<TradeMark/>"))


def mark(**fields: Any) -> Draft:
    return Draft(**{"right": "trademark", "application_number": "40202001321Q", **fields})


def record(office: str, draft: Draft, format_name: str = "st66") -> Record:
    statement = said(office, draft, format_name)
    assert isinstance(statement, Statement), statement
    return statement.record


def refusal(office: str, draft: Draft, format_name: str = "st66") -> Rejected:
    rejected = said(office, draft, format_name)
    assert isinstance(rejected, Rejected), rejected
    return rejected
