"""Green Book: USPTO patent grants of 1976 to 2001 as text (APS), many in one file.

A line begins with its tag: four letters for a section (`PATN`, `INVT`), three letters and two blanks for a
field; a line that begins with blanks goes on with the field before. Source: USPTO, Patent Full Text APS
(Green Book) documentation. Numbers: `WKU` is the patent number of eight positions and a check digit, `APN`
the serial number of six digits and a check digit (`&` for ten) under the series code in `SRC`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftCitation,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
    Position,
)
from ingest.encoding import ByteSource
from ingest.formats.patches import iso_date, stated
from ingest.formats.patent_symbols import once, symbols
from ingest.formats.registry import Format, Head, Opened

_MAX_RECORD_BYTES = 64 << 20
_CHUNK_BYTES = 1 << 20
_START = re.compile(rb"^PATN[ \t]*\r?$", re.MULTILINE)
_LOOKS = re.compile(rb"^PATN[ \t]*\r?\n(?:[A-Z][A-Z0-9]{2} .*\r?\n)*?WKU  ", re.MULTILINE)
# The text of the specification and the claims is no part of a register record.
_PASSED_OVER = frozenset(("GOVT", "PARN", "BSUM", "DRWD", "DETD", "CLMS", "DCLM"))
# Series 29 is that of designs since October 1992; the Green Book writes it D.
_SERIES = {"D": "29"}
_LOCARNO = re.compile(r"\d{4}")
_THIRD_OF_COUNTRY = re.compile(r"(?<=^[A-Z]{2})[X0-9]$")


class _Section(NamedTuple):
    tag: str
    fields: list[tuple[str, str]]

    def one(self, tag: str) -> str:
        """The first field of that tag."""
        return next((value for name, value in self.fields if name == tag), "")

    def all(self, tag: str) -> list[str]:
        return [value for name, value in self.fields if name == tag]


def _looks(head: Head) -> int:
    return 95 if head.kind == "text" and _LOOKS.search(head.data) is not None else 0


def read(opened: Opened) -> Iterator[Delivered | Damage]:
    """The grants of a weekly file."""
    number = 0
    for number, (record, line, offset) in enumerate(_records(opened.stream), 1):
        position = Position(opened.name, number, line, offset)
        yield Delivered(draft_of(record), position, record)
    if number == 0:
        raise NotAFeedError(
            "text without a PATN line", "taken is Green Book text, a PATN section first in every record"
        )


def _records(stream: ByteSource) -> Iterator[tuple[bytes, int, int]]:
    """Every record's bytes, its first line (from 1) and its offset. What stands before the first one is no
    record."""
    data, line, base, ended = b"", 1, 0, False
    while not ended:
        more = stream.read(_CHUNK_BYTES)
        ended = not more
        data += more
        starts = [match.start() for match in _START.finditer(data)]
        # The last record may go on in the next chunk, and the last line may be half of a PATN line.
        ends = [*starts[1:], len(data)] if ended else starts[1:]
        if starts and starts[0]:
            line += data.count(b"\n", 0, starts[0])
        done = starts[0] if starts else (len(data) if ended else max(0, data.rfind(b"\n") + 1))
        if not starts:
            line += data.count(b"\n", 0, done)
        for start, end in zip(starts, ends, strict=False):
            yield data[start:end], line, base + start
            line += data.count(b"\n", start, end)
            done = end
        data, base = data[done:], base + done
        if len(data) > _MAX_RECORD_BYTES:
            raise NotAFeedError(f"text with a record of more than {_MAX_RECORD_BYTES >> 20} MiB")


def _sections(record: bytes) -> list[_Section]:
    try:
        written = record.decode("utf-8")
    except UnicodeDecodeError:
        written = record.decode("latin-1")
    found: list[_Section] = []
    passing = False
    # Not splitlines(): bytes such as 0x85 or 0x0C in old texts end no line.
    for line in written.replace("\r", "").split("\n"):
        tag, rest = line[:4].strip(), line[5:].strip()
        if not line[:1].strip():
            if found and found[-1].fields and not passing:
                name, value = found[-1].fields[-1]
                found[-1].fields[-1] = (name, f"{value} {line.strip()}".strip())
        elif len(tag) == 4 and not rest:
            passing = tag in _PASSED_OVER
            if not passing:
                found.append(_Section(tag, []))
        elif not passing and found:
            found[-1].fields.append((tag, rest))
    return found


def draft_of(record: bytes) -> Draft:
    """The draft of one grant."""
    sections = _sections(record)
    head = next((section for section in sections if section.tag == "PATN"), _Section("PATN", []))
    kind, number = _patent_number(head.one("WKU"))
    design = kind == "D" or head.one("APT") == "4"
    issued = head.one("ISD")
    written = [symbol for section in _of(sections, "CLAS") for symbol in section.all("ICL")]
    inventors = _parties(sections, "INVT", "")
    titles = [DraftText(head.one("TTL"), "en")] if head.one("TTL") else []
    # A defensive publication (T) and a statutory invention registration (H) are no patents.
    patent = kind not in ("T", "H")
    draft = Draft(
        right="design" if design else "patent",
        operation="patch",
        stamp=iso_date(issued),
        office="US",
        application_number=_application_number(head.one("SRC"), head.one("APN")),
        filing_date=head.one("APD"),
        registration_number=number,
        registration_date=issued,
        status_plain="registered" if patent else "",
        status_date=issued if patent else "",
        numbers=[
            ("pct-application", value) for section in _of(sections, "PCTA") for value in section.all("PCN")
        ],
        # Until September 2012 the applicant for a US patent was the inventor (37 CFR 1.41), unless assigned.
        applicants=_parties(sections, "ASSG", "assignee") or _parties(sections, "INVT", "applicant"),
        representatives=_representatives(sections),
        priorities=[
            DraftPriority(_country(section.one("CNT")), section.one("APN"), section.one("APD"))
            for section in _of(sections, "PRIR")
        ],
        publications=[DraftPublication("US", number, "", issued)] if number else [],
        titles=titles,
        abstracts=[
            DraftText(text, "en") for section in _of(sections, "ABST") if (text := _paragraphs(section))
        ],
        language="en",
        ipc=[] if design else once(symbol for entry in written for symbol in symbols(entry)),
        locarno=[entry for entry in written if _LOCARNO.fullmatch(entry)] if design else [],
        national_classes=[
            " ".join(entry.split())
            for section in _of(sections, "CLAS")
            for tag in ("OCL", "XCL")
            for entry in section.all(tag)
        ],
        citations=_citations(sections),
    )
    if design:
        draft.designers, draft.products = inventors, titles
    else:
        draft.inventors = inventors
    draft.given = stated(draft)
    return draft


def _of(sections: list[_Section], tag: str) -> list[_Section]:
    return [section for section in sections if section.tag == tag]


def _patent_number(written: str) -> tuple[str, str]:
    """Letters of the kind (`D`, `RE`, `PP`) and the number in eight positions, the check digit off."""
    number = written[:8] if len(written) == 9 else written
    return re.match(r"[A-Z]*", number)[0], number  # type: ignore[index]  # matches always


def _application_number(series: str, written: str) -> str:
    """Series and serial number as they are written today, eight digits: `5`, `5184541` -> `05518454`."""
    serial = written[:6] if len(written) == 7 else written.rstrip("&")
    if not serial:
        return ""
    series = _SERIES.get(series, series)
    return f"{series.zfill(2)}{serial.zfill(6)}" if series else serial


def _country(written: str) -> str:
    """Two letters; the office pads its codes to three (`DEX`, `GB2`)."""
    return _THIRD_OF_COUNTRY.sub("", written)


def _parties(sections: list[_Section], tag: str, role: str) -> list[DraftParty]:
    found = []
    for section in _of(sections, tag):
        name = _name(section.one("NAM"))
        if name:
            address = ", ".join(filter(None, (section.one(part) for part in ("STR", "CTY", "STA", "ZIP"))))
            # The office leaves the country out where it is the United States.
            country = _country(section.one("CNT")) or ("US" if section.one("STA") else "")
            found.append(DraftParty(name=name, role=role, address=address, country=country))
    return found


def _name(written: str) -> str:
    """`Daniels; Everette E.` is a person, last name first."""
    last, _, given = written.partition(";")
    return " ".join(f"{given} {last}".split())


def _representatives(sections: list[_Section]) -> list[DraftParty]:
    """Law firm, attorneys and agents of the legal information (LREP)."""
    written = [
        value
        for section in _of(sections, "LREP")
        for tag in ("FRM", "ATT", "AGT", "FR2", "AAT")
        for value in section.all(tag)
    ]
    return [DraftParty(name=name, role="agent") for name in once(_name(value) for value in written)]


def _paragraphs(section: _Section) -> str:
    return " ".join(value for name, value in section.fields if name.startswith("PA") and value)


def _citations(sections: list[_Section]) -> list[DraftCitation]:
    found = []
    for section in sections:
        if section.tag == "UREF" and section.one("PNO"):
            found.append(DraftCitation("US", section.one("PNO")))
        elif section.tag == "FREF" and section.one("PNO"):
            found.append(DraftCitation(_country(section.one("CNT")), section.one("PNO")))
        elif section.tag == "OREF":
            found.extend(
                DraftCitation(text=value) for name, value in section.fields if name.startswith("PA") and value
            )
    return found


FORMAT = Format(
    "uspto-greenbook", "USPTO patent grants 1976 to 2001, Green Book text (PATN, WKU)", _looks, read
)
