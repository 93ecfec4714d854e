"""Words of running text, in scripts with and without spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keys.words import Words, phrase_words, query_words, text_words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Method for Brewing Coffee", ["method", "for", "brewing", "coffee"]),
        ("커피 추출 방법", ["커피", "추출", "방법"]),
        ("黄金海岸", ["黄金", "金海", "海岸", "岸"]),
        ("กาแฟ", ["กา", "าแ", "แฟ", "ฟ"]),
        ("LED照明 device", ["led", "照明", "明", "device"]),
        ("金", ["金"]),
        ("…", []),
    ],
)
def test_tokens_of_a_text(text: str, tokens: list[str]) -> None:
    assert text_words(text) == tokens


def test_every_word_of_a_query_and_every_quoted_phrase_is_wanted() -> None:
    assert query_words('pump "hot water" coffee') == [
        Words(("pump",)),
        Words(("hot", "water")),
        Words(("coffee",)),
    ]
    assert query_words("“热水” 泵") == [Words(("热水",)), Words(("泵",), begins=True)]
    assert query_words('"') == []
    assert query_words('a"') == [Words(("a",))]


def test_a_phrase_across_scripts_keeps_its_places() -> None:
    assert phrase_words("LED照明 device") == Words(("led", "照明", "明", "device"))
    assert phrase_words("  ") is None


def stands_in(phrase: Words, tokens: list[str]) -> bool:
    if phrase.begins:
        return any(token.startswith(phrase.tokens[0]) for token in tokens)
    length = len(phrase.tokens)
    return any(tuple(tokens[at : at + length]) == phrase.tokens for at in range(len(tokens)))


@given(st.text(alphabet="ab 热水泵ก커", min_size=1, max_size=12), st.data())
def test_a_text_is_found_by_a_whole_part_of_it_as_a_phrase(text: str, data: st.DataObject) -> None:
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    phrase = phrase_words(" ".join(words[first:last]))
    assert phrase is not None
    assert stands_in(phrase, text_words(text))
