"""Authority files as text and XML, for all rights."""

from pathlib import Path

import pytest

from ingest.authority import AuthorityFile, read_authority
from ingest.draft import NotAFeedError
from register.model import Right
from register.store.authority import Listed


def read(data: str, tmp_path: Path, right: Right | None = None, office: str = "SG") -> AuthorityFile:
    file = tmp_path / "list"
    file.write_text(data, encoding="utf-8")
    return read_authority(file, office, right)


@pytest.mark.parametrize(
    "data",
    [
        "SG,123,A1,20200131,\nSG,124,A1,20210101,M\n",
        "SG;123;A1;2020-01-31;\nSG;124;A1;2021-01-01;M\n",
        "Kind Code\tPublication Number\tException Code\tPublication date\n"
        "A1\t123\t\t20200131\nA1\t124\tM\t20210101\n",
    ],
)
def test_a_list_is_read_in_the_order_of_the_standard_or_by_its_heading(data: str, tmp_path: Path) -> None:
    found = read(data, tmp_path)
    assert found.lists == {"patent": [Listed("123", "A1", 2020), Listed("124", "A1", 2021, "M")]}
    assert (found.rows, found.unread) == (2, 0)


def test_elements_are_known_by_the_ends_of_their_names(tmp_path: Path) -> None:
    entry = (
        "<a:Entry><c:IPOfficeCode>SG</c:IPOfficeCode><a:PublicationNumber>{}</a:PublicationNumber>"
        "<a:PatentDocumentKindCode>A1</a:PatentDocumentKindCode><a:PublicationDate>2020-01-31</a:PublicationDate>"
        "<a:PublicationExceptionCode>{}</a:PublicationExceptionCode></a:Entry>"
    )
    data = (
        '<?xml version="1.0"?><a:File xmlns:a="urn:a" xmlns:c="urn:c"><a:Bag>'
        + entry.format(1, "")
        + entry.format(2, "W")
        + "</a:Bag></a:File>"
    )
    assert read(data, tmp_path).lists == {"patent": [Listed("1", "A1", 2020), Listed("2", "A1", 2020, "W")]}


def test_the_right_is_said_by_a_column_by_the_asker_or_by_the_kind(tmp_path: Path) -> None:
    assert list(read("right,number\ntrademark,4020\ndesign,3020\n", tmp_path).lists) == [
        "trademark",
        "design",
    ]
    assert list(read("SG,4020,,,\n", tmp_path, "trademark").lists) == ["trademark"]
    assert list(read("SG,1,U,,\nSG,2,S1,,\nSG,3,B,,\n", tmp_path).lists) == [
        "utility-model",
        "design",
        "patent",
    ]


def test_a_number_without_a_date_tells_its_year_itself(tmp_path: Path) -> None:
    assert read("SG,40202101321Q,,,\n", tmp_path, "trademark").lists["trademark"][0].year == 2021


@pytest.mark.parametrize(
    ("row", "why"),
    [("TH,1,,,", "'TH'"), ("SG,,,,", "no number"), ("SG,1,,,Z", "'Z'"), ("SG,-,,,", "no number")],
)
def test_a_row_that_says_no_number_is_told_with_its_line(row: str, why: str, tmp_path: Path) -> None:
    found = read(f"SG,7,,,\n{row}\n", tmp_path)
    assert (found.rows, found.unread) == (2, 1)
    assert why in found.problems[0]
    assert "line 2" in found.problems[0]


@pytest.mark.parametrize("data", ["", "{}", "TH,1,,,\n", "%PDF-1.7"])
def test_what_is_no_list_of_the_office_is_refused(data: str, tmp_path: Path) -> None:
    with pytest.raises(NotAFeedError):
        read(data, tmp_path)
