"""Charts as SVG without scripts.

Each has a title and a description that a screen reader speaks; colours come of a palette that is told apart
with any sight and stands out from paper and screen; the numbers stand in the table beside it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape as _escaped
from xml.sax.saxutils import quoteattr

from app.figures.chart import Chart, described, shown, sums_of

COLOURS = (
    "#0b5f8a",
    "#b4501a",
    "#2f7d4f",
    "#7a4fa3",
    "#8a6d00",
    "#a3195b",
    "#4e5a67",
    "#00756f",
    "#5b5bd6",
    "#99402e",
)
"""Each at least 4.5 to 1 on white; the page's style has others for dark screens under the classes `k0` to
`k9`.
"""

_WIDTH, _PLOT = 360, 170
_BAR, _LABEL, _LABEL_CELLS = 22, 140, 21
_LEFT, _RIGHT, _HEAD, _FOOT = 38, 6, 8, 22
_LINE, _LETTER = 16, 6.1
_MOST_TICKS = 6
_STEPS = (1, 2, 5)
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2", "10 4")


_FACES = "Noto Sans, Noto Sans Thai, Noto Sans CJK SC, Noto Sans CJK KR, sans-serif"
# XML has no place for these, not even written as numbers.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _escape(words: str) -> str:
    return _escaped(_CONTROLS.sub("", words))


def svg_of(chart: Chart, identity: str) -> str:
    """The chart as an SVG element; `identity` is its own among those of a page."""
    legend = list(_legend(chart)) if len(chart.series) > 1 else []
    top = (max((line for line, _, _ in legend), default=-1) + 1) * _LINE + (6 if legend else 0)
    if chart.along_time:
        top += _HEAD
        body, height = _columns(chart, top) if chart.stacked else _lines(chart, top)
    else:
        body, height = _bars(chart, top)
    key = "".join(
        f'<rect class="k{place % len(COLOURS)}" fill="{_colour(place)}" x="{x:.0f}" y="{line * _LINE + 3}" '
        f'width="10" height="10" rx="2"/>{_text(x + 14, line * _LINE + 12, chart.series[place].title)}'
        for place, (line, x, _) in enumerate(legend)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" font-family="{_FACES}" '
        f'viewBox="0 0 {_WIDTH} {height:.0f}" aria-labelledby="{identity}-t {identity}-d">'
        f'<title id="{identity}-t">{_escape(chart.title)}</title>'
        f'<desc id="{identity}-d">{_escape(described(chart))}</desc>{key}{body}</svg>'
    )


def _legend(chart: Chart) -> Iterator[tuple[int, float, float]]:
    """The line and place of each series' title, and how wide it is."""
    line, x = 0, 0.0
    for series in chart.series:
        width = 14 + _cells(series.title) * _LETTER + 14
        if x and x + width > _WIDTH:
            line, x = line + 1, 0.0
        yield line, x, width
        x += width


def _columns(chart: Chart, top: float) -> tuple[str, float]:
    sums = sums_of(chart)
    high = _ceiling(max(sums, default=0))
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels))
    bar = max(1.0, min(wide * 0.8, 34.0))
    drawn = [_grid(high, top)]
    for place, label in enumerate(chart.labels):
        x = _LEFT + wide * place + (wide - bar) / 2
        y = top + _PLOT
        for number, series in enumerate(chart.series):
            value = series.values[place] or 0
            if value <= 0:
                continue
            tall = value / high * _PLOT
            y -= tall
            words = f"{label}, {series.title}" if len(chart.series) > 1 else label
            drawn.append(_rect(number, x, y, bar, tall, f"{words}: {shown(value)}"))
    drawn += _ticks(chart.labels, wide, top)
    return "".join(drawn), top + _PLOT + _FOOT


def _lines(chart: Chart, top: float) -> tuple[str, float]:
    high = _ceiling(max((value or 0 for series in chart.series for value in series.values), default=0))
    wide = (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels))
    drawn = [_grid(high, top)]
    for number, series in enumerate(chart.series):
        points = [
            (_LEFT + wide * (place + 0.5), top + _PLOT - (value or 0) / high * _PLOT)
            for place, value in enumerate(series.values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = _DASHES[number % len(_DASHES)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        drawn.append(
            f'<polyline class="l{number % len(COLOURS)}" fill="none" stroke="{_colour(number)}" '
            f'stroke-width="2"{dashed} points="{path}"><title>{_escape(series.title)}</title></polyline>'
        )
        drawn += [
            f'<circle class="k{number % len(COLOURS)}" fill="{_colour(number)}" cx="{x:.1f}" cy="{y:.1f}" '
            f'r="2.2"><title>{_escape(f"{series.title}, {label}: {shown(value or 0)}")}</title></circle>'
            for (x, y), label, value in zip(points, chart.labels, series.values, strict=True)
        ]
    drawn += _ticks(chart.labels, wide, top)
    return "".join(drawn), top + _PLOT + _FOOT


def _bars(chart: Chart, top: float) -> tuple[str, float]:
    rows = 1 if chart.stacked else max(1, len(chart.series))
    step = max(_BAR, rows * 9 + 8)
    sums = sums_of(chart) if chart.stacked else [value or 0 for one in chart.series for value in one.values]
    high = max(sums, default=0) or 1
    room = _WIDTH - _LABEL - 52
    drawn = []
    for place, label in enumerate(chart.labels):
        y = top + place * step
        drawn.append(_text(_LABEL - 6, y + step / 2 + 4, _cut(label), "end"))
        x = float(_LABEL)
        for number, series in enumerate(chart.series):
            value = series.values[place] or 0
            long = value / high * room
            words = f"{label}, {series.title}: {chart.told(value)}" if len(chart.series) > 1 else label
            if chart.stacked:
                if value > 0:
                    drawn.append(_rect(number, x, y + 3, long, step - 6, words))
                x += long
            else:
                row = y + 4 + number * 9
                drawn.append(_rect(number, _LABEL, row, max(long, 0.5), 8, words))
                drawn.append(_text(_LABEL + long + 4, row + 8, chart.told(value), size=9))
        if chart.stacked:
            drawn.append(_text(x + 4, y + step / 2 + 4, chart.told(sums_of(chart)[place])))
    return "".join(drawn), top + len(chart.labels) * step + 2


def _grid(high: float, top: float) -> str:
    """Lines across the plot at nothing, the half and the whole, with what they stand for."""
    drawn = []
    for share in (0.0, 0.5, 1.0):
        y = top + _PLOT * (1 - share)
        drawn.append(
            f'<line class="grid" stroke="#c3cbd4" x1="{_LEFT}" y1="{y:.1f}" '
            f'x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>'
        )
        if (high * share).is_integer():
            drawn.append(_text(_LEFT - 4, y + 4, shown(high * share), "end", 10))
    return "".join(drawn)


def _ticks(labels: Sequence[str], wide: float, top: float) -> list[str]:
    every = -(-len(labels) // _MOST_TICKS)
    return [
        _text(_LEFT + wide * (place + 0.5), top + _PLOT + 15, label, "middle", 10)
        for place, label in enumerate(labels)
        if place % every == 0
    ]


def _rect(number: int, x: float, y: float, width: float, height: float, words: str) -> str:
    return (
        f'<rect class="k{number % len(COLOURS)}" fill="{_colour(number)}" x="{x:.1f}" y="{y:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}"><title>{_escape(words)}</title></rect>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 11) -> str:
    anchored = "" if anchor == "start" else f" text-anchor={quoteattr(anchor)}"
    return (
        f'<text class="ink" fill="#16202c" font-size="{size}" x="{x:.1f}" y="{y:.1f}"{anchored}>'
        f"{_escape(words)}</text>"
    )


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _ceiling(value: float) -> float:
    """The next round number from a value up."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next((step * power for step in _STEPS if step * power >= value), 10 * power)


def _cells(words: str) -> int:
    """How many letters of usual width words are."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def _cut(words: str) -> str:
    if _cells(words) <= _LABEL_CELLS:
        return words
    kept = ""
    for letter in words:
        if _cells(kept + letter) > _LABEL_CELLS - 1:
            break
        kept += letter
    return kept.rstrip() + "…"
