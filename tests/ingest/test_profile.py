import datetime as dt
import re

import pytest

from ingest.profile import Profile, ProfileError, build, office_codes, parse, profile

LEAST = 'office = "FJ"\nname = "Office of Fiji"\nmapping = "2026-01-02"\n'


def of(more: str) -> Profile:
    return build("FJ", parse(LEAST + more, "fj.toml"))


def test_a_profile_inherits_the_words_of_the_standards() -> None:
    assert of("").status.plain("Registered", "trademark", "st66", False) == "registered"
    assert of("").status.plain("08", "trademark", "st66", False) == "ended"
    assert of("").status.plain("08", "trademark", "st96", False) is None


def test_a_profile_inherits_a_shared_systems_words_before_those() -> None:
    assert of("").status.plain("Suspended", "trademark", "st66", False) == "pending"
    assert of('inherits = ["ipas"]').status.plain("Suspended", "trademark", "st66", False) == "ended"


def test_the_mapping_version_is_that_of_the_newest_table_applied() -> None:
    assert of("").mapping == max("2026-01-02", profile("XX").mapping)


def test_an_office_without_a_profile_has_the_general_one() -> None:
    assert "FJ" not in office_codes()
    assert profile("FJ").office == "FJ"
    assert profile("FJ").status.plain("Granted", "patent", "st36", False) == "registered"


def test_a_profile_is_loaded_once() -> None:
    assert profile("SG") is profile("SG")


def test_a_feed_delivers_its_own_office_and_those_named() -> None:
    assert of("").delivers("FJ")
    assert not of("").delivers("SG")
    assert of('delivers-for = ["WO"]').delivers("WO")
    assert of('delivers-for = ["*"]').delivers("SG")


def test_dates_are_read_as_the_profile_says() -> None:
    read = of('[dates]\nforms = ["DD/MM/YYYY"]\nbuddhist-era = true\nmalformed = "absent"').read_date
    assert read("31/01/2567") == dt.date(2024, 1, 31)
    assert read("99/99/2567") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[status]]\npending = [1]", r"status\[0\].pending\[0\]"),
        ('[[status]]\npendign = ["x"]', "pendign"),
        ('[[status]]\npatterns = [["x", "dead"]]', r"status\[0\].patterns\[0\]\[1\]"),
        ('[[status]]\nrights = ["mark"]', r"status\[0\].rights\[0\]"),
        ('[[status]]\npending = ["x"]\nended = ["X"]', r"status\[0\]"),
        ('[[numbers]]\nright = "patent"\nshape = "("\nexample = "1"', r"numbers\[0\].shape"),
        ('[[numbers]]\nright = "patent"\nshape = "\\\\d"\nexample = "x"', r"numbers\[0\].example"),
        ('[dates]\nforms = ["D/M/Y"]', "dates.forms"),
        ('delivers-for = ["QQ"]', "delivers-for"),
        ("[[status]", "line"),
    ],
)
def test_a_wrong_table_is_an_error_that_names_file_table_and_key(text: str, place: str) -> None:
    with pytest.raises(ProfileError, match=r"fj\.toml") as error:
        of(text)
    assert re.search(place, str(error.value)), str(error.value)
