"""What the register lacks of the offices that a search asked for: told where it found nothing."""

from collections.abc import Iterable, Mapping

from app.http.coverage_answers import Lacking
from register.codes.offices import office_name
from register.model import Right
from register.store.coverage_reading import Gaps
from register.store.offices import OfficeRight
from search.query import SearchQuery

_MOST = 100
_WORDS: dict[Right, str] = {
    "trademark": "trademarks",
    "patent": "patents",
    "utility-model": "utility models",
    "design": "designs",
    "geographical-indication": "geographical indications",
}


def lacking(
    query: SearchQuery, held: Iterable[OfficeRight], gaps: Iterable[Gaps], refused: Mapping[str, int]
) -> list[Lacking]:
    """By the offices asked for (the territories where none are; else every office that lacks something), and
    the rights asked for. `refused` are records not taken in by office.
    """
    by_key = {(one.office, one.right): one for one in held if one.records}
    missing = {(one.office, one.right): one for one in gaps if one.basis is not None}
    asked = query.filters.offices or query.filters.territories
    offices = asked or tuple(sorted({office for office, _ in (*by_key, *missing)} | set(refused)))
    rights = query.filters.rights
    found: list[Lacking] = []
    for office in offices:
        mine = tuple(right for right in _WORDS if (office, right) in by_key or (office, right) in missing)
        for right in rights or mine:
            one = _of_right(office, right, by_key.get((office, right)), missing.get((office, right)))
            if one is not None and (asked or one.records):
                found.append(one)
        if asked and not rights and not mine:
            text = f"nothing is held of {office_name(office)}"
            found.append(Lacking(office=office, records=0, text=text))
        if refused.get(office):
            count = refused[office]
            text = f"{office_name(office)}: {count:,} records that it delivered could not be taken in"
            records = sum(by_key[office, right].records for right in _WORDS if (office, right) in by_key)
            found.append(Lacking(office=office, records=records, not_taken=count, text=text))
    return found[:_MOST]


def _of_right(office: str, right: Right, held: OfficeRight | None, gaps: Gaps | None) -> Lacking | None:
    name, words = office_name(office), _WORDS[right]
    as_of = None if held is None or held.as_of is None else held.as_of.isoformat(timespec="seconds")
    count = gaps.missing if gaps is not None else None
    if held is None:
        return Lacking(
            office=office, right=right, records=0, gaps=count, text=f"no {words} of {name} are held"
        )
    if not count or gaps is None:
        return None
    by = "its own list" if gaps.basis == "authority" else "its own sequence of numbers"
    text = f"{name}: by {by}, {count:,} of {gaps.expected:,} {words} are missing"
    if as_of is not None:
        text += f", as of {as_of[:10]}"
    return Lacking(office=office, right=right, records=held.records, gaps=count, as_of=as_of, text=text)
