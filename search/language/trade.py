"""Words that say what a company does or is, or where, and so tell no name from another: BANK, 酒店, จำกัด."""

from search.language.english import FUNCTION_WORDS, LEGAL_FORMS
from search.language.meanings import Element, legal_forms
from search.language.table import table


def is_trade_word(element: Element) -> bool:
    """Whether the most usual meaning of a part of a name is one of these."""
    return bool(element.phrases) and table("trade/concepts").get(element.phrases[0]) is not None


def is_formal(word: str) -> bool:
    """Whether a word is a legal form, or joins others as OF and AND do."""
    return word in FUNCTION_WORDS or word in LEGAL_FORMS or word in legal_forms()
