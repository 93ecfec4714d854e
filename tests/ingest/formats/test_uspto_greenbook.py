"""Green Book text."""

import io
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import Delivered, DraftCitation, DraftParty, DraftPriority, NotAFeedError
from ingest.formats.registry import Opened
from ingest.formats.uspto_greenbook import FORMAT, draft_of
from tests.ingest.formats.reading import drafts, only, read, sureness

_PATENT = """PATN
WKU  039000014
SRC  5
APN  5100019
APT  1
APD  19741029
TTL  Bumper support for a boat
      loader and lifter
ISD  19760210
INVT
NAM  Daniels; Everette E.
STR  221 Locust St.
CTY  Des Moines
STA  IA
ZIP  50309
ASSG
NAM  Lime Pressing GmbH
CTY  Bonn
CNT  DEX
COD  03
PRIR
CNT  GB2
APD  19731029
APN  50123/73
CLAS
OCL  224 4207
XCL  214450
EDF  2
ICL  B60R  900
ICL  A61K 31522
UREF
PNO  2542907
ISD  19510200
FREF
PNO  123456
CNT  FRX
OREF
PAL  Smith, On Boats,
      page 3.
LREP
FRM  Law & Sons
ABST
PAL  A unit mountable on a bumper.
PAR  It lifts.
BSUM
PAR  This is passed over.
CLMS
NUM  1.
PAR  1. A bumper.
"""
_DESIGN = "PATN\nWKU  D02400015\nSRC  D\nAPN  1234567\nAPT  4\nTTL  Chair\nISD  19970610\nCLAS\nICL  0601\n"


def test_it_is_found_by_its_first_fields() -> None:
    assert sureness(FORMAT, _PATENT) == 95
    assert sureness(FORMAT, "HHHHHT  APS1    ISSUE - 760210\n" + _PATENT) == 95
    assert sureness(FORMAT, "PATN is not enough\n") == 0
    assert sureness(FORMAT, "<PATN/>") == 0


def test_a_grant_is_read_by_its_fields() -> None:
    draft = only(FORMAT, _PATENT)
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "US",
        "1976-02-10",
    )
    assert (draft.application_number, draft.filing_date) == ("05510001", "19741029")
    assert (draft.registration_number, draft.registration_date) == ("03900001", "19760210")
    assert draft.status_plain == "registered"
    assert draft.titles[0].text == "Bumper support for a boat loader and lifter"
    assert draft.abstracts[0].text == "A unit mountable on a bumper. It lifts."
    assert draft.ipc == ["B60R 9/00", "A61K 31/522"]
    assert draft.national_classes == ["224 4207", "214450"]


def test_persons_are_turned_round_and_countries_cut_to_two_letters() -> None:
    draft = only(FORMAT, _PATENT)
    assert draft.inventors == [
        DraftParty(name="Everette E. Daniels", address="221 Locust St., Des Moines, IA, 50309", country="US")
    ]
    assert draft.applicants == [
        DraftParty(name="Lime Pressing GmbH", role="assignee", address="Bonn", country="DE")
    ]
    assert draft.priorities == [DraftPriority("GB", "50123/73", "19731029")]
    assert draft.representatives == [DraftParty(name="Law & Sons", role="agent")]


def test_citations_are_patents_and_literature() -> None:
    assert only(FORMAT, _PATENT).citations == [
        DraftCitation("US", "2542907"),
        DraftCitation("FR", "123456"),
        DraftCitation(text="Smith, On Boats, page 3."),
    ]


def test_a_design_has_locarno_classes_and_the_series_of_designs() -> None:
    draft = only(FORMAT, _DESIGN)
    assert (draft.right, draft.application_number, draft.registration_number) == (
        "design",
        "29123456",
        "D0240001",
    )
    assert (draft.locarno, draft.ipc) == (["0601"], [])
    assert [one.text for one in draft.products] == ["Chair"]


@pytest.mark.parametrize(
    ("source", "written", "number"),
    [
        ("5", "5100019", "05510001"),
        ("8", "123456&", "08123456"),
        ("9", "123456", "09123456"),
        ("", "123456", "123456"),
    ],
)
def test_the_application_number_is_series_and_serial_without_check_digit(
    source: str, written: str, number: str
) -> None:
    assert draft_of(f"PATN\nSRC  {source}\nAPN  {written}\n".encode()).application_number == number


@pytest.mark.parametrize(
    ("kind", "plain"), [("RE0287651", "registered"), ("T09470013", ""), ("H00000015", "")]
)
def test_defensive_publications_and_invention_registrations_are_no_patents(kind: str, plain: str) -> None:
    assert draft_of(f"PATN\nWKU  {kind}\nISD  19760210\n".encode()).status_plain == plain


def test_letters_beyond_ascii_are_latin() -> None:
    assert draft_of("PATN\nTTL  Café\n".encode("latin-1")).titles[0].text == "Café"
    assert draft_of("PATN\nTTL  Café\n".encode()).titles[0].text == "Café"


def test_positions_are_lines_and_offsets() -> None:
    head = "HHHHHT  APS1    ISSUE - 760210\n"
    found = [cast(Delivered, one) for one in read(FORMAT, head + _PATENT + _DESIGN)]
    assert [(one.position.record, one.position.line, one.position.offset) for one in found] == [
        (1, 2, len(head)),
        (2, 2 + _PATENT.count("\n"), len(head) + len(_PATENT)),
    ]
    assert found[0].source == _PATENT.encode()


def test_windows_line_ends_are_read() -> None:
    assert [one.application_number for one in drafts(FORMAT, (_PATENT + _DESIGN).replace("\n", "\r\n"))] == [
        "05510001",
        "29123456",
    ]


def test_text_without_a_record_is_refused() -> None:
    with pytest.raises(NotAFeedError):
        read(FORMAT, "WKU  039000014\n")


@given(st.lists(st.sampled_from([_PATENT, _DESIGN]), max_size=6), st.integers(1, 400))
def test_records_are_the_same_however_the_file_is_served(records: list[str], size: int) -> None:
    class Slow(io.RawIOBase):
        """A file that gives a little at a time."""

        def __init__(self, data: bytes) -> None:
            self.data = data

        def read(self, wanted: int = -1) -> bytes:
            taken, self.data = self.data[:size], self.data[size:]
            return taken

    whole = "".join(records) or "none"
    stream = Slow(whole.encode())
    if not records:
        with pytest.raises(NotAFeedError):
            list(FORMAT.read(Opened("f", "US", stream)))
        return
    assert list(FORMAT.read(Opened("feed", "", stream))) == read(FORMAT, whole)


def test_only_line_ends_end_a_line() -> None:
    record = b"PATN\r\nWKU  039000014\r\nTTL  Press\x85 for\x0c limes\r\nISD  19760210\r\n"
    draft = draft_of(record)
    assert draft.titles[0].text.endswith(" limes")
    assert draft.registration_date == "19760210"
