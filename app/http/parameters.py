"""The parameters of the API as one table: what each may be, how it is read, how OpenAPI tells it.

Lists are separated by commas; a parameter given twice, or one that is not in the table, is an error with its
name.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from app.exports.kinds import EXPORT_FORMATS
from app.http.problems import Problem, bad_parameter
from register.codes.offices import is_st3
from register.identity import LONG_RIGHTS
from register.model import PLAIN_STATUSES, RIGHTS
from register.quality.fields import NAMES
from register.store.audit import AUDIT_ACTIONS, AUDIT_SUBJECTS
from register.store.rehearsal import KINDS
from register.store.schema import FEED_STATES
from search.query import FACETS, MATCHES, SORT_KEYS
from search.short import RESULT_FIELDS
from search.similarity.rules import RULE_CODES

EXPERT_EXAMPLE = 'ti=(coffee OR tea) AND ab="hot water"~3 AND ic=A47J AND fd>=2020'
MAX_QUERY_CHARACTERS = 1000
MAX_LIST_VALUES = 250
MAX_CURSOR_CHARACTERS = 2000
Value = TypeVar("Value")
_EARLIEST, _LATEST = dt.date(1600, 1, 1), dt.date(2400, 12, 31)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter. `read` turns the given text into a value or raises ValueError with a sentence."""

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]
    example: str
    other_examples: Mapping[str, str] = field(default_factory=dict)

    def openapi(self) -> dict[str, Any]:
        """The parameter object of OpenAPI 3.1."""
        listed = self.schema.get("type") == "array"
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "schema": dict(self.schema),
            **({"style": "form", "explode": False} if listed else {}),
            "examples": {
                "usual": {"value": self.example.split(",") if listed else self.example},
                **{name: {"value": example} for name, example in self.other_examples.items()},
            },
        }


def read_parameters(given: QueryParams, table: Mapping[str, Parameter]) -> dict[str, Any]:
    """The values of the parameters given. Raises `Problem` (400) for an unknown, repeated or unusable one."""
    values: dict[str, Any] = {}
    for name, text in given.multi_items():
        parameter = table.get(name)
        if parameter is None:
            known = ", ".join(sorted(table)) or "none"
            raise Problem(
                400,
                "unknown-parameter",
                f"there is no parameter {name[:60]!r} here",
                field=name[:60],
                mend=f"known are: {known}",
            )
        if name in values:
            raise bad_parameter(
                name,
                "the parameter is given twice",
                "give it once; several values go into one list, separated by commas",
            )
        try:
            values[name] = parameter.read(text)
        except ValueError as error:
            raise bad_parameter(name, str(error), parameter.description) from None
    return values


def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > limit:
            raise ValueError(f"longer than {limit} characters")
        if any(ord(character) < 32 and character not in "\t\r\n" for character in text) or "\x7f" in text:
            raise ValueError("holds control characters")
        if "\ufffd" in text:
            raise ValueError("holds bytes that are not UTF-8")
        return " ".join(text.split())

    return read


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if (
            not (text.isascii() and text.removeprefix("-").isdigit())
            or len(text) > 12
            or not low <= int(text) <= high
        ):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _date(text: str) -> dt.date:
    try:
        value = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        value = None
    if value is None or not _EARLIEST <= value <= _LATEST:
        raise ValueError("must be a date such as 2024-01-31")
    return value


def _one_of(choices: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return read


def _several(one: Callable[[str], Value]) -> Callable[[str], tuple[Value, ...]]:
    def read(text: str) -> tuple[Value, ...]:
        parts = text.split(",")
        if len(parts) > MAX_LIST_VALUES:
            raise ValueError(f"more than {MAX_LIST_VALUES} values")
        if "" in (part.strip() for part in parts):
            raise ValueError("holds an empty value")
        return tuple(dict.fromkeys(one(part.strip()) for part in parts))

    return read


def _office(text: str) -> str:
    code = text.upper()
    if not is_st3(code):
        raise ValueError(f"{text[:20]!r} is no ST.3 code of an office")
    return code


def _classification(pattern: str, like: str) -> Callable[[str], str]:
    shape = re.compile(pattern)

    def read(text: str) -> str:
        if len(text) > 40 or not shape.fullmatch(text):
            raise ValueError(f"{text[:40]!r} is no code such as {like}")
        return text

    return read


def _figure(text: str) -> str:
    if len(text) > _LONGEST_FIGURE or not re.fullmatch(f"{_VIENNA}|{_IDENTITY}", text):
        raise ValueError(f"{text[:40]!r} is no Vienna code such as 26.4.5 and no id of a record")
    return text


def _applicant_id(text: str) -> str:
    if not re.fullmatch(r"ap-[0-9a-z]{1,40}", text):
        raise ValueError(f"{text[:40]!r} is no id of an applicant")
    return text


def _representative_id(text: str) -> str:
    if not re.fullmatch(r"rp-[0-9a-z]{1,40}", text):
        raise ValueError(f"{text[:40]!r} is no id of a representative")
    return text


def _right(text: str) -> str:
    if text in RIGHTS:
        return text
    if text in LONG_RIGHTS:
        return LONG_RIGHTS[text]
    raise ValueError(f"must be one of {', '.join(RIGHTS)}")


def _strings(values: Sequence[str] | None = None, pattern: str | None = None) -> dict[str, Any]:
    """The schema of a list of strings."""
    items: dict[str, Any] = {"type": "string", "minLength": 1}
    if values is not None:
        items["enum"] = list(values)
    if pattern is not None:
        items["pattern"] = pattern
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MAX_LIST_VALUES}


SORTS = tuple(sign + key for key in SORT_KEYS for sign in (("",) if key == "relevance" else ("-", "")))
_HAPPENED = ("filed", "registered", "expires")
SPANS = tuple((f"{happened}From", f"{happened}To") for happened in _HAPPENED)
"""The first and the last day of each span of days that can be asked for."""
_ST3 = "^[A-Za-z]{2}$"
_DATE_SCHEMA = {"type": "string", "format": "date"}
_MOMENT_SCHEMA = {"type": "string", "minLength": 10, "maxLength": 40}
_VIENNA = r"[0-9]{1,2}(\.[0-9]{1,2}){0,2}|[0-9]{2}|[0-9]{4}|[0-9]{6}"
_IDENTITY = r"[A-Za-z]{2}-[A-Za-z]{2}-\w+(-\w+)?"
_LONGEST_FIGURE = 300
_LOCARNO = r"[0-9]{1,2}(-[0-9]{2})?"
_CPC = r"[A-Ha-hYy]([0-9]{2}([A-Za-z]( ?[0-9]{1,4}(/[0-9]{2,6})?)?)?)?"
_IPC = r"[A-Ha-h]([0-9]{2}([A-Za-z]( ?[0-9]{1,4}(/[0-9]{2,6})?)?)?)?"


def _date_parameter(name: str, description: str) -> Parameter:
    return Parameter(name, description, _DATE_SCHEMA, _date, "2020-01-01")


def _parameters() -> dict[str, Parameter]:
    query_schema = {"type": "string", "maxLength": MAX_QUERY_CHARACTERS}
    every = (
        Parameter(
            "q",
            "what is looked for: a name, words, or a number in any form, or with match=expert a query; "
            f"at most {MAX_QUERY_CHARACTERS} characters",
            query_schema,
            _text(MAX_QUERY_CHARACTERS),
            "steiger",
            {"expert": EXPERT_EXAMPLE},
        ),
        Parameter(
            "match",
            f"how q is compared with the marks: {', '.join(MATCHES)}; with `expert` q is a query of field "
            f"tags and operators, such as {EXPERT_EXAMPLE}",
            {"type": "string", "enum": list(MATCHES), "default": "similar"},
            _one_of(MATCHES),
            "similar",
        ),
        Parameter(
            "withoutRules",
            "rules of likeness that shall not count: " + ", ".join(RULE_CODES),
            _strings(RULE_CODES),
            _several(_one_of(RULE_CODES)),
            "same-meaning",
        ),
        Parameter(
            "offices",
            "who holds the record: ST.3 codes, separated by commas",
            _strings(pattern=_ST3),
            _several(_office),
            "TH,SG",
        ),
        Parameter(
            "office",
            "one office: its ST.3 code",
            {"type": "string", "pattern": _ST3},
            _office,
            "SG",
        ),
        Parameter(
            "format",
            "the name of the format, where looking at the content would guess wrong; `ipregister formats` "
            "lists them",
            {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,40}$"},
            _format,
            "st66",
        ),
        Parameter(
            "dryRun",
            "whether to tell only what would change",
            {"type": "boolean", "default": False},
            _yes_or_no,
            "false",
        ),
        Parameter(
            "items",
            "only these records in quarantine, by their ids",
            {
                "type": "array",
                "items": {"type": "integer", "minimum": 1},
                "minItems": 1,
                "maxItems": MAX_LIST_VALUES,
            },
            _several(_whole_number(1, 10**11)),
            "901,902",
        ),
        Parameter(
            "name",
            "what the delivery is called, such as the name of its file",
            {"type": "string", "minLength": 1, "maxLength": 200},
            _text(200),
            "marks-2026-07-01.xml.gz",
        ),
        Parameter(
            "changed",
            "what becomes of records that another feed has changed since: `refuse` undoes nothing and lists "
            "them, `leave` leaves them as they are",
            {"type": "string", "enum": ["refuse", "leave"], "default": "refuse"},
            _one_of(("refuse", "leave")),
            "leave",
        ),
        Parameter(
            "state",
            "only feeds in these states: " + ", ".join(FEED_STATES),
            _strings(FEED_STATES),
            _several(_one_of(FEED_STATES)),
            "held,failed",
        ),
        Parameter(
            "action",
            "only these actions, or all on things of a kind: " + ", ".join((*AUDIT_SUBJECTS, *AUDIT_ACTIONS)),
            _strings((*AUDIT_SUBJECTS, *AUDIT_ACTIONS)),
            audit_actions,
            "feed.confirmed,key",
        ),
        Parameter(
            "from",
            "from this day or time on, as 2024-01-31 or 2024-01-31T08:00:00Z",
            _MOMENT_SCHEMA,
            moment,
            "2024-01-31",
        ),
        Parameter(
            "to",
            "up to this day, or before this time, as 2024-01-31 or 2024-01-31T08:00:00Z",
            _MOMENT_SCHEMA,
            lambda text: moment(text, whole_day=True),
            "2024-01-31",
        ),
        Parameter(
            "territories",
            "where the right has effect: ST.3 codes; national records and the international or regional ones "
            "that designate it",
            _strings(pattern=_ST3),
            _several(_office),
            "TH",
        ),
        Parameter(
            "rights", "which rights: " + ", ".join(RIGHTS), _strings(RIGHTS), _several(_right), "trademark"
        ),
        Parameter(
            "status",
            "plain status: " + ", ".join(PLAIN_STATUSES),
            _strings(PLAIN_STATUSES),
            _several(_one_of(PLAIN_STATUSES)),
            "registered,pending",
        ),
        Parameter(
            "niceClasses",
            "Nice classes from 1 to 45, separated by commas",
            {
                "type": "array",
                "items": {"type": "integer", "minimum": 1, "maximum": 45},
                "minItems": 1,
                "maxItems": MAX_LIST_VALUES,
            },
            _several(_whole_number(1, 45)),
            "9,42",
        ),
        Parameter(
            "viennaCodes",
            "Vienna codes of any level, such as 26, 26.4 or 26.4.5",
            _strings(pattern=f"^({_VIENNA})$"),
            _several(_classification(_VIENNA, "26.4.5")),
            "26.4",
        ),
        Parameter(
            "viennaLike",
            "marks with such figures, the likest first: Vienna codes such as 26.4.5, or the id of a mark "
            "whose figures are meant; not together with q",
            _strings(),
            _several(_figure),
            "26.4.5,1.15.9",
        ),
        Parameter(
            "locarno",
            "Locarno classes or subclasses, such as 06 or 06-01",
            _strings(pattern=f"^({_LOCARNO})$"),
            _several(_classification(_LOCARNO, "06-01")),
            "06-01",
        ),
        Parameter(
            "ipc",
            "IPC symbols of any level, such as A61, A61B or A61B 5/00",
            _strings(pattern=f"^({_IPC})$"),
            _several(_classification(_IPC, "A61B 5/00")),
            "A61B",
        ),
        Parameter(
            "cpc",
            "CPC symbols of any level, such as A61, Y02E or A61B 5/00",
            _strings(pattern=f"^({_CPC})$"),
            _several(_classification(_CPC, "A61B 5/00")),
            "Y02E",
        ),
        Parameter(
            "applicant",
            "words of an applicant's name",
            {"type": "string", "maxLength": 200},
            _text(200),
            "siam foods",
        ),
        Parameter(
            "applicants",
            "ids of resolved applicants",
            _strings(pattern="^ap-[0-9a-z]{1,40}$"),
            _several(_applicant_id),
            "ap-0123456789abc",
        ),
        Parameter(
            "representatives",
            "ids of representatives, as results and portfolios give them",
            _strings(pattern="^rp-[0-9a-z]{1,40}$"),
            _several(_representative_id),
            "rp-0123456789abc",
        ),
        *(
            _date_parameter(bound, f"{happened} on this day or {side}, as 2024-01-31")
            for happened, span in zip(_HAPPENED, SPANS, strict=True)
            for bound, side in zip(span, ("later", "earlier"), strict=True)
        ),
        Parameter(
            "sort",
            "the order: " + ", ".join(SORTS) + " (a minus puts the newest first)",
            {"type": "string", "enum": list(SORTS), "default": "relevance"},
            _one_of(SORTS),
            "-filingDate",
        ),
        Parameter(
            "limit",
            "how many results, from 1 to 100",
            {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            _whole_number(1, 100),
            "20",
        ),
        Parameter(
            "cursor",
            "where to go on: from the `next` link of the page before",
            {"type": "string", "minLength": 1, "maxLength": MAX_CURSOR_CHARACTERS},
            _cursor,
            "",
        ),
        Parameter(
            "facets",
            "counts wanted beside the results: " + ", ".join(FACETS),
            _strings(FACETS),
            _several(_one_of(FACETS)),
            "offices,status",
        ),
        Parameter(
            "fields",
            "members of each result that are wanted; id is always there",
            _strings(RESULT_FIELDS),
            _several(_one_of(RESULT_FIELDS)),
            "id,title,status",
        ),
        Parameter(
            "under",
            "a code of the classification, such as 26: only itself and what stands under it",
            {"type": "string", "minLength": 1, "maxLength": 40},
            _text(40),
            "26",
        ),
        Parameter(
            "right",
            "one right: " + ", ".join(RIGHTS),
            {"type": "string", "enum": list(RIGHTS)},
            _right,
            "trademark",
        ),
        Parameter(
            "kind",
            "what happens to the records: " + ", ".join(KINDS),
            _strings(KINDS),
            _several(_one_of(KINDS)),
            "updated,deleted",
        ),
        Parameter(
            "field",
            "a field of the record that changes, by its name in the JSON of a record",
            {"type": "string", "enum": list(NAMES.values())},
            _one_of(tuple(NAMES.values())),
            "filingDate",
        ),
        Parameter(
            "statusFrom",
            "only records whose plain status changes from this one: " + ", ".join(PLAIN_STATUSES),
            {"type": "string", "enum": list(PLAIN_STATUSES)},
            _one_of(PLAIN_STATUSES),
            "pending",
        ),
        Parameter(
            "statusTo",
            "only records whose plain status changes to this one: " + ", ".join(PLAIN_STATUSES),
            {"type": "string", "enum": list(PLAIN_STATUSES)},
            _one_of(PLAIN_STATUSES),
            "ended",
        ),
        Parameter(
            "year",
            "a year of the office's numbers, such as 2021",
            {"type": "integer", "minimum": 0, "maximum": 2200},
            _whole_number(0, 2200),
            "2021",
        ),
        Parameter(
            "asOn",
            "a day, as 2024-01-31: the record as it was held then, and whether it was in force",
            _DATE_SCHEMA,
            _date,
            "2024-01-31",
        ),
        Parameter(
            "since",
            "a day, a time or a timepoint of this feed: only what changed after it",
            {"type": "string", "minLength": 1, "maxLength": 40},
            _text(40),
            "2024-01-31",
        ),
    )
    return {parameter.name: parameter for parameter in every}


def audit_actions(text: str) -> tuple[str, ...]:
    """Names of actions of the audit log, or of the things they are done on. Raises ValueError."""
    return _several(_one_of((*AUDIT_SUBJECTS, *AUDIT_ACTIONS)))(text)


def moment(text: str, *, whole_day: bool = False) -> dt.datetime:
    """A day or a time, in UTC where it says no other; a day is its end where the whole of it is meant.

    Raises ValueError.
    """
    try:
        if len(text) == 10:
            day = dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), dt.UTC)
            return day + dt.timedelta(days=1) if whole_day else day
        # A plus sign in an address that was not written as %2B comes as a space.
        found = dt.datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a day or a time such as 2024-01-31 or 2024-01-31T08:00:00Z") from None


def _format(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", text):
        raise ValueError(f"{text[:40]!r} is no name of a format")
    return text


def _yes_or_no(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("must be true or false")
    return text == "true"


def _cursor(text: str) -> str:
    if len(text) > MAX_CURSOR_CHARACTERS or not re.fullmatch(r"[A-Za-z0-9_=-]+", text):
        raise ValueError("is no cursor of an answer")
    return text


PARAMETERS = _parameters()


def table(*names: str) -> dict[str, Parameter]:
    """The part of the table that one address takes."""
    return {name: PARAMETERS[name] for name in names}


EXPORT_FORMAT = Parameter(
    "format",
    "json: a page of the result; csv, xlsx, jsonl: all of it as a file, which `Accept` can ask for too",
    {"type": "string", "enum": ["json", *EXPORT_FORMATS], "default": "json"},
    _one_of(("json", *EXPORT_FORMATS)),
    "csv",
)
"""`format` of searches; that of feeds names a format of offices."""

CHANGES_FORMAT = Parameter(
    "format",
    "json: a page; jsonl: a change a line, as many as `limit` says or all, which `Accept` can ask for too",
    {"type": "string", "enum": ["json", "jsonl"], "default": "json"},
    _one_of(("json", "jsonl")),
    "jsonl",
)
CHANGES_ON_A_PAGE, _MOST_LINES = 100, 1_000_000_000
CHANGES_LIMIT = Parameter(
    "limit",
    f"how many changes: from 1 to {CHANGES_ON_A_PAGE} on a page, 20 if absent; any number as lines, or all",
    {"type": "integer", "minimum": 1, "maximum": _MOST_LINES},
    _whole_number(1, _MOST_LINES),
    "100",
)
