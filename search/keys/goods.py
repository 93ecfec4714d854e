"""Words of goods and services, each once: enough to find by, and cheap where a mark has a page of them."""

from collections.abc import Iterable

from register.model import Goods
from search.keys.normal import folded_text
from search.keys.words import MAX_TOKEN_CHARACTERS, text_words

MAX_GOODS_CHARACTERS = 4000
MAX_GOODS_WORDS = 400
"""Of a longer list of goods, the rest is not indexed."""


def goods_words(goods: Iterable[Goods]) -> tuple[str, ...]:
    """The distinct words of goods in every language delivered, in their order."""
    found: dict[str, None] = {}
    left = MAX_GOODS_CHARACTERS
    for one in goods:
        if one.text and left > 0:
            found.update(dict.fromkeys(_words(one.text[:left])))
            left -= len(one.text)
    return tuple(found)[:MAX_GOODS_WORDS]


def _words(text: str) -> list[str]:
    if len(text) <= MAX_TOKEN_CHARACTERS and text.isascii():
        return folded_text(text).split()
    return text_words(text)
