"""Ids of receipts."""

from collections.abc import Callable

import pytest

from search.receipts.identity import identity_of, read_identity


def test_an_id_is_short_enough_to_be_cited() -> None:
    identity = identity_of(b"a receipt")
    assert len(identity) == 30
    assert identity.startswith("rc-")


def test_another_content_has_another_id() -> None:
    assert len({identity_of(bytes([number])) for number in range(200)}) == 200


@pytest.mark.parametrize(
    "spelled",
    [
        str.upper,
        lambda identity: identity.replace("-", ""),
        lambda identity: identity.replace("-", " "),
        lambda identity: identity.removeprefix("rc-"),
        lambda identity: identity.replace("0", "O").replace("1", "l"),
    ],
)
def test_an_id_is_read_however_it_is_typed(spelled: Callable[[str], str]) -> None:
    identity = identity_of(b"a receipt")
    assert read_identity(spelled(identity)) == identity


@pytest.mark.parametrize("text", ["", "rc-", "rc-4k2v7q", "rc-" + "u" * 24, "x" * 500, "sg-tm-1"])
def test_what_is_no_id_is_none(text: str) -> None:
    assert read_identity(text) is None
