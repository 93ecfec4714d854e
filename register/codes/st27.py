"""WIPO ST.27: categories and events of the legal status of patents, as far as they could be read in a public
source.

The codes of ST.61 (marks) and ST.87 (designs) could not be read anywhere and are therefore not here.
"""

import re
from functools import cache
from typing import Literal

from register.codes.table import rows

Scheme = Literal["ST.27", "INPADOC"]

# State letter, state before, state after, key event, detailed event, three reserved characters, national
# code.
_CODE = re.compile(r"[ANU]-\w-\w-([A-Z])(\d\d)-([A-Z]\d\d)-\w{3}-.+")


@cache
def _titles() -> dict[tuple[str, str], str]:
    return {
        (standard, code): title
        for standard, level, code, title in rows("st27_codes.csv", "standard", "level", "code", "title")
        if level not in ("note", "adoption")
    }


def event_title(code: str, scheme: Scheme = "ST.27") -> str | None:
    """The title of a category (`F`) or event (`F11`): its own, else that of its category; None where not
    known.

    `INPADOC` is the EPO's scheme modelled on ST.27, whose letters differ: the two are not to be mixed.
    """
    titles = _titles()
    return titles.get((scheme, code)) or titles.get((scheme, code[:1]))


def status_event_title(code: str) -> str | None:
    """The title of a whole status event code of ST.27 (`A-2-4-F10-F11-exm-PR0701`); None for others."""
    found = _CODE.fullmatch(code)
    return None if found is None else event_title(found[3])
