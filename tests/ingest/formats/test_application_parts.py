"""Applications cut into one for each design."""

from lxml import etree

from ingest.formats.application_parts import alone


def test_each_part_is_the_application_with_one_design() -> None:
    application = etree.fromstring("<a><n>1</n><ds><d>x</d><d>y</d></ds><ds><d>z</d></ds><p/></a>")
    designs = list(application.iter("d"))
    assert list(alone(application, designs)) == [
        b"<a><n>1</n><ds><d>x</d></ds><ds/><p/></a>",
        b"<a><n>1</n><ds><d>y</d></ds><ds/><p/></a>",
        b"<a><n>1</n><ds/><ds><d>z</d></ds><p/></a>",
    ]


def test_the_application_stays_as_it_is() -> None:
    data = b"<a><d>x</d><d>y</d></a>"
    application = etree.fromstring(data)
    list(alone(application, list(application)))
    assert etree.tostring(application) == data
