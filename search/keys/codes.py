"""Classification symbols with everything they stand under, so that a symbol of any level finds what is
below it.
"""

from collections.abc import Iterable

from register.codes.ipc import ipc_parents, normalise_ipc
from register.codes.locarno import locarno_parents, normalise_locarno
from register.codes.vienna import normalise_vienna, vienna_parents


def with_parents_vienna(codes: Iterable[str]) -> tuple[str, ...]:
    """Vienna codes as delivered -> normalised codes of every level: `01.15.09` gives `01`, `01.15`,
    `01.15.09`.
    """
    normalised = (code for given in codes if (code := normalise_vienna(given)) is not None)
    return tuple(dict.fromkeys(level for code in normalised for level in (*vienna_parents(code), code)))


def with_parents_locarno(codes: Iterable[str]) -> tuple[str, ...]:
    """Locarno symbols as delivered -> class and subclass."""
    normalised = (code for given in codes if (code := normalise_locarno(given)) is not None)
    return tuple(dict.fromkeys(level for code in normalised for level in (*locarno_parents(code), code)))


def with_parents_ipc(symbols: Iterable[str]) -> tuple[str, ...]:
    """IPC or CPC symbols as delivered -> section, class, subclass, main group and the symbol itself."""
    normalised = (symbol for given in symbols if (symbol := normalise_ipc(given)) is not None)
    return tuple(dict.fromkeys(level for symbol in normalised for level in (*ipc_parents(symbol), symbol)))


def of_length(codes: Iterable[str], length: int) -> tuple[str, ...]:
    """Of codes of every level, those of one: a level's codes are all as long, such as `01.15` with 5."""
    return tuple(code for code in codes if len(code) == length)
