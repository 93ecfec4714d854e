"""A kept source reads as it did in its file.

Every fixture that the tests of the formats read is read again so (`tests.ingest.formats.reading`); here are
the cases in which the file around a record matters most.
"""

import io
from pathlib import Path

import pytest

from app.demo.generate import write_feeds
from ingest.delivery import FeedFile, files_of
from ingest.detect import UnknownFormatError, format_named
from ingest.draft import Damage, Delivered, Position
from ingest.formats.registry import Opened
from ingest.rereading import RereadError, reread

PLACE = Position("feed", 3, 7, 120)
IPAS = "http://www.wipo.int/standards/XMLSchema/trademarks"
DESIGNS = "http://www.wipo.int/standards/XMLSchema/designs"


def delivered(format_name: str, data: str) -> list[Delivered]:
    """The records of a file, after each was found to read again as it was."""
    found = list(format_named(format_name).read(Opened("feed", "US", io.BytesIO(data.encode()))))
    records = [item for item in found if not isinstance(item, Damage)]
    assert len(records) == len(found) > 0
    for item in records:
        assert reread(format_name, "US", item.source, item.position, item.envelope) == item
    return records


def transaction(*contents: str) -> str:
    return (
        f'<Transaction xmlns="{IPAS}"><TransactionHeader><SenderDetails><RequestProducerDateTime>'
        "2024-03-01T10:00:00+07:00</RequestProducerDateTime></SenderDetails></TransactionHeader>"
        f"<TradeMarkTransactionBody>{''.join(contents)}</TradeMarkTransactionBody></Transaction>"
    )


def content(*marks: str, code: str = "Trademark") -> str:
    return (
        f"<TransactionContentDetails><TransactionCode>{code}</TransactionCode><TransactionData>"
        f"<TradeMarkDetails>{''.join(marks)}</TradeMarkDetails></TransactionData></TransactionContentDetails>"
    )


def mark(number: str, inner: str = "") -> str:
    return f"<TradeMark><ApplicationNumber>{number}</ApplicationNumber>{inner}</TradeMark>"


def test_the_time_of_the_delivery_stands_beside_the_source() -> None:
    (one,) = delivered("st66", transaction(content(mark("1"))))
    assert one.draft.stamp == "2024-03-01T03:00:00+00:00"
    assert b"2024-03-01" not in one.source
    assert b"2024-03-01T10:00:00+07:00" in one.envelope.before


def test_marks_of_one_transaction_keep_its_code() -> None:
    found = delivered("st66", transaction(content(mark("1"), mark("2"), code="Madrid Designated")))
    assert [one.draft.kind_hint for one in found] == ["Madrid Designated"] * 2


def test_a_later_transaction_of_several_marks_is_kept_mark_by_mark() -> None:
    found = delivered(
        "st66", transaction(content(mark("1")), content(mark("2"), mark("3"), code="Collective"))
    )
    assert [(one.draft.application_number, one.draft.kind_hint) for one in found] == [
        ("1", "Trademark"),
        ("2", "Collective"),
        ("3", "Collective"),
    ]
    assert b">3<" not in found[1].source


def test_a_record_longer_than_a_head_reads_again() -> None:
    long = mark("1", f"<MarkVerbalElementText>{'x' * 100_000}</MarkVerbalElementText>")
    assert len(delivered("st66", transaction(content(mark("0")), content(long)))) == 2


def test_parties_that_stand_apart_are_kept_with_the_records_that_name_them() -> None:
    def applicant(key: str, name: str) -> str:
        return (
            f'<Applicant operationCode="Insert"><ApplicantIdentifier>{key}</ApplicantIdentifier>'
            "<ApplicantAddressBook><FormattedNameAddress><Name><FreeFormatName><FreeFormatNameDetails>"
            f"<FreeFormatNameLine>{name}</FreeFormatNameLine></FreeFormatNameDetails></FreeFormatName>"
            "</Name></FormattedNameAddress></ApplicantAddressBook></Applicant>"
        )

    def keyed(number: str, key: str) -> str:
        return mark(
            number,
            "<ApplicantDetails><ApplicantKey><Identifier>"
            f"{key}</Identifier></ApplicantKey></ApplicantDetails>",
        )

    people = f"<ApplicantDetails>{applicant('7', 'LIME LTD')}{applicant('8', 'OTHER LTD')}</ApplicantDetails>"
    found = delivered("st66", transaction(content(keyed("1", "7")), people))
    assert [[party.name for party in one.draft.applicants] for one in found] == [["LIME LTD"]]
    assert b"LIME LTD" in found[0].envelope.before
    assert b"OTHER LTD" not in found[0].envelope.before


@pytest.mark.parametrize("total", ["", "<TotalDesign>3</TotalDesign>"])
def test_designs_without_a_number_keep_their_place(total: str) -> None:
    designs = "".join(f"<Design><DesignTitle>{title}</DesignTitle></Design>" for title in "ABC")
    found = delivered(
        "st86",
        f'<Transaction xmlns="{DESIGNS}"><DesignTransactionBody><DesignApplication>'
        f"<DesignApplicationNumber>40</DesignApplicationNumber>{total}<DesignDetails>{designs}</DesignDetails>"
        "</DesignApplication></DesignTransactionBody></Transaction>",
    )
    assert [one.draft.design_number for one in found] == ["1", "2", "3"]


def test_a_design_outside_an_application_keeps_what_stands_before_it() -> None:
    (one,) = delivered(
        "st86",
        f'<Transaction xmlns="{DESIGNS}"><DesignTransactionBody><DesignData><DesignApplicationNumber>40'
        "</DesignApplicationNumber><Design><DesignTitle>A</DesignTitle></Design></DesignData>"
        "</DesignTransactionBody></Transaction>",
    )
    assert one.draft.application_number == "40"


def test_rows_keep_their_header() -> None:
    found = delivered("csv", 'right;applicationNumber;text\ntrademark;1;"A;\nB"\ntrademark;2;C\n')
    assert [one.draft.texts[0].text for one in found] == ["A;\nB", "C"]
    assert {one.envelope.before for one in found} == {b"right;applicationNumber;text\n"}


def test_a_record_of_few_members_reads_again_though_it_would_not_be_known_alone() -> None:
    data = '{"items": [{"applicationNumber": "1", "markFeature": "Word"}, {"applicationNumber": "2"}]}'
    assert len(delivered("euipo", data)) == 2


def test_every_record_of_the_demonstration_reads_again(tmp_path: Path) -> None:
    count = 0
    for office, path in write_feeds(tmp_path):
        for file in files_of(path, None):
            assert isinstance(file, FeedFile)
            for item in file.format.read(Opened(file.name, office, file.stream)):
                assert isinstance(item, Delivered)
                again = reread(file.format.name, office, item.source, item.position, item.envelope)
                assert again == item
                count += 1
    assert count > 1_000


def test_what_the_reader_no_longer_takes_is_told() -> None:
    with pytest.raises(RereadError, match="record 3 of feed"):
        reread("st66", "TH", b"<TradeMark><a></TradeMark>", PLACE)
    with pytest.raises(RereadError, match="record 3 of feed"):
        reread("st66", "TH", b"", PLACE)
    with pytest.raises(RereadError, match="reads as 2 records"):
        reread("st66", "TH", b"<TradeMark/><TradeMark/>", PLACE)
    with pytest.raises(UnknownFormatError):
        reread("st1", "TH", b"", PLACE)
