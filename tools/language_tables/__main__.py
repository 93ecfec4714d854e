"""`python -m tools.language_tables FOLDER [TABLE…]`: make the tables from the packages in FOLDER."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tools.language_tables.originals import OriginalMissingError, Originals
from tools.language_tables.sources import (
    cedict,
    cldr,
    cmu,
    edict,
    general,
    korean,
    lao,
    thai,
    unidic,
    unihan,
    wikdict,
    wordnet,
)
from tools.language_tables.written import write

Rows = Callable[[Originals], Iterable[tuple[str, str]]]

# In this order: the others reduce their meanings by the table of English words.
MEANINGS: dict[str, Rows] = {
    "wordnet/english": wordnet.english,
    "thai_wordnet/thai": thai.thai,
    "cedict/chinese": cedict.chinese,
    "edict/japanese": edict.japanese,
    "korean/hanja": korean.korean,
    "laonlp/lao": lao.lao,
    **{f"cldr/{language}": partial(cldr.annotations, language=language) for language in cldr.LANGUAGES},
    **{
        f"general/{language}": partial(general.words, language=language)
        for language in ("ko", "km", "my", "ta")
    },
    "general/latin": general.latin,
    **{
        f"trade/{language}": partial(general.trade_words, language=language)
        for language in general.TRADE_LANGUAGES
    },
    "trade/latin": general.trade_latin,
    "trade/concepts": general.trade_concepts,
    "cldr/latin": cldr.latin,
    "wikdict/latin": wikdict.latin,
    "wikdict/chinese": wikdict.chinese,
}
READINGS: dict[str, Rows] = {
    "unihan/readings": unihan.readings,
    "unihan/simplified": unihan.simplified,
    "unidic/readings": unidic.readings,
    "unidic/foreign": unidic.foreign,
    "cmu/english": cmu.english,
}


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    originals = Originals(Path(arguments[0]))
    for name, rows in (MEANINGS | READINGS).items():
        if len(arguments) == 1 or name in arguments[1:]:
            try:
                print(
                    f"{name}: {write(name, rows(originals), found_inside=name in MEANINGS)} rows", flush=True
                )
            except OriginalMissingError as missing:
                print(missing, file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
