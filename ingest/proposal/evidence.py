"""What the drafts of a sample show: words, dates, numbers, languages, as the office writes them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ingest.dates import FORMS, Form, ImpossibleDateError, date_reader
from ingest.draft import Damage, Delivered, Draft
from register.codes.languages import script_of
from register.model import Right

_MOST: Final = 20_000
_ISO = date_reader()
_BUDDHIST_YEARS = range(2450, 2700)


class Dates(NamedTuple):
    """How dates are written: the forms beyond ISO in the order of their use, whether years are of the
    Buddhist era, whether the order of day and month was decided by nothing, values of no form.
    """

    forms: tuple[Form, ...]
    buddhist_era: bool
    undecided: bool
    unread: tuple[str, ...]


class Evidence(NamedTuple):
    """`numbers` are application numbers by right with the year of filing as it is written in the draft."""

    records: int
    damages: list[Damage]
    rights: Counter[Right]
    status: dict[Right, Counter[str]]
    kinds: Counter[str]
    features: Counter[str]
    dates: Counter[str]
    numbers: dict[Right, list[tuple[str, str]]]
    countries: Counter[str]
    scripts: Counter[str]


def gather(found: Iterable[Delivered | Damage]) -> Evidence:
    """Look through the drafts of a sample, at most 20,000."""
    seen = Evidence(
        0, [], Counter(), {}, Counter(), Counter(), Counter(), {}, Counter(), Counter()
    )  # fmt: skip
    records = 0
    for one in found:
        if records >= _MOST:
            break
        if isinstance(one, Damage):
            seen.damages.append(one)
            continue
        records += 1
        _add(seen, one.draft)
    return seen._replace(records=records)


def _add(seen: Evidence, draft: Draft) -> None:
    right = draft.right
    seen.rights[right] += 1
    word = draft.status_code or draft.status_text
    if word:
        seen.status.setdefault(right, Counter())[word] += 1
    if draft.kind:
        seen.kinds[draft.kind] += 1
    if draft.feature:
        seen.features[draft.feature] += 1
    seen.dates.update(_dates(draft))
    if draft.application_number:
        seen.numbers.setdefault(right, []).append((draft.application_number, draft.filing_date))
    for party in (*draft.applicants, *draft.representatives, *draft.inventors, *draft.designers):
        if party.country:
            seen.countries[party.country] += 1
    for text in (*draft.texts, *draft.titles, *draft.products):
        if script := script_of(text.text):
            seen.scripts[script] += 1


def _dates(draft: Draft) -> Iterator[str]:
    own = (
        draft.filing_date, draft.publication_date, draft.registration_date, draft.expiry_date,
        draft.termination_date, draft.status_date,
    )  # fmt: skip
    parts = (
        *(claim.date for claim in draft.priorities),
        *(document.date for document in draft.publications),
        *(event.date for event in draft.events),
    )
    return (date for date in (*own, *parts) if date)


def _reads(value: str, forms: tuple[Form, ...], buddhist_era: bool) -> bool:
    try:
        date_reader(forms, buddhist_era)(value)
    except ImpossibleDateError:
        return False
    return True


def dates_written(dates: Counter[str]) -> Dates:
    """The forms that read the most of these dates."""
    buddhist = sum(times for value, times in dates.items() if _year(value) in _BUDDHIST_YEARS)
    era = buddhist > 0.5 * sum(times for value, times in dates.items() if _year(value))
    rest = Counter({value: times for value, times in dates.items() if not _reads(value, (), era)})
    forms: list[Form] = []
    undecided = False
    while rest:
        readers = {form: sum(n for value, n in rest.items() if _reads(value, (form,), era)) for form in FORMS}
        # Of forms that read the same, the day comes first in most of the world.
        best = max(FORMS, key=lambda form: (readers[form], form != "MM/DD/YYYY"))
        if not readers[best]:
            break
        if best == "DD/MM/YYYY" and readers["MM/DD/YYYY"] == readers[best]:
            undecided = True
        forms.append(best)
        rest = Counter({value: n for value, n in rest.items() if not _reads(value, (best,), era)})
    return Dates(tuple(forms), era, undecided, tuple(rest)[:20])


def _year(value: str) -> int:
    """The year in a date of any form, 0 where none stands out."""
    digits = "".join(c if c.isdigit() else " " for c in value).split()
    four = [int(part) for part in digits if len(part) == 4]
    if four:
        return four[0]
    return int(digits[0][:4]) if digits and len(digits[0]) in (8, 14) else 0
