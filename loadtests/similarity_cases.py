"""Decided cases and brands in two scripts, and the haystack they are looked for in.

A folder of cases holds `pairs.csv` (`mark_a` is searched, `mark_b` is the earlier mark; `kind`, `verdict`,
`set`, `script_a`, `script_b`, `provenance`, `note`) and `background.txt.gz` (a name a line).
"""

import csv
import gzip
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from register.model import Record, Status, Text

OFFICES = ("SG", "TH", "KR", "PH")
# A verdict that turned on fame, parody or goods says nothing about names.
_BY_CONTEXT = "driven partly by context"
_RECALLED = "general_knowledge"


class Pair(NamedTuple):
    """A name asked for and the earlier mark that has to be found by it, or has not."""

    identity: str
    query: str
    earlier: str
    scripts: str
    kind: str
    similar: bool
    decided: bool
    read_in_a_source: bool

    @property
    def family(self) -> str:
        """What kind of finding it takes, as the issue of clearance groups it."""
        if self.kind == "meaning":
            return "meaning"
        if self.scripts == "Latin-Latin" and self.kind in ("sight", "sound", "containment"):
            return "Latin look, sound, containment"
        if not self.decided and self.kind == "transliteration":
            return "another script's sound"
        return "other"


def read_pairs(folder: Path, *, reverse: bool = False) -> list[Pair]:
    """The pairs of a folder of cases; `reverse` looks for the first mark with the second."""
    with open(folder / "pairs.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _BY_CONTEXT not in row["note"]]
    first, second = ("mark_b", "mark_a") if reverse else ("mark_a", "mark_b")
    return [
        Pair(
            row["id"],
            row[first],
            row[second],
            f"{row['script_a']}-{row['script_b']}",
            row["kind"],
            row["verdict"] == "similar",
            row["set"] == "caselaw",
            row["provenance"] != _RECALLED,
        )
        for row in rows
    ]


def read_haystack(folder: Path, names: int) -> list[str]:
    """The first names of the haystack."""
    with gzip.open(folder / "background.txt.gz", "rt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in islice(file, names)]


def records_of(haystack: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Record]:
    """A mark for each name of the haystack and for each earlier mark, in an order that tells nothing."""
    draw = random.Random(2)
    names = [*haystack, *dict.fromkeys(pair.earlier for pair in pairs)]
    draw.shuffle(names)
    for number, name in enumerate(names):
        office, application = draw.choice(OFFICES), f"{number:09d}"
        yield Record(
            id=f"{office.lower()}-tm-{application}",
            office=office,
            right="trademark",
            application_number=application,
            status=Status("registered"),
            texts=(Text(name),),
            nice_classes=(draw.randrange(1, 46),),
        )
