"""New and deleted records into the index before those that were only amended.

Where the index is far behind, everything new and deleted after its position is looked for first, and what was
put in then is passed over when its turn comes. How far the index is stays what it was: up to there it holds
everything. What is forgotten by a kill is put in once more, which changes nothing.
"""

from typing import Final

from register.store.changes import NewestVersion, last_timepoint, new_and_deleted
from register.store.database import Database

# So many changes take less than a second.
_FAR_BEHIND: Final = 5000
_LOOKED_AT: Final = 20_000
_KNOWN_AT_MOST: Final = 2_000_000


class Early:
    """What is new or deleted further on than the index is, each once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked = 0
        self._taken: set[int] = set()

    def before(self, found: list[NewestVersion]) -> list[NewestVersion]:
        """The next of them that goes before a batch in order; empty where there are none, where the index is
        not far behind, and where the batch itself is mostly new.
        """
        amended = sum(version.version > 1 and not version.deleted for version in found)
        if 2 * amended < len(found) or len(self._taken) > _KNOWN_AT_MOST:
            return []
        reached = found[-1].timepoint
        last = self._database.read(last_timepoint)
        if last - reached < _FAR_BEHIND:
            return []
        looked = max(self._looked, reached)
        while looked < last:
            to = min(last, looked + _LOOKED_AT)
            found = self._database.read(
                lambda connection, since=looked, to=to: new_and_deleted(connection, since, to)  # type: ignore[misc]
            )
            self._looked = looked = to
            if found:
                self._taken.update(version.timepoint for version in found)
                return found
        return []

    def left(self, found: list[NewestVersion]) -> list[NewestVersion]:
        """Those of a batch in order that were not put in before."""
        if not self._taken:
            return found
        left = [version for version in found if version.timepoint not in self._taken]
        self._taken.difference_update(version.timepoint for version in found)
        return left

    def forget(self) -> None:
        """What was put in may be lost."""
        self._looked = 0
        self._taken.clear()
