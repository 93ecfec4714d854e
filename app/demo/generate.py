"""The demonstration's feeds: which office sends what in which format, written to a folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from app.demo import ipas, json_feeds, kipris
from app.demo.invent import LANGUAGES, Inventor

# Begins every file name of the demonstration, so that its records can be told from real ones by where they
# came from.
FILE_PREFIX = "synthetic-demo-"
_IPAS = ("ID", "MY", "KH", "LA", "VN", "BN")
_MARKS, _INVENTIONS, _DESIGNS, _INDICATIONS = 330, 110, 90, 15


class DemoFeed(NamedTuple):
    """One file of the demonstration and the office that sends it (ST.3)."""

    office: str
    path: Path


def write_feeds(folder: Path) -> list[DemoFeed]:
    """Write the feeds of eleven offices, about 6,000 records, always the same; returns them in the order to
    take in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    feeds = []
    for office in LANGUAGES:
        for name, pieces in _files(office):
            path = folder / f"{FILE_PREFIX}{office.lower()}-{name}"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(pieces)
            feeds.append(DemoFeed(office, path))
    return feeds


def _files(office: str) -> list[tuple[str, Iterable[str]]]:
    inventor = Inventor(office)
    marks, inventions = inventor.marks(_MARKS), inventor.inventions(_INVENTIONS)
    designs, indications = inventor.designs(_DESIGNS), inventor.indications(_INDICATIONS)
    last: tuple[str, Iterable[str]] = ("indications.jsonl", json_feeds.own_indications(office, indications))
    if office == "KR":
        return [
            ("marks.xml", kipris.marks(marks)),
            ("patents.xml", kipris.inventions(inventions)),
            ("designs.xml", kipris.designs(designs)),
            last,
        ]
    if office == "SG":
        return [
            ("marks.json", json_feeds.sg_marks(marks)),
            ("patents.jsonl", json_feeds.own_inventions(office, inventions)),
            ("designs.json", json_feeds.sg_designs(designs)),
            last,
        ]
    if office == "TH":
        return [
            ("marks.json", json_feeds.th_marks(marks)),
            ("patents.json", json_feeds.th_inventions(inventions)),
            ("designs.jsonl", json_feeds.own_designs(office, designs)),
            last,
        ]
    rest: list[tuple[str, Iterable[str]]] = [("patents.jsonl", json_feeds.own_inventions(office, inventions))]
    if office in _IPAS:
        return [
            ("marks.xml", ipas.marks(office, marks)),
            *rest,
            ("designs.xml", ipas.designs(office, designs)),
            last,
        ]
    own = (
        ("marks.csv", json_feeds.own_marks_csv(office, marks))
        if office == "MM"
        else ("marks.jsonl", json_feeds.own_marks(office, marks))
    )
    return [own, *rest, ("designs.jsonl", json_feeds.own_designs(office, designs)), last]
