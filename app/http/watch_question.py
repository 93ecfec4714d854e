"""The shape of what a watch is asked for."""

from typing import Annotated

import msgspec

from app.watches.receiver import MAX_ADDRESS_CHARACTERS
from register.model import Part

MAX_NAME_CHARACTERS = 200
USUAL_LEAST_SCORE = 0.7

Value = str | int | list[str | int]
_Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME_CHARACTERS)]
_Score = Annotated[float, msgspec.Meta(ge=0, le=1)]
_Address = Annotated[str, msgspec.Meta(max_length=MAX_ADDRESS_CHARACTERS)]


class WatchBody(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search to be watched.

    `search` are the parameters of a search over all rights, lists as lists; `leastScore` what a result by
    likeness must score to be a conflict; `webhook` where each event is sent; `name` is the watch's own.
    """

    search: dict[str, Value]
    name: _Name | None = None
    least_score: _Score = USUAL_LEAST_SCORE
    webhook: _Address | None = None


EXAMPLE_BODY = {
    "name": "Solvanta in the region",
    "search": {"q": "solvanta", "rights": ["trademark"], "territories": ["TH", "VN"], "niceClasses": [30]},
    "leastScore": 0.75,
    "webhook": "https://example.org/hooks/marks",
}
