"""Goods and services of an ST.96 mark: classes with their texts, Nice and national ones told apart."""

from lxml.etree import _Element

from ingest.draft import Draft, DraftGoods
from ingest.formats.local_names import LOCAL, language_of
from ingest.formats.tmxml_parts import value_of, values_of, words_of
from ingest.xml_text import each

_NICE = frozenset(("nice", "ncl", "international", "nice classification"))
# The class under which the office files the goods (USPTO): Nice, or for old marks one of its own.
_PRIMARY = "primary"


def put_goods(draft: Draft, bag: _Element) -> None:
    """A `GoodsServicesBag`."""
    for group in each(bag, "GoodsServices"):
        _put_group(draft, group)


def _put_group(draft: Draft, group: _Element) -> None:
    nice: list[str] = []
    primary: list[str] = []
    national: list[str] = []
    for classification in group.iter("{*}GoodsServicesClassification"):
        values = values_of(classification)
        kind = values.get("ClassificationKindCode", "").lower()
        number = values.get("ClassNumber") or values.get("NationalClassNumber", "")
        if kind in _NICE or (kind == "" and "ClassNumber" in values):
            nice.append(number)
        elif kind == _PRIMARY:
            primary.append(number)
        else:
            national.append(number)
    classified = bool(nice or primary or national)
    if not nice:
        nice = [number for number in primary if number not in national]
    descriptions = [
        entry for bag in each(group, "ClassDescriptionBag") for entry in each(bag, "ClassDescription")
    ]
    if not classified:
        numbers = [number for entry in descriptions for number in _numbers(entry)]
        # Korea names the classification once for the group.
        of_group = next(map(value_of, each(group, "ClassificationKindCode")), "").lower()
        if of_group == "" or of_group in _NICE:
            nice = numbers
        else:
            national = numbers
    _put_new(draft.nice_classes, nice)
    _put_new(draft.national_classes, national)
    for entry in descriptions:
        _put_described(draft, entry, nice)


def _put_new(into: list[str], numbers: list[str]) -> None:
    into.extend(number for number in dict.fromkeys(numbers) if number and number not in into)


def _numbers(entry: _Element) -> list[str]:
    return [number for number in map(value_of, each(entry, "ClassNumber")) if number]


def _put_described(draft: Draft, entry: _Element, nice: list[str]) -> None:
    """The texts of a class; its number counts where it is Nice, else the only Nice class of the goods
    does.
    """
    numbers = [number for number in _numbers(entry) if number in nice]
    only = nice[0] if len(set(nice)) == 1 else ""
    of_text = numbers[0] if numbers else only
    for part in entry:
        if LOCAL[part.tag] in ("GoodsServicesDescriptionText", "GoodsServicesDescription"):
            value = words_of(part)
            if value != "":
                draft.goods.append(DraftGoods(of_text, value, language_of(part)))
