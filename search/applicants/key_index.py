"""Which names hold a key: sorted arrays for the many, a dictionary for the newest; 12 bytes a key."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_LEAST_MERGED = 200_000
_MERGED_SHARE = 0.15

Places = NDArray[np.int32]


class KeyIndex:
    """Numbers of names by the keys that they hold. Not to be shared between threads."""

    def __init__(self) -> None:
        self._keys: NDArray[np.int64] = np.empty(0, np.int64)
        self._places: Places = np.empty(0, np.int32)
        self._recent: dict[int, list[int]] = {}
        self._recent_count = 0

    def __len__(self) -> int:
        return len(self._keys) + self._recent_count

    def load(self, keys: NDArray[np.int64], places: Places) -> None:
        """Take many at once into an empty index, in any order."""
        order = np.argsort(keys, kind="stable")
        self._keys, self._places = keys[order], places[order]

    def add(self, keys: Iterable[int], place: int) -> None:
        for key in keys:
            held = self._recent.get(key)
            if held is None:
                self._recent[key] = [place]
            else:
                held.append(place)
            self._recent_count += 1
        if self._recent_count > max(_LEAST_MERGED, _MERGED_SHARE * len(self._keys)):
            self._merge()

    def ranges(self, keys: Sequence[int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where each key's names begin and end among the many: for many keys at once, before `add`."""
        wanted = np.array(keys, np.int64)
        return self._keys.searchsorted(wanted, "left"), self._keys.searchsorted(wanted, "right")

    def among_many(self, first: int, last: int) -> Places:
        return self._places[first:last]

    def among_recent(self, key: int) -> Sequence[int]:
        return self._recent.get(key, ())

    def find(self, key: int) -> list[int]:
        """All names that hold a key."""
        first, last = self.ranges([key])
        return [*map(int, self._places[first[0] : last[0]]), *self.among_recent(key)]

    @property
    def generation(self) -> int:
        """Changes whenever ranges given before are void."""
        return len(self._keys)

    def _merge(self) -> None:
        count = sum(map(len, self._recent.values()))
        keys = np.fromiter((key for key, held in self._recent.items() for _ in held), np.int64, count)
        places = np.fromiter((place for held in self._recent.values() for place in held), np.int32, count)
        self._recent, self._recent_count = {}, 0
        whole = np.concatenate((self._keys, keys))
        order = np.argsort(whole, kind="stable")
        self._keys, self._places = whole[order], np.concatenate((self._places, places))[order]
