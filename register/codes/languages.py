"""Languages (ISO 639-1) and scripts (ISO 15924) of texts, as offices state them and letters show them."""

from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache

from register.codes.table import pairs, rows

# Blocks of letters in Unicode by script, first and last code point; what lies between counts for no script.
_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x005A, "Latn"),
    (0x0061, 0x007A, "Latn"),
    (0x00AA, 0x00AA, "Latn"),
    (0x00BA, 0x00BA, "Latn"),
    (0x00C0, 0x00D6, "Latn"),
    (0x00D8, 0x00F6, "Latn"),
    (0x00F8, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x058F, "Armn"),
    (0x0591, 0x05F4, "Hebr"),
    (0x0620, 0x065F, "Arab"),
    (0x066E, 0x06D3, "Arab"),
    (0x06D5, 0x06EF, "Arab"),
    (0x06FA, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x0963, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E01, 0x0E3A, "Thai"),
    (0x0E40, 0x0E4E, "Thai"),
    (0x0E81, 0x0ECF, "Laoo"),
    (0x0EDC, 0x0EDF, "Laoo"),
    (0x0F40, 0x0FBC, "Tibt"),
    (0x1000, 0x103F, "Mymr"),
    (0x1050, 0x109D, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x137F, "Ethi"),
    (0x1780, 0x17D3, "Khmr"),
    (0x17D7, 0x17DD, "Khmr"),
    (0x1820, 0x18AA, "Mong"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"),
    (0x2E80, 0x2FD5, "Hani"),
    (0x3005, 0x3007, "Hani"),
    (0x3041, 0x3096, "Hira"),
    (0x309D, 0x309F, "Hira"),
    (0x30A1, 0x30FA, "Kana"),
    (0x30FD, 0x30FF, "Kana"),
    (0x3105, 0x312F, "Bopo"),
    (0x3131, 0x318E, "Hang"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA722, 0xA7FF, "Latn"),
    (0xA960, 0xA97C, "Hang"),
    (0xA9E0, 0xA9FE, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xAC00, 0xD7FB, "Hang"),
    (0xF900, 0xFAD9, "Hani"),
    (0xFB00, 0xFB06, "Latn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFB, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0xFF21, 0xFF3A, "Latn"),
    (0xFF41, 0xFF5A, "Latn"),
    (0xFF66, 0xFF6F, "Kana"),
    (0xFF71, 0xFF9D, "Kana"),
    (0xFFA1, 0xFFDC, "Hang"),
    (0x1B000, 0x1B0FF, "Kana"),
    (0x20000, 0x323AF, "Hani"),
)
_FIRSTS = tuple(first for first, _, _ in _BLOCKS)

# A long text shows its script early; the rest of an abstract is not looked at.
_SAMPLE = 256


@cache
def _languages() -> dict[str, str]:
    return pairs("languages.csv", "code", "name")


@cache
def _spellings() -> dict[tuple[str, str], str]:
    """Language by office ("" for every office) and spelling."""
    found: dict[tuple[str, str], str] = {}
    for code, terminological, bibliographic in rows("languages.csv", "code", "iso639_2t", "iso639_2b"):
        for spelling in (code, terminological, bibliographic):
            if spelling:
                found["", spelling] = code
    for code, name in _languages().items():
        found.setdefault(("", name.lower()), code)
    for office, spelling, language in rows("language_spellings.csv", "office", "spelling", "language"):
        found[office, spelling] = language
    return found


@cache
def _defaults() -> dict[tuple[str, str], str]:
    """Language by office ("" for every office) and script."""
    return {
        (office, script): language
        for office, script, language in rows("default_languages.csv", "office", "script", "language")
    }


def language_codes() -> tuple[str, ...]:
    """Every ISO 639-1 code."""
    return tuple(_languages())


def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code; the code itself where there is none."""
    return _languages().get(code, code)


@lru_cache(maxsize=4096)
def normalise_language(code: str, office: str | None = None) -> str | None:
    """The ISO 639-1 code meant by an office's language code or English language name; None where not known.

    Two or three letters, any case, with or without a region (`en-US`, `EN_gb`). Some offices misuse a code:
    `la` is Latin, but Lao (`lo`) when the office is LA.
    """
    spelling = code.strip().lower().replace("_", "-")
    spellings = _spellings()
    for form in (spelling, spelling.split("-", 1)[0]):
        if office is not None and (office, form) in spellings:
            return spellings[office, form]
        if ("", form) in spellings:
            return spellings["", form]
    return None


def scripts_of(text: str) -> tuple[str, ...]:
    """The scripts of a text's letters as ISO 15924 codes, the most frequent first; () for a text without
    letters.

    Digits, punctuation and symbols count for no script. Only the first 256 characters are looked at.
    """
    if text.isascii():
        return ("Latn",) if any(map(str.isalpha, text[:_SAMPLE])) else ()
    counts = Counter(map(_script_of_character, text[:_SAMPLE]))
    counts.pop("", None)
    return tuple(sorted(counts, key=counts.__getitem__, reverse=True))


@lru_cache(maxsize=32768)
def _script_of_character(character: str) -> str:
    """The script of a letter, "" for what is no letter."""
    point = ord(character)
    place = bisect_right(_FIRSTS, point) - 1
    if place < 0:
        return ""
    _, last, script = _BLOCKS[place]
    return script if point <= last else ""


def script_of(text: str) -> str | None:
    """The script of most of a text's letters (`Latn`, `Hang`, `Hani`, `Thai` …); None for a text without
    letters.
    """
    scripts = scripts_of(text)
    return scripts[0] if scripts else None


def default_language(script: str, office: str | None = None) -> str | None:
    """The language that a text in a script most likely is in, at an office (ST.3); None where nothing is
    likely.

    A guess for texts that come without a language: Thai letters are Thai anywhere, Latin letters Vietnamese
    in VN and English in SG, Jawi Malay in MY and BN.
    """
    defaults = _defaults()
    if office is not None and (office, script) in defaults:
        return defaults[office, script]
    return defaults.get(("", script))


def likely_language(text: str, office: str | None = None) -> str | None:
    """The language a text most likely is in, by its letters and the office; None where nothing is likely.

    Kana makes a text Japanese and Hangul makes it Korean, whatever stands beside them. Else the script of
    most letters decides.
    """
    scripts = scripts_of(text)
    for script in ("Kana", "Hira", "Hang"):
        if script in scripts:
            return default_language(script, office)
    return default_language(scripts[0], office) if scripts else None
