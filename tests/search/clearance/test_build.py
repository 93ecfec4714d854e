"""Whole reports, over a real register and on both engines."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Loader
from register.store.database import Database
from register.store.offices import office_summary
from search.clearance.build import Clearance
from search.clearance.coverage import Classless
from search.clearance.report import ClearanceAsked, ClearanceReport, decode_report, encode_report
from search.clearance.searching import Cited
from search.engine import Engine
from search.indexer import Indexer
from search.service import SearchService

TODAY = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
Ask = Callable[..., ClearanceReport]


def mark(office: str, number: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "office": office,
        "right": "trademark",
        "applicationNumber": number,
        "texts": [{"text": text}],
        "applicants": [{"name": "Lumora Pte. Ltd.", "country": "SG"}],
        "filingDate": "2015-01-01",
        "registrationDate": "2016-01-01",
        "expiryDate": "2035-01-01",
        "status": "registered",
        **more,
    }


RECORDS: dict[str, list[dict[str, Any]]] = {
    "SG": [
        mark("SG", "1", "LUMORA", niceClasses=[9], goods=[{"niceClass": 9, "text": "Cameras; lenses"}]),
        mark("SG", "2", "LUMORA", niceClasses=[9], status="ended"),
        mark("SG", "3", "LUMOKA", niceClasses=[9], status="pending", registrationDate=None, expiryDate=None),
        mark("SG", "4", "Lumora", niceClasses=[13]),
        mark("SG", "5", "LUMORA GARDEN"),
        mark("SG", "1664", "BANYAN", niceClasses=[9]),
    ],
    "TH": [mark("TH", "1", "ลูโมรา", niceClasses=[9], expiryDate="2026-05-01")],
    "WO": [mark("WO", "900001", "LUMORA", niceClasses=[9], designations=["KR", "VN"])],
}


@pytest.fixture
def ask(engine: Engine, fresh_database_url: str, tmp_path: Path) -> Iterator[Ask]:
    """Makes a report over `RECORDS`."""
    with closing(Database(fresh_database_url)) as database:
        for office, lines in RECORDS.items():
            path = tmp_path / f"{office}.jsonl"
            told = [{name: value for name, value in line.items() if value is not None} for line in lines]
            path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
            Loader(database, office).load(path)
        indexer = Indexer(database, engine)
        indexer.drain()
        indexer.close()
        service = SearchService(engine.reader(), dict)
        clearance = Clearance(
            search=lambda query: Cited(service.search(query), "rc-1"),
            database=database,
            offices=lambda: database.read(office_summary),
            gaps=lambda: {"TH": 3},
            classless=Classless(engine.reader()),
        )
        yield lambda name, **more: clearance.report(ClearanceAsked(name=name, **more), TODAY)


def grades(report: ClearanceReport) -> dict[tuple[str, int | None], str]:
    return {(place.code, cell.nice_class): cell.grade for place in report.places for cell in place.classes}


def test_a_report_grades_places_and_classes_by_what_decides(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9, 42), territories=("SG", "TH", "KR", "FR"))
    found = grades(report)
    assert found["SG", 9] == "blocked"
    assert found["SG", 42] in ("high", "medium", "low")
    assert found["KR", 9] == "blocked"
    assert found["TH", 9] in ("high", "medium")
    assert found["FR", 9] == "clear"
    assert report.grade == "blocked"
    first = report.conflicts[report.places[0].classes[0].conflicts[0] - 1]
    assert (first.office, first.application_number, first.grade) == ("SG", "1", "blocked")
    assert first.goods.relation == "same"
    assert first.standing.state == "in-force"
    assert first.why[0].asked
    assert first.why[0].held


def test_an_ended_mark_is_listed_and_clear(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9,), offices=("SG",))
    ended = next(one for one in report.conflicts if one.application_number == "2")
    assert (ended.standing.state, ended.grade) == ("over", "clear")
    assert ended.number not in report.places[0].classes[0].conflicts


def test_an_expired_mark_within_its_grace_period_is_shown_as_such(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9,), territories=("TH",))
    thai = next(one for one in report.conflicts if one.office == "TH")
    assert (thai.standing.state, thai.standing.grace_until) == ("in-grace", dt.date(2026, 11, 1))
    assert thai.grade != "blocked"


def test_an_international_mark_counts_where_it_is_designated(ask: Ask) -> None:
    report = ask("Lumora", territories=("VN",))
    assert [one.office for one in report.conflicts] == ["WO"]
    assert report.places[0].held_by == ("WO",)


def test_goods_that_are_not_held_say_so(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9,), offices=("SG",))
    without = next(one for one in report.conflicts if one.application_number == "5")
    assert without.goods.relation == "unknown"
    assert without.goods.points is None


def test_what_is_missing_in_the_data_is_told(ask: Ask) -> None:
    report = ask("Lumora", offices=("SG", "TH", "US"))
    codes = {(one.code, one.office) for one in report.missing}
    assert {("office-not-held", "US"), ("classes-unknown", "SG"), ("records-not-taken", "TH")} <= codes
    assert {("goods-not-asked", None), ("international-not-searched", None)} <= codes
    assert {one.code: one.count for one in report.missing if one.office == "SG"}["classes-unknown"] == 1
    assert grades(report)["US", None] == "unknown"
    assert [one.office for one in report.held] == ["SG", "TH"]


def test_a_name_that_is_a_number_is_no_number_here(ask: Ask) -> None:
    assert "BANYAN" not in {one.mark for one in ask("1664").conflicts}


def test_names_of_several_words_and_scripts_are_cleared(ask: Ask) -> None:
    report = ask("Lumora Garden ลูโมรา", nice_classes=(9,))
    assert {"LUMORA GARDEN", "ลูโมรา"} <= {one.mark for one in report.conflicts}
    assert report.understood.scripts == ("Latn", "Thai")


def test_every_search_made_is_told_with_its_receipt(ask: Ask) -> None:
    searches = ask("Lumora").searches
    assert searches[0].receipt == "rc-1"
    assert searches[0].relation in ("eq", "gte")


def test_a_report_comes_back_from_its_json_as_it_was(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9,))
    assert decode_report(encode_report(report)) == report


def test_the_limit_cuts_the_list_and_not_the_grades(ask: Ask) -> None:
    all_of_it, cut = ask("Lumora", nice_classes=(9,)), ask("Lumora", nice_classes=(9,), limit=1)
    assert grades(cut) == grades(all_of_it)
    assert len(cut.conflicts) == 1
    assert cut.looked_at == all_of_it.looked_at


def test_a_query_is_never_made_for_each_hit(ask: Ask) -> None:
    report = ask("Lumora", nice_classes=(9,))
    assert len(report.searches) <= 2 + len(report.places)
