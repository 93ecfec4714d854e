import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import texts


def test_a_line_has_single_spaces_and_no_controls() -> None:
    assert texts.line(" SABMILLER\nINTERNATIONAL\t BRANDS\x00 ") == "SABMILLER INTERNATIONAL BRANDS"


def test_a_block_keeps_its_lines_without_blank_ones() -> None:
    assert texts.block("one  \r\n\r\n  two\u2028three") == "one\ntwo\nthree"


def test_breaks_of_a_web_page_divide_an_address() -> None:
    assert texts.address("61 TREVOSE CRESCENT<br/>DUNEARN ESTATE<BR />Singapore 298062 ") == (
        "61 TREVOSE CRESCENT\nDUNEARN ESTATE\nSingapore 298062"
    )


def test_zero_width_characters_of_asian_scripts_stay() -> None:
    assert texts.line("ក្រុម\u200bហ៊ុន") == "ក្រុម\u200bហ៊ុន"


def test_the_ideographic_space_of_a_name_stays() -> None:
    assert texts.line("渡辺　一豊 \xa0様") == "渡辺　一豊 様"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert texts.line("a\ud800b\ufeff") == "a\ufffdb"


def test_whole_entities_are_read_and_half_ones_left() -> None:
    assert texts.unescaped("A&amp;B &#39;x&#x27; &nbsp;") == "A&B 'x' \xa0"
    assert texts.unescaped("AT&T; R&D &copy &unknownentity;") == "AT&T; R&D &copy &unknownentity;"


def test_a_text_of_more_than_a_mebicharacter_is_refused() -> None:
    for clean in (texts.line, texts.block, texts.address):
        with pytest.raises(texts.TooLongError):
            clean("x" * (texts.LONGEST + 1))
        with pytest.raises(texts.TooLongError):
            clean("x\n" * texts.LONGEST)


@given(st.text())
def test_a_clean_text_is_clean_already(value: str) -> None:
    for clean in (texts.line, texts.block, texts.address):
        cleaned = clean(value)
        assert clean(cleaned) == cleaned
        cleaned.encode()
