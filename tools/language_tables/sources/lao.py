"""Lao-English dictionary (PyPI `laonlp`)."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import normal
from tools.language_tables.glosses import row
from tools.language_tables.originals import Originals


def lao(originals: Originals) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = defaultdict(list)
    text = originals.read("laonlp-", "lao-eng-dictionary.csv").decode("utf-8-sig")
    for line in csv.DictReader(io.StringIO(text)):
        found[normal(line["LaoWord"] or "").key].append(line["English"] or "")
    for key, glosses in found.items():
        if key and (made := row(glosses)) is not None:
            yield key, made
