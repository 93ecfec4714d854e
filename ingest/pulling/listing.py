"""Which sources there are: those of a folder's tables, and those of profiles that are turned on."""

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from ingest.profile import ProfileError, office_codes, sources_of_profile
from ingest.pulling.source import Source, SourceTableError, read_source


class Sources(NamedTuple):
    """Sources by name, and tables that cannot be used, each as a sentence."""

    by_name: dict[str, Source]
    wrong: list[str]


def list_sources(folder: Path | None, turned_on: Collection[str] = ()) -> Sources:
    """The sources of every `*.toml` of the folder (`[[source]]`), and the profiles' ones among `turned_on`:
    nothing is asked on the internet that nobody has asked for.

    A table that is wrong leaves the others as they are.
    """
    found = Sources({}, [])
    for path in sorted(folder.glob("*.toml")) if folder is not None else ():
        _read(path, found)
    if folder is not None and not folder.is_dir():
        found.wrong.append(f"{folder} is no folder")
    for office in office_codes() if turned_on else ():
        try:
            tables = sources_of_profile(office)
        except ProfileError as error:
            found.wrong.append(str(error))
            continue
        for raw in tables:
            if raw.get("name") in turned_on:
                _take(found, raw, f"profile {office.lower()}.toml", office)
    missing = sorted(set(turned_on) - set(found.by_name))
    found.wrong.extend(f"no profile has a source {name!r}" for name in missing)
    return found


def _read(path: Path, found: Sources) -> None:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.wrong.append(f"{path.name}: {error}")
        return
    tables = content.pop("source", [])
    if content or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found.wrong.append(f"{path.name}: it holds [[source]] tables and nothing else")
        return
    for raw in tables:
        _take(found, raw, path.name)


def _take(found: Sources, raw: dict[str, Any], where: str, office: str = "") -> None:
    try:
        source = read_source(raw, where, office)
    except SourceTableError as error:
        found.wrong.append(str(error))
        return
    if source.name in found.by_name:
        found.wrong.append(f"{where}: there is another source {source.name!r}")
        return
    found.by_name[source.name] = source
