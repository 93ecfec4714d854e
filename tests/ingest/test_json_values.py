from ingest.json_values import at, codes, each, first_text, parts, text, words


def test_text_is_trimmed_and_numbers_are_written_out() -> None:
    assert text({"a": " x "}, "a") == "x"
    assert text({"a": 97123456}, "a") == "97123456"
    assert text({"a": 9.0}, "a") == "9"


def test_null_hyphen_truth_and_objects_read_as_nothing() -> None:
    value = {"null": None, "hyphen": "-", "truth": True, "object": {"b": 1}, "list": ["x"]}
    assert [text(value, name) for name in value] == ["", "", "", "", ""]


def test_a_path_through_something_absent_leads_nowhere() -> None:
    assert at({"a": {"b": 1}}, "a", "b") == 1
    assert at({"a": [1]}, "a", "b") is None
    assert at(None, "a") is None


def test_first_text_takes_the_first_member_that_says_something() -> None:
    assert first_text({"a": "", "b": None, "c": "x", "d": "y"}, ("a", "b", "c", "d")) == "x"


def test_one_may_stand_for_a_list_of_one() -> None:
    assert each({"a": {"b": 1}}, "a") == each({"a": [{"b": 1}, None, "x"]}, "a") == [{"b": 1}]
    assert words({"a": "x"}, "a") == words({"a": ["x", None, ""]}, "a") == ["x"]


def test_codes_are_parted_by_any_mark_or_space() -> None:
    assert codes("16|35;41, 42  43") == ["16", "35", "41", "42", "43"]
    assert codes("09") == ["09"]
    assert codes("") == []


def test_parts_keep_their_commas_and_spaces() -> None:
    assert parts("Wintech Co, Ltd | 김현호;A61K 31/00\nB08B 1/00") == [
        "Wintech Co, Ltd", "김현호", "A61K 31/00", "B08B 1/00",
    ]  # fmt: skip
    assert parts("") == []
