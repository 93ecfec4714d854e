"""International Patent Classification, and the Cooperative one, which is written alike and adds section Y."""

import re
from functools import cache, lru_cache

from register.codes.table import pairs

# Before the symbol: `Int. Cl.7`, or the edition's number alone as DOCDB gives it (` 7A 61K   9/16`).
_HEAD = re.compile(
    r"[\s(\[]*(?:INT\.?\s*CL\.?\s*\d{0,2}\s*[.:;,]?\s*|\d{1,2}\s?)?([A-HY])(?:\s?(\d\d)(?:\s?([A-Z]))?)?"
)
_SLASHED = re.compile(r"\s*0*([1-9]\d{0,3})\s*[/:]\s*(\d{2,6})(?!\d)")
_FOURTEEN = re.compile(r"(\d{4})(\d{6})(?!\d)")
# ST.8 columns without a slash: a main group of three places, right-aligned, then the subgroup (`B60R  900`).
_COLUMNS = re.compile(r"( *\d{1,9})(?!\s*[\d/:])")
_END = re.compile(r"[\s)\].,;]*(?:\(\s*\d.*)?$")
_BETWEEN = re.compile(r"[|;]+|,|//")


@cache
def _titles() -> dict[str, str]:
    return pairs("ipc.csv", "symbol", "title") | pairs("cpc_extra.csv", "symbol", "title")


@cache
def codes() -> tuple[str, ...]:
    """Every section, class and subclass of the IPC (groups are not in the tables)."""
    return tuple(pairs("ipc.csv", "symbol", "title"))


def cooperative_codes() -> tuple[str, ...]:
    """The same of the CPC: those of the IPC, and what it adds."""
    return tuple(_titles())


def _columns(digits: str) -> str | None:
    """Main group and subgroup of a symbol without a slash: `  900` -> `9/00`, ` 1516` -> `15/16`, `21704` ->
    `217/04`.
    """
    group, subgroup = digits[:3], digits[3:]
    if len(subgroup) < 2:
        # The blanks of the columns were lost on the way (`B60R 900`): the subgroup has at least two digits.
        group, subgroup = digits[:-2], digits[-2:]
    number = group.strip().lstrip("0")
    return f"{number}/{subgroup}" if number else None


def _group(rest: str) -> str | None:
    """What stands after a subclass as `group/subgroup`; "" for nothing, None for what is no group."""
    found = _SLASHED.match(rest)
    if found is not None:
        return f"{found[1]}/{found[2]}"
    found = _FOURTEEN.match(rest.lstrip())
    if found is not None:
        number = found[1].lstrip("0")
        return f"{number}/{found[2][:2]}{found[2][2:].rstrip('0')}" if number else None
    if _END.match(rest):
        return ""
    found = _COLUMNS.match(rest)
    if found is None:
        return None
    digits = found[1]
    if len(digits.strip()) > 2 or digits.strip().startswith("0"):
        return _columns(digits)
    # One or two digits cannot hold a group and a subgroup: the main group alone, which is its subgroup 00.
    return f"{digits.strip()}/00"


@lru_cache(maxsize=65536)
def normalise_ipc(text: str) -> str | None:
    """One printed form of an IPC or CPC symbol of any level: `A`, `A61`, `A61B` or `A61B 5/00`.

    Read alike: `A61B005/00`, `A61B5/00`, `A61B0005000000` (ST.8, 14 places), `B60R  900` (columns without a
    slash), `A61K   9/16        20060101AFI20051220RMJP` (ST.8 with its version and the rest), `H04W  84/
    20`, ` 7A 61K   9/16   A` (edition first), `A61B 5/00 (2006.01)`, `C12R 1:19` (the former indexing sign),
    any case. None for what is no symbol. Whether section, class and subclass exist is not asked: `ipc_title`
    tells.
    """
    upper = text.upper()
    head = _HEAD.match(upper)
    if head is None:
        return None
    section, number, letter = head.groups()
    rest = upper[head.end() :]
    if letter is None:
        return f"{section}{number or ''}" if _END.match(rest) else None
    group = _group(rest)
    if group is None:
        return None
    return f"{section}{number}{letter} {group}" if group else f"{section}{number}{letter}"


@lru_cache(maxsize=16384)
def ipc_symbols(text: str) -> tuple[str, ...]:
    """The symbols in a list divided by `|`, `;`, `,` or `//`, normalised, in order, each once; the rest left
    out.
    """
    found = (normalise_ipc(part) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(symbol for symbol in found if symbol is not None))


@lru_cache(maxsize=65536)
def ipc_parents(symbol: str) -> tuple[str, ...]:
    """What a normalised symbol stands under, the widest first: section, class, subclass, main group.

    `A61B 5/107` -> (`A`, `A61`, `A61B`, `A61B 5/00`). The dots of a subgroup's place below others are not
    known here.
    """
    parents = [symbol[:end] for end in (1, 3, 4) if end < len(symbol)]
    if len(symbol) > 4:
        main = f"{symbol[: symbol.index('/')]}/00"
        if main != symbol:
            parents.append(main)
    return tuple(parents)


def ipc_title(symbol: str) -> str | None:
    """The title of a normalised section, class or subclass; None for groups and for what the tables lack."""
    return _titles().get(symbol)
