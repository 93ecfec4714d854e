"""TIPO open data: trademarks, patents, utility models and designs of Taiwan (JSON).

`{version, status, message, top, skip, total-count, <service>: {<rows>[]}}` with hyphenated names and dates
YYYY/MM/DD. Taken are the services that state a right: TmarkAppl, TmarkRights, PatentAppl, PatentPub and
PatentRights; lists of priorities, changes, annuities and pictures are parts of records. One may stand for a
list of one. Source: the service's OpenAPI description at cloud.tipo.gov.tw.
"""

import re
from collections.abc import Iterator
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import at, each, first_text, text, words
from register.model import Right

_MARK = frozenset(("tmark-name", "goodsclasses", "goodsclass", "tmark-class"))
_PATENT = frozenset(("application-reference", "classification-ipc", "classification-loc", "publish-flag"))
_TAKEN = "taken are the replies of TmarkAppl, TmarkRights, PatentAppl, PatentPub and PatentRights"
_CLASSES: dict[str, Right] = {"1": "patent", "2": "utility-model", "3": "design"}
# Nine digits: year of the Republic, then 1 invention, 2 utility model, 3 design, then the serial number.
_NUMBER = re.compile(r"\d{3}([123])\d{5}")
# Taiwan took up the Nice Classification with the Enforcement Rules of 15 July 1994; classes of marks filed
# before are those of its own list, whose numbers mean other goods (day, and renewals: unconfirmed).
_NICE_SINCE = "19940715"
_NAMES = (("chinese-name", "zh"), ("english-name", "en"), ("japanese-name", "ja"))


def _is_row(names: frozenset[str]) -> bool:
    if "application-reference" in names:
        return True
    return "appl-no" in names and bool((_MARK | _PATENT) & names) and "alteration" not in names


def _looks(head: Head) -> int:
    if head.kind != "json" or not head.keys & {"appl-no", "total-count"}:
        return 0
    if record_path(head.data, _is_row) is not None:
        return 90
    return 50 if "total-count" in head.keys else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_row, _draft, _without)


def _without(head: Head) -> None:
    if "total-count" not in head.keys:
        raise NotAFeedError(describe(head), _TAKEN)
    if "appl-no" in head.keys or "exam-no" in head.keys:
        raise NotAFeedError(
            "a TIPO reply that holds parts of records (priorities, changes, pictures)", _TAKEN
        )
    raise NotAFeedError("a TIPO reply without a single record", _TAKEN)


def _draft(row: dict[str, Any]) -> Draft:
    reference = at(row, "application-reference")
    source = reference if isinstance(reference, dict) else row
    draft = Draft(
        right="trademark",
        application_number=text(source, "appl-no"),
        filing_date=text(source, "appl-date"),
        applicants=_parties(row, "applicants", "applicant"),
        representatives=_parties(row, "agents", ""),
    )
    if source is row and _MARK & row.keys():
        _put_mark(draft, row)
    else:
        _put_patent(draft, row, source)
    return draft


def _put_mark(draft: Draft, row: dict[str, Any]) -> None:
    draft.registration_number = text(row, "exam-no")
    draft.registration_date = text(row, "reg-date")
    draft.publication_date = first_text(row, ("reg-notice-date", "exam-notice-date"))
    draft.expiry_date = text(row, "deadline")
    draft.kind = first_text(row, ("tmark-class-desc", "tmark-class"))
    draft.feature = first_text(row, ("tmark-type-desc", "tmark-type"))
    drafts = (("tmark-draft-c", "zh"), ("tmark-draft-e", "en"), ("tmark-draft-j", "ja"), ("tmark-sign", ""))
    draft.texts = _each_once([("tmark-name", ""), *drafts], row)
    draft.descriptions = _each_once([("word-description", "zh"), ("tmark-desc", "zh")], row)
    draft.disclaimers = _each_once([("out-off-draft", "zh")], row)
    draft.colours = _each_once([("tmark-color-desc", "zh")], row)
    reason = text(row, "del-reason")
    draft.events = [DraftEvent(text=reason)] if reason else []
    goods = each(row, "goodsclasses") or each(row, "goodsclass")
    numbers = [number for entry in goods if (number := text(entry, "goodsclass-code"))]
    filed = re.sub(r"\D", "", draft.filing_date)
    nice = not filed or filed >= _NICE_SINCE
    if nice:
        draft.nice_classes = numbers
    else:
        draft.national_classes = numbers
    draft.goods = [
        DraftGoods(
            nice_class=text(entry, "goodsclass-code") if nice else "",
            text=text(entry, "goods-name"),
            language="zh",
            groups=tuple(part for part in re.split(r"[\s;,、]+", text(entry, "goods-group")) if part),
        )
        for entry in goods
        if text(entry, "goods-name") or text(entry, "goods-group")
    ]
    for pictures in each(row, "tmark-image-url"):
        names = [name for name in pictures if name.startswith("image-data")]
        draft.media += [DraftMedia("image", file) for name in names if (file := text(pictures, name))]
        draft.media += [DraftMedia("sound", file) for file in words(pictures, "audio-filename")]


def _put_patent(draft: Draft, row: dict[str, Any], source: dict[str, Any]) -> None:
    right, notice = at(row, "patent-right"), at(row, "publication-reference")
    draft.right = _right(row, source, draft.application_number)
    draft.registration_number = text(right, "patent-no")
    draft.registration_date = first_text(right, ("patent-bdate", "licence-date"))
    draft.expiry_date = text(right, "patent-edate")
    draft.termination_date = first_text(right, ("cancel-date", "revoke-date"))
    draft.publication_number = first_text(notice, ("notice-no", "publish-no"))
    draft.publication_date = first_text(notice, ("notice-date", "publish-date"))
    if draft.publication_number or draft.publication_date:
        draft.publications = [DraftPublication(number=draft.publication_number, date=draft.publication_date)]
    title = at(row, "patent-title")
    draft.titles = _each_once([("patent-name-chinese", "zh"), ("patent-name-english", "en")], title)
    draft.ipc = _deep(at(row, "classification-ipc"), "ipc-full")
    draft.locarno = _deep(at(row, "classification-loc"), "loc-full")
    people = _parties(row, "inventors", "")
    if draft.right == "design":
        draft.designers = people
    else:
        draft.inventors = people
    result = text(right, "cancel-result")
    draft.events = [DraftEvent(date=text(right, "cancel-date"), text=result)] if result else []


def _right(row: dict[str, Any], source: dict[str, Any], number: str) -> Right:
    named = _CLASSES.get(first_text(source, ("appl-class", "applclass")))
    if named is not None:
        return named
    digits = _NUMBER.fullmatch(number)
    if digits is not None:
        return _CLASSES[digits[1]]
    return "design" if _deep(at(row, "classification-loc"), "loc-full") else "patent"


def _each_once(names: list[tuple[str, str]], row: Any) -> list[DraftText]:
    """The texts of these members with their languages, each wording once."""
    found: dict[str, DraftText] = {}
    for name, language in names:
        told = text(row, name)
        if told and (told not in found or not found[told].language):
            found[told] = DraftText(told, language)
    return list(found.values())


def _deep(value: Any, name: str) -> list[str]:
    """Every text of that name within, in order: classifications are lists of lists in some replies."""
    if isinstance(value, dict):
        here = words(value, name)
        return here + [word for key, inner in value.items() if key != name for word in _deep(inner, name)]
    return [word for inner in value for word in _deep(inner, name)] if isinstance(value, list) else []


def _people(value: Any) -> Iterator[dict[str, Any]]:
    """The objects with a name, however deep the list of parties is nested."""
    if isinstance(value, dict):
        if any(name in value for name, _ in _NAMES):
            yield value
        else:
            for inner in value.values():
                yield from _people(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _people(inner)


def _parties(row: dict[str, Any], group: str, role: str) -> list[DraftParty]:
    found = []
    for person in _people(at(row, "parties", group)):
        spelled = [DraftText(name, language) for key, language in _NAMES if (name := text(person, key))]
        if spelled:
            found.append(
                DraftParty(
                    name=spelled[0].text,
                    names=spelled[1:],
                    role=role,
                    address=first_text(person, ("address", "english-address")),
                    country=first_text(person, ("country-code", "english-country")),
                )
            )
    return found


FORMAT = Format("tipo", "TIPO open data JSON (TW marks, patents, utility models, designs)", _looks, _read)
