"""English words and the form that stands for them: STAR for STARS, MOUSE for MICE, COLOR for COLOURS."""

from functools import lru_cache

from search.language.table import table

_FUNCTION_WORDS = """
    a an the of for and or nor to in on at by with from into onto as than per via i me my mine you your
    yours he him his she her hers it its we us our ours they them their theirs this that these those who
    whom whose which what there here is am are was were be been being do does did has have had will
    would shall should can could may might must not if so but also very etc eg ie esp sth sb someone
    something somebody oneself ones
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that name nothing: articles, prepositions, pronouns, auxiliaries, and what dictionaries write around
a meaning. BEYOND, UP, ONE and ALL are not here: marks live on them.
"""

_LEGAL_FORMS = """
    co company corp corporation inc incorporated ltd limited llc llp plc lp pte pty sdn bhd berhad gmbh
    ag kg ohg sa sas sarl srl sl spa snc ltda cia bv nv oy ab as aps pt tbk cv jsc ojsc pjsc kk
    kabushiki kaisha gaisha yugen goushi gomei bumn persero
"""
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
"""What a company is, and not what it is called."""

# British spellings, and adjectives that say no more than their noun.
_SPELLINGS = {
    "golden": "gold",
    "wooden": "wood",
    "southern": "south",
    "northern": "north",
    "eastern": "east",
    "western": "west",
    "centre": "center",
    "theatre": "theater",
    "fibre": "fiber",
    "litre": "liter",
    "metre": "meter",
    "grey": "gray",
    "jewellery": "jewelry",
    "yoghurt": "yogurt",
    "doughnut": "donut",
    "mum": "mom",
    "aeroplane": "airplane",
}
_SHORTEST_OUR = 6
"""COLOUR has six letters; FOUR, TOUR and FLOUR, which are no British spellings, have fewer."""

COMMON = 8
"""Times in the tagged corpus of WordNet from which a word is read as English and nothing else: RED is no
Spanish net, SON no Vietnamese mountain.
"""


def is_english(word: str) -> bool:
    return table("wordnet/english").get(word) is not None


@lru_cache(maxsize=8192)
def frequency(word: str) -> int:
    """How often a word stands in the tagged corpus of WordNet; 0 also for a word that is not English."""
    row = table("wordnet/english").get(word)
    return int(row.partition(" ")[0]) if row else 0


def _regular(word: str) -> str | None:
    """The singular or the plain verb, where the ending shows it and the result is a word."""
    for ending, replaced in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + replaced
            if is_english(stem):
                return stem
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            for candidate in (stem, stem + "e", stem[:-1]):
                if len(candidate) > 2 and is_english(candidate):
                    return candidate
    return None


@lru_cache(maxsize=8192)
def lemma(word: str) -> str | None:
    """The form that stands for an English word in lower case; None for a word that is not English."""
    row = table("wordnet/english").get(word)
    if row is None:
        found = _regular(word)
    else:
        _, _, irregular = row.partition(" ")
        found = irregular or word
        if row == "0 " and word.endswith("s"):
            # TIGERS is in WordNet as a movement, and never met as that.
            found = _regular(word) or word
    if found is None:
        return None
    if len(found) >= _SHORTEST_OUR and found.endswith("our") and is_english(found[:-2] + "r"):
        return found[:-2] + "r"
    return _SPELLINGS.get(found, found)


def is_content(word: str) -> bool:
    return word not in FUNCTION_WORDS and word not in LEGAL_FORMS
