"""Texts as delivered made fit to keep: no control characters, white space in order, nothing else changed.

What is a letter stays as it is: no case, width or normal form is changed, zero-width joiners and spaces stay,
since Khmer, Thai, Lao and Myanmar texts need them.
"""

import re
from html.entities import html5
from typing import Final

# One value of more than this is no text of a right but a mistake of the delivery.
LONGEST: Final = 1_048_576

# C0 and C1 controls but tab and line ends, byte order marks and noncharacters go; a lone surrogate, which
# UTF-8 cannot hold, becomes the replacement character.
_REMOVED: Final[dict[int, str | None]] = {
    **dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]),
    **dict.fromkeys([0xFEFF, 0xFFFE, 0xFFFF]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x0085: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_RARE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
# Not the ideographic space, which belongs to a Japanese or Chinese name.
_SPACES = re.compile("[\\t-\\r \\x85\\xa0\\u2028\\u2029]+")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK = re.compile(r"\s*(?:<br\s*/?>|\r\n|[\r\n])\s*", re.IGNORECASE)


class TooLongError(ValueError):
    """A value longer than `LONGEST` characters; `length` says how long."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length:,} characters")
        self.length = length


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name[0] != "#":
        return html5.get(f"{name};", found[0])
    point = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(point) if 0 < point <= 0x10FFFF else found[0]


def unescaped(text: str) -> str:
    """The text with whole HTML entities (`&amp;`, `&#39;`) as the characters they stand for."""
    return _ENTITY.sub(_entity, text) if "&" in text and ";" in text else text


def _without_controls(text: str) -> str:
    # Looking first is ten times as fast as translating every text.
    return text.translate(_REMOVED) if _RARE.search(text) else text


def line(text: str) -> str:
    """A text of one line: every run of white space is one space. Raises `TooLongError`."""
    if text.isprintable() and "  " not in text:
        if len(text) > LONGEST:
            raise TooLongError(len(text))
        return text.strip()
    if len(text) > LONGEST:
        raise TooLongError(len(text))
    return _SPACES.sub(" ", _without_controls(text)).strip()


def block(text: str) -> str:
    """A text of several lines: spaces in order, blank lines gone. Raises `TooLongError`."""
    if text.isprintable() and "  " not in text:
        if len(text) > LONGEST:
            raise TooLongError(len(text))
        return text.strip()
    if len(text) > LONGEST:
        raise TooLongError(len(text))
    lines = (_SPACES.sub(" ", part).strip() for part in _without_controls(text).splitlines())
    return "\n".join(part for part in lines if part)


def address(text: str) -> str:
    """An address, a line a line: `<br/>` and line ends alike divide it. Raises `TooLongError`."""
    if text.isprintable() and "<" not in text:
        return line(text)
    return block(_BREAK.sub("\n", text))
