"""Thai WordNet (PyPI `pythainlp`), joined to WordNet 3.0 by the synset's number."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import normal
from tools.language_tables.glosses import phrases, value
from tools.language_tables.originals import Originals
from tools.language_tables.sources.wordnet import synset_words

_WORDS_OF_A_SENSE = 2


def thai(originals: Originals) -> Iterator[tuple[str, str]]:
    senses = synset_words(originals)
    database = sqlite3.connect(":memory:")
    database.deserialize(originals.read("pythainlp-", "corpus/wordnet_th.db"))
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for number, word in database.execute("select synsetid, li from word_synset order by synsetid, li"):
        key = normal(word.replace("_", "")).key
        for position, (times, english) in enumerate(senses.get(number, [])[:_WORDS_OF_A_SENSE]):
            found[key].append((-times, position, english))
    for key, words in found.items():
        if key and (made := phrases(english for _, _, english in sorted(words))):
            yield key, value(made)
