"""How full records are and what of them was understood, counted by right and field."""

from collections import Counter

import msgspec

from register.model import Media, Record, Status
from register.quality.counting import (
    FieldCount,
    QualityCounts,
    RightCount,
    add_counts,
    count_quality,
)
from register.quality.fields import WEIGHTS, field_of
from register.statement import Statement
from tests.register.store.delivering import mark, patent, rejects, says

FIGURE = mark("2", media=(Media("image", "2.png"),))
WORDLESS = mark("3", plain="unknown")


def unread(record: Record, *values: tuple[str, str]) -> Statement:
    return says(record)._replace(unread=values)


def fields(*taken: Statement) -> dict[str, FieldCount]:
    return count_quality(taken, []).rights["trademark"].fields


def test_fields_are_counted_by_right() -> None:
    counts = count_quality([says(mark("1", "A")), says(FIGURE), says(patent("9"))], [])
    assert {right: count.records for right, count in counts.rights.items()} == {"trademark": 2, "patent": 1}
    marks = counts.rights["trademark"].fields
    assert (marks["texts"].filled, marks["media"].filled, marks["filingDate"].filled) == (1, 1, 2)
    assert "goods" not in marks


def test_a_mark_is_words_or_a_picture() -> None:
    counted = fields(says(mark("1", "A")), says(FIGURE), says(WORDLESS))
    assert counted["texts or media"].filled == 2


def test_a_status_that_nobody_knows_is_none() -> None:
    counted = fields(
        says(mark("1")),
        unread(mark("2", status=Status("unknown", "Zorbified")), ("status", "trademark: Zorbified")),
        says(mark("3", status=Status("unknown"))),
    )
    assert counted["status"] == FieldCount(filled=1, doubtful=1, lost=1)


def test_a_record_is_doubtful_once_however_many_of_its_values_are() -> None:
    values = (("vienna", "99"), ("vienna", "98"), ("country", "Atlantis"))
    counted = fields(unread(mark("1", vienna_codes=("26.04.05",)), *values), unread(mark("2"), *values))
    assert counted["viennaCodes"] == FieldCount(filled=1, doubtful=2, lost=1)
    assert counted["countries"] == FieldCount(doubtful=2)


def test_patches_and_deletes_are_counted_but_not_their_fields() -> None:
    told = [says(mark("1"), "patch", given={"status"})._replace(unread=(("status", "X"),))]
    count = count_quality([*told, says(mark("2"), "delete")], [])
    assert count.rights == {"trademark": RightCount(statements=2)}
    assert count.unread == Counter({("trademark", "status", "X"): 1})


def test_refusals_are_of_their_right_where_it_is_known() -> None:
    counts = count_quality([], [rejects(), rejects()._replace(right="design")])
    assert counts.rights == {None: RightCount(refused=1), "design": RightCount(refused=1)}


def test_parts_add_up_to_the_whole() -> None:
    said = [says(mark("1", "A")), unread(FIGURE, ("country", "X")), says(patent("9")), says(mark("1"))]
    whole = count_quality(said, [rejects()])
    parts = QualityCounts({}, Counter())
    for one in said:
        parts = add_counts(parts, count_quality([one], []))
    assert add_counts(parts, count_quality([], [rejects()])) == whole


def test_every_value_that_is_not_understood_belongs_to_a_field_that_is_told() -> None:
    told = {
        ("date", "priority: x"): "priorities",
        ("date", "event: x"): "events",
        ("long-text", "goods"): "goods",
        ("long-text", "names"): "applicants",
        ("nice-class", "50"): "niceClasses",
        ("number-shape", "trademark"): "applicationNumber",
    }
    assert {key: field_of(*key) for key in told} == told


def test_the_table_of_weights_names_fields_of_records_only() -> None:
    names = {*Record.__struct_encode_fields__, "countries", "languages"}
    for right, weights in WEIGHTS.items():
        assert len({weight.field for weight in weights}) == len(weights)
        for weight in weights:
            assert set(weight.field.split(" or ")) <= names, (right, weight.field)
            assert weight.weight > 0


def test_counts_are_small_json() -> None:
    count = count_quality([says(mark("1", "A"))], []).rights["trademark"]
    assert msgspec.json.decode(msgspec.json.encode(count), type=RightCount) == count
