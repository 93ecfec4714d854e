"""The classifications: codes with their titles as a tree, and how many records have each."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from app.http import parameters
from app.http.answers import ClassificationEntry, ClassificationPage, encode
from app.http.openapi import operation
from app.http.parameters import read_parameters, table
from app.http.problems import bad_parameter
from app.http.service import Service, ServiceOf
from register.codes.classifications import ClassificationName
from search.classifications import Tree

PARAMETERS = {
    "q": dataclasses.replace(
        parameters.PARAMETERS["q"],
        description="words with which words of the title begin, or a code; at most 1000 characters",
        example="lion",
    ),
    **table("under"),
}
_EXAMPLE = {
    "classification": "vienna",
    "levels": ["category", "division", "section"],
    "results": [
        {
            "code": "26.04",
            "title": "Quadrilaterals",
            "level": "division",
            "parent": "26",
            "children": ["26.04.01", "26.04.02"],
            "records": 1204,
        }
    ],
}
# Where each classification is listed: its operation's id, and what its codes are.
_LISTS: dict[ClassificationName, tuple[str, str]] = {
    "nice": ("listNiceClasses", "Classes of goods and services (Nice)"),
    "vienna": ("listViennaCodes", "Codes of the figurative elements of marks (Vienna)"),
    "locarno": ("listLocarnoClasses", "Classes of designs (Locarno)"),
    "ipc": ("listIpcSymbols", "Symbols of patents down to the subclass (IPC)"),
    "cpc": ("listCpcSymbols", "Symbols of patents down to the subclass (CPC)"),
}

router = APIRouter(tags=["Classifications"])


def codes_asked(tree: Tree, words: str, under: str | None) -> Sequence[str]:
    """The codes whose titles have these words, of those under a code where one is given.

    Raises `Problem` for an `under` that is no code of the classification.
    """
    within: Sequence[str] = tree.codes
    if under is not None:
        code = tree.of.normalise(under)
        within = tree.below(code) if code is not None else ()
        if not within:
            raise bad_parameter(
                "under",
                f"{under[:40]!r} is no code of this classification",
                f"give one such as {tree.of.codes[-1]}",
            )
    return tree.titled(words, within) if words else within


def _entry(tree: Tree, code: str) -> ClassificationEntry:
    return ClassificationEntry(
        code=code,
        title=tree.of.title(code),
        level=tree.of.level(code),
        parent=tree.of.parent(code),
        children=tree.children(code),
        records=tree.held.get(code, 0),
    )


def _listing(name: ClassificationName) -> Callable[[Request, Service], Response]:
    def list_codes(request: Request, service: ServiceOf) -> Response:
        values: dict[str, Any] = read_parameters(request.query_params, PARAMETERS)
        tree = service.tree(name)
        codes = codes_asked(tree, values.get("q", ""), values.get("under"))
        page = ClassificationPage(
            classification=name, levels=tree.of.levels, results=[_entry(tree, code) for code in codes]
        )
        return Response(encode(page), media_type="application/json")

    return list_codes


for _name, (_operation, _what) in _LISTS.items():
    router.add_api_route(
        f"/classifications/{_name}",
        _listing(_name),
        response_class=Response,
        operation_id=_operation,
        **operation(_what, ClassificationPage, parameters=PARAMETERS, errors=(503,), example=_EXAMPLE),
    )
