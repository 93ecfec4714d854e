"""What the addresses work with: the settings, the register's database and the search, made once for a
process.
"""

import dataclasses
import datetime as dt
import threading
import time
from collections.abc import Callable, Mapping
from typing import Annotated, NamedTuple, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from app.demo.load import holds_demo
from app.exports.slots import Slots
from app.http.circumstances import Looking
from app.http.problems import Problem, bad_parameter
from app.receipts.book import ReceiptBook
from app.settings import Settings
from register.codes.classifications import ClassificationName
from register.store.applicant_reading import current_applicant, current_applicants
from register.store.coverage_reading import Gaps, coverage_summary
from register.store.database import Database
from register.store.offices import OfficeRight, office_summary
from search.applicants.calling import so_called, suggestions
from search.classifications import Tree
from search.clearance.build import Clearance
from search.clearance.coverage import Classless
from search.clearance.report import ClearanceAsked, ClearanceReport
from search.clearance.searching import Cited
from search.engine import Engine
from search.errors import IndexUnavailableError, InputError
from search.portfolio.compare import ComparisonAsked
from search.portfolio.figure import Figure
from search.portfolio.landscape import Landscape
from search.portfolio.portfolio import Portfolio, PortfolioAsked
from search.query import Filters, SearchQuery
from search.receipts.content import Circumstances, receipt_of
from search.service import Answer, Applicant, SearchService, WholeResult

T = TypeVar("T")
_SO_CALLED = 5
_SUMMARY_SECONDS = 2.0
# Counting every code of 600,000 records takes 150 ms.
_TREE_SECONDS = 30.0


class Service:
    """One process's way to the register and the index; safe to share between threads."""

    def __init__(self, settings: Settings, database: Database, engine: Engine) -> None:
        self.settings = settings
        self.database = database
        self.engine = engine
        self.searching = SearchService(engine.reader(), self.as_of, settings.similar_seconds)
        self.receipts = ReceiptBook(database, settings.data)
        self.exports = Slots(settings.data / "exports", settings.exports_at_once)
        self._looking = Looking(database, engine)
        self.clearing = Clearance(
            search=self._cited,
            database=database,
            offices=self.offices,
            gaps=lambda: self._looking.circumstances().gaps,
            classless=Classless(engine.reader()),
        )
        self._lock = threading.Lock()
        self._trees: dict[ClassificationName, tuple[float, Tree]] = {}
        self._summary: tuple[float, _Summary] | None = None

    def search(self, query: SearchQuery) -> Answer:
        """Run a search. Raises `Problem` for input that cannot be used, and where there is no index yet."""
        known = self.knowing_applicants(query)
        return _asked(lambda: self.searching.search(known))

    def knowing_applicants(self, query: SearchQuery) -> SearchQuery:
        """The query with the applicants that its filters name as they are resolved now: by an id that may
        have been merged, or by a name in any spelling.
        """
        return dataclasses.replace(query, filters=self.known_applicants(query.filters))

    def known_applicants(self, filters: Filters) -> Filters:
        """The same for filters."""
        name, ids = filters.applicant, filters.applicants
        if not ids and not (name and name.strip()):
            return filters
        return self.database.read(
            lambda connection: dataclasses.replace(
                filters,
                applicants=current_applicants(connection, ids) if ids else (),
                applicants_so_called=tuple(so_called(connection, name, _SO_CALLED)) if name else (),
            )
        )

    def current_applicant(self, identity: str) -> str | None:
        """The applicant that an id stands for now; None where it never stood for any."""
        return self.database.read(lambda connection: current_applicant(connection, identity))

    def suggested(self, typed: str, limit: int) -> list[tuple[str, str]]:
        """(name, id) of applicants whose name begins with what somebody types, or sounds so."""
        return self.database.read(lambda connection: suggestions(connection, typed, limit))

    def receipt(self, query: SearchQuery, answer: Answer) -> str:
        """The id of a receipt for a search that was answered just now."""
        return self.receipts.issue(receipt_of(query, answer, self.circumstances()))

    def circumstances(self) -> Circumstances:
        """What a search is made over, at most two seconds old. Raises `Problem` where there is no index."""
        return _asked(self._looking.circumstances)

    def _cited(self, query: SearchQuery) -> Cited:
        """A search with its receipt. Errors are those of the search."""
        answer = self.searching.search(query)
        circumstances = self._looking.circumstances()
        return Cited(answer, self.receipts.issue(receipt_of(query, answer, circumstances)))

    def clear(self, asked: ClearanceAsked) -> ClearanceReport:
        """The clearance report for one name. Raises `Problem` where there is no index yet."""
        return _asked(lambda: self.clearing.report(asked))

    def index_now(self) -> Circumstances:
        """The same, looked up now."""
        return _asked(self._looking.now)

    def applicants(self, name: str, limit: int) -> list[Applicant]:
        """Applicants by words of their names, and those known by the name in another spelling or script.
        Raises `Problem` where there is no index yet.
        """
        known = (
            self.database.read(lambda connection: so_called(connection, name, limit)) if name.strip() else []
        )
        return _asked(lambda: self.searching.applicants(name, limit, known))

    def applicant(self, identity: str) -> Applicant | None:
        """Raises `Problem` where there is no index yet."""
        return _asked(lambda: self.searching.applicant(identity))

    def portfolio(self, asked: PortfolioAsked) -> Portfolio:
        """The figures of an applicant. Raises `Problem` where there is no index yet."""
        return _asked(lambda: self.searching.portfolio(asked))

    def comparison(self, asked: ComparisonAsked) -> tuple[Figure, ...]:
        """Applicants side by side. Raises `Problem` where there is no index yet."""
        return _asked(lambda: self.searching.comparison(asked))

    def landscape(self, query: SearchQuery, today: dt.date) -> tuple[WholeResult, Landscape]:
        """The figures over everything that a query finds. Raises `Problem` as `search` does."""

        def look() -> tuple[WholeResult, Landscape]:
            whole = self.searching.whole(self.knowing_applicants(query))
            return whole, self.searching.landscape(whole.clause, today)

        return _asked(look)

    def tree(self, name: ClassificationName) -> Tree:
        """A classification with its counts, at most half a minute old. Raises `Problem` where there is no
        index yet.
        """
        with self._lock:
            known = self._trees.get(name)
        if known is not None and time.monotonic() - known[0] <= _TREE_SECONDS:
            return known[1]
        tree = _asked(lambda: self.searching.tree(name))
        with self._lock:
            self._trees[name] = time.monotonic(), tree
        return tree

    def asked(self, ask: Callable[[], T]) -> T:
        """What the index answers. Raises `Problem` for what cannot be asked, and where there is no index."""
        return _asked(ask)

    def offices(self) -> list[OfficeRight]:
        """What is held by office and right, at most two seconds old."""
        return self._looked().offices

    def gaps(self) -> list[Gaps]:
        """Which numbers are missing by office and right, at most two seconds behind the ledger."""
        return self._looked().gaps

    def not_taken(self) -> Mapping[str, int]:
        """Records that could not be taken in and are not mended, by office. Raises `Problem` where there is
        no index.
        """
        return self.circumstances().gaps

    def is_synthetic(self) -> bool:
        """Whether the demonstration's made-up records are in the register."""
        return self._looked().is_synthetic

    def as_of(self) -> Mapping[str, dt.datetime]:
        """As of when each office's data is."""
        found: dict[str, dt.datetime] = {}
        for held in self.offices():
            if held.as_of is not None:
                found[held.office] = max(held.as_of, found.get(held.office, held.as_of))
        return found

    def _looked(self) -> "_Summary":
        with self._lock:
            if self._summary is None or time.monotonic() - self._summary[0] > _SUMMARY_SECONDS:
                self._summary = time.monotonic(), self.database.read(_look)
            return self._summary[1]


def _asked(ask: Callable[[], T]) -> T:
    """What the index answers, its errors as problems."""
    try:
        return ask()
    except InputError as error:
        raise bad_parameter(error.field, error.reason, error.mend, error.place) from None
    except IndexUnavailableError:
        raise Problem(
            503, "index-unavailable", "the index cannot be read just now", mend="try again in a moment"
        ) from None


class _Summary(NamedTuple):
    offices: list[OfficeRight]
    gaps: list[Gaps]
    is_synthetic: bool


def _look(connection: Connection) -> _Summary:
    return _Summary(office_summary(connection), coverage_summary(connection), holds_demo(connection))


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceOf = Annotated[Service, Depends(_service)]
