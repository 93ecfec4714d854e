"""Clearance reports as a spreadsheet: grades, conflicts, and what was searched."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.clearance.view import asked_words, shown_report
from app.clearance.words import GRADE_SHORT, GRADE_WORDS, RELATION_WORDS, STATE_WORDS, class_title
from search.clearance.grades import Grade
from search.clearance.report import ClearanceConflict, ClearanceReason, ClearanceReport

MAX_CELL_CHARACTERS = 32_767
_COLOURS: dict[Grade, tuple[str, str]] = {
    "blocked": ("#7d1220", "#ffffff"),
    "high": ("#b4351f", "#ffffff"),
    "medium": ("#f4c95d", "#16202c"),
    "low": ("#fbf0cf", "#16202c"),
    "clear": ("#e3f4e9", "#0f4d28"),
    "unknown": ("#e5e9ee", "#3b4652"),
}
_CONFLICT_HEADS = (
    ("Name asked for", 22),
    ("No.", 6),
    ("Grade", 12),
    ("Mark", 28),
    ("Office", 20),
    ("ST.3", 6),
    ("Has effect in", 16),
    ("Application number", 20),
    ("Registration number", 20),
    ("International number", 18),
    ("Nice classes", 14),
    ("Owner", 34),
    ("Owner's country", 10),
    ("Standing", 24),
    ("Office's status", 20),
    ("Filed", 12),
    ("Registered", 12),
    ("Expires", 12),
    ("Late renewal until", 12),
    ("Can be opposed until", 12),
    ("Standing rests on", 36),
    ("Likeness", 10),
    ("Why alike", 50),
    ("Goods", 18),
    ("Goods, points", 10),
    ("Why the goods", 44),
    ("Grade by the row", 36),
    ("Record", 28),
)


def xlsx_of(reports: Sequence[ClearanceReport], record_address: str = "") -> bytes:
    """One workbook for all reports. `record_address` stands before the id of a record in its link; without
    it the id is a text.

    Whatever a mark says is a text: `=1+1` is no formula and `http://…` no link.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        title = "Clearance of " + (reports[0].asked.name if len(reports) == 1 else f"{len(reports)} names")
        book.set_properties({"title": title, "comments": reports[0].no_advice if reports else ""})
        styles = _Styles(book)
        _grades(_Sheet(book, "Grades", styles), reports)
        _conflicts(_Sheet(book, "Conflicts", styles), reports, record_address)
        _searched(_Sheet(book, "What was searched", styles), reports)
    return buffer.getvalue()


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"valign": "top", "font_name": "Arial"}
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#e6f1f7", "bottom": 1, "text_wrap": True}
        )
        self.text = book.add_format({**base, "text_wrap": True, "num_format": "@"})
        self.strong = book.add_format({**base, "bold": True, "text_wrap": True})
        self.number = book.add_format({**base, "num_format": "#,##0"})
        self.points = book.add_format({**base, "num_format": "0.00"})
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format({**base, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.link = book.add_format({**base, "font_color": "#0b5f8a", "underline": 1})
        self.grades = {
            grade: book.add_format({**base, "bold": True, "bg_color": ground, "font_color": ink})
            for grade, (ground, ink) in _COLOURS.items()
        }


class _Sheet:
    """A sheet written row by row, each value in its type."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, styles: _Styles) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.styles = styles
        self.row = 0

    def heads(self, heads: Sequence[tuple[str, int]]) -> None:
        """The header, which stays in sight, and the widths of the columns."""
        for column, (_, width) in enumerate(heads):
            self.sheet.set_column(column, column, width)
        self.write([head for head, _ in heads], self.styles.head)
        self.sheet.freeze_panes(self.row, 0)

    def write(self, values: Sequence[Any], style: Format | None = None) -> None:
        for column, value in enumerate(values):
            self.put(column, value, style)
        self.row += 1

    def put(self, column: int, value: Any, style: Format | None = None) -> None:
        sheet, styles = self.sheet, self.styles
        if value is None or value == "":
            return
        if isinstance(value, dt.datetime):
            sheet.write_datetime(self.row, column, value.replace(tzinfo=None), style or styles.moment)
        elif isinstance(value, dt.date):
            midnight = dt.datetime.combine(value, dt.time())
            sheet.write_datetime(self.row, column, midnight, style or styles.date)
        elif isinstance(value, int):
            sheet.write_number(self.row, column, value, style or styles.number)
        elif isinstance(value, float):
            sheet.write_number(self.row, column, value, style or styles.points)
        else:
            sheet.write_string(self.row, column, str(value)[:MAX_CELL_CHARACTERS], style or styles.text)

    def grade(self, column: int, grade: Grade, words: str) -> None:
        self.sheet.write_string(self.row, column, words, self.styles.grades[grade])


def _grades(sheet: _Sheet, reports: Sequence[ClearanceReport]) -> None:
    heads = (
        ("Name asked for", 28),
        ("Territory or office", 28),
        ("ST.3", 6),
        ("Class", 8),
        ("Goods of the class", 34),
        ("Grade", 24),
        ("Conflicts", 10),
        ("Numbers of those that decide", 20),
        ("Grade by the row", 44),
        ("Data as of (UTC)", 18),
    )
    sheet.heads(heads)
    first = sheet.row
    for report in reports:
        for place in report.places:
            for cell in place.classes:
                sheet.write(
                    (report.asked.name, place.name, place.code, cell.nice_class, class_title(cell.nice_class))
                )
                sheet.row -= 1
                sheet.grade(5, cell.grade, GRADE_WORDS[cell.grade])
                for column, value in enumerate(
                    (cell.count, ", ".join(map(str, cell.conflicts)), cell.rule, place.as_of), 6
                ):
                    sheet.put(column, value)
                sheet.row += 1
    if sheet.row > first:
        sheet.sheet.autofilter(first - 1, 0, sheet.row - 1, len(heads) - 1)


def _conflicts(sheet: _Sheet, reports: Sequence[ClearanceReport], record_address: str) -> None:
    sheet.heads(_CONFLICT_HEADS)
    first = sheet.row
    for report in reports:
        for one in report.conflicts:
            _conflict(sheet, report.asked.name, one, record_address)
    if sheet.row > first:
        sheet.sheet.autofilter(first - 1, 0, sheet.row - 1, len(_CONFLICT_HEADS) - 1)


def _conflict(sheet: _Sheet, name: str, one: ClearanceConflict, record_address: str) -> None:
    standing = one.standing
    values: tuple[Any, ...] = (
        name,
        one.number,
        None,
        one.mark,
        one.office_name,
        one.office,
        ", ".join(one.territories),
        one.application_number,
        one.registration_number,
        one.international_number,
        ", ".join(map(str, one.nice_classes)),
        "; ".join(owner.name for owner in one.owners),
        ", ".join(dict.fromkeys(owner.country for owner in one.owners if owner.country)),
        STATE_WORDS[standing.state],
        standing.office or standing.plain,
        one.filing_date,
        one.registration_date,
        standing.until,
        standing.grace_until,
        standing.opposed_until,
        standing.basis,
        one.score,
        _reasons(one.why),
        RELATION_WORDS[one.goods.relation],
        one.goods.points,
        _reasons(one.goods.why),
        one.rule,
        None if record_address else one.id,
    )
    for column, value in enumerate(values):
        sheet.put(column, value)
    sheet.grade(2, one.grade, GRADE_SHORT[one.grade])
    if record_address:
        address = f"{record_address}{one.id}"
        sheet.sheet.write_url(sheet.row, len(values) - 1, address, sheet.styles.link, string=one.id)
    sheet.row += 1


def _reasons(why: Sequence[ClearanceReason]) -> str:
    return "\n".join(f"{one.rule} ({one.points:.2f}): {one.asked} ~ {one.held}" for one in why)


def _searched(sheet: _Sheet, reports: Sequence[ClearanceReport]) -> None:
    sheet.heads((("What", 44), ("Value", 60), ("As of (UTC)", 18)))
    for report in reports:
        shown = shown_report(report)
        sheet.write((report.asked.name, GRADE_WORDS[report.grade]), sheet.styles.strong)
        sheet.write(("Made (UTC)", report.made_at))
        for label, value in (*asked_words(report.asked), *shown.understood):
            sheet.write((label, value))
        for what, found, receipt in shown.searches:
            sheet.write((f"Search: {what}", f"{found}; receipt {receipt}" if receipt else found))
        if report.cut:
            sheet.write(("Cut", "Further searches were left out, for the time of the request was used up."))
        for held in report.held:
            sheet.write((f"Trademarks held of {held.name} ({held.office})", held.records, held.as_of))
        for text in shown.missing:
            sheet.write(("Missing in the data", text))
        sheet.row += 1
    for report in reports[:1]:
        reading = report.reading
        sheet.write(("How to read this",), sheet.styles.strong)
        for note in reading.notes:
            sheet.write(("", note))
        for label, rules in (
            ("Row of the table of grades", reading.grades),
            ("Rule of goods", reading.goods),
        ):
            for rule in rules:
                sheet.write((f"{label}: {rule.name}", rule.told))
        sheet.write(
            ("Versions of the rules", ", ".join(f"{name} {no}" for name, no in reading.versions.items()))
        )
        sheet.write(("No legal advice", report.no_advice), sheet.styles.strong)
