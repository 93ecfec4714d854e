"""Korean trademarks as a JSON array in the field names of KIPO's register data.

One object a mark: `applicationNumber`, `registerStatus` (등록, 실효, …), names in Korean and English, and
lists (`registrationNumber[]`, `asignProductMainCodeList[]` classes, `asignProductSubCodeList[]` similar-group
codes, `viennaCodeList[]`) that are null where empty.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from ingest.describe import describe
from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import json_drafts, record_path
from ingest.formats.registry import Format, Head, Opened
from ingest.json_values import text, words
from ingest.korean import kind_of_number, parties, put_goods_classes

_OWN_NAMES = frozenset(("asignProductMainCodeList", "asignProductSubCodeList", "productNameEng"))


def _is_mark(names: frozenset[str]) -> bool:
    return "applicationNumber" in names and bool(_OWN_NAMES & names)


def _looks(head: Head) -> int:
    if head.kind != "json" or not _OWN_NAMES & head.keys:
        return 0
    return 90 if record_path(head.data, _is_mark) is not None else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    yield from json_drafts(opened, _is_mark, _draft, _refuse)


def _refuse(head: Head) -> None:
    raise NotAFeedError(
        describe(head), "taken are Korean marks with applicationNumber and asignProductMainCodeList"
    )


def _draft(value: Any) -> Draft:
    number = text(value, "applicationNumber")
    registrations = words(value, "registrationNumber")
    international = words(value, "internationalRegNumbers")
    draft = Draft(
        right="trademark",
        application_number=number,
        registration_number=registrations[0] if registrations else "",
        publication_number=text(value, "publicationNumber"),
        international_number=international[0] if international else "",
        numbers=[("registration", more) for more in registrations[1:]]
        + [("international", more) for more in international[1:]],
        filing_date=text(value, "applicationDate"),
        publication_date=text(value, "publicationDate"),
        registration_date=next(iter(words(value, "registrationDate")), ""),
        status_code=text(value, "registerStatus"),
        applicants=[party for name in words(value, "applicantName") for party in parties(name, "applicant")],
        representatives=[party for name in words(value, "agentName") for party in parties(name, "")],
        priorities=[
            DraftPriority(number=claimed, date=date)
            for claimed, date in zip_longest(
                words(value, "priorityClaimNumList"), words(value, "priorityClaimDateList"), fillvalue=""
            )
        ],
        publications=_publications(value),
        events=[
            DraftEvent(date=date, text="international registration")
            for date in words(value, "internationalRegDate")
        ],
        texts=[
            DraftText(name, language)
            for key, language in (("productName", "ko"), ("productNameEng", "en"))
            if (name := text(value, key))
        ],
        kind=kind_of_number(number),
        vienna_codes=words(value, "viennaCodeList"),
    )
    classes, groups = words(value, "asignProductMainCodeList"), tuple(words(value, "asignProductSubCodeList"))
    put_goods_classes(draft, classes)
    if groups:
        alone = draft.nice_classes[0] if len(classes) == 1 and draft.nice_classes else ""
        draft.goods = [DraftGoods(nice_class=alone, groups=groups)]
    return draft


def _publications(value: Any) -> list[DraftPublication]:
    found = [
        DraftPublication(number=number, date=date)
        for numbers, dates in (
            ("publicationNumber", "publicationDate"),
            ("registrationPubNumber", "registrationPubDate"),
        )
        for number, date in zip_longest(words(value, numbers), words(value, dates), fillvalue="")
    ]
    return list(dict.fromkeys(found))


FORMAT = Format("kr-marks-json", "KR marks as JSON", _looks, _read)
