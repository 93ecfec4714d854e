"""The table of a source, as a person writes it; `docs/sources.md` explains each key."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

Kind = Literal["file", "index", "changes", "kipris", "data-gov-sg", "datastore", "collection"]
Meaning = Literal["again", "limit", "key", "nothing", "refused"]

_Count = Annotated[int, msgspec.Meta(ge=1)]
_Rate = Annotated[float, msgspec.Meta(gt=0, le=50)]
_Seconds = Annotated[float, msgspec.Meta(gt=0, le=7 * 86_400)]
_Days = Annotated[int, msgspec.Meta(ge=0, le=366)]
_Variable = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][A-Z0-9_]{2,}$")]
_Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]


class DatesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[dates]`: how what is new is asked for.

    `since`: changes since the last run, in `parameter` or `header`, less `overlap-minutes`. `days`: each day
    by itself, in `parameter` (and `to-parameter`), from `first` until `behind` days ago; the last `again`
    days are asked for once more each time. `form` is `iso-date`, `iso-time`, `http-date`, `unix`, or a
    pattern as of `strftime`.
    """

    by: Literal["none", "since", "days"] = "none"
    parameter: str = ""
    to_parameter: str = ""
    header: str = ""
    form: str = "iso-date"
    first: dt.date | None = None
    overlap_minutes: Annotated[int, msgspec.Meta(ge=0)] = 10
    behind: _Days = 1
    again: _Days = 0


class PagesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[pages]`: how the next page is asked for.

    `page` counts pages from `first`, `offset` counts records; `cursor` puts what stands at `next` into
    `parameter`; `link` follows the address at `next`, or that of the `Link` header.
    """

    by: Literal["none", "page", "offset", "cursor", "link"] = "none"
    parameter: str = ""
    size_parameter: str = ""
    size: _Count = 100
    first: int = 1
    next: tuple[str, ...] = ()


class ReplyTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[reply]`: where in a reply what stands.

    Paths are member names with dots between (JSON) or the local name of an element (XML); of several the
    first that is there counts. `records` leads to the array of records, or to the element around them;
    `total` to their number over all pages; `code` to a code of success or error, which is `fine`, or means
    what `codes` says; `message` to its words. `statuses` gives HTTP status codes a meaning of the same kind.
    `keep = "records"` keeps of a JSON reply its records, one a line, for formats that know no reply around
    them.
    """

    form: Literal["json", "xml", "any"] = "any"
    records: tuple[str, ...] = ()
    keep: Literal["whole", "records"] = "whole"
    total: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    codes: Mapping[str, Meaning] = {}
    statuses: Mapping[str, Meaning] = {}


class FilesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[files]` of an index: the name of a file as a `strptime` pattern with its day, such as
    `apc%y%m%d.zip`, and the `first` day wanted. `links` is the path to names in an index that is JSON.
    """

    pattern: str = ""
    first: dt.date | None = None
    links: str = ""


class PolitenessTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[politeness]`: at most so many requests a second, never two at once; a request that fails is tried so
    often, after waits in seconds that double from the first to the longest, unless the server names one.
    """

    requests_a_second: _Rate = 1.0
    tries: _Count = 5
    first_wait: _Seconds = 2.0
    longest_wait: _Seconds = 300.0


class BoundsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[bounds]` of one run: pages, bytes and seconds in all, bytes of a page, seconds without a byte. What
    is left when a bound is reached, the next run goes on with.
    """

    pages: _Count = 5_000
    bytes: _Count = 8 << 30
    page_bytes: _Count = 64 << 20
    seconds: _Seconds = 6 * 3600.0
    silence: _Seconds = 60.0


class SourceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """One source. Secrets are named by the environment variable that holds them."""

    name: _Name
    kind: Kind
    url: str
    office: str = ""
    title: str = ""
    format: str | None = None
    off: bool = False
    every: str = ""
    cron: str = ""
    time_zone: str = "UTC"
    parameters: Mapping[str, str | int] = {}
    headers: Mapping[str, str] = {}
    secret_parameters: Mapping[str, _Variable] = {}
    secret_headers: Mapping[str, _Variable] = {}
    redirect_hosts: tuple[str, ...] = ()
    ca_file: str | None = None
    dates: DatesTable = DatesTable()
    pages: PagesTable = PagesTable()
    reply: ReplyTable = ReplyTable()
    files: FilesTable = FilesTable()
    politeness: PolitenessTable = PolitenessTable()
    bounds: BoundsTable = BoundsTable()


SECRET_NAME = re.compile(r"key|token|secret|passw|authori[sz]ation|credential|signature", re.IGNORECASE)
"""What a parameter or header with a secret is called."""
