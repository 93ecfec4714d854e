"""Charts say what the figure says, to the eye and to a screen reader."""

from xml.etree import ElementTree

import pytest

from app.figures.chart import charts_of, described
from app.figures.drawing import COLOURS, svg_of
from app.figures.view import shown_figure
from search.portfolio.figure import Column, Figure

_SVG = "{http://www.w3.org/2000/svg}"
YEARS = Figure(
    "filings",
    "Filings <by> year",
    (
        Column("year", "Year", "label"),
        Column("trademark", "Trademark", "part"),
        Column("design", "Design & model", "part"),
        Column("patent", "Patent", "part"),
        Column("total", "Total", "count"),
    ),
    ((2019, 3, 1, 0, 4), (2020, 0, 0, 0, 0), (2021, 6, 2, 0, 8)),
    "time",
)
OFFICES = Figure(
    "offices",
    "Offices",
    (
        Column("office", "Office", "label"),
        Column("name", "Name", "label"),
        Column("trademark", "Trademark", "part"),
        Column("total", "Total", "count"),
    ),
    tuple((f"A{place}", f"Office {place}", 20 - place, 20 - place) for place in range(20)),
)


def drawn(figure: Figure) -> ElementTree.Element:
    [chart] = charts_of(figure)
    return ElementTree.fromstring(svg_of(chart, "x"))


def titles(element: ElementTree.Element) -> list[str]:
    return [title.text or "" for bar in element.iter(f"{_SVG}rect") for title in bar.iter(f"{_SVG}title")]


def test_every_part_of_a_column_says_what_it_is() -> None:
    assert titles(drawn(YEARS)) == [
        "2019, Trademark: 3",
        "2019, Design & model: 1",
        "2021, Trademark: 6",
        "2021, Design & model: 2",
    ]


def test_the_height_of_a_column_is_its_count() -> None:
    bars = {
        title: float(bar.attrib["height"])
        for bar in drawn(YEARS).iter(f"{_SVG}rect")
        for title in titles(bar)
    }
    assert bars["2021, Trademark: 6"] == pytest.approx(2 * bars["2019, Trademark: 3"], abs=0.2)


def test_a_screen_reader_hears_a_title_and_a_sentence() -> None:
    svg = drawn(YEARS)
    assert svg.attrib["role"] == "img"
    named = {one.attrib["id"]: one.text for one in svg if one.tag in (f"{_SVG}title", f"{_SVG}desc")}
    assert set(svg.attrib["aria-labelledby"].split()) == set(named)
    assert list(named.values()) == [
        "Filings <by> year",
        "From 2019 to 2021, the most at 2021 with 8. The numbers are in the table.",
    ]


def test_what_has_no_room_is_told() -> None:
    [chart] = charts_of(OFFICES)
    assert len(chart.labels) == 12
    assert "8 more are in the table only" in described(chart)


def test_years_by_right_are_a_chart_for_each_right() -> None:
    figure = Figure(
        "conversion",
        "From filing to grant",
        (
            Column("right", "Right", "label"),
            Column("year", "Year", "label"),
            Column("granted", "Granted", "part"),
        ),
        (("trademark", 2020, 1), ("utility-model", 2020, 2)),
        "time",
    )
    assert [chart.title for chart in charts_of(figure)] == [
        "From filing to grant: trademark",
        "From filing to grant: utility model",
    ]


def test_several_series_are_lines_that_differ_by_more_than_colour() -> None:
    figure = Figure(
        "filings",
        "Filings",
        (Column("year", "Year", "label"), Column("a", "A", "series"), Column("b", "B", "series")),
        ((2020, 1, 2), (2021, 3, 4)),
        "time",
    )
    lines = list(drawn(figure).iter(f"{_SVG}polyline"))
    assert len(lines) == 2
    assert lines[0].get("stroke-dasharray") != lines[1].get("stroke-dasharray")


def test_names_without_place_in_xml_are_drawn_without_it() -> None:
    rows = (("X", "Bell\x07 & Söhne <Ltd>", 1, 1),)
    assert drawn(Figure("offices", "Offices", OFFICES.columns, rows)) is not None


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_stand_out_from_paper(colour: str) -> None:
    assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def test_a_table_has_no_column_of_a_right_that_has_nothing() -> None:
    shown = shown_figure(YEARS, "/csv", lambda *_: "/search?q=1")
    assert [title for title, _ in shown.head] == ["Year", "Trademark", "Design & model", "Total"]
    assert [cell.text for cell in shown.rows[0]] == ["2019", "3", "1", "4"]
    assert shown.rows[0][0].href == "/search?q=1"


def test_a_code_and_its_name_are_one_cell() -> None:
    shown = shown_figure(OFFICES, "/csv", lambda *_: "")
    assert shown.rows[0][0].text == "A0 Office 0"
