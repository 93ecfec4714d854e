"""About how many documents have names in each script, looked at now and then."""

import time
from collections.abc import Mapping

from search.engine import Reader
from search.keys.phones import HEARD_SCRIPTS, OTHER_SCRIPTS

_SECONDS = 10.0


class Scripts:
    """Counts by script, at most ten seconds old: for choosing a way of finding, never for leaving one out.

    Safe to share between threads, for the counts are replaced whole.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._looked: tuple[float, Mapping[str, int]] | None = None

    def held(self) -> Mapping[str, int]:
        looked = self._looked
        if looked is None or time.monotonic() - looked[0] > _SECONDS:
            scripts = (*HEARD_SCRIPTS, OTHER_SCRIPTS)
            counts = self._reader.frequency([("script", script) for script in scripts])
            looked = time.monotonic(), dict(zip(scripts, counts, strict=True))
            self._looked = looked
        return looked[1]
