"""WordNet 3.0 (Debian `wordnet-base`): which words are English, how usual they are, irregular forms; and the
senses that the Thai WordNet is joined to.
"""

from collections import Counter
from collections.abc import Iterator

from tools.language_tables.originals import Originals

PACKAGE = "wordnet-base_"
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}


def _counts(originals: Originals) -> Counter[tuple[str, str]]:
    """Uses in the tagged corpus by (word, sense key)."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in originals.read(PACKAGE, "wordnet/cntlist.rev").decode().splitlines():
        key, _, times = line.split(" ")
        counts[(key.split("%")[0], key)] += int(times)
    return counts


def english(originals: Originals) -> Iterator[tuple[str, str]]:
    """Rows (word, `uses lemma`): the lemma only for irregular forms."""
    uses: Counter[str] = Counter()
    for (word, _), times in _counts(originals).items():
        uses[word] += times
    words: set[str] = set()
    irregular: dict[str, str] = {}
    for part in _PARTS.values():
        for line in originals.read(PACKAGE, f"wordnet/index.{part}").decode().splitlines():
            word = line.split(" ", 1)[0]
            if word.isalpha() and word.isascii():
                words.add(word)
    for part in ("noun", "verb"):
        for line in originals.read(PACKAGE, f"wordnet/{part}.exc").decode().splitlines():
            form, plain = line.split(" ")[:2]
            if form.isalpha() and plain.isalpha() and form != plain:
                irregular.setdefault(form, plain)
    for word in words:
        yield word, f"{uses[word]} "
    for form, plain in irregular.items():
        if form not in words:
            yield form, f"{uses[form]} {plain}"


def synset_words(originals: Originals) -> dict[str, list[tuple[int, str]]]:
    """The words of each synset by its number (`00001740-n`), each with the uses of the word in this sense."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for (word, key), times in _counts(originals).items():
        # word%type:file:number — the lexicographer's file and number name the sense within its word.
        kind, file, number = key.split("%")[1].split(":")[:3]
        counts[(word, {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}[kind], file + number)] += times
    found: dict[str, list[tuple[int, str]]] = {}
    for letter, part in _PARTS.items():
        for line in originals.read(PACKAGE, f"wordnet/data.{part}").decode().splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" ")
            offset, file, total = fields[0], fields[1], int(fields[3], 16)
            words = []
            for position in range(total):
                word, number = fields[4 + 2 * position], fields[5 + 2 * position]
                word = word.split("(")[0].lower()
                times = counts[(word, letter, file + f"{int(number, 16):02d}")]
                words.append((times, word.replace("_", " ")))
            found[f"{offset}-{letter}"] = words
    return found
