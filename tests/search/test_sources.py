"""Which filters a source of candidates is asked with."""

from search.engine import All, Phrase, Ranked, Term
from search.sources import NamedSource

TRADEMARKS = Term("right", ("trademark",))
SINGAPORE = Term("office", ("SG",))
GRAMS = Ranked("gram", ("^^s", "ste"))


def filters_of(source: NamedSource, *filters: Term) -> object:
    assert isinstance(source.what, Ranked | Phrase)
    clause = source.source(source.what, filters).clause
    assert isinstance(clause, All)
    return clause.filters


def test_what_only_marks_have_is_not_asked_to_be_of_marks() -> None:
    source = NamedSource("grams", GRAMS, 10)
    assert filters_of(source, TRADEMARKS, SINGAPORE) == (SINGAPORE,)
    assert filters_of(source, Term("right", ("design", "trademark"))) == ()


def test_where_no_mark_is_wanted_none_is_found() -> None:
    designs = Term("right", ("design",))
    assert filters_of(NamedSource("grams", GRAMS, 10), designs) == (designs,)


def test_what_other_rights_have_too_is_asked_once_to_be_of_marks() -> None:
    held = NamedSource("holds it", Phrase("bigram", ("st", "te")), 10, (TRADEMARKS,))
    assert filters_of(held, TRADEMARKS, SINGAPORE) == (TRADEMARKS, SINGAPORE)
