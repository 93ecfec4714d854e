import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.codes.languages import (
    default_language,
    language_codes,
    language_name,
    likely_language,
    normalise_language,
    script_of,
    scripts_of,
)


@pytest.mark.parametrize(
    ("code", "office", "language"),
    [
        ("en", None, "en"),
        ("EN", "SG", "en"),
        ("en-US", None, "en"),
        ("zh_Hant", "SG", "zh"),
        ("kor", None, "ko"),
        ("fre", None, "fr"),
        ("fra", None, "fr"),
        ("Thai", "TH", "th"),
        ("la", "LA", "lo"),
        ("LA", "LA", "lo"),
        ("la", "TH", "la"),
        ("la", None, "la"),
        ("kr", "KR", "ko"),
        ("kr", None, "kr"),
        ("jp", None, "ja"),
        ("in", None, "id"),
    ],
)
def test_an_offices_code_is_read_as_meant(code: str, office: str | None, language: str) -> None:
    assert normalise_language(code, office) == language


@pytest.mark.parametrize("code", ["", "zz", "-", "x-unknown", "123"])
def test_what_is_no_language_is_none(code: str) -> None:
    assert normalise_language(code) is None


def test_every_language_has_a_name_that_means_it() -> None:
    assert len(language_codes()) == 184
    for code in language_codes():
        assert language_name(code) != code
        assert normalise_language(code) == code
        assert normalise_language(language_name(code)) == code
    assert language_name("zz") == "zz"


@given(st.text(max_size=8), st.sampled_from([None, "LA", "KR", "TH"]))
def test_a_language_read_twice_is_the_same(code: str, office: str | None) -> None:
    language = normalise_language(code, office)
    assert language is None or normalise_language(language) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("SONY", "Latn"),
        ("Café Đông", "Latn"),
        ("Ｓｏｎｙ", "Latn"),
        ("삼성전자", "Hang"),
        ("中文", "Hani"),
        ("ソニー", "Kana"),
        ("ｿﾆｰ", "Kana"),
        ("ひらがな", "Hira"),
        ("ไทยเบฟ", "Thai"),
        ("ລາວເບຍ", "Laoo"),
        ("អង្គរ", "Khmr"),
        ("မြန်မာ", "Mymr"),
        ("தமிழ்", "Taml"),
        ("جاوي", "Arab"),
        ("Ромашка", "Cyrl"),
        ("Ελλάς", "Grek"),
        ("हिन्दी", "Deva"),
        ("123 - !", None),
        ("", None),
        ("๑๒๓", None),
    ],
)
def test_the_script_is_that_of_the_letters(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_scripts_come_by_frequency() -> None:
    assert scripts_of("삼성전자주식 SONY") == ("Hang", "Latn")
    assert scripts_of("라 SONY") == ("Latn", "Hang")


@given(st.text(max_size=50))
def test_any_text_has_scripts_or_none(text: str) -> None:
    assert all(len(script) == 4 for script in scripts_of(text))


@pytest.mark.parametrize(
    ("text", "office", "language"),
    [
        ("ไทยเบฟ", None, "th"),
        ("ລາວເບຍ", "LA", "lo"),
        ("Kopi Gayo", "ID", "id"),
        ("Cà phê", "VN", "vi"),
        ("Coffee", "SG", "en"),
        ("Coffee", "WO", None),
        ("جاوي", "MY", "ms"),
        ("جاوي", "AE", "ar"),
        ("中文", "SG", "zh"),
        ("商標", "JP", "ja"),
        ("ソニー SONY CORPORATION", None, "ja"),
        ("SAMSUNG 삼성", "KR", "ko"),
        ("123", "TH", None),
    ],
)
def test_letters_and_office_make_a_language_likely(
    text: str, office: str | None, language: str | None
) -> None:
    assert likely_language(text, office) == language


def test_a_script_nobody_expects_has_no_language() -> None:
    assert default_language("Ogam") is None
    assert default_language("Latn") is None
