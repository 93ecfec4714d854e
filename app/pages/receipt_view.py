"""A receipt as its page shows it, for reading and for printing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.http.addresses import Told, page_address, told_query
from app.http.receipts import Replayed
from app.http.service import Service
from app.pages.words import FILTER_WORDS, MATCH_WORDS, NO_TITLE, SORT_WORDS, counted, value_words
from register.codes.offices import office_name
from register.store.reading import find_records
from search.receipts.content import Found, Receipt
from search.receipts.difference import Difference
from search.receipts.replay import Cause
from search.short import decode_short

_CAUSE_WORDS: dict[Cause, str] = {
    "data": "the register has changed since",
    "rules": "the rules of likeness have changed",
    "index": "the index was built anew",
    "engine": "another search engine answers now",
    "software": "the software has another version",
}
_GONE_WORDS = {
    "deleted": "deleted by its office",
    "changed": "changed, and no longer like what was asked",
    "displaced": "unchanged, but others stand before it now",
}


class ShownRecord(NamedTuple):
    """A record in a list of the receipt; `note` is what is to be said of it."""

    id: str
    title: str
    office: str
    number: str
    status: str
    score: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """`said` are labelled facts of the search; `found` is what it gave; the rest is what is different now."""

    id: str
    issued: str
    name: str
    said: list[tuple[str, list[str]]]
    offices: list[tuple[str, str, str]]
    rules: list[str]
    total: str
    found: list[ShownRecord]
    same: bool
    causes: list[str]
    changed_rules: list[str]
    new: list[ShownRecord]
    changed: list[ShownRecord]
    gone: list[ShownRecord]
    complete: bool
    again: str


def shown_receipt(service: Service, made: Replayed, found: Difference) -> ShownReceipt:
    """The receipt with what is different now."""
    receipt = made.receipt
    total = counted(receipt.total, "record", "records")
    return ShownReceipt(
        id=made.id,
        issued=f"{receipt.issued_at:%Y-%m-%d %H:%M:%S} UTC",
        name=" ".join((receipt.query.text or "").split()),
        said=_said(receipt),
        offices=[
            (office_name(office), f"{moment:%Y-%m-%d %H:%M} UTC", _gap(receipt.gaps.get(office, 0)))
            for office, moment in sorted(receipt.as_of.items())
        ],
        rules=[f"{rule.name} (version {rule.version})" for rule in receipt.rules.rules],
        total=total if receipt.relation == "eq" else f"at least {total}",
        found=_records(service, receipt.results),
        same=made.replay.same,
        causes=[_CAUSE_WORDS[cause] for cause in made.replay.causes],
        changed_rules=list(made.replay.rules),
        new=[_record(hit.short, hit.score, "") for hit in found.new],
        changed=[
            _record(one.hit.short, one.hit.score, _was(one.before, one.hit.version, one.hit.score))
            for one in found.changed
        ],
        gone=[_record(one.short, one.before.score, _GONE_WORDS[one.because]) for one in found.gone],
        complete=found.complete,
        again=page_address(receipt.query),
    )


def _said(receipt: Receipt) -> list[tuple[str, list[str]]]:
    """The query in words, how its name was read, and what answered."""
    told = told_query(receipt.query)
    said = [
        ("Compared by", [MATCH_WORDS[receipt.query.match]]),
        *_filters(told),
        ("Order", [SORT_WORDS.get(str(told["sort"]), str(told["sort"]))]),
    ]
    if receipt.understood is not None:
        read = receipt.understood
        forms = [read.name] if read.roman == read.name.replace(" ", "") else [read.name, read.roman]
        said.append(("Name as it was read", [f"{' – '.join(forms)} ({read.script})"]))
    if receipt.query.cursor is not None:
        said.append(("Page", ["not the first"]))
    said += [
        ("Index", [f"{receipt.index.name}, every change up to {receipt.index.timepoint:,}"]),
        ("Software", [f"ipregister {receipt.software}, rules {receipt.rules.version}"]),
    ]
    return said


def _filters(told: Mapping[str, Told]) -> list[tuple[str, list[str]]]:
    found = []
    for name, words in FILTER_WORDS.items():
        if name in told:
            value = told[name]
            values = value if isinstance(value, list) else [value]
            found.append((words, [value_words(name, str(one)) for one in values]))
    return found


def _gap(records: int) -> str:
    return "none" if records == 0 else f"{counted(records, 'record', 'records')} could not be taken in"


def _records(service: Service, found: Sequence[Found]) -> list[ShownRecord]:
    """The records of the answer by the names that they bear now."""
    held = service.database.read(lambda connection: find_records(connection, [one.id for one in found]))
    shown = []
    for one in found:
        version = held.get(one.id)
        if version is None:
            shown.append(ShownRecord(one.id, NO_TITLE, "", "", "", _score(one.score), ""))
            continue
        record = version.record
        shown.append(
            ShownRecord(
                one.id,
                record.title or NO_TITLE,
                office_name(record.office),
                record.application_number,
                record.status.plain,
                _score(one.score),
                "" if version.version == one.version else f"version {one.version}, now {version.version}",
            )
        )
    return shown


def _record(short: bytes, score: float | None, note: str) -> ShownRecord:
    told = decode_short(short)
    return ShownRecord(
        told.id,
        told.title or NO_TITLE,
        office_name(told.office),
        told.application_number,
        told.status.plain,
        _score(score),
        note,
    )


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _was(before: Found | None, version: int, score: float | None) -> str:
    if before is None:
        return "changed since"
    said = [] if before.version == version else [f"version {before.version}, now {version}"]
    if _score(before.score) != _score(score):
        said.append(f"score {_score(before.score) or 'none'}, now {_score(score) or 'none'}")
    return "; ".join(said)
