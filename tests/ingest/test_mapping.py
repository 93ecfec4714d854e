import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.draft import (
    Delivered,
    Draft,
    DraftCitation,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    Position,
)
from ingest.mapping import Mapper
from register.model import Event, Goods, Number, Party, Priority, Publication, Record, Text
from register.statement import NO_ENVELOPE, Rejected, Statement

PLACE = Position("feed.zip/marks.xml", 7, 120, 4096)


def said(office: str, draft: Draft, format_name: str = "st66") -> Statement | Rejected:
    return Mapper(office, format_name).statement(Delivered(draft, PLACE, b"<TradeMark/>"))


def mark(**fields: Any) -> Draft:
    return Draft(**{"right": "trademark", "application_number": "40202001321Q", **fields})


def record(office: str, draft: Draft, format_name: str = "st66") -> Record:
    statement = said(office, draft, format_name)
    assert isinstance(statement, Statement), statement
    return statement.record


def refusal(office: str, draft: Draft, format_name: str = "st66") -> Rejected:
    rejected = said(office, draft, format_name)
    assert isinstance(rejected, Rejected), rejected
    return rejected


# identity and numbers


def test_a_statement_carries_the_record_and_its_place() -> None:
    statement = said("SG", mark(stamp="2024-01-31"))
    assert isinstance(statement, Statement)
    assert statement.operation == "upsert"
    assert statement.given is None
    assert statement.record.id == "sg-tm-40202001321q"
    assert statement[3:] == ("2024-01-31", PLACE.file, 7, 120, 4096, b"<TradeMark/>", NO_ENVELOPE)


def test_numbers_stay_as_delivered() -> None:
    made = record(
        "SG",
        mark(
            application_number="40-2020/01321Q",
            registration_number=" R 1 ",
            numbers=[("docket", "X-1"), ("docket", "")],
        ),
    )
    assert (made.id, made.application_number) == ("sg-tm-40202001321q", "40-2020/01321Q")
    assert made.registration_number == "R 1"
    assert made.numbers == (Number("docket", "X-1"),)


@pytest.mark.parametrize("zeros", ["0000000", "0", "-", " "])
def test_a_number_of_zeros_is_none(zeros: str) -> None:
    assert (
        record("US", mark(application_number="98763166", registration_number=zeros)).registration_number
        is None
    )


@pytest.mark.parametrize("format_name", ["jsonl", "csv"])
def test_a_number_of_zeros_is_a_number_in_our_own_formats(format_name: str) -> None:
    assert record("TH", mark(application_number="000000000"), format_name).id == "th-tm-000000000"


def test_a_number_that_the_office_writes_for_none_is_none() -> None:
    assert (
        record("KH", mark(application_number="KH/673426/M", registration_number="KH/M/")).registration_number
        is None
    )


@pytest.mark.parametrize(
    ("office", "number", "international"),
    [
        ("KH", "KH/673426/M", "673426"),
        ("ID", "M0020181390000", "1390000"),
        ("LA", "M/1350065", "1350065"),
        ("EM", "W00928475", "928475"),
        ("SG", "40202001321Q", None),
    ],
)
def test_the_international_number_is_found_in_the_application_number(
    office: str, number: str, international: str | None
) -> None:
    assert record(office, mark(application_number=number)).international_number == international


def test_a_number_is_international_where_the_office_calls_the_mark_so() -> None:
    madrid = mark(application_number="1411871", kind_hint="Trademark-Madrid / Trademark-Madrid")
    assert record("BN", madrid).international_number == "1411871"
    assert record("BN", mark(application_number="41187", kind_hint="Trademark")).international_number is None


def test_the_international_number_is_found_in_an_event() -> None:
    draft = mark(
        application_number="190000001", events=[DraftEvent("2019-01-02", "Madrid Designation", "IRN:1504436")]
    )
    assert record("TH", draft).international_number == "1504436"


def test_a_delivered_international_number_stays() -> None:
    assert (
        record("KH", mark(application_number="KH/673426/M", international_number="IR 1")).international_number
        == "IR 1"
    )


@pytest.mark.parametrize(
    ("office", "number", "right"),
    [
        ("KR", "2020190000123", "utility-model"),
        ("KR", "1020190012345", "patent"),
        ("CN", "201920123456.7", "utility-model"),
    ],
)
def test_the_shape_of_a_number_tells_utility_models_from_patents(
    office: str, number: str, right: str
) -> None:
    made = record(office, Draft(right="patent", application_number=number))
    assert made.right == right


def test_the_kind_of_a_document_tells_utility_models_from_patents() -> None:
    draft = Draft(
        right="patent",
        office="JP",
        application_number="2020001234",
        publications=[DraftPublication("JP", "3226000", "U")],
    )
    assert record("EP", draft).id == "jp-um-2020001234"


def test_the_word_of_an_office_tells_an_indication_from_a_mark() -> None:
    draft = mark(application_number="KH/1/14", kind_hint="Geographical Indications / Domestic GI")
    assert record("KH", draft).right == "geographical-indication"


@pytest.mark.parametrize(
    ("number", "design", "identity"),
    [
        ("3020210059920", "M001", "kr-ds-3020210059920-m001"),
        ("004247823", "004247823-0007", "kr-ds-004247823-0007"),
        ("004247823", "", "kr-ds-004247823"),
    ],
)
def test_a_design_has_its_own_identity_within_its_application(
    number: str, design: str, identity: str
) -> None:
    made = record("KR", Draft(right="design", application_number=number, design_number=design))
    assert made.id == identity
    assert made.design_number == (design or None)


def test_a_record_without_a_number_is_refused() -> None:
    refused = refusal("SG", mark(application_number=" - ", registration_number="123"))
    assert (refused.code, refused.number, refused.line, refused.source) == (
        "no-number",
        7,
        120,
        b"<TradeMark/>",
    )
    assert refused.mend


def test_a_delete_may_name_a_registration_or_a_publication_only() -> None:
    deleted = record("NZ", mark(operation="delete", application_number="", registration_number="1234567"))
    assert (deleted.id, deleted.application_number) == ("nz-tm-1234567", "")
    published = Draft(right="patent", operation="delete", office="EP", publication_number="2400812")
    assert record("EP", published).publications == (Publication("EP", "2400812"),)
    assert refusal("SG", mark(operation="delete", application_number="")).code == "no-number"


def test_international_registers_go_by_the_international_number() -> None:
    made = record("WO", mark(application_number="", international_number="1504436"))
    assert (made.id, made.application_number) == ("wo-tm-1504436", "1504436")


def test_an_indication_may_be_known_by_its_registration_only() -> None:
    draft = Draft(right="geographical-indication", registration_number="GI 12")
    assert record("TH", draft).id == "th-gi-gi12"


# offices


def test_a_record_that_names_no_office_is_of_the_feeds() -> None:
    assert record("SG", mark()).office == "SG"
    assert record("SG", mark(office="sg")).office == "SG"


def test_an_office_with_two_codes_has_one_identity() -> None:
    made = record("EM", mark(office="EU", application_number="000428557", designations=["EU"]))
    assert (made.id, made.designations) == ("em-tm-000428557", ("EM",))


def test_an_office_that_is_not_in_st3_is_refused() -> None:
    refused = refusal("SG", mark(office="Q9"))
    assert refused.code == "unknown-office"
    assert "'Q9'" in refused.reason


def test_a_record_of_another_office_is_refused_unless_the_profile_says_so() -> None:
    refused = refusal("SG", mark(office="MY"))
    assert refused.code == "wrong-office"
    assert "MY" in refused.reason
    assert "SG" in refused.reason
    assert record("EP", Draft(right="patent", office="MY", application_number="PI2012001234")).office == "MY"


def test_a_feed_of_no_office_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"ST\.3"):
        Mapper("Q9", "st66")


# dates and status


def test_dates_are_days() -> None:
    made = record("TH", mark(filing_date="31-01-2567", publication_date="2024-03-01", expiry_date="25670000"))
    assert (made.filing_date, made.publication_date, made.expiry_date) == (
        dt.date(2024, 1, 31),
        dt.date(2024, 3, 1),
        None,
    )


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("filing_date", "filingDate"),
        ("publication_date", "publicationDate"),
        ("registration_date", "registrationDate"),
        ("expiry_date", "expiryDate"),
        ("termination_date", "terminationDate"),
        ("status_date", "status date"),
    ],
)
def test_an_impossible_date_of_the_record_is_refused_naming_field_and_value(field: str, label: str) -> None:
    refused = refusal("SG", mark(**{field: "2024-13-45"}))
    assert refused.code == "impossible-date"
    assert label in refused.reason
    assert "2024-13-45" in refused.reason


def test_an_impossible_date_of_a_part_is_left_out_and_counted() -> None:
    mapper = Mapper("SG", "st66")
    draft = mark(
        priorities=[DraftPriority("JP", "1", "2024-13-45")], events=[DraftEvent("20230230", "X", "x")]
    )
    statement = mapper.statement(Delivered(draft, PLACE, b""))
    assert isinstance(statement, Statement)
    assert statement.record.priorities == (Priority("JP", "1", None),)
    assert statement.record.events == (Event(None, "X", "x"),)
    assert mapper.notes == {("date", "priority: 2024-13-45"): 1, ("date", "event: 20230230"): 1}


def test_malformed_dates_of_the_uspto_are_absent() -> None:
    assert record("US", mark(application_number="74800000", filing_date="10101")).filing_date is None


def test_a_status_keeps_the_offices_code_and_words() -> None:
    draft = mark(
        application_number="98763166",
        status_code="702",
        status_text="Section 8 &amp; 15",
        status_date="20160615",
    )
    status = record("US", draft, "uspto-daily").status
    assert (status.plain, status.office, status.text, status.date) == (
        "registered",
        "702",
        "Section 8 & 15",
        dt.date(2016, 6, 15),
    )


def test_words_count_where_the_code_is_not_known() -> None:
    status = record(
        "US", mark(application_number="98763166", status_code="999", status_text="Abandoned - Express")
    ).status
    assert (status.plain, status.office, status.text) == ("ended", "999", "Abandoned - Express")


def test_an_unknown_status_word_is_unknown_and_counted_not_refused() -> None:
    mapper = Mapper("SG", "ipos")
    for _ in range(2):
        statement = mapper.statement(Delivered(mark(status_code="Zorbified"), PLACE, b""))
        assert isinstance(statement, Statement)
        assert statement.record.status.plain == "unknown"
        assert statement.record.status.office == "Zorbified"
    assert mapper.notes["status", "trademark: Zorbified"] == 2


def test_registered_stays_registered_though_the_expiry_date_is_past() -> None:
    made = record("SG", mark(status_code="Registered", expiry_date="2001-01-01"))
    assert made.status.plain == "registered"


def test_a_plain_status_of_the_format_goes_before_the_tables() -> None:
    made = record("US", mark(application_number="98763166", status_plain="registered", status_code="602"))
    assert (made.status.plain, made.status.office) == ("registered", "602")


@pytest.mark.parametrize("word", [{"status_plain": "registred"}, {"status_code": "registred"}])
def test_an_unknown_status_in_our_own_formats_is_refused(word: dict[str, str]) -> None:
    refused = refusal("SG", mark(**word), "jsonl")
    assert refused.code == "unknown-code"
    assert "registred" in refused.reason
    assert "pending" in refused.mend


def test_dates_out_of_order_are_counted_unless_the_law_makes_them_so() -> None:
    draft = mark(application_number="2012060000", filing_date="2012-12-13", registration_date="2012-06-13")
    for office, notes in (("SG", {("date-order", "registrationDate before filingDate"): 1}), ("MY", {})):
        mapper = Mapper(office, "st66")
        mapper.statement(Delivered(draft, PLACE, b""))
        assert {key: count for key, count in mapper.notes.items() if key[0] == "date-order"} == notes


# texts


def test_texts_have_language_and_script() -> None:
    made = record(
        "LA", mark(application_number="1", texts=[DraftText("ທະວີໂຊກ", "la"), DraftText("TAVICHOK", "EN")])
    )
    assert made.texts == (Text("ທະວີໂຊກ", "lo", "Laoo"), Text("TAVICHOK", "en", "Latn"))


def test_a_text_without_a_language_has_the_likely_one() -> None:
    made = record("KR", mark(application_number="4020190000011", texts=[DraftText("돈퍼"), DraftText("123")]))
    assert made.texts == (Text("돈퍼", "ko", "Hang"), Text("123", None, None))


def test_an_unknown_language_is_counted_and_the_likely_one_taken() -> None:
    mapper = Mapper("TH", "st66")
    statement = mapper.statement(Delivered(mark(texts=[DraftText("ช้าง", "q9")]), PLACE, b""))
    assert isinstance(statement, Statement)
    assert statement.record.texts == (Text("ช้าง", "th", "Thai"),)
    assert mapper.notes["language", "q9"] == 1


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


# parties and lists


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


@pytest.mark.parametrize(
    ("office", "country", "code"),
    [
        ("SG", "United States of America", "US"),
        ("SG", "USA", "US"),
        ("SG", "UK", "GB"),
        ("SG", "EL", "GR"),
        ("US", "KRX", "KR"),
        ("US", "ENX", "GB"),
        ("SG", "Atlantis", None),
        ("SG", "", None),
    ],
)
def test_countries_are_st3(office: str, country: str, code: str | None) -> None:
    draft = mark(application_number="98763166", applicants=[DraftParty(name="X", country=country)])
    assert record(office, draft).applicants[0].country == code


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


@pytest.mark.parametrize(
    ("kind", "hint", "expected"),
    [
        ("TRADE MARK", "TRADE MARK", ("individual", "TRADE MARK")),
        ("Individual", "TRADE MARK / TRADE MARK", ("individual", "Individual")),
        ("Individual", "COLLECTIVE MARK", ("collective", "COLLECTIVE MARK")),
        ("", "CERTIFICATION", ("certification", "CERTIFICATION")),
        ("Zorb", "", (None, "Zorb")),
    ],
)
def test_the_kind_of_a_mark_is_found_in_its_word_or_the_transactions(
    kind: str, hint: str, expected: tuple[str | None, str]
) -> None:
    made = record("MY", mark(application_number="2012060000", kind=kind, kind_hint=hint))
    assert (made.kind, made.kind_office) == expected


def test_the_feature_keeps_the_offices_word() -> None:
    made = record("ID", mark(application_number="D002014030000", feature="Merek Kata dan Lukisan"))
    assert (made.feature, made.feature_office) == ("combined", "Merek Kata dan Lukisan")


# patches and our own formats


def test_a_patch_says_what_it_states_and_what_follows_from_it() -> None:
    draft = mark(
        operation="patch",
        given=frozenset(("kind", "goods", "texts")),
        kind="TRADE MARK",
        goods=[DraftGoods("9", "x")],
    )
    statement = said("SG", draft)
    assert isinstance(statement, Statement)
    assert statement.given is not None
    assert set(statement.given) == {"kind", "kind_office", "goods", "nice_classes", "texts"}
    assert statement.record.texts == ()


def test_our_own_words_are_not_the_offices() -> None:
    made = record("SG", mark(kind="collective", kind_hint="collective", feature="word"), "jsonl")
    assert (made.kind, made.kind_office, made.feature, made.feature_office) == (
        "collective",
        None,
        "word",
        None,
    )


def test_an_unknown_right_is_refused() -> None:
    assert refusal("SG", mark(right="plant")).code == "unknown-code"


@given(
    st.builds(
        mark,
        application_number=st.text(max_size=15),
        filing_date=st.text(max_size=12),
        status_code=st.text(max_size=12),
        texts=st.lists(st.builds(DraftText, st.text(), st.text(max_size=3)), max_size=2),
        nice_classes=st.lists(st.text(max_size=4), max_size=2),
        office=st.sampled_from(["", "SG", "TH", "??"]),
        designations=st.lists(st.text(max_size=4), max_size=2),
    )
)
def test_any_draft_becomes_a_statement_or_a_refusal(draft: Draft) -> None:
    made = said("SG", draft)
    assert isinstance(made, (Statement, Rejected))
    if isinstance(made, Statement):
        assert made.record.id.startswith("sg-tm-")
    else:
        assert made.reason
        assert made.mend
