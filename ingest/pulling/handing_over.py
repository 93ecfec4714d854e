"""From a fetched file to a feed."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from ingest.delivery import FeedFile, files_of
from ingest.draft import HarmfulFeedError, NotAFeedError
from ingest.pipeline import Loader, RefusedFeedError
from ingest.pulling.problems import SourceProblem
from register.store.audit import Actor
from register.store.database import Database
from register.store.sources import PULLER


class Fetched(NamedTuple):
    """What a run brought: the file, the name that its feed is to have, the office, the format where it is
    named, and the name of the source.
    """

    path: Path
    name: str
    office: str
    format: str | None
    source: str = ""

    @property
    def brought_by(self) -> Actor:
        """Who brings it, as the audit log tells."""
        return msgspec.structs.replace(PULLER, place=f"source {self.source}" if self.source else "")


HandOver = Callable[[Fetched], int]
"""Takes what was fetched; the id of its feed. The file may be gone afterwards. Raises `SourceProblem` for
what is no feed.
"""


def loading(database: Database) -> HandOver:
    """Load at once, in this process."""

    def load(fetched: Fetched) -> int:
        try:
            loader = Loader(database, fetched.office, fetched.format, by=fetched.brought_by)
            loaded = loader.load(fetched.path, name=fetched.name)
        except RefusedFeedError as error:
            raise SourceProblem(f"what came is no feed: {error}") from None
        return loaded.feed.id

    return load


def check_is_feed(fetched: Fetched) -> str:
    """The name of the format. Raises `SourceProblem` for what is none: a page that asks for patience, sent
    with status 200, must not count as the source's new state.
    """
    why = "it holds no file that could be one"
    try:
        for file in files_of(fetched.path, fetched.format, office=fetched.office):
            if isinstance(file, FeedFile):
                return file.format.name
            why = str(file.why)
    except (HarmfulFeedError, NotAFeedError) as error:
        why = str(error)
    raise SourceProblem(f"what came is no feed: {why}")
