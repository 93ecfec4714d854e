"""The quality of a feed beside that of the last one: what fell sharply is told, what chance does is not."""

from register.quality.compare import QualityWarning, Values, compare, warnings
from register.quality.counting import FieldCount, RightCount


def count(records: int, **fields: FieldCount) -> RightCount:
    return RightCount(records, records, 0, fields)


def told(
    now: RightCount,
    before: RightCount,
    values: dict[str, Values] | None = None,
    score: float | None = 90,
    score_before: float | None = 90,
) -> list[QualityWarning]:
    fields = compare("trademark", now, before, values or {})
    return warnings(fields, now.records, before.records, score, score_before, 11)


def test_a_field_that_empties_is_told_with_both_shares_and_a_mend() -> None:
    (warning,) = told(count(1000, filingDate=FieldCount(410)), count(900, filingDate=FieldCount(900)))
    assert (warning.code, warning.field) == ("field-emptied", "filingDate")
    assert warning.reason == ("filingDate is in 41.0% of the records; in the last feed (11) it was in 100.0%")
    assert "export" in warning.mend


def test_a_field_that_is_gone_altogether_is_told() -> None:
    (warning,) = told(count(500), count(500, expiryDate=FieldCount(500)))
    assert (warning.code, warning.field) == ("field-emptied", "expiryDate")


def test_what_chance_does_in_a_small_feed_is_not_told() -> None:
    assert told(count(5, filingDate=FieldCount(4)), count(1000, filingDate=FieldCount(950))) == []
    assert told(count(5), count(1000, filingDate=FieldCount(950))) != []


def test_a_small_fall_is_not_told() -> None:
    assert told(count(10**6, goods=FieldCount(910_000)), count(10**6, goods=FieldCount(10**6))) == []


def test_a_field_that_is_less_understood_is_told() -> None:
    (warning,) = told(
        count(1000, viennaCodes=FieldCount(1000, 60)), count(1000, viennaCodes=FieldCount(1000))
    )
    assert (warning.code, warning.field) == ("field-misread", "viennaCodes")
    assert "94.0%" in warning.reason


def test_new_words_are_told_with_their_number() -> None:
    values = {"status": Values(2, 1, [("Zorbified", 1200)])}
    (warning,) = told(count(10), count(10), values)
    assert (warning.code, warning.field) == ("new-values", "status")
    assert "'Zorbified' (1,200)" in warning.reason


def test_a_score_that_falls_is_told_first() -> None:
    (warning,) = told(count(10), count(10), score=80.0, score_before=90.0)
    assert (warning.code, warning.reason) == (
        "score-fell",
        "the score is 80.0; that of the last feed (11) was 90.0",
    )
    assert told(count(10), count(10), score=None) == []


def test_every_field_of_either_feed_is_compared() -> None:
    fields = {
        one.now.field: one
        for one in compare(
            "trademark", count(10, texts=FieldCount(5)), count(10, expiryDate=FieldCount(10)), {}
        )
    }
    assert fields["texts"].before is None
    gone = fields["expiryDate"]
    assert gone.before is not None
    assert (gone.now.filled, gone.before.filled) == (0, 10)
    assert fields["goods"].now.weight == 2


def test_without_a_feed_before_there_is_nothing_to_compare_with() -> None:
    assert all(one.before is None for one in compare("trademark", count(10), None, {}))
