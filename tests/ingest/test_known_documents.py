"""Documents of the offices that are no register records."""

import pytest

from ingest.formats.registry import Head
from ingest.known_documents import known_document


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<ftm-package-index/>", "index of an EPO"),
        ("<content><file>A.xml</file></content>", "table of contents"),
        ("<PatentHitList/>", "hit list"),
        ("<response><lst/><result/></response>", "search reply"),
        ('{"DeliveryID": 1, "Files": []}', "bulk delivery"),
        (
            "<DocumentList><Document><DocumentTypeCode>A</DocumentTypeCode></Document></DocumentList>",
            "documents",
        ),
    ],
)
def test_it_is_said_what_a_document_is(data: str, words: str) -> None:
    found = known_document(Head(data.encode()))
    assert found is not None
    assert words in found


@pytest.mark.parametrize("data", ["<content/>", "<response/>", "<Transaction/>", "{}", "text", ""])
def test_others_are_not_known(data: str) -> None:
    assert known_document(Head(data.encode())) is None
