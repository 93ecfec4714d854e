"""What the API says of the quality of feeds."""

from register.model import Part, Right
from register.quality.score import accepted, shares
from register.store.quality import FeedQuality, StoredQuality


class QualityOfField(Part, frozen=True, kw_only=True):
    """How many records of a right have the field, and their share; in how many something of it was not
    understood (`doubtful`), and the share of those delivered that was; shares are 0 to 1.

    `weight` is what it counts for the score, 0 where it does not; `every` says that each record should have
    it. `texts or media` and the like are fields of which one does; `countries` and `languages` stand in many.
    """

    field: str
    filled: int
    filled_share: float
    doubtful: int
    valid_share: float | None = None
    weight: int
    every: bool


class QualityOfRight(Part, frozen=True, kw_only=True):
    """The records of one right in a feed: `statements` taken, of which `records` state a whole record, and
    `refused` ones; `acceptedShare` (0 to 1) is what could be taken; `score` is 0 to 100 by `formula`.
    """

    right: Right
    statements: int
    records: int
    refused: int
    accepted_share: float
    score: float | None = None
    formula: int
    fields: list[QualityOfField]


class QualityOfFeed(Part, frozen=True, kw_only=True):
    """A feed that was taken in. `report` is where more of it is told, `undoneBy` the feed that took it
    back.
    """

    feed: int
    name: str
    received_at: str
    mapping: str | None = None
    undone_by: int | None = None
    rights: list[QualityOfRight]
    report: str


class QualityPage(Part, frozen=True, kw_only=True):
    """The quality of an office's feeds, the newest first."""

    office: str
    name: str
    results: list[QualityOfFeed]
    next: str | None = None


def quality_of_right(stored: StoredQuality) -> QualityOfRight:
    count = stored.count
    return QualityOfRight(
        right=stored.right,
        statements=count.statements,
        records=count.records,
        refused=count.refused + stored.unplaced,
        accepted_share=round(accepted(count, stored.unplaced), 4),
        score=stored.score,
        formula=stored.formula,
        fields=[
            QualityOfField(
                field=one.field,
                filled=one.filled,
                filled_share=round(one.filled_share, 4),
                doubtful=one.doubtful,
                valid_share=None if one.valid_share is None else round(one.valid_share, 4),
                weight=one.weight,
                every=one.every,
            )
            for one in shares(stored.right, count)
        ],
    )


def quality_of_feed(told: FeedQuality) -> QualityOfFeed:
    return QualityOfFeed(
        feed=told.feed_id,
        name=told.name,
        received_at=told.received_at.isoformat(timespec="milliseconds"),
        mapping=told.mapping,
        undone_by=told.undone_by,
        rights=[quality_of_right(one) for one in told.rights],
        report=f"/v1/feeds/{told.feed_id}/report",
    )
