"""A made-up register of any size for tests of counts, with two versions of much of it."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

Line = dict[str, Any]

OFFICES = ("SG", "TH", "KR", "VN", "EM")
APPLICANTS = tuple(f"{word} Holdings Pte. Ltd." for word in ("Alba", "Brio", "Cedro", "Delta", "Ekho"))
AGENTS = tuple(f"{word} & Partners" for word in ("Nord", "Ost", "Sud", "West"))
STATUSES = ("registered", "registered", "registered", "pending", "expired", "ended", "unknown")
RIGHTS = ("trademark", "trademark", "patent", "design", "utility-model")
NICE, LOCARNO = (3, 5, 9, 25, 30, 42), ("06-01", "07-01", "09-03")
IPC = ("A61K 31/00", "A61B 5/00", "H01M 50/40", "C07D 471/04")


def _day(draw: random.Random, first: int, last: int) -> dt.date:
    return dt.date(draw.randint(first, last), draw.randint(1, 12), draw.randint(1, 28))


def _line(draw: random.Random, number: int) -> Line:
    right = draw.choice(RIGHTS)
    filed = _day(draw, 2005, 2025)
    line: Line = {
        "office": draw.choice(OFFICES),
        "right": right,
        "applicationNumber": f"{number:08d}",
        "applicants": [{"name": name} for name in draw.sample(APPLICANTS, draw.choice((1, 1, 1, 2)))],
    }
    named = {"text": f"name {number}", "language": "en"}
    line["texts" if right == "trademark" else "titles"] = [named]
    if draw.random() < 0.9:
        line["filingDate"] = filed.isoformat()
    if draw.random() < 0.7:
        line["registrationDate"] = (filed + dt.timedelta(days=draw.randint(100, 900))).isoformat()
    if draw.random() < 0.6:
        line["expiryDate"] = filed.replace(year=filed.year + draw.choice((7, 10, 20))).isoformat()
    if draw.random() < 0.3:
        line["registrationNumber"] = f"R{number}"
    if draw.random() < 0.6:
        line["representatives"] = [{"name": name} for name in draw.sample(AGENTS, draw.choice((1, 2)))]
    if right == "trademark":
        line["niceClasses"] = sorted(draw.sample(NICE, draw.randint(1, 3)))
    elif right == "design":
        line["locarno"] = [draw.choice(LOCARNO)]
    else:
        line["ipc"] = draw.sample(IPC, draw.randint(1, 2))
    line["status"] = _status(draw, filed)
    return line


def _status(draw: random.Random, filed: dt.date) -> Line:
    status: Line = {"plain": draw.choice(STATUSES)}
    if draw.random() < 0.7:
        status["date"] = (filed + dt.timedelta(days=draw.randint(0, 4000))).isoformat()
    return status


def feeds(seed: int, count: int) -> Iterator[tuple[str, list[Line]]]:
    """Feeds by office, in the order in which they come; the second of an office changes and deletes some."""
    draw = random.Random(seed)
    lines = [_line(draw, number) for number in range(1, count + 1)]
    for office in OFFICES:
        of_office = [line for line in lines if line["office"] == office]
        yield office, of_office
        later: list[Line] = []
        for line in of_office:
            chance = draw.random()
            if chance < 0.3:
                filed = dt.date.fromisoformat(line.get("filingDate", "2010-01-01"))
                later.append({**line, "status": _status(draw, filed)})
            elif chance < 0.33:
                kept = ("office", "right", "applicationNumber")
                later.append({**{name: line[name] for name in kept}, "operation": "delete"})
        yield office, later
