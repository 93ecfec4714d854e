"""Texts, parties, classes and other lists of a record."""

import datetime as dt

import pytest

from ingest.draft import (
    Delivered,
    Draft,
    DraftCitation,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPublication,
    DraftText,
)
from ingest.mapping import Mapper
from register.model import Goods, Party, Publication, Text
from register.statement import Statement
from tests.ingest.mapped import PLACE, mark, record, refusal


def test_texts_have_language_and_script() -> None:
    made = record(
        "LA", mark(application_number="1", texts=[DraftText("ທະວີໂຊກ", "la"), DraftText("TAVICHOK", "EN")])
    )
    assert made.texts == (Text("ທະວີໂຊກ", "lo", "Laoo"), Text("TAVICHOK", "en", "Latn"))


def test_empty_and_repeated_texts_are_dropped() -> None:
    texts = [DraftText(" "), DraftText("-"), DraftText("\x00"), DraftText("X", "en"), DraftText("X", "en")]
    assert record("SG", mark(texts=texts)).texts == (Text("X", "en", "Latn"),)


def test_what_indonesia_writes_behind_the_words_is_no_part_of_the_mark() -> None:
    draft = mark(
        application_number="D002014030000",
        texts=[
            DraftText("SECRET (Tulisan &amp; Lukisan)", "id"),
            DraftText("KOPI (Tulisan & Lukisan)", "id"),
        ],
        translations=[DraftText("Suatu Penamaan")],
    )
    made = record("ID", draft)
    assert [text.text for text in made.texts] == ["SECRET", "KOPI"]
    assert made.translations == ()


def test_entities_of_web_pages_are_read_but_not_in_our_own_formats() -> None:
    draft = mark(texts=[DraftText("A &amp; B")])
    assert record("SG", draft, "ipos").texts[0].text == "A & B"
    assert record("SG", draft, "jsonl").texts[0].text == "A &amp; B"


def test_a_text_of_more_than_a_megabyte_is_refused_and_a_long_one_counted() -> None:
    assert refusal("SG", mark(texts=[DraftText("x" * 1_100_000)])).code == "too-large"
    mapper = Mapper("SG", "st66")
    assert isinstance(
        mapper.statement(Delivered(mark(texts=[DraftText("x" * 5_000)]), PLACE, b"")), Statement
    )
    assert mapper.notes["long-text", "texts"] == 1


def test_lines_of_abstracts_and_goods_stay() -> None:
    draft = Draft(
        right="patent", application_number="1020190012345", abstracts=[DraftText("one\n\n two", "en")]
    )
    assert record("KR", draft).abstracts[0].text == "one\ntwo"


def test_parties_have_lines_of_address_and_a_country() -> None:
    party = DraftParty(
        name="COCOBA  PTE. LTD.",
        names=[DraftText("COCOBA PTE. LTD."), DraftText("可可巴", "zh")],
        role="owner",
        address="61 TREVOSE CRESCENT<br/>Singapore 298062",
        country="Singapore",
        number="200702419E",
    )
    made = record("SG", mark(applicants=[party, DraftParty(name=" "), DraftParty(name="-")]))
    assert made.applicants == (
        Party(
            "COCOBA PTE. LTD.",
            (Text("可可巴", "zh", "Hani"),),
            "owner",
            "61 TREVOSE CRESCENT\nSingapore 298062",
            "SG",
            "200702419E",
        ),
    )


def test_a_party_may_have_no_more_than_the_offices_number() -> None:
    parties = [DraftParty(name="", number="854999"), DraftParty(name="-", number=" "), DraftParty(name="")]
    assert record("EM", mark(applicants=parties)).applicants == (Party("", number="854999"),)


def test_nice_classes_are_sorted_numbers_each_once() -> None:
    assert record("SG", mark(nice_classes=["Class 16", "09", "9", "", "000"])).nice_classes == (9, 16)


def test_classes_of_goods_count_where_no_others_are_given() -> None:
    draft = mark(
        goods=[
            DraftGoods("42", "software", "en"),
            DraftGoods("", "rest"),
            DraftGoods("9", groups=("G1201",)),
            DraftGoods(),
        ]
    )
    made = record("SG", draft)
    assert made.nice_classes == (9, 42)
    assert made.goods == (
        Goods(42, "software", "en"),
        Goods(None, "rest", "en"),
        Goods(9, None, None, ("G1201",)),
    )


@pytest.mark.parametrize("written", ["9;42", "09|42", "9, 42", "9 42", "42/9"])
def test_classes_listed_in_one_value_are_read_apart(written: str) -> None:
    made = record("TH", mark(nice_classes=[written], goods=[DraftGoods(written, "x")]))
    assert made.nice_classes == (9, 42)
    assert made.goods == (Goods(None, "x", "en"),)
    assert record("TH", mark(goods=[DraftGoods("9", "x")], nice_classes=["Class 9"])).nice_classes == (9,)


def test_a_class_of_before_nice_is_kept_and_counted_once() -> None:
    mapper = Mapper("TH", "st66")
    draft = mark(nice_classes=["50", "9"], goods=[DraftGoods("50", "x", "en"), DraftGoods("9", "y", "en")])
    statement = mapper.statement(Delivered(draft, PLACE, b"<TradeMark/>"))
    assert isinstance(statement, Statement)
    made = statement.record
    assert (made.nice_classes, made.national_classes) == ((9,), ("50",))
    assert made.goods == (Goods(None, "x", "en"), Goods(9, "y", "en"))
    assert mapper.notes["nice-class", "50"] == 1


@pytest.mark.parametrize("number", ["46", "0x", "-1", "A"])
def test_a_class_outside_1_to_45_is_refused_in_a_format_of_ours(number: str) -> None:
    for draft in (mark(nice_classes=[number]), mark(goods=[DraftGoods(number, "x")])):
        refused = refusal("SG", draft, "jsonl")
        assert refused.code == "unknown-code"
        assert number in refused.reason


def test_national_classes_that_the_profile_names_are_no_nice_classes() -> None:
    made = record("US", mark(application_number="98763166", nice_classes=["A", "9"]))
    assert (made.nice_classes, made.national_classes) == ((9,), ("A",))


@pytest.mark.parametrize(
    ("office", "vienna", "national"),
    [("US", ("05.05.20",), ("26.01.21", "02.03.04")), ("TH", ("05.05.20", "26.01.21", "02.03.04"), ())],
)
def test_the_profile_says_of_which_classification_codes_of_figures_are(
    office: str, vienna: tuple[str, ...], national: tuple[str, ...]
) -> None:
    made = record(office, mark(figurative_codes=["260121", "02.03.04"], vienna_codes=["05.05.20"]))
    assert (made.vienna_codes, made.national_classes) == (vienna, national)


def test_symbols_have_one_printed_form_and_others_are_counted() -> None:
    mapper = Mapper("SG", "st66")
    draft = mark(
        vienna_codes=["011509", "1.15.9", "77.01.01"],
        ipc=["A61B005/00", "???"],
        cpc=["Y02E 10/50"],
        locarno=["0601", "C133"],
    )
    statement = mapper.statement(Delivered(draft, PLACE, b""))
    assert isinstance(statement, Statement)
    made = statement.record
    assert (made.vienna_codes, made.ipc, made.cpc, made.locarno) == (
        ("01.15.09",),
        ("A61B 5/00",),
        ("Y02E 10/50",),
        ("06-01",),
    )
    assert mapper.notes == {("vienna", "77.01.01"): 1, ("ipc", "???"): 1, ("locarno", "C133"): 1}


def test_lists_of_parts_are_made_of_what_says_something() -> None:
    draft = mark(
        publications=[DraftPublication("sg", "1", "A1", "20200101"), DraftPublication()],
        designations=["TH", "Viet Nam", "", "Atlantis", "TH"],
        media=[DraftMedia("image", "a.png", "PNG"), DraftMedia("image", " ")],
        citations=[
            DraftCitation("US", "1", "A", by="examiner"),
            DraftCitation(text="Smith 2018"),
            DraftCitation(),
        ],
    )
    made = record("SG", draft)
    assert made.publications == (Publication("SG", "1", "A1", dt.date(2020, 1, 1)),)
    assert made.designations == ("TH", "VN")
    assert [media.file for media in made.media] == ["a.png"]
    assert [citation.text or citation.number for citation in made.citations] == ["1", "Smith 2018"]
