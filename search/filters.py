"""What a result must be, as clauses."""

import datetime as dt

from register.codes.ipc import normalise_ipc
from register.codes.legal_forms import strip_legal_form
from register.codes.locarno import normalise_locarno
from register.codes.vienna import normalise_vienna
from search.engine import All, Any, Clause, Phrase, Prefix, Range, Term
from search.errors import InputError
from search.keys.words import Words, query_words
from search.orders import FIRST_KNOWN, first_of_day, last_of_day
from search.query import Filters


def filter_clauses(filters: Filters) -> tuple[Clause, ...]:
    """One clause for each thing asked. Raises `InputError` for a symbol that cannot be read."""
    clauses: list[Clause] = []
    for field, values in (
        ("right", filters.rights),
        ("office", filters.offices),
        ("territory", filters.territories),
        ("status", filters.status),
        ("nice", filters.nice_classes),
        ("kind", filters.kinds),
        ("feature", filters.features),
        ("applicant", filters.applicants),
        ("representative", filters.representatives),
        ("vienna", _vienna(filters.vienna_codes)),
        ("locarno", _locarno(filters.locarno)),
        ("ipc", _ipc(filters.ipc, "ipc")),
        ("cpc", _ipc(filters.cpc, "cpc")),
    ):
        if values:
            clauses.append(Term(field, tuple(values)))
    for field, first, last in (
        ("filed", filters.filed_from, filters.filed_to),
        ("registered", filters.registered_from, filters.registered_to),
        ("expiry", filters.expires_from, filters.expires_to),
    ):
        if first is not None or last is not None:
            clauses.append(_days(field, first, last))
    if filters.changed_after is not None or filters.changed_to is not None:
        later = None if filters.changed_after is None else filters.changed_after + 1
        clauses.append(Range("timepoint", later, filters.changed_to))
    if filters.applicant is not None and filters.applicant.strip():
        words = applicant_clause(filters.applicant)
        called = filters.applicants_so_called
        clauses.append(Any((words, Term("applicant", called))) if called else words)
    return tuple(clauses)


def _days(field: str, first: dt.date | None, last: dt.date | None) -> Range:
    return Range(
        field,
        FIRST_KNOWN if first is None else first_of_day(first),
        None if last is None else last_of_day(last),
    )


def words_clause(field: str, words: Words) -> Clause:
    """Documents whose running text holds a word or phrase."""
    return Prefix(field, words.tokens[0]) if words.begins else Phrase(field, words.tokens)


def applicant_clause(name: str) -> Clause:
    """Documents with an applicant of whose name these are words; a legal form is not asked for where more
    is given.
    """
    words = query_words(strip_legal_form(name)) or query_words(name)
    if not words:
        raise InputError(
            "applicant", "the name has no letter and no digit", "give words of the applicant's name"
        )
    return All(tuple(words_clause("applicant_word", one) for one in words))


def _vienna(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        _known(normalise_vienna(code), code, "viennaCodes", "a Vienna code such as 26, 26.4 or 26.4.5")
        for code in codes
    )


def _locarno(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        _known(normalise_locarno(code), code, "locarno", "a Locarno class or subclass such as 06 or 06-01")
        for code in codes
    )


def _ipc(symbols: tuple[str, ...], field: str) -> tuple[str, ...]:
    return tuple(
        _known(normalise_ipc(symbol), symbol, field, "a symbol such as A61, A61B or A61B 5/00")
        for symbol in symbols
    )


def _known(normalised: str | None, given: str, field: str, like: str) -> str:
    if normalised is None:
        raise InputError(field, f"{given!r} is no symbol of the classification", f"give {like}")
    return normalised


def any_of(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else Any(tuple(clauses))
