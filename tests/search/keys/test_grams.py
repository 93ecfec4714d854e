"""Grams: an exact substring is a phrase of them, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from search.keys.grams import contained_bigrams, needle_bigrams, trigrams


def holds(key: str, needle: str) -> bool:
    """Whether the grams of a needle stand one after the other in those of a key, as an index finds it."""
    have, want = contained_bigrams(key), needle_bigrams(needle)
    if len(needle) == 1:
        return any(gram.startswith(want[0]) for gram in have)
    return any(tuple(have[at : at + len(want)]) == want for at in range(len(have)))


@given(st.text(alphabet="ab金ก", max_size=8), st.text(alphabet="ab金ก", min_size=1, max_size=4))
def test_a_phrase_of_bigrams_is_an_exact_substring(key: str, needle: str) -> None:
    assert holds(key, needle) == (needle in key)


def test_trigrams_stand_once_and_know_begin_and_end() -> None:
    assert trigrams("aaaa") == ("^^a", "^aa", "aaa", "aa$")
    assert trigrams("a") == ("^^a", "^a$")
    assert trigrams("") == ()
