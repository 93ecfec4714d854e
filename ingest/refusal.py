"""Why a record cannot be taken."""


class RefusedError(Exception):
    """The record cannot be taken: a stable code, the reason, and how to mend it."""

    def __init__(self, code: str, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.mend = mend
