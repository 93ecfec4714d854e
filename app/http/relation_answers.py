"""The bodies of answers about families and citations."""

from typing import Any, Literal

from app.http.answers import Total
from register.model import Citation, Part


class FamilyMember(Part, frozen=True, kw_only=True):
    """A record in its short form, and what makes it a member: a family id that was delivered, or its
    priorities.
    """

    record: dict[str, Any]
    basis: Literal["delivered", "priorities"]


class FamilyPage(Part, frozen=True, kw_only=True):
    """A simple family, oldest filing first, with the record itself.

    `family` is the id that was delivered with the record, absent where none was; `priorities` are those that
    decide otherwise: the office, the year, and the serial without zeros. `total` is `gte` where there may be
    more than are shown.
    """

    id: str
    family: str | None = None
    priorities: tuple[str, ...] = ()
    results: list[FamilyMember]
    total: Total


class CitedDocument(Citation, frozen=True, kw_only=True):
    """A citation as delivered, with the records of the register whose document it is, in their short form."""

    records: list[dict[str, Any]]


class CitingRecords(Part, frozen=True, kw_only=True):
    """The records that cite this one, newest filing first: how many, the first of them, and the search that
    lists all. `documents` are the forms under which it is cited.
    """

    total: int
    results: list[dict[str, Any]]
    documents: tuple[str, ...] = ()
    search: str | None = None


class CitationsPage(Part, frozen=True, kw_only=True):
    id: str
    cites: list[CitedDocument]
    cited_by: CitingRecords
