import pytest

from ingest.status_words import StatusTable, StatusWords, fold


def words(*tables: StatusTable, noise: str = "") -> StatusWords:
    return StatusWords([tables], noise)


@pytest.mark.parametrize(
    "word", ["REMOVED_FROM_REGISTER", "Removed  from register", "ＲＥＭＯＶＥＤ from-register."]
)
def test_case_width_spaces_and_punctuation_do_not_count(word: str) -> None:
    assert (
        words(StatusTable(ended=("removed from register",))).plain(word, "trademark", "any", False) == "ended"
    )


def test_vowels_of_thai_count() -> None:
    assert fold("จดทะเบียน") != fold("จดทะเบยน")


def test_a_word_of_no_table_is_none() -> None:
    assert words(StatusTable(pending=("filed",))).plain("gefiled", "trademark", "any", False) is None
    assert words(StatusTable(pending=("filed",))).plain(" - ", "trademark", "any", False) is None


def test_a_table_of_a_right_or_a_format_holds_only_there_and_goes_first() -> None:
    tables = words(
        StatusTable(pending=("published",)),
        StatusTable(rights=("design",), registered=("published",)),
        StatusTable(formats=("st66",), ended=("published",)),
    )
    assert tables.plain("published", "trademark", "st96", False) == "pending"
    assert tables.plain("published", "design", "st86", False) == "registered"
    assert tables.plain("published", "trademark", "st66", False) == "ended"


def test_an_offices_own_words_go_before_inherited_ones_and_words_before_patterns() -> None:
    tables = StatusWords(
        [
            [StatusTable(ended=("suspended",), patterns=(("^accepted", "registered"),))],
            [StatusTable(pending=("suspended", "accepted"))],
        ]
    )
    assert tables.plain("Suspended", "trademark", "any", False) == "ended"
    assert tables.plain("Accepted", "trademark", "any", False) == "pending"
    assert tables.plain("Accepted for good", "trademark", "any", False) == "registered"


def test_patterns_are_tried_in_order() -> None:
    tables = words(StatusTable(patterns=(("not registered", "ended"), ("registered", "registered"))))
    assert tables.plain("Mark NOT_registered", "trademark", "any", False) == "ended"
    assert tables.plain("Mark registered", "trademark", "any", False) == "registered"


def test_a_word_may_mean_expired_with_and_ended_without_an_expiry_date() -> None:
    tables = words(StatusTable(expired_where_dated=("inactive",)))
    assert tables.plain("Inactive", "trademark", "any", True) == "expired"
    assert tables.plain("Inactive", "trademark", "any", False) == "ended"


def test_what_stands_before_every_word_is_left_out() -> None:
    tables = words(StatusTable(registered=("didaftar",)), noise=r"^\(TM\)\s*")
    assert tables.plain("(TM) Didaftar", "trademark", "any", False) == "registered"


@pytest.mark.parametrize(
    "table",
    [
        StatusTable(pending=("filed",), ended=("FILED",)),
        StatusTable(pending=("--",)),
        StatusTable(patterns=(("(", "ended"),)),
    ],
)
def test_a_table_that_contradicts_itself_is_an_error_that_names_it(table: StatusTable) -> None:
    with pytest.raises(ValueError, match=r"status\[1\]"):
        words(StatusTable(), table)
