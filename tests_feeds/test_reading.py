"""Every real file is read to its last record, or refused with a reason that a person can act on."""

import re
from pathlib import Path

from ingest.delivery import FeedFile, OtherFile, files_of
from ingest.draft import Damage, Delivered, HarmfulFeedError, NotAFeedError
from ingest.formats.registry import Opened
from ingest.mapping import Mapper
from ingest.rereading import reread
from register.model import decode_record, encode_record
from register.statement import Rejected, Statement

# Whose feeds lie in a folder, by how its name begins; elsewhere the file's first office code tells.
_OFFICES = {
    "dpma": "DE",
    "epo": "EP",
    "euipo": "EM",
    "inpi": "FR",
    "iponz": "NZ",
    "ipos": "SG",
    "jpo": "JP",
    "kipris": "KR",
    "kr": "KR",
    "oepm": "ES",
    "th": "TH",
    "tipo": "TW",
    "uspto": "US",
}
_OFFICE_CODE = re.compile(rb"<(?:\w+:)?RegistrationOfficeCode[^>]*>\s*([A-Z]{2})\s*<")


def _office(path: Path) -> str:
    known = _OFFICES.get(path.parent.name.partition("-")[0])
    if known is not None:
        return known
    stated = _OFFICE_CODE.search(path.read_bytes())
    return stated[1].decode() if stated is not None else "WO"


def _read(path: Path) -> tuple[list[Statement | Rejected], list[str]]:
    """What the file's feeds say, and why its other files say nothing."""
    office = _office(path)
    said: list[Statement | Rejected] = []
    refusals: list[str] = []
    for file in files_of(path, None):
        if isinstance(file, OtherFile):
            refusals.append(str(file.why))
            continue
        try:
            said += _statements(file, office)
        except (NotAFeedError, HarmfulFeedError) as error:
            refusals.append(str(error))
    return said, refusals


def _statements(file: FeedFile, office: str) -> list[Statement | Rejected]:
    mapper = Mapper(office, file.format.name)
    found: list[Statement | Rejected] = []
    for delivered in file.format.read(Opened(file.name, office, file.stream)):
        if isinstance(delivered, Damage):
            found.append(
                Rejected(
                    delivered.code, delivered.reason, delivered.mend, *delivered.position, delivered.source
                )
            )
        else:
            found.append(mapper.statement(delivered))
    return found


def test_a_file_is_read_whole_or_refused_with_a_reason(feed_file: Path) -> None:
    said, refusals = _read(feed_file)
    assert said or refusals
    assert all(len(reason) > 40 for reason in refusals)
    assert [(one.code, one.reason) for one in said if isinstance(one, Rejected)] == []


def test_records_have_what_identifies_them_and_their_source(feed_file: Path) -> None:
    said, _ = _read(feed_file)
    for one in said:
        assert isinstance(one, Statement)
        record = one.record
        assert record.id.startswith(f"{record.office.lower()}-")
        assert record.application_number
        assert one.source
        assert decode_record(encode_record(record)) == record


def test_every_kept_source_reads_again_as_it_was(feed_file: Path) -> None:
    office = _office(feed_file)
    for file in files_of(feed_file, None):
        if isinstance(file, OtherFile):
            continue
        try:
            found = list(file.format.read(Opened(file.name, office, file.stream)))
        except (NotAFeedError, HarmfulFeedError):
            continue
        for item in found:
            if isinstance(item, Delivered):
                kept = (item.source, item.position, item.envelope)
                assert reread(file.format.name, office, *kept) == item


def test_reading_twice_gives_the_same(feed_file: Path) -> None:
    assert _read(feed_file) == _read(feed_file)
