"""One score of 0 to 100 for the records of a right in a feed."""

import datetime as dt

import msgspec
import pytest

from register.model import Goods, Party, Right, Status, Text
from register.quality.counting import RightCount, count_quality
from register.quality.score import accepted, score, shares
from register.statement import Rejected, Statement
from tests.register.store.delivering import mark, of_right, rejects, says

WHOLE = mark(
    "1",
    "LUMORA",
    applicants=(Party("Lumora"),),
    nice_classes=(9,),
    goods=(Goods(9, "Cameras", "en"),),
)


def counted(*taken: Statement, refused: int = 0, right: Right = "trademark") -> RightCount:
    given: list[Rejected] = [rejects()._replace(right=right)] * refused
    return count_quality(taken, given).rights[right]


def scored(
    *taken: Statement, refused: int = 0, unplaced: int = 0, right: Right = "trademark"
) -> float | None:
    return score(right, counted(*taken, refused=refused, right=right), unplaced)


def test_whole_records_that_are_understood_score_a_hundred() -> None:
    assert scored(says(WHOLE)) == 100


def test_what_no_record_has_to_have_costs_nothing_where_it_is_absent() -> None:
    names = {one.field for one in shares("trademark", counted(says(WHOLE)))}
    assert "viennaCodes" in names
    assert scored(says(WHOLE)) == 100


def test_a_field_that_is_absent_costs_its_weight() -> None:
    # 21 of weight are due of every mark, 3 of them for the filing date; 2 are for countries and languages.
    undated = mark(
        "1", "A", applicants=WHOLE.applicants, nice_classes=(9,), goods=WHOLE.goods, filing_date=None
    )
    assert scored(says(undated)) == pytest.approx(100 * 20 / 23, abs=0.05)
    assert scored(says(undated), says(WHOLE)) == pytest.approx(100 * 21.5 / 23, abs=0.05)


def test_a_status_that_nobody_knows_costs_its_weight() -> None:
    odd = msgspec.structs.replace(WHOLE, status=Status("unknown", "Zorbified"))
    told = says(odd)._replace(unread=(("status", "trademark: Zorbified"),))
    assert scored(told) == pytest.approx(100 * 19 / 23, abs=0.05)


def test_what_is_delivered_and_not_understood_costs_though_it_need_not_be_there() -> None:
    told = says(WHOLE)._replace(unread=(("vienna", "99"),))
    assert scored(told) == pytest.approx(100 * 23 / 24, abs=0.05)


def test_refused_statements_cost_their_share() -> None:
    assert scored(says(WHOLE), says(WHOLE), says(WHOLE), refused=1) == 75
    assert scored(says(WHOLE), refused=1, unplaced=2) == 25
    assert accepted(counted(says(WHOLE)), 1) == 0.5


def test_without_a_whole_record_there_is_no_score() -> None:
    assert scored(says(WHOLE, "delete")) is None


def test_shares_tell_every_field_that_counts_and_every_other_that_comes() -> None:
    record = mark("1", "A", registration_date=dt.date(2020, 1, 1), expiry_date=dt.date(2030, 1, 1))
    told = {one.field: one for one in shares("trademark", counted(says(record)))}
    assert (told["goods"].filled_share, told["goods"].valid_share, told["goods"].weight) == (0, None, 2)
    assert (told["expiryDate"].filled_share, told["expiryDate"].weight) == (1, 0)
    assert not {"id", "office", "right"} & set(told)


@pytest.mark.parametrize("right", ["patent", "utility-model", "design", "geographical-indication"])
def test_every_right_has_a_score(right: Right) -> None:
    record = of_right(right, "1", titles=(Text("A", "en"),))
    given = scored(says(record), right=right)
    assert given is not None
    assert 0 < given < 100
