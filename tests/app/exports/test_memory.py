"""What a file takes to write does not grow with it."""

import tracemalloc
from collections.abc import Generator

import pytest

from app.exports.found import Found
from app.exports.job import ExportJob, write
from app.exports.kinds import EXPORT_FORMATS, ExportFormat
from app.exports.reading import Result
from register.model import Party, Record, Text, encode_record
from search.query import SearchQuery

_AT_ONCE = 500


def records(count: int) -> Generator[list[Found]]:
    for start in range(0, count, _AT_ONCE):
        yield [
            Found(
                encode_record(
                    Record(
                        id=f"sg-tm-{place}",
                        office="SG",
                        right="trademark",
                        application_number=f"{place}",
                        texts=(Text(f"TEXT {place}", "en"),),
                        applicants=(Party(f"Applicant {place % 100} Ltd.", country="SG"),),
                    )
                )
            )
            for place in range(start, start + _AT_ONCE)
        ]


def peak(kind: ExportFormat, count: int) -> int:
    """Bytes that were in use at most while so many records were written."""
    job = ExportJob(query=SearchQuery(), format=kind)
    tracemalloc.start()
    try:
        assert write(Result(count, records(count)), job.writer(), len) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", EXPORT_FORMATS)
def test_ten_times_the_records_take_no_more_memory(kind: ExportFormat) -> None:
    peak(kind, _AT_ONCE)
    assert peak(kind, 20 * _AT_ONCE) < 1.5 * peak(kind, 2 * _AT_ONCE) + (1 << 20)
