"""The form that makes a watch of a search."""

from collections.abc import Mapping
from typing import NamedTuple

from app.http.watch_body import SEARCHED
from app.http.watch_question import USUAL_LEAST_SCORE, WatchBody
from app.pages.links import address
from app.pages.words import FILTER_WORDS, MATCH_WORDS, value_words

_OWN = ("name", "leastScore", "webhook")


class WatchForm(NamedTuple):
    """The form as it was filled in. `said` is the search in words, `hidden` its parameters."""

    name: str
    least_score: str
    webhook: str
    said: list[tuple[str, str]]
    hidden: list[tuple[str, str]]
    search_href: str


def watchable(values: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a search that a watch keeps."""
    return {name: value for name, value in values.items() if name in SEARCHED}


def watch_form_of(values: Mapping[str, str]) -> WatchForm:
    """The form for these parameters of a search, and what else was filled in."""
    search = watchable(values)
    said = [("Name, words or number", search["q"])] if "q" in search else []
    said.append(("Compared by", MATCH_WORDS.get(search.get("match", "similar"), search.get("match", ""))))
    said += [
        (words, ", ".join(value_words(name, one) for one in search[name].split(",")))
        for name, words in FILTER_WORDS.items()
        if name in search
    ]
    return WatchForm(
        name=values.get("name", search.get("q", "")),
        least_score=values.get("leastScore", str(USUAL_LEAST_SCORE)),
        webhook=values.get("webhook", ""),
        said=said,
        hidden=list(search.items()),
        search_href=address("/search", search),
    )


def body_of(values: Mapping[str, str]) -> WatchBody:
    """What the form asks. Raises ValueError for a score that is no number from 0 to 1."""
    score = float(values.get("leastScore", USUAL_LEAST_SCORE))
    if not 0 <= score <= 1:
        raise ValueError
    return WatchBody(
        search={name: value for name, value in values.items() if name not in _OWN},
        name=values.get("name"),
        least_score=score,
        webhook=values.get("webhook"),
    )
