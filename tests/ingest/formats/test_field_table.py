"""Children of an element read into a draft by a table of names."""

from lxml import etree

from ingest.draft import Draft
from ingest.formats.field_table import FieldTable, fill
from ingest.formats.local_names import ByTag

TABLE: FieldTable = ByTag(
    {
        "Number": "application_number",
        "Class": lambda draft, element: draft.nice_classes.append(element.text or ""),
    },
    lambda name: name.removeprefix("KR"),
)


def filled(xml: str) -> Draft:
    draft = Draft(right="trademark")
    fill(draft, etree.fromstring(xml), TABLE)
    return draft


def test_of_leaves_for_one_field_the_first_that_says_something_counts() -> None:
    draft = filled("<r><Number/><Number> - </Number><Number> 7 </Number><Number>8</Number></r>")
    assert draft.application_number == "7"


def test_other_elements_are_read_each_time_and_unknown_ones_passed_over() -> None:
    draft = filled('<r xmlns:n="urn:n"><n:Class>9</n:Class><Other/><!-- --><Class>42</Class></r>')
    assert draft.nice_classes == ["9", "42"]


def test_an_offices_own_name_for_an_element_counts_as_the_standards() -> None:
    assert filled("<r><KRNumber>7</KRNumber></r>").application_number == "7"
