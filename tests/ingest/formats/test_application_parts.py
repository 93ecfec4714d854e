"""Applications cut into one for each design."""

import pytest
from lxml import etree

from ingest.formats.application_parts import alone, place_of


def test_each_part_is_the_application_with_one_design() -> None:
    application = etree.fromstring("<a><n>1</n><ds><d>x</d><d>y</d></ds><ds><d>z</d></ds><p/></a>")
    designs = list(application.iter("d"))
    assert list(alone(application, designs)) == [
        b'<a><n>1</n><ds><d ipregister-place="1/3">x</d></ds><ds/><p/></a>',
        b'<a><n>1</n><ds><d ipregister-place="2/3">y</d></ds><ds/><p/></a>',
        b'<a><n>1</n><ds/><ds><d ipregister-place="3/3">z</d></ds><p/></a>',
    ]


def test_the_application_stays_as_it_is() -> None:
    data = b"<a><d>x</d><d>y</d></a>"
    application = etree.fromstring(data)
    list(alone(application, list(application)))
    assert etree.tostring(application) == data


@pytest.mark.parametrize(
    ("stated", "place"),
    [("2/5", (2, 5)), ("", (1, 1)), ("0/5", (1, 1)), ("2", (1, 1)), ("9999999999/1", (1, 1))],
)
def test_a_part_says_which_of_how_many_it_was(stated: str, place: tuple[int, int]) -> None:
    assert place_of(etree.Element("d", {"ipregister-place": stated})) == place
