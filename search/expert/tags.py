"""The field tags of expert search as one table: what each means, what it looks into, and an example."""

from dataclasses import dataclass
from typing import Literal

Value = Literal["words", "goods", "number", "document", "code", "class", "choice", "date", "priority"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A field tag with its long name, which can be written too.

    `value` is how its value is read; `fields` are fields of the index; `example` is a query.
    """

    name: str
    long: str
    meaning: str
    value: Value
    fields: tuple[str, ...]
    example: str


TAGS: tuple[Tag, ...] = (
    Tag(
        "ti",
        "title",
        "title of a patent, product of a design, name of an indication, words of a mark",
        "words",
        ("text", "mark"),
        'ti="coffee machine"',
    ),
    Tag("ab", "abstract", "abstract", "words", ("abstract",), "ab=((brew OR brewing) NEAR/3 coffee)"),
    Tag(
        "tm", "mark", "words of a mark, its transliterations and translations", "words", ("mark",), "tm=red*"
    ),
    Tag("gd", "goods", "goods and services (words, not phrases)", "goods", ("goods",), "gd=umbrellas"),
    Tag("pa", "applicant", "applicant or owner", "words", ("applicant_word",), 'pa="siam foods"'),
    Tag("in", "inventor", "inventor or designer", "words", ("inventor_word",), "in=tanaka"),
    Tag("rp", "representative", "representative", "words", ("representative_word",), "rp=(tilleke OR baker)"),
    Tag("nr", "number", "any number of the right", "number", ("number",), "nr=40-2020-1321Q"),
    Tag("an", "application", "application number", "number", ("application",), "an=1020190012345"),
    Tag("pn", "publication", "publication number", "number", ("publication",), "pn=US2019*"),
    Tag("rn", "registration", "registration number", "number", ("registration",), "rn=9358892"),
    Tag("ic", "ipc", "IPC symbol and everything below it", "code", ("ipc",), 'ic="A61K 9/16"'),
    Tag("cpc", "cooperative", "CPC symbol and everything below it", "code", ("cpc",), "cpc=A61K"),
    Tag("nc", "nice", "Nice class", "class", ("nice",), "nc=[35 TO 45]"),
    Tag("vc", "vienna", "Vienna code and everything below it", "code", ("vienna",), "vc=26.4"),
    Tag("lc", "locarno", "Locarno class or subclass", "code", ("locarno",), "lc=06-01"),
    Tag("of", "office", "office that holds the record (ST.3)", "choice", ("office",), "of=TH,SG"),
    Tag("te", "territory", "where the right has effect (ST.3)", "choice", ("territory",), "te=VN"),
    Tag("rt", "right", "kind of right", "choice", ("right",), "rt=patent"),
    Tag("st", "status", "plain status", "choice", ("status",), "st=(registered OR pending)"),
    Tag("fd", "filed", "filing date", "date", ("filed",), "fd=[2020-01-01 TO 2021-12-31]"),
    Tag("pd", "published", "publication date", "date", ("published",), "pd>=2020-06"),
    Tag("rd", "registered", "registration date", "date", ("registered",), "rd=2021"),
    Tag("ed", "expires", "expiry date", "date", ("expiry",), "ed<2030"),
    Tag(
        "pr",
        "priority",
        "priority claimed: a date, or a number with its office",
        "priority",
        ("priority", "priority_day"),
        "pr=KR10-2019-0012345",
    ),
    Tag("ct", "cites", "document cited, with its office", "document", ("cited",), 'ct="US 9,358,892"'),
)
"""Every tag, in the order of helps."""

BY_NAME: dict[str, Tag] = {name: tag for tag in TAGS for name in (tag.name, tag.long)}

UNTAGGED: tuple[str, ...] = ("text", "mark", "abstract")
"""Where words without a tag are looked for; one with five digits or more is also looked for as a number."""
