"""What is asked: a frozen query, the same from HTTP, a page or the command line."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from register.model import Plain, Right

Match = Literal["similar", "exact", "startsWith", "contains", "sound", "expert"]
MATCHES: tuple[Match, ...] = get_args(Match)

SortKey = Literal["relevance", "filingDate", "registrationDate", "expiryDate", "changed"]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)

FacetName = Literal[
    "offices",
    "territories",
    "rights",
    "status",
    "niceClasses",
    "filingYear",
    "applicants",
    "kinds",
    "features",
    "viennaCodes",
    "locarno",
    "ipc",
    "cpc",
]
FACETS: tuple[FacetName, ...] = get_args(FacetName)


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of the results. `relevance` is always best first; dates are newest first where
    `descending`.
    """

    key: SortKey = "relevance"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """What a result must be. An empty tuple or None asks for nothing; values within one field are
    alternatives.

    Offices and territories are ST.3 codes; `applicant` is words of a name, and
    `applicants_so_called` the ids of the applicants that are known by it; `applicants` and `representatives`
    are ids; `vienna_codes`, `locarno`, `ipc` and `cpc` take a code of any level and match everything below
    it. Date bounds are inclusive. `changed_after` and `changed_to` are timepoints of the register: what
    changed last after the one, and not later than the other.
    """

    rights: tuple[Right, ...] = ()
    offices: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    status: tuple[Plain, ...] = ()
    nice_classes: tuple[int, ...] = ()
    vienna_codes: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    applicant: str | None = None
    applicants: tuple[str, ...] = ()
    applicants_so_called: tuple[str, ...] = ()
    representatives: tuple[str, ...] = ()
    filed_from: dt.date | None = None
    filed_to: dt.date | None = None
    registered_from: dt.date | None = None
    registered_to: dt.date | None = None
    expires_from: dt.date | None = None
    expires_to: dt.date | None = None
    changed_after: int | None = None
    changed_to: int | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. `text` None or blank lists everything that passes the filters. `cursor` is opaque, from
    an answer.

    `without_rules` are codes of rules of likeness that do not count. `vienna_like` are Vienna codes, and ids
    of records for the codes that they have: what is asked for are marks with such figures, the likest first.
    A query has a text or these.
    """

    text: str | None = None
    match: Match = "similar"
    without_rules: tuple[str, ...] = ()
    vienna_like: tuple[str, ...] = ()
    filters: Filters = Filters()
    sort: Sort = Sort()
    limit: int = 20
    cursor: str | None = None
    facets: tuple[FacetName, ...] = ()
