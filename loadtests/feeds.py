"""Big feeds for load and speed: the demonstration's formats in any number of records."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.demo import ipas, json_feeds, kipris
from app.demo.invent import Inventor
from loadtests import uspto_daily

# name -> (office of the feed, pieces of a file of so many records)
FEEDS: dict[str, tuple[str, Callable[[int], Iterator[str]]]] = {
    "st66": ("ID", lambda count: ipas.marks("ID", Inventor("ID").marks(count))),
    "kipris": ("KR", lambda count: kipris.marks(Inventor("KR").marks(count))),
    "uspto-daily": ("US", uspto_daily.pieces),
    "jsonl": ("PH", lambda count: json_feeds.own_marks("PH", Inventor("PH").marks(count))),
}


def write_feed(name: str, count: int, folder: Path) -> Path:
    """A file of so many records; an earlier one of the same size is used again."""
    path = folder / f"{name}-{count}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as out:
            out.writelines(FEEDS[name][1](count))
        part.rename(path)
    return path
