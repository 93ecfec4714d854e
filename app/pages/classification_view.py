"""A classification as its page shows it: a level at a time, or the codes whose titles have given words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.http.classifications import codes_asked
from app.pages.links import address
from register.codes.classifications import ClassificationName
from search.classifications import Tree

NAMES: dict[ClassificationName, str] = {
    "nice": "Nice Classification",
    "vienna": "Vienna Classification",
    "locarno": "Locarno Classification",
    "ipc": "International Patent Classification",
    "cpc": "Cooperative Patent Classification",
}
WHAT: dict[ClassificationName, str] = {
    "nice": "Goods and services of marks",
    "vienna": "Figurative elements of marks",
    "locarno": "Industrial designs",
    "ipc": "Inventions",
    "cpc": "Inventions, by the offices of Europe and the United States",
}
_SHORT_NAMES: dict[ClassificationName, str] = {
    "nice": "Nice",
    "vienna": "Vienna",
    "locarno": "Locarno",
    "ipc": "IPC",
    "cpc": "CPC",
}
# The filter that takes a code of each.
FILTERS: dict[ClassificationName, str] = {
    "nice": "niceClasses",
    "vienna": "viennaCodes",
    "locarno": "locarno",
    "ipc": "ipc",
    "cpc": "cpc",
}
_MOST_FOUND = 200


class ShownCode(NamedTuple):
    """`below_href` is empty where nothing stands under it; `path` are the titles of what it stands under."""

    code: str
    title: str
    level: str
    records: int
    search_href: str
    below_href: str
    path: str


@dataclass(frozen=True, slots=True)
class ShownClassification:
    """`crumbs` lead from the whole classification to `here`, the code whose parts are shown; None at the
    top. `likely` where codes can be ticked to look for marks with such figures.
    """

    name: str
    what: str
    action: str
    words: str
    under: str
    crumbs: list[tuple[str, str]]
    here: ShownCode | None
    rows: list[ShownCode]
    more: int
    others: list[tuple[str, str, bool]]
    likely: bool
    api_href: str


def shown_classification(tree: Tree, values: Mapping[str, str]) -> ShownClassification:
    """The page for `q` and `under`. Raises `Problem` for an `under` that is no code."""
    name = tree.of.name
    words, under = values.get("q", ""), values.get("under")
    found = codes_asked(tree, words, under)
    here = tree.of.normalise(under) if under is not None else None
    codes = found if words else tree.children(here)
    crumbs = [(NAMES[name], f"/{name}")] if here is not None else []
    if here is not None:
        crumbs += [(tree.of.labelled(code), _below(tree, code)) for code in tree.of.parents(here)]
    return ShownClassification(
        name=NAMES[name],
        what=WHAT[name],
        action=f"/{name}",
        words=words,
        under=here or "",
        crumbs=crumbs,
        here=None if here is None else _shown(tree, here, with_path=False),
        rows=[_shown(tree, code, with_path=bool(words)) for code in codes[:_MOST_FOUND]],
        more=max(0, len(codes) - _MOST_FOUND),
        others=[(words, f"/{one}", one == name) for one, words in _SHORT_NAMES.items()],
        likely=name == "vienna" and any(tree.held.get(code) for code in codes),
        api_href=address(f"/v1/classifications/{name}", values),
    )


def _below(tree: Tree, code: str) -> str:
    return address(f"/{tree.of.name}", {"under": code})


def _shown(tree: Tree, code: str, *, with_path: bool) -> ShownCode:
    of = tree.of
    return ShownCode(
        code=code,
        title=of.title(code) or "",
        level=of.level(code),
        records=tree.held.get(code, 0),
        search_href=address("/search", {FILTERS[of.name]: code}),
        below_href=_below(tree, code) if tree.children(code) else "",
        path=" › ".join(of.title(above) or above for above in of.parents(code)) if with_path else "",
    )
