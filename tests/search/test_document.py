"""What the index holds of a record."""

import datetime as dt
import json

import msgspec

from register.applicants import applicant_id
from register.model import Media, Party, Text
from search.document import IndexDocument, document_of
from search.fields import ABSENT, FIELDS
from search.forms import decode_forms
from search.orders import date_order
from tests.search.sample import record


def test_every_field_of_the_table_is_a_field_of_the_document() -> None:
    names = {field.name for field in FIELDS}
    own = {"id", "version", "short", "forms"}
    assert names | own == set(IndexDocument.__struct_fields__)


def test_a_mark_is_found_by_all_its_texts_and_compared_with_readings_too() -> None:
    made = document_of(
        record(
            "TH",
            "1",
            "โค้ก",
            texts=(Text("โค้ก", "th"), Text("COKE", "en")),
            transliterations=(Text("khok"),),
            translations=(Text("coke drink"),),
        ),
        1,
        5,
    )
    assert made.key == ("โค้ก", "coke")
    assert set(made.script) == {"Thai", "Latn"}
    assert [form.role for form in decode_forms(made.forms)] == ["t", "t", "l", "r"]
    assert "khok" in made.roman


def test_titles_of_other_rights_are_running_text_and_names_but_no_marks() -> None:
    made = document_of(
        record("US", "1", "Coffee machine", right="patent", abstracts=(Text("It brews."),)), 1, 5
    )
    assert made.key == ("coffeemachine",)
    assert made.text == ("coffee machine",)
    assert made.abstract == ("it brews",)
    assert made.gram == made.word == (ABSENT,)
    assert made.script == ()


def test_a_mark_without_words_is_there_too() -> None:
    made = document_of(record("SG", "1", None, vienna_codes=("1.15.9",)), 1, 5)
    assert made.key == ()
    assert made.vienna == ("01", "01.15", "01.15.09")
    assert (made.vienna_category, made.vienna_division, made.vienna_section) == (
        ("01",),
        ("01.15",),
        ("01.15.09",),
    )
    assert made.figure == ("01 01.15 01.15.09",)


def test_an_international_right_has_effect_where_it_is_designated() -> None:
    made = document_of(record("WO", "1504436", "ACME", designations=("TH", "SG")), 1, 5)
    assert made.office == ("WO",)
    assert made.territory == ("SG", "TH")


def test_orders_hold_the_date_and_the_timepoint() -> None:
    made = document_of(record("SG", "1", "ACME", filed="2020-01-31"), 3, 77)
    assert made.filed == date_order(dt.date(2020, 1, 31), 77)
    assert made.registered == date_order(None, 77)
    assert made.filed > made.registered
    assert made.filed < 1 << 63
    assert made.brevity >> 40 == 4


def test_an_applicant_without_a_name_is_not_found_by_one() -> None:
    applicants = (Party("", number="854999"), Party("Lime AG"))
    one = msgspec.structs.replace(record("EM", "1", "ACME"), applicants=applicants)
    made = document_of(one, 1, 1)
    assert made.applicant == (applicant_id(Party("Lime AG")),)
    assert "Lime AG" in made.short.decode()
    assert "854999" not in made.short.decode()


def test_resolved_applicants_take_the_place_of_names() -> None:
    one = record("SG", "1", "ACME", applicant="Acme Pte. Ltd.")
    assert document_of(one, 1, 1).applicant == (applicant_id(Party(name="ACME")),)
    assert document_of(one, 1, 1, {"Acme Pte. Ltd.": "ap-1"}).applicant == ("ap-1",)


def test_the_short_form_is_small_and_reads_like_the_record() -> None:
    made = document_of(
        record(
            "SG",
            "40202001321Q",
            "ACME",
            nice_classes=(9,),
            media=(Media("sound", "a.mp3"), Media("image", "a.png")),
            registration_date=dt.date(2021, 2, 3),
        ),
        1,
        1,
    )
    short = json.loads(made.short)
    assert short["id"] == "sg-tm-40202001321q"
    assert short["title"] == "ACME"
    assert short["status"] == {"plain": "registered"}
    assert short["media"] == "a.png"
    assert short["registrationDate"] == "2021-02-03"
    assert short["applicants"][0]["applicant"].startswith("ap-")
    assert "territories" not in short
    assert len(made.short) < 400


def test_all_numbers_of_a_record_are_keys() -> None:
    made = document_of(
        record(
            "KR",
            "1020170126044",
            right="patent",
            registration_number="1019441130000",
            international_number="PCT/KR2017/001234",
        ),
        1,
        1,
    )
    assert {"1020170126044", "101944113", "2017.1234"} <= set(made.number)
