"""The form of a clearance as it was filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClearanceForm:
    """`names` has a name in each line; `offices` are (ST.3 code, name, whether it is ticked)."""

    names: str
    nice_classes: str
    goods: str
    similar_groups: str
    territories: str
    offices: list[tuple[str, str, bool]]


def clearance_form_of(values: Mapping[str, str], offices: Iterable[tuple[str, str]]) -> ClearanceForm:
    """The form for these values; `offices` are (ST.3 code, name) of those that hold trademarks."""
    ticked = set(values.get("offices", "").upper().split(","))
    return ClearanceForm(
        names=values.get("names", ""),
        nice_classes=values.get("niceClasses", ""),
        goods=values.get("goods", ""),
        similar_groups=values.get("similarGroups", ""),
        territories=values.get("territories", ""),
        offices=[(code, name, code in ticked) for code, name in offices],
    )
