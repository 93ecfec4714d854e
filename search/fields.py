"""The fields of the index, declared once: each engine makes its schema of this table and of nothing else."""

from dataclasses import dataclass
from enum import Enum

SCHEMA_VERSION = "5"
"""Changes whenever fields or keys change: an index of another version is rebuilt."""


ABSENT = "\ue000"
"""The only token of a ranked field that has nothing to hold. BM25 weighs a document by its length beside the
average: Lucene takes that of the documents that have the field, tantivy that of all, so all have it.
"""


class Kind(Enum):
    """What a field holds and how it can be asked for.

    KEYWORD: whole values. TOKENS: pre-made tokens, ranked by rarity, without places. WORDS: pre-made tokens
    with their places, for phrases. NUMBER: small numbers, several in a document. ORDER: one unsigned number
    of at most 63 bits, unique among documents, for sorting, ranges and cursors.
    """

    KEYWORD = "keyword"
    TOKENS = "tokens"
    WORDS = "words"
    NUMBER = "number"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Field:
    """`facet`: its values can be counted. `searched`: it can be asked for; a field may be there to be
    counted only.
    """

    name: str
    kind: Kind
    facet: bool = False
    searched: bool = True


FIELDS: tuple[Field, ...] = (
    # What a result must be.
    Field("right", Kind.KEYWORD, facet=True),
    Field("office", Kind.KEYWORD, facet=True),
    Field("territory", Kind.KEYWORD, facet=True),
    Field("status", Kind.KEYWORD, facet=True),
    Field("kind", Kind.KEYWORD, facet=True),
    Field("feature", Kind.KEYWORD, facet=True),
    Field("applicant", Kind.KEYWORD, facet=True),
    # How applicants are spelled (`register.spelling`): what is written anew where one is resolved otherwise.
    Field("spelling", Kind.KEYWORD, facet=True),
    Field("vienna", Kind.KEYWORD),
    Field("vienna_category", Kind.KEYWORD, facet=True, searched=False),
    Field("vienna_division", Kind.KEYWORD, facet=True, searched=False),
    Field("vienna_section", Kind.KEYWORD, facet=True, searched=False),
    Field("locarno", Kind.KEYWORD),
    Field("locarno_class", Kind.KEYWORD, facet=True, searched=False),
    Field("locarno_subclass", Kind.KEYWORD, facet=True, searched=False),
    Field("ipc", Kind.KEYWORD),
    Field("ipc_section", Kind.KEYWORD, facet=True, searched=False),
    Field("ipc_class", Kind.KEYWORD, facet=True, searched=False),
    Field("ipc_subclass", Kind.KEYWORD, facet=True, searched=False),
    Field("cpc", Kind.KEYWORD),
    Field("cpc_section", Kind.KEYWORD, facet=True, searched=False),
    Field("cpc_class", Kind.KEYWORD, facet=True, searched=False),
    Field("cpc_subclass", Kind.KEYWORD, facet=True, searched=False),
    Field("nice", Kind.NUMBER, facet=True),
    Field("filing_year", Kind.NUMBER, facet=True, searched=False),
    Field("registration_year", Kind.NUMBER, facet=True, searched=False),
    # Months are counted from the year 0.
    Field("expiry_month", Kind.NUMBER, facet=True, searched=False),
    # What became of the application.
    Field("outcome", Kind.KEYWORD, facet=True, searched=False),
    Field("representative", Kind.KEYWORD, facet=True),
    # Days from and to which it was in force, and of which nobody can say; `again` after an interruption.
    Field("force_from", Kind.NUMBER, facet=True),
    Field("force_to", Kind.NUMBER, facet=True),
    Field("force_again_from", Kind.NUMBER, facet=True),
    Field("force_again_to", Kind.NUMBER, facet=True),
    Field("unsure_from", Kind.NUMBER, facet=True),
    Field("unsure_to", Kind.NUMBER, facet=True),
    Field("unsure_again_from", Kind.NUMBER, facet=True),
    Field("unsure_again_to", Kind.NUMBER, facet=True),
    # Numbers of the right, and words of its applicants' names.
    # Numbers of the right: all, and by what they are.
    Field("number", Kind.KEYWORD),
    Field("application", Kind.KEYWORD),
    Field("registration", Kind.KEYWORD),
    Field("publication", Kind.KEYWORD),
    # Documents in the normal form of `search.keys.documents`: claimed as priority, cited, and published of
    # the right itself. `family` are the keys of `search.keys.families`.
    Field("priority", Kind.KEYWORD),
    Field("cited", Kind.KEYWORD),
    Field("document", Kind.KEYWORD),
    Field("family", Kind.KEYWORD),
    # Days as ordinals.
    Field("published", Kind.NUMBER),
    Field("priority_day", Kind.NUMBER),
    # Words of the names of parties.
    Field("applicant_word", Kind.WORDS),
    Field("inventor_word", Kind.WORDS),
    Field("representative_word", Kind.WORDS),
    # Words of goods and services, each once and without its place: marks have many.
    Field("goods", Kind.TOKENS),
    # Names: the words of a mark, the title of a patent, the product of a design, the name of an indication.
    Field("key", Kind.KEYWORD),
    Field("bigram", Kind.WORDS),
    # Likeness of marks: `script` are the scripts of its names, `gram` pieces of what is seen, `phone` of
    # what is heard.
    Field("script", Kind.KEYWORD),
    Field("gram", Kind.TOKENS),
    Field("roman", Kind.KEYWORD),
    Field("phone", Kind.TOKENS),
    Field("word", Kind.TOKENS),
    # What names mean, as English lemmas.
    Field("concept", Kind.TOKENS),
    # Likeness of figures: Vienna codes of every level, the fewer the nearer.
    Field("figure", Kind.TOKENS),
    # Titles, products and areas of the other rights, their abstracts, and the words of marks.
    Field("text", Kind.WORDS),
    Field("abstract", Kind.WORDS),
    Field("mark", Kind.WORDS),
    # Orders. `brevity`: the shorter name first.
    Field("filed", Kind.ORDER),
    Field("registered", Kind.ORDER),
    Field("expiry", Kind.ORDER),
    Field("brevity", Kind.ORDER),
    Field("timepoint", Kind.ORDER),
)

KINDS: dict[str, Kind] = {field.name: field.kind for field in FIELDS}
