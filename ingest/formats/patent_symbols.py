"""Symbols of the patent classifications out of the many ways in which offices write them.

The form given is that of WIPO ST.8 for people to read: `A61K 9/16`. Sources: WIPO ST.8 (fixed-width record,
subclass in positions 1-4, main group in 5-8, subgroup after the oblique stroke); USPTO Red Book (IPC editions
1-7 as `A61B005/00`), and its packed form `A61B0005000000`; USPTO Green Book (`B60R 900`: group in three
positions, the rest subgroup, no stroke).
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from ingest.xml_text import each, first, local, text, whole_text

_SYMBOL = re.compile(r"(?<![A-Z])([A-HY])\s?(\d\d)\s?([A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})")
_FIXED = re.compile(r"^([A-HY]\d\d[A-Z])([ \d]{3})(\d{2,6})\s*$")
_PACKED = re.compile(r"^\s*([A-HY]\d\d[A-Z])(\d{4})(\d\d)(\d{0,4})\s*$")
_CLASS_ONLY = re.compile(r"^\s*([A-HY]\d\d[A-Z]?)\s*$")


def symbols(written: str) -> list[str]:
    """Every symbol in a text, in order: one with its ST.8 tail, or several with separators (`//`, `;;`)."""
    found = _SYMBOL.findall(written)
    if found:
        return [
            f"{section}{class_}{subclass} {int(group)}/{subgroup}"
            for section, class_, subclass, group, subgroup in found
        ]
    packed = _PACKED.match(written)
    if packed is not None:
        return [f"{packed[1]} {int(packed[2])}/{packed[3]}{packed[4].rstrip('0')}"]
    fixed = _FIXED.match(written)
    if fixed is not None and fixed[2].strip().isdigit():
        return [f"{fixed[1]} {int(fixed[2])}/{fixed[3]}"]
    class_only = _CLASS_ONLY.match(written)
    return [class_only[1]] if class_only is not None else []


def structured_symbol(element: _Element) -> str:
    """The symbol of section, class, subclass, main-group and subgroup; as far as they go."""
    subclass = text(element, "section") + text(element, "class") + text(element, "subclass")
    group, subgroup = text(element, "main-group"), text(element, "subgroup")
    if group and subgroup:
        return f"{subclass} {group.lstrip('0') or '0'}/{subgroup}"
    return subclass


def once(values: Iterable[str]) -> list[str]:
    """Each value that is not empty, once, in order."""
    return list(dict.fromkeys(value for value in values if value))


def ipc_symbols(biblio: _Element) -> list[str]:
    """IPC symbols: the reformed ones (classifications-ipcr), else those of the old editions
    (classification-ipc)."""
    reformed = once(symbol for group in each(biblio, "classifications-ipcr") for symbol in _of_group(group))
    return reformed or once(
        symbol for entry in each(biblio, "classification-ipc") for symbol in _of_edition(entry)
    )


def ipc_of_group(group: _Element) -> list[str]:
    """The IPC symbols of one classifications-ipcr."""
    return once(_of_group(group))


def _of_group(group: _Element) -> Iterator[str]:
    for entry in each(group, "classification-ipcr"):
        if first(entry, "section") is not None:
            yield structured_symbol(entry)
        else:
            yield from symbols(whole_text_fixed(entry))


def whole_text_fixed(entry: _Element) -> str:
    """The text of an entry with its fixed columns kept."""
    inner = first(entry, "text")
    return "".join(map(str, (entry if inner is None else inner).itertext()))


def _of_edition(entry: _Element) -> Iterator[str]:
    for part in entry:
        if local(part) in ("main-classification", "further-classification"):
            yield from symbols(part.text or "")


def cpc_symbols(biblio: _Element) -> list[str]:
    """CPC symbols: `patent-classifications` of the EPO (schemes that begin with CPC) and
    `classifications-cpc`."""
    return once(_cpc(biblio))


def _cpc(biblio: _Element) -> Iterator[str]:
    for group in each(biblio, "patent-classifications"):
        for entry in group.iter("{*}patent-classification"):
            scheme = first(entry, "classification-scheme")
            if scheme is None or not (scheme.get("scheme") or "").startswith("CPC"):
                continue
            symbol = text(entry, "classification-symbol")
            if symbol:
                yield from symbols(symbol)
            else:
                yield structured_symbol(entry)
    for group in each(biblio, "classifications-cpc"):
        for entry in group.iter("{*}classification-cpc"):
            if first(entry, "section") is not None:
                yield structured_symbol(entry)
            else:
                yield from symbols(whole_text_fixed(entry))


def locarno_symbols(biblio: _Element) -> list[str]:
    """Locarno classes as written (`0601`, `06-01`)."""
    return once(
        whole_text(part)
        for entry in each(biblio, "classification-locarno")
        for part in entry
        if local(part) in ("main-classification", "further-classification")
    )


def national_classes(biblio: _Element) -> list[str]:
    """Classes of a national classification as written, runs of blanks as one."""
    return once(
        whole_text(part)
        for entry in each(biblio, "classification-national")
        for part in entry
        if local(part) in ("main-classification", "further-classification", "text")
    )
