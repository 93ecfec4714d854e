"""Forms come back as they were put away."""

from hypothesis import given
from hypothesis import strategies as st

from search.forms import Form, FormColumns, decode_forms, encode_forms, form_of
from search.keys.mark import name_keys


@given(st.lists(st.tuples(st.sampled_from("tlrn"), st.text(min_size=1, max_size=40)), max_size=5))
def test_forms_are_kept_whole(names: list[tuple[str, str]]) -> None:
    forms = [form_of(role, keys) for role, text in names if (keys := name_keys(text)).key]
    assert decode_forms(encode_forms(forms)) == forms


def test_a_latin_name_is_kept_once() -> None:
    assert encode_forms([form_of("t", name_keys("Solvanta"))]) == "t\x1f\x1fsolvanta\x1f=\x1fSuRPaNTa\x1f"
    assert decode_forms("") == []
    assert Form("t", "Latn", "red bull", "redbull", ("RiTPuR",)).key == "redbull"


def test_columns_say_whose_each_name_is() -> None:
    first = encode_forms([form_of("t", name_keys("PIE")), form_of("l", name_keys("피아이이"))])
    columns = FormColumns([first, "", encode_forms([form_of("t", name_keys("Red Bull"))])])
    assert columns.owners == [0, 0, 2]
    assert columns.scripts == ["Latn", "Hang", "Latn"]
    assert columns.keys == ["pie", "피아이이", "redbull"]
    assert columns.form(0).sounds == name_keys("PIE").sounds
