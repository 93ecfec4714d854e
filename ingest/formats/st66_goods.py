"""Goods and services of an ST.66 mark: classes with their texts, Nice and national ones told apart."""

from lxml.etree import _Element

from ingest.draft import Draft, DraftGoods
from ingest.formats.local_names import LOCAL, language_of
from ingest.formats.tmxml_parts import value_of, words_of
from ingest.xml_text import each, whole_text

_NICE = frozenset(("", "nice", "ncl", "international", "primary"))


def put_goods(draft: Draft, details: _Element) -> None:
    """A `GoodsServicesDetails`; `GoodsServices` around the classes is left out by some (UKIPO)."""
    grouped = False
    for group in details.iterchildren("{*}GoodsServices"):
        grouped = True
        _put_group(draft, group)
    if not grouped:
        _put_group(draft, details)


def _put_group(draft: Draft, group: _Element) -> None:
    nice = True
    for part in group:
        name = LOCAL[part.tag]
        if name == "ClassificationKindCode":
            nice = value_of(part).lower() in _NICE
        elif name == "ClassDescriptionDetails":
            for described in part.iterchildren("{*}ClassDescription"):
                _put_class(draft, described, nice)
        elif name == "ClassDescription":
            _put_class(draft, part, nice)
        elif name == "GoodsServicesDescription":
            _put_described(draft, "", part)


def put_class_number(draft: Draft, element: _Element) -> None:
    """A class number alone, as the flattened notices of INPI have it."""
    number = value_of(element)
    if number and number not in draft.nice_classes:
        draft.nice_classes.append(number)


def _put_class(draft: Draft, described: _Element, nice: bool) -> None:
    number = ""
    texts: list[_Element] = []
    terms: list[_Element] = []
    extension: _Element | None = None
    for part in described:
        name = LOCAL[part.tag]
        if name == "ClassNumber":
            number = number or value_of(part)
        elif name == "GoodsServicesDescription":
            texts.append(part)
        elif name == "ClassificationTermDetails":
            terms.append(part)
        elif name == "ClassDescriptionExt":
            extension = part
    numbers = [number] if nice and number else []
    if not nice and number and number not in draft.national_classes:
        draft.national_classes.append(number)
    if extension is not None:
        numbers = _classes_of_uspto(draft, extension, number)
    for one in numbers:
        if one not in draft.nice_classes:
            draft.nice_classes.append(one)
    of_text = numbers[0] if len(numbers) == 1 else ""
    for part in texts:
        _put_described(draft, of_text, part)
    for part in terms:
        _put_terms(draft, of_text, part)


def _put_described(draft: Draft, number: str, element: _Element) -> None:
    value = words_of(element)
    if value != "":
        draft.goods.append(DraftGoods(number, value, language_of(element)))


def _put_terms(draft: Draft, number: str, details: _Element) -> None:
    """Goods as a list of terms of one language."""
    terms = filter(None, (whole_text(term) for term in details.iter("{*}ClassificationTermText")))
    value = "; ".join(terms)
    if value:
        language = next(map(value_of, details.iter("{*}ClassificationTermLanguageCode")), "")
        draft.goods.append(DraftGoods(number, value, language))


def _classes_of_uspto(draft: Draft, extension: _Element, number: str) -> list[str]:
    """The Nice classes of a class as TSDR writes it; those of the old US classification go to the national
    ones.

    `ClassNumber` is the prime class, which for old registrations is a US class; the titles of the Nice
    classes (`009: Electrical and Scientific Apparatus`) say which of the numbers are Nice.
    """
    domestic = [value_of(leaf) for leaf in each(extension, "DomesticClassNumbers")]
    draft.national_classes.extend(one for one in domestic if one and one not in draft.national_classes)
    titled = [value_of(leaf).partition(":")[0].strip() for leaf in each(extension, "NiceClassTitleText")]
    if any(titled):
        return [one for one in titled if one]
    return [number] if number and number not in domestic else []
