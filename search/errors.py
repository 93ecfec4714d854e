"""What can go wrong with a search, for the edges to tell."""


class SearchError(Exception):
    """Base of the errors of searching."""


class InputError(SearchError):
    """What was asked cannot be answered. `field` is the part of the query, `mend` how to put it right.

    `place` are the characters of the text that are meant, the first and the one behind the last, counted from
    0; None where it is the whole.
    """

    def __init__(self, field: str, reason: str, mend: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
        self.mend = mend
        self.place = place


class IndexUnavailableError(SearchError):
    """The index cannot be reached, or none was built yet. Asking again later may help."""


class WriterBusyError(SearchError):
    """Another process writes this index."""
