"""Parties in the manner of WIPO ST.36: name groups, address books, one party in several data formats."""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from ingest.draft import DraftParty, DraftText
from ingest.formats.st36_parts import country_code
from ingest.xml_text import each, local, text

_PERSON = ("first-name", "middle-name", "last-name", "suffix")
_ADDRESS = frozenset(
    (
        "address-1",
        "address-2",
        "address-3",
        "address-4",
        "address-5",
        "mailcode",
        "pobox",
        "room",
        "address-floor",
        "building",
        "street",
        "city",
        "county",
        "state",
        "postcode",
        "text",
    )
)
_COUNTRY_SUFFIX = re.compile(r"\s*\[([A-Z]{2})\]\s*$")
# The form that counts the parties, and the forms that write their names better, best first.
_COUNTING = ("docdb", "epodoc")
_BETTER = ("original", "docdba", "intermediate", "")


def parties(lists: Iterable[_Element], *items: str, role: str = "") -> list[DraftParty]:
    """The parties of the lists' items.

    Where an office gives each party in several data formats, the forms of one party become one: it is called
    as it was delivered originally, the standardised spellings are further names. The EPO's originals are
    numbered through, and often repeat the whole list (once in capitals), so they are matched by their number,
    or by their place in each repetition.
    """
    by_form: dict[str, list[DraftParty]] = {}
    for group in lists:
        for entry in group:
            if local(entry) in items and (party := party_of(entry, role)) is not None:
                by_form.setdefault(entry.get("data-format", ""), []).append(party)
    counting = next((form for form in _COUNTING if form in by_form), None)
    if counting is None or len(by_form) == 1:
        return _distinct(party for found in by_form.values() for party in found)
    merged = by_form[counting]
    better: list[list[str]] = [[] for _ in merged]
    further: list[DraftParty] = []
    for form in sorted(
        by_form.keys() - {counting}, key=lambda form: _BETTER.index(form) if form in _BETTER else len(_BETTER)
    ):
        found = by_form[form]
        repeated = len(found) % len(merged) == 0
        for place, party in enumerate(found):
            if repeated or place < len(merged):
                better[place % len(merged)].append(party.name)
            else:
                further.append(party)
    for party, names in zip(merged, better, strict=True):
        spellings = list(dict.fromkeys([*names, party.name]))
        party.name = spellings[0]
        party.names = [DraftText(name) for name in spellings[1:]]
    return _distinct([*merged, *further])


def _distinct(found: Iterable[DraftParty]) -> list[DraftParty]:
    """The parties without those that say the same as an earlier one."""
    kept: list[DraftParty] = []
    for party in found:
        if party not in kept:
            kept.append(party)
    return kept


def party_of(entry: _Element, role: str = "") -> DraftParty | None:
    """One party: an address book (several of them are its names in several languages), a name group, or a
    name within `applicant-name` and the like. None where no name is there."""
    own = _parts(entry)
    books = list(each(entry, "addressbook")) if "addressbook" in own else [entry]
    in_books = [own if book is entry else _parts(book) for book in books]
    names = [
        DraftText(name, book.get("lang", ""))
        for book, parts in zip(books, in_books, strict=True)
        if (name := _name(parts, free=book is not entry))
    ]
    if not names:
        return None
    parts = in_books[0]
    name, suffix = _without_country(names[0].text)
    place = parts.get("address")
    country = (
        country_code(place, "country")
        or country_code(own.get("residence"), "country")
        or suffix
        or country_code(parts.get("country"))
        or country_code(own.get("nationality"), "country")
    )
    return DraftParty(
        name=name,
        names=[other for other in names[1:] if other.text != name],
        role=role or entry.get("role", ""),
        address=_address(place),
        country=country,
        number=text(parts.get("registered-number")) or text(parts.get("iid")),
    )


def _parts(element: _Element) -> dict[str, _Element]:
    """The children by their names, the first of each."""
    found: dict[str, _Element] = {}
    for part in element:
        found.setdefault(local(part), part)
    return found


def _name(parts: dict[str, _Element], free: bool) -> str:
    """The name of a name group, with the comma off that the EPO's originals end in; else its `free` text."""
    for kind, part in parts.items():
        if kind.endswith("-name") and kind not in _PERSON:
            inner = _name(_parts(part), free=False)
            if inner:
                return inner
    whole = text(parts.get("name"))
    if not whole:
        person = " ".join(filter(None, (text(parts.get(part)) for part in _PERSON)))
        whole = person if "last-name" in parts and person else text(parts.get("orgname")) or person
    whole = " ".join(whole.split()).rstrip(" ,;")
    return whole or (" ".join(text(parts.get("text")).split()) if free else "")


def _without_country(name: str) -> tuple[str, str]:
    """`9SOLUTIONS OY [FI]` is a name and a country."""
    match = _COUNTRY_SUFFIX.search(name)
    return (name[: match.start()], match[1]) if match is not None else (name, "")


def _address(place: _Element | None) -> str:
    if place is None:
        return ""
    lines = (" ".join(part.text.split()) for part in place if local(part) in _ADDRESS and part.text)
    return ", ".join(line for line in lines if line)
