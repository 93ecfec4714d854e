"""The OpenAPI file: whole, and true to the structures that answer."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from app.http import answers
from app.http.openapi import _ANSWERS
from search.short import RESULT_FIELDS

STRUCTURES = {structure.__name__: structure for structure in _ANSWERS}


@pytest.fixture(scope="module")
def described(held: Any) -> dict[str, Any]:
    document: dict[str, Any] = held.client.get("/openapi.json").json()
    return document


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for operation in methods.values():
            yield path, operation


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def structure_of(content: dict[str, Any]) -> Any:
    return STRUCTURES[content["schema"]["$ref"].rpartition("/")[2]]


def test_it_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")


def test_every_address_of_the_contract_is_there(described: dict[str, Any]) -> None:
    rights = ("trademarks", "patents", "designs", "geographical-indications", "rights")
    wanted = {f"/v1/{right}{rest}" for right in rights for rest in ("", "/{id}", "/{id}/history")}
    wanted |= {"/v1/applicants", "/v1/applicants/{id}", "/v1/offices", "/v1/changes", "/healthz", "/readyz"}
    wanted |= {"/v1/sources", "/v1/audit", "/v1/keys", "/v1/keys/{id}", "/v1/offices/{code}/authority"}
    wanted |= {"/v1/applicants/{id}/portfolio", "/v1/applicants/compare", "/v1/landscape"}
    wanted |= {"/v1/receipts/{id}", "/v1/receipts/{id}/diff"}
    wanted |= {f"/v1/watches{rest}" for rest in ("", "/{id}", "/{id}/events", "/{id}/deadlines")}
    wanted |= {f"/v1/feeds{rest}" for rest in ("", "/{id}", "/{id}/errors", "/{id}/confirm", "/{id}/cancel")}
    wanted |= {"/v1/feeds/{id}/undo", "/v1/uploads", "/v1/uploads/{id}"}
    wanted |= {"/v1/watches/{id}/feed.atom", "/v1/watches/{id}/redeliver"}
    assert wanted <= set(described["paths"])


def test_every_operation_has_an_id_of_its_own_a_tag_and_a_summary(described: dict[str, Any]) -> None:
    every = [operation for _, operation in operations(described)]
    assert len({operation["operationId"] for operation in every}) == len(every)
    known = {tag["name"] for tag in described["tags"]}
    assert all(operation["summary"] and set(operation["tags"]) <= known for operation in every)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in references(described):
        part: Any = described
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_every_json_answer_has_an_example_that_is_one(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        if path.endswith(
            ("/source", ".atom", "/feeds/{id}/events", "/uploads", "/media/{id}", "/thumbnail", "/{file}")
        ):
            continue
        if "204" in operation["responses"]:
            continue
        responses = operation["responses"]
        made = responses.get("200") or responses.get("201") or responses["202"]
        content = made["content"]["application/json"]
        msgspec.convert(content["example"], structure_of(content), strict=False)


def test_an_example_of_a_search_has_members_that_results_have(described: dict[str, Any]) -> None:
    content = described["paths"]["/v1/trademarks"]["get"]["responses"]["200"]["content"]["application/json"]
    for result in content["example"]["results"]:
        assert set(result) <= set(RESULT_FIELDS)
        msgspec.convert(result["why"], list[answers.Why])


def test_every_error_has_an_example_that_is_one(described: dict[str, Any]) -> None:
    for response in described["components"]["responses"].values():
        content = response["content"]["application/problem+json"]
        assert msgspec.convert(content["example"], structure_of(content)).code


def test_every_operation_under_v1_tells_its_errors(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        if path.startswith("/v1/"):
            assert {"400", "429", "503"} <= set(operation["responses"])


def test_an_operation_with_an_id_tells_that_it_may_not_be_found(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        assert ("404" in operation["responses"]) == ("{id}" in path or "{code}" in path), path


def test_a_result_is_described_with_every_member_that_fields_may_name(described: dict[str, Any]) -> None:
    assert set(described["components"]["schemas"]["Result"]["properties"]) == set(RESULT_FIELDS)


@pytest.mark.parametrize(
    "address",
    [
        "/v1/trademarks?q=lumora&facets=offices",
        "/v1/rights?limit=100",
        "/v1/trademarks/sg-tm-40202001321q?asOn=2025-01-01",
        "/v1/rights/kr-pt-1020190012345",
        "/v1/trademarks/sg-tm-40202100008k/history",
        "/v1/changes?limit=100",
        "/v1/offices",
        "/v1/applicants?q=siam",
        "/v1/classifications/vienna?under=26",
        "/readyz",
    ],
)
def test_an_answer_is_of_the_described_structure(
    client: TestClient, described: dict[str, Any], address: str
) -> None:
    got = client.get(address)
    route = next(
        path
        for path in described["paths"]
        if len(path.split("/")) == len(address.partition("?")[0].split("/"))
        and all(
            said == meant or meant == "{id}"
            for said, meant in zip(address.partition("?")[0].split("/"), path.split("/"), strict=True)
        )
    )
    structure = structure_of(
        described["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]
    )
    decoded = msgspec.json.decode(got.content, type=structure)
    assert set(msgspec.to_builtins(decoded)) == set(got.json())
