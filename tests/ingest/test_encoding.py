"""Bytes of any declared encoding as UTF-8."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encoding import UnknownEncodingError, Utf8Stream, as_utf8, encoding_of

_THAI = '<?xml version="1.0" encoding="{}"?><a>ลดา</a>'


def read(data: bytes, size: int) -> bytes:
    stream = Utf8Stream(io.BytesIO(data))
    return b"".join(iter(lambda: stream.read(size), b""))


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_dropped(mark: bytes, encoding: str) -> None:
    assert encoding_of(mark + "<a/>".encode(encoding)) == (encoding, len(mark))
    assert read(mark + "<a>ลดา</a>".encode(encoding), 100) == "<a>ลดา</a>".encode()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_first_bytes(encoding: str) -> None:
    assert read(_THAI.format("UTF-16").encode(encoding), 100).endswith("<a>ลดา</a>".encode())


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("TIS-620", "cp874", "ลดา"),
        ("EUC-KR", "cp949", "솔빛"),
        ("KS_C_5601-1987", "cp949", "똠양"),
        ("x-sjis", "cp932", "①海岸"),
        ("Big5", "big5", "黃金"),
        ("ISO-8859-1", "latin-1", "ÉTÉ"),
    ],
)
def test_an_encoding_is_taken_by_the_name_that_an_office_gives_it(
    declared: str, codec: str, text: str
) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'.encode(codec)
    assert read(data, 100).endswith(f"<a>{text}</a>".encode())


def test_utf_8_is_meant_where_nothing_is_said() -> None:
    assert encoding_of(b"<a/>") == ("utf-8", 0)


def test_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(UnknownEncodingError, match="klingon-1"):
        Utf8Stream(io.BytesIO(_THAI.format("klingon-1").encode()))


def test_the_head_of_a_file_of_an_unknown_encoding_is_left_as_it_is() -> None:
    data = b'<?xml version="1.0" encoding="klingon-1"?><a/>'
    assert as_utf8(data) == data


def test_what_cannot_be_decoded_is_damaged_alone() -> None:
    data = b'<?xml version="1.0" encoding="Big5"?><a>\xff\xff</a><b>' + "黃金".encode("big5") + b"</b>"
    found = read(data, 100)
    assert found.endswith("<b>黃金</b>".encode())
    with pytest.raises(UnicodeDecodeError):
        found.decode()


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    size=st.integers(1, 50),
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_a_text_is_the_same_however_it_is_cut_while_reading(text: str, size: int, encoding: str) -> None:
    assert read(f"<a>{text}</a>".encode(encoding), size) == f"<a>{text}</a>".encode()
