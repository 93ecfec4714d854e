"""Bibliographic data under the tags of WIPO ST.32, which are the INID codes of ST.9: B110 number, B210
application …

Two offices write them: the USPTO in its grants of 2001 to 2004 (upper case, every text in PDAT), the EPO in
its full texts (lower case inside the B tags, texts straight in them). Names are compared without case.
Source: WIPO ST.32 annex A; USPTO Grant Red Book 2.5; EPO ep-patent-document DTD 1.5.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from ingest.draft import DraftCitation, DraftParty, DraftPriority, DraftText
from ingest.formats.patent_symbols import ipc_of_group, once, symbols
from ingest.xml_text import each, first, local, whole_text

_ADDRESS = ("omc", "pbox", "str", "city", "cnty", "state", "pcode", "zip", "lines")
_PERSON = ("fnm", "snm", "sfx")


class Published(NamedTuple):
    """What B100 says: the document's number, kind, date and office."""

    number: str
    kind: str
    date: str
    country: str


def groups(bibliography: _Element) -> dict[str, list[_Element]]:
    """The B groups (`B100`, `B200` …) by their tags."""
    found: dict[str, list[_Element]] = {}
    for part in bibliography:
        found.setdefault(local(part), []).append(part)
    return found


def value(group: _Element | None, tag: str) -> str:
    """The whole text under a tag of a group, "" where absent."""
    return "" if group is None else whole_text(first(group, tag))


def published(group: _Element | None) -> Published:
    """Number, kind, date and country of B100."""
    return Published(value(group, "B110"), value(group, "B130"), value(group, "B140"), value(group, "B190"))


def priorities(found: list[_Element]) -> list[DraftPriority]:
    """B300: a priority begins at every B310, or at a tag that the one before has already."""
    claims: list[dict[str, str]] = []
    for part in (part for group in found for part in group):
        tag = local(part)
        if tag not in ("B310", "B320", "B330"):
            continue
        if not claims or tag == "B310" or tag in claims[-1]:
            claims.append({})
        claims[-1][tag] = whole_text(part)
    return [
        DraftPriority(claim.get("B330", ""), claim.get("B310", ""), claim.get("B320", "")) for claim in claims
    ]


def classes(group: _Element | None) -> list[str]:
    """International classes as written: main (B511) and further (B512), or the reformed ones of the EPO
    (B510EP)."""
    if group is None:
        return []
    written = [
        whole_text_of_columns(part)
        for tag in ("B510",)
        for entry in each(group, tag)
        for part in entry
        if local(part) in ("B511", "B512")
    ]
    reformed = [symbol for entry in each(group, "B510EP") for symbol in ipc_of_group(entry)]
    return once([*reformed, *written])


def whole_text_of_columns(element: _Element) -> str:
    """All text inside, blanks kept: the columns of a symbol count."""
    return "".join(map(str, element.itertext())).strip()


def ipc(written: list[str]) -> list[str]:
    """The symbols in the classes that are IPC."""
    return once(symbol for entry in written for symbol in symbols(entry))


def titles(group: _Element | None, language: str) -> list[DraftText]:
    """B540: one title, or pairs of language (B541) and title (B542)."""
    title = None if group is None else first(group, "B540")
    if title is None:
        return []
    found, said = [], ""
    for part in title:
        if local(part) == "B541":
            said = whole_text(part)
        elif local(part) == "B542":
            found.append(DraftText(whole_text(part), said))
    return (
        [entry for entry in found if entry.text]
        if found or said
        else [DraftText(text, language) for text in (whole_text(title),) if text]
    )


def parties(groups_of_parties: list[_Element], item: str, role: str = "") -> list[DraftParty]:
    """The parties under a B700 tag: `item` is the tag of one (B721 inventor, B731 grantee, B741 agent)."""
    found = (_party(entry, role) for group in groups_of_parties for entry in each(group, item))
    return [party for party in found if party is not None]


def _party(entry: _Element, role: str) -> DraftParty | None:
    parts = dict(_leaves(entry))
    person = " ".join(parts[tag] for tag in _PERSON if tag in parts)
    name = parts.get("onm") or person
    if not name:
        return None
    return DraftParty(
        name=name.rstrip(" ,;"),
        names=[DraftText(person)] if person and person != name else [],
        role=role,
        address=", ".join(parts[tag] for tag in _ADDRESS if tag in parts),
        country=parts.get("ctry", ""),
        number=parts.get("iid", ""),
    )


def _leaves(entry: _Element) -> Iterator[tuple[str, str]]:
    """Name and address parts by their tags in lower case, at whatever depth (PARTY-US/NAM/SNM, snm)."""
    for part in entry:
        tag = local(part).lower()
        if tag in ("party-us", "nam", "adr", "party"):
            yield from _leaves(part)
        elif tag and (text := whole_text(part)):
            yield tag, text


def states(groups_of_states: list[_Element]) -> list[str]:
    """The countries designated (B840 and its kin)."""
    return once(
        whole_text(part)
        for group in groups_of_states
        for part in group.iter()
        if local(part).lower() == "ctry"
    )


def numbers(group: _Element | None) -> list[tuple[str, str]]:
    """B860 and B870: the international application and its publication."""
    if group is None:
        return []
    found = []
    for tag, kind in (("B860", "pct-application"), ("B870", "pct-publication")):
        for entry in each(group, tag):
            number = next((part for part in entry.iter() if local(part).lower() == "dnum"), None)
            if whole_text(number):
                found.append((kind, whole_text(number)))
    return found


def citations(group: _Element | None) -> list[DraftCitation]:
    """B560: patents (B561) and literature (B562), and who cited them where an empty tag says so."""
    cited = None if group is None else first(group, "B560")
    if cited is None:
        return []
    found = []
    for entry in cited:
        by = next((local(part)[9:].lower() for part in entry if local(part).startswith("CITED-BY-")), "")
        if local(entry) == "B561":
            found.append(_patent_cited(entry, by))
        elif local(entry) == "B562":
            found.append(DraftCitation(text=whole_text(entry), by=by))
    return [citation for citation in dict.fromkeys(found) if citation.number or citation.text]


def _patent_cited(entry: _Element, by: str) -> DraftCitation:
    document = next((part for part in entry.iter() if local(part) == "DOC"), None)
    if document is None:
        return DraftCitation(text=whole_text(entry), by=by)
    country = value(document, "CTRY")
    return DraftCitation(country or "US", value(document, "DNUM"), value(document, "KIND"), "", by)
