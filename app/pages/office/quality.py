"""The quality of an office's feeds over time: as a table, as a picture, and as CSV."""

import csv
import io
from collections.abc import Sequence
from typing import Final, NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.http.csv_cells import plain_cell
from app.http.quality_answers import QualityOfField, QualityOfRight, quality_of_right
from app.http.service import Service, ServiceOf
from app.pages.office.access import Signed, console, office_page, signed_in
from app.pages.office.feed_view import told_moment
from app.pages.words import RIGHT_WORDS
from register.model import Right
from register.store.quality import FeedQuality, list_quality

_FEEDS_SHOWN: Final = 60
_WIDTH, _HEIGHT = 600, 160
# Most feeds score above this; a lower one widens the picture.
_LOWEST_SHOWN: Final = 50.0

router = APIRouter(prefix="/office/{code}", include_in_schema=False, default_response_class=HTMLResponse)


class ShownScore(NamedTuple):
    """The quality of one right in one feed."""

    feed: int
    name: str
    received: str
    right: str
    records: int
    refused: int
    accepted: str
    score: str
    undone: bool


class ShownField(NamedTuple):
    field: str
    filled: str
    valid: str
    weight: int


class ShownRight(NamedTuple):
    """The fields of a right in the newest feed that brought it."""

    right: str
    feed: int
    fields: list[ShownField]


class Line(NamedTuple):
    """The scores of a right from the oldest feed to the newest: points of the picture, and the last of
    them.
    """

    right: str
    number: int
    points: str
    dots: list[tuple[float, float, str]]


class Picture(NamedTuple):
    """Scores over feeds; `marks` are values of the scale with their height."""

    width: int
    height: int
    lines: list[Line]
    marks: list[tuple[int, float]]


@router.get("/quality")
@console
def quality(request: Request, service: ServiceOf, code: str) -> Response:
    signed = signed_in(service, request, code)
    found = _found(service, signed)
    return office_page(
        request,
        service,
        signed,
        "office/quality.html",
        scores=[_score(feed, quality_of_right(one)) for feed in found for one in feed.rights],
        picture=_picture(found),
        rights=_newest(found),
        feeds_shown=_FEEDS_SHOWN,
    )


@router.get("/quality.csv")
@console
def as_csv(request: Request, service: ServiceOf, code: str) -> Response:
    signed = signed_in(service, request, code)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        ("feed", "name", "received", "right", "records", "refused", "acceptedShare", "score", "formula")
    )
    for feed in _found(service, signed):
        for told in map(quality_of_right, feed.rights):
            row = (
                feed.feed_id,
                feed.name,
                feed.received_at.isoformat(timespec="seconds"),
                told.right,
                told.records,
                told.refused,
                told.accepted_share,
                told.score,
                told.formula,
            )
            rows.writerow([plain_cell(cell) for cell in row])
    head = {"Content-Disposition": f'attachment; filename="quality-{signed.office.lower()}.csv"'}
    return Response(text.getvalue(), 200, head, "text/csv; charset=utf-8")


def _found(service: Service, signed: Signed) -> list[FeedQuality]:
    """The newest feeds, newest first."""
    return service.database.read(
        lambda connection: list_quality(connection, signed.office, limit=_FEEDS_SHOWN)
    )


def _score(feed: FeedQuality, told: QualityOfRight) -> ShownScore:
    return ShownScore(
        feed=feed.feed_id,
        name=feed.name,
        received=told_moment(feed.received_at),
        right=RIGHT_WORDS[told.right],
        records=told.records,
        refused=told.refused,
        accepted=_percent(told.accepted_share),
        score="–" if told.score is None else f"{told.score:.1f}",
        undone=feed.undone_by is not None,
    )


def _newest(found: Sequence[FeedQuality]) -> list[ShownRight]:
    shown: dict[Right, ShownRight] = {}
    for feed in found:
        for one in feed.rights:
            if one.right not in shown and one.count.records:
                fields = [_field(field) for field in quality_of_right(one).fields]
                shown[one.right] = ShownRight(RIGHT_WORDS[one.right], feed.feed_id, fields)
    return list(shown.values())


def _field(one: QualityOfField) -> ShownField:
    valid = "–" if one.valid_share is None else _percent(one.valid_share)
    return ShownField(one.field, _percent(one.filled_share), valid, one.weight)


def _picture(found: Sequence[FeedQuality]) -> Picture | None:
    """None where no two feeds have a score."""
    feeds = list(reversed(found))
    scored = [
        (place, one.right, one.score, feed)
        for place, feed in enumerate(feeds)
        for one in feed.rights
        if one.score is not None
    ]
    if len({place for place, *_ in scored}) < 2:
        return None
    low = min(_LOWEST_SHOWN, min(score for _, _, score, _ in scored))
    low = float(int(low / 10) * 10)

    def high(score: float) -> float:
        return round(_HEIGHT * (100 - score) / (100 - low), 1)

    lines = []
    for number, right in enumerate(dict.fromkeys(right for _, right, _, _ in scored)):
        dots = [
            (
                round(_WIDTH * place / (len(feeds) - 1), 1),
                high(score),
                f"feed {feed.feed_id}, {told_moment(feed.received_at)}: {score:.1f}",
            )
            for place, of, score, feed in scored
            if of == right
        ]
        points = " ".join(f"{x},{y}" for x, y, _ in dots)
        lines.append(Line(RIGHT_WORDS[right], number, points, dots))
    step = 10 if low >= _LOWEST_SHOWN else 25
    return Picture(_WIDTH, _HEIGHT, lines, [(mark, high(mark)) for mark in range(100, int(low) - 1, -step)])


def _percent(share: float) -> str:
    # Rounded down: what is not whole is not told as whole.
    return f"{int(share * 1000) / 10:.1f} %"
