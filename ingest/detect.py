"""Which format a file is of: every format looks at its head, the surest one reads it."""

from functools import cache
from importlib import import_module
from types import ModuleType

from ingest.describe import describe
from ingest.draft import NotAFeedError
from ingest.encoding import as_utf8
from ingest.formats.registry import HEAD_BYTES, Format, Head
from ingest.known_documents import is_description
from ingest.profile import profile

# In the order in which the README lists them; the order decides nothing.
MODULES = (
    "st66",
    "st86",
    "st96",
    "kipris",
    "kipo_api",
    "kr_marks",
    "ipos",
    "thai_dip",
    "uspto_daily",
    "uspto_redbook",
    "uspto_sgml",
    "uspto_pap",
    "uspto_greenbook",
    "uspto_odp",
    "epo_docdb",
    "epo_register",
    "st36",
    "euipo",
    "jpo",
    "tipo",
    "oepm",
    "inpi_json",
    "jsonl",
    "own_csv",
)


class UnknownFormatError(ValueError):
    """A format was asked for by a name that no format has."""

    def __init__(self, name: str, office: str = "") -> None:
        known = ", ".join(sorted(formats_of(office)))
        super().__init__(f"no format is called {name!r}; there are: {known}")


@cache
def formats() -> dict[str, Format]:
    """Every format by its name."""
    found = (kind for name in MODULES for kind in _formats_of(import_module(f"ingest.formats.{name}")))
    return {kind.name: kind for kind in found}


def _formats_of(module: ModuleType) -> tuple[Format, ...]:
    several: tuple[Format, ...] | None = getattr(module, "FORMATS", None)
    return several if several is not None else (module.FORMAT,)


def formats_of(office: str) -> dict[str, Format]:
    """Every format that a feed of an office (ST.3, "" for any) may have: those that its own profile describes
    go before others of their names. Raises `ingest.profile.ProfileError`.
    """
    return {**formats(), **{kind.name: kind for kind in profile(office).formats}} if office else formats()


def format_named(name: str, office: str = "") -> Format:
    """The format of that name in feeds of an office. Raises `UnknownFormatError`, which lists the names."""
    try:
        return formats_of(office)[name]
    except KeyError:
        raise UnknownFormatError(name, office) from None


def detect(data: bytes, name: str, office: str = "") -> Format:
    """The format of a file of an office by its first bytes. Raises `NotAFeedError`, which says what it looks
    like and what is taken.
    """
    head = Head(as_utf8(data[:HEAD_BYTES]), name)
    known = formats_of(office)
    sureness = (
        {kind.name: kind.looks(head) for kind in known.values()}
        if head.kind not in ("empty", "binary") and not is_description(head)
        else {}
    )
    best = max(sureness, key=lambda kind: sureness[kind], default=None)
    if best is not None and sureness[best] > 0:
        return known[best]
    raise NotAFeedError(
        f"it looks like {describe(head)}",
        "taken are register records as "
        + ", ".join(kind.title for kind in known.values())
        + " (a wrong guess is put right by naming the format; `ipregister office new` describes a format of "
        "an office's own)",
    )
