import msgspec

from ingest.report import QualityCount
from register.model import Record, Status
from register.statement import Rejected, Statement


def stated(record: Record, operation: str = "upsert") -> Statement:
    return Statement(operation, record, None, "", "f", 1, None, None, b"")  # type: ignore[arg-type]


MARK = Record(
    id="sg-tm-1",
    office="SG",
    right="trademark",
    application_number="1",
    nice_classes=(9,),
    status=Status("registered"),
)
BARE = Record(
    id="sg-tm-2", office="SG", right="trademark", application_number="2", status=Status("unknown", "X")
)
REFUSED = Rejected("no-number", "why", "mend", "f", 1, None, None, b"")


def test_fill_rates_are_by_right_and_field() -> None:
    count = QualityCount()
    count.add(stated(MARK))
    count.add(stated(BARE))
    count.add(stated(BARE, "delete"))
    report = count.report()
    assert report.taken == 3
    (marks,) = report.rights
    assert (marks.right, marks.records) == ("trademark", 2)
    shares = {fill.field: fill.share for fill in marks.fields}
    assert (shares["id"], shares["niceClasses"], shares["status"], shares["filingDate"]) == (1, 0.5, 0.5, 0)
    assert set(shares) == set(Record.__struct_encode_fields__)


def test_refusals_are_counted_by_code() -> None:
    count = QualityCount()
    count.add(REFUSED)
    count.add(REFUSED)
    report = count.report()
    assert (report.taken, report.refused, report.refusals) == (0, 2, {"no-number": 2})


def unread(*values: tuple[str, str]) -> Statement:
    return stated(MARK)._replace(unread=values)


def test_what_was_not_understood_is_listed_by_frequency() -> None:
    count = QualityCount()
    for value in "abbb":
        count.add(unread(("status", value)))
    assert [(one.value, one.count) for one in count.report().unread] == [("b", 3), ("a", 1)]


def test_a_broken_feed_does_not_make_an_endless_report() -> None:
    count = QualityCount()
    for number in range(1000):
        count.add(unread(("country", str(number))))
    assert len(count.report().unread) == 200


def test_the_report_is_json() -> None:
    count = QualityCount()
    count.add(stated(MARK))
    assert b'"share":1.0' in msgspec.json.encode(count.report())
