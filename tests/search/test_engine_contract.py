"""What each engine must do, so that nobody above the seam can tell which one it is."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.document import document_of
from search.engine import (
    All,
    Any,
    Clause,
    Engine,
    Everything,
    Fuzzy,
    Near,
    Not,
    Order,
    Phrase,
    Prefix,
    Range,
    Ranked,
    Source,
    Spread,
    Tally,
    Term,
    Wildcard,
)
from search.engines.tantivy import TantivyEngine
from search.errors import IndexUnavailableError, WriterBusyError
from search.orders import FIRST_KNOWN
from tests.search.sample import EVERYTHING, MARKS, documents, filled, identity, record

NEWEST, SHORTEST, OLDEST_CHANGE = Order("filed"), Order("brevity", False), Order("timepoint", False)


def found(engine: Engine, clause: Clause) -> set[str]:
    page = engine.reader().find(clause, SHORTEST, 100)
    ids = {hit.id for hit in page.hits}
    assert page.total == len(ids) == engine.reader().count(clause)
    return ids


def texts(*names: str) -> set[str]:
    return {identity(name) for name in names}


def test_without_an_index_reading_says_so(engine: Engine) -> None:
    assert engine.live() is None
    with pytest.raises(IndexUnavailableError):
        engine.reader().count(Everything())


def test_an_empty_index_answers(engine: Engine) -> None:
    filled(engine, ())
    assert found(engine, Everything()) == set()
    assert engine.reader().facet(Everything(), [("office", 5)]) == {"office": []}
    assert list(engine.reader().held()) == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Term("key", ("redbull",)), texts("RED-BULL")),
        (Term("key", ("caphedongduong",)), texts("CÀ PHÊ ĐÔNG DƯƠNG", "Ca Phe Dong Duong")),
        (Term("key", ("+++",)), texts("+++")),
        (Term("key", ("redbull", "unitel", "nothing")), texts("RED-BULL", "UNITEL")),
        (Term("key", ()), set()),
        (Term("nice", (42,)), texts("STEIGER")),
        (Term("office", ("KH", "MM")), texts("ကိုကာကိုလာ", "កូកាកូឡា")),
        (Term("ipc", ("A47J",)), texts("커피 추출 방법", "Coffee machine")),
        (Term("vienna", ("26.04",)), texts("sta 金 tel")),
        (Term("word", ("energy",)), texts("Red Bull Energy")),
        (Prefix("key", "sta"), texts("Staiger", "STARBUCKS", "sta 金 tel")),
        (Prefix("key", "코"), texts("코카콜라")),
        (Prefix("key", "a.*"), set()),
        (Prefix("bigram", "金"), texts("金", "黄金海岸", "sta 金 tel")),
        (Phrase("bigram", ("金海", "海岸")), texts("黄金海岸")),
        (Phrase("bigram", ("bu", "ul", "ll")), texts("RED-BULL", "Red Bull Energy", "BULLRED")),
        (Phrase("bigram", ("lr", "re")), texts("BULLRED")),
        (Phrase("abstract", ("hot", "water")), texts("Method for brewing coffee")),
        (Phrase("abstract", ("water", "hot")), set()),
        (Phrase("text", ("coffee",)), texts("Method for brewing coffee", "Coffee machine", "Coffee cups")),
        (Wildcard("key", ("sta", "*", "r")), texts("Staiger")),
        (Wildcard("key", ("st", "?", "iger")), texts("STEIGER", "Staiger")),
        (Wildcard("key", ("+", "?", "+")), texts("+++")),
        (Wildcard("mark", ("r", "*", "s")), texts("NO REGRETS")),
        (Wildcard("key", ("a.", "*")), set()),
        (Near("abstract", ("pump",), ("water",), 2, True), texts("Method for brewing coffee")),
        (Near("abstract", ("pump",), ("water",), 1, True), set()),
        (Near("abstract", ("water",), ("pump",), 2, True), set()),
        (Near("abstract", ("water",), ("pump",), 2, False), texts("Method for brewing coffee")),
        (
            Near("abstract", ("hot", "water"), ("coffee", "beans"), 2, True),
            texts("Method for brewing coffee"),
        ),
        (Near("abstract", ("hot", "water"), ("coffee", "beans"), 1, False), set()),
        (Fuzzy("roman", "steiger", 1), texts("STEIGER", "Staiger")),
        (Fuzzy("roman", "stieger", 1), texts("STEIGER")),
        (Fuzzy("roman", "unitell", 2), texts("UNITEL")),
        (Ranked("word", ("bull", "regrets")), texts("NO REGRETS", "RED-BULL", "Red Bull Energy")),
        (Any((Term("nice", (42,)), Term("key", ("unitel",)))), texts("STEIGER", "UNITEL")),
        (Any(()), set()),
        (All((Term("nice", (32,)),), (Term("status", ("pending",)),)), texts("Coca-Cola")),
        (All((Prefix("key", "sta"),), (Not(Term("office", ("SG",))),)), texts("Staiger")),
        (
            All((), (Not(Term("right", ("trademark",))), Not(Term("office", ("KR",))))),
            texts("Method for brewing coffee", "Coffee machine", "Coffee cups", "กาแฟดอยตุง"),
        ),
        (All((Not(Term("right", ("trademark",))), Term("office", ("KR",)))), texts("커피 추출 방법")),
        (Range("filed", high=FIRST_KNOWN - 1), texts("CÀ PHÊ ĐÔNG DƯƠNG")),
        (Range("timepoint", 2, 3), texts("Staiger", "NO REGRETS")),
        (Term("id", (identity("STEIGER"), "sg-tm-none")), texts("STEIGER")),
    ],
)
def test_a_clause_matches_exactly_its_set(standing: Engine, clause: Clause, expected: set[str]) -> None:
    assert found(standing, clause) == expected


def test_a_range_without_bounds_is_everything(standing: Engine) -> None:
    assert found(standing, Range("filed")) == {one.id for one in EVERYTHING}


@pytest.mark.parametrize("order", [NEWEST, Order("filed", False), SHORTEST, Order("timepoint"), Order(None)])
def test_pages_lead_to_the_end_with_each_document_once(standing: Engine, order: Order) -> None:
    clause = Any((Ranked("text", ("coffee", "machine")), Not(Term("office", ("VN",)))))
    reader, after, met = standing.reader(), None, list[str]()
    while True:
        page = reader.find(clause, order, 4, after)
        met += [hit.id for hit in page.hits]
        assert page.total == len(EVERYTHING) - 2
        if len(page.hits) < 4:
            break
        after = page.hits[-1].after
    assert len(met) == len(set(met)) == len(EVERYTHING) - 2


def test_an_order_by_date_is_by_date_and_then_by_change(standing: Engine) -> None:
    page = standing.reader().find(Term("nice", (9, 25)), Order("filed", descending=False), 3)
    assert [hit.id for hit in page.hits] == [identity("STEIGER"), identity("Staiger"), identity("NO REGRETS")]


def test_by_score_rare_words_and_short_texts_come_first(standing: Engine) -> None:
    page = standing.reader().find(Ranked("text", ("coffee", "machine")), Order(None), 2)
    assert page.hits[0].id == identity("Coffee machine")
    assert page.hits[0].score > page.hits[1].score > 0


def test_facets_count_exactly_and_the_commonest_first(standing: Engine) -> None:
    counted = standing.reader().facet(
        Term("right", ("trademark",)), [("nice", 3), ("status", 9), ("vienna_division", 5)]
    )
    assert counted["nice"] == [("32", 10), ("9", 5), ("30", 4)]
    assert counted["status"] == [("registered", 24), ("expired", 1), ("pending", 1)]
    assert counted["vienna_division"] == [("01.15", 1), ("26.04", 1)]


def test_facets_of_many_values_are_exact(engine: Engine) -> None:
    several = [
        record("SG", f"4020190{place:04d}", f"mark {place}", applicant=f"Applicant {place % 700}")
        for place in range(2000)
    ]
    filled(engine, several)
    counted = engine.reader().facet(Everything(), [("applicant", 1000)])["applicant"]
    assert len(counted) == 700
    assert sum(count for _, count in counted) == 2000


def test_tallies_count_by_fields_alone_and_together(standing: Engine) -> None:
    of_marks = Term("right", ("trademark",))
    alone, together, three, narrowed, number, nothing = standing.reader().tally(
        of_marks,
        [
            Tally(("nice",)),
            Tally(("status", "nice"), Not(Term("status", ("registered",)))),
            Tally(("office", "filing_year", "outcome"), Term("office", ("VN", "TH"))),
            Tally(("vienna_division",)),
            Tally((), Term("nice", (32,))),
            Tally(("locarno_class",)),
        ],
    )
    assert (alone[(32,)], alone[(9,)], alone[(42,)]) == (10, 5, 1)
    assert together == {("pending", 32): 1, ("expired", 32): 1}
    assert three == {
        ("TH", 2019, "granted"): 1,
        ("TH", 2020, "granted"): 1,
        ("VN", 2020, "granted"): 1,
    }
    assert narrowed == {("01.15",): 1, ("26.04",): 1}
    assert (number, nothing) == ({(): 10}, {})


def test_a_tally_of_a_number_of_days_is_bounded_by_ranges(standing: Engine) -> None:
    day = dt.date(2020, 6, 1).toordinal()
    in_force = All((Range("force_from", high=day), Range("force_to", low=day)))
    unsure = All((Range("unsure_from", high=day), Range("unsure_to", low=day)))
    assert standing.reader().tally(Everything(), [Tally((), in_force), Tally((), unsure)]) == [
        {(): 0},
        {(): len(EVERYTHING) - 1},
    ]


def test_an_empty_index_is_tallied(engine: Engine) -> None:
    filled(engine, ())
    assert engine.reader().tally(Everything(), [Tally(("right", "status")), Tally()]) == [{}, {(): 0}]
    assert engine.reader().tally(Everything(), []) == []
    assert engine.reader().spread(Everything(), "applicant", 10) == Spread([], [], 0, 0)


def test_a_spread_counts_the_commonest_and_the_rest_together(engine: Engine) -> None:
    several = [
        record("SG", f"4020190{place:04d}", f"mark {place}", applicant=f"Applicant {int(place**0.5)}")
        for place in range(400)
    ]
    name = filled(engine, several[:150])
    writer = engine.writer(name)
    writer.put(documents(several[150:], first=151))
    writer.commit()
    writer.close()
    squares = [*range(39, 0, -2)]
    spread = engine.reader().spread(Everything(), "applicant", 2)
    assert [count for _, count in spread.largest] == [39, 37]
    assert spread._replace(largest=[]) == Spread([], squares, 0, 0)
    assert spread.largest == engine.reader().facet(Everything(), [("applicant", 2)])["applicant"]
    few = engine.reader().spread(Everything(), "applicant", 0, 3)
    assert sum(few.counts) + few.others == 400
    assert all(39 - few.error <= count <= 39 for count in few.counts[:1])


def test_the_first_of_each_clause_is_given(standing: Engine) -> None:
    hits = standing.reader().firsts(
        [Term("nice", (9,)), Term("key", ("nobody",)), Term("nice", (42,))], Order("filed", descending=False)
    )
    assert [None if hit is None else hit.id for hit in hits] == [
        identity("STEIGER"),
        None,
        identity("STEIGER"),
    ]
    assert standing.reader().firsts([], NEWEST) == []


def test_frequency_tells_how_many_hold_a_value(standing: Engine) -> None:
    assert standing.reader().frequency([("word", "bull"), ("gram", "^^r"), ("word", "nothing")]) == [2, 2, 0]


def test_candidates_come_once_and_full_sources_are_told(standing: Engine) -> None:
    sources = (
        Source(Term("key", ("redbull",)), 5, SHORTEST),
        Source(Ranked("word", ("bull",)), 2),
        Source(Prefix("key", "nothing"), 5, SHORTEST),
    )
    candidates = standing.reader().candidates(sources)
    ids = candidates.ids
    assert ids[0] == identity("RED-BULL")
    assert sorted(ids) == sorted(texts("RED-BULL", "Red Bull Energy"))
    assert candidates.full == {1}
    assert "red bull" in candidates.forms[0]


def test_fetch_gives_what_there_is(standing: Engine) -> None:
    fetched = standing.reader().fetch([identity("UNITEL"), "ph-tm-none"])
    assert list(fetched) == [identity("UNITEL")]
    assert b'"UNITEL"' in fetched[identity("UNITEL")].short
    assert standing.reader().fetch([]) == {}


def test_held_is_every_document_in_the_order_of_change(standing: Engine) -> None:
    held = list(standing.reader().held())
    assert [(one.id, one.version, one.timepoint) for one in held] == [
        (one.id, 1, place) for place, one in enumerate(EVERYTHING, 1)
    ]


def test_nothing_is_seen_before_the_commit(engine: Engine) -> None:
    name = filled(engine, MARKS[:2])
    reader = engine.reader()
    writer = engine.writer(name)
    writer.put(documents(MARKS[2:4], first=3))
    assert reader.count(Everything()) == 2
    writer.commit()
    assert reader.count(Everything()) == 4
    writer.close()


def test_a_new_version_replaces_the_old_one(engine: Engine) -> None:
    name = filled(engine, MARKS[:3])
    writer = engine.writer(name)
    writer.put([document_of(record("SG", "40201900001A", "SOMETHING ELSE"), 2, 10)])
    writer.commit()
    writer.close()
    assert found(engine, Term("key", ("steiger",))) == set()
    assert found(engine, Term("key", ("somethingelse",))) == {MARKS[0].id}
    assert engine.reader().count(Everything()) == 3


def test_an_old_version_never_replaces_a_later_one(engine: Engine) -> None:
    name = filled(engine, ())
    writer = engine.writer(name)
    old, new = record("SG", "1", "OLD"), record("SG", "1", "NEW")
    writer.put([document_of(new, 2, 20), document_of(old, 1, 10)])
    writer.commit()
    writer.put([document_of(old, 1, 10)])
    writer.commit()
    writer.close()
    writer = engine.writer(name)
    writer.put([document_of(old, 1, 10)])
    writer.remove([(new.id, 15)])
    writer.commit()
    writer.close()
    assert found(engine, Term("key", ("new",))) == {new.id}
    assert found(engine, Term("key", ("old",))) == set()


def test_the_same_again_changes_nothing(engine: Engine) -> None:
    name = filled(engine, MARKS)
    writer = engine.writer(name)
    writer.put(documents(MARKS))
    writer.commit()
    writer.put(documents(MARKS))
    writer.commit()
    writer.close()
    assert engine.reader().count(Everything()) == len(MARKS)
    assert len(list(engine.reader().held())) == len(MARKS)


def test_what_is_removed_is_gone_and_comes_back_with_a_later_version(engine: Engine) -> None:
    name = filled(engine, MARKS[:3])
    writer = engine.writer(name)
    writer.remove([(MARKS[0].id, 10), ("sg-tm-never", 11)])
    writer.commit()
    assert engine.reader().count(Everything()) == 2
    writer.put([document_of(MARKS[0], 3, 12)])
    writer.commit()
    writer.close()
    assert found(engine, Term("key", ("steiger",))) == {MARKS[0].id}


def test_a_put_and_a_remove_in_one_commit_keep_their_order(engine: Engine) -> None:
    name = filled(engine, ())
    writer = engine.writer(name)
    writer.put([document_of(MARKS[0], 1, 1), document_of(MARKS[1], 1, 2)])
    writer.remove([(MARKS[0].id, 3)])
    writer.commit()
    writer.close()
    assert found(engine, Everything()) == {MARKS[1].id}


def test_readers_follow_the_live_index_while_it_is_swapped(engine: Engine) -> None:
    first = filled(engine, MARKS[:10])
    reader, totals, stop = engine.reader(), set[int](), threading.Event()
    failures: list[Exception] = []

    def read() -> None:
        while not stop.is_set():
            try:
                totals.add(reader.count(Everything()))
            except Exception as error:  # whatever it is, the test must see it
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    second = filled(engine, MARKS[:20])
    stop.set()
    for thread in readers:
        thread.join()
    assert not failures
    assert totals <= {10, 20}
    assert reader.count(Everything()) == 20
    assert engine.live() == second
    assert engine.names() == [first, second]


def test_the_live_index_is_not_dropped_and_others_are(engine: Engine) -> None:
    first, second = filled(engine, MARKS[:1]), filled(engine, MARKS[:2])
    with pytest.raises(ValueError, match="live"):
        engine.drop(second)
    assert engine.reader_of(first).count(Everything()) == 1
    engine.drop(first)
    assert engine.names() == [second]


def test_an_index_that_is_not_there_cannot_be_made_live(engine: Engine) -> None:
    with pytest.raises(ValueError, match="no index"):
        engine.make_live("ipregister-1-none")


def test_another_alias_with_the_same_beginning_is_left_alone(tmp_path: Path) -> None:
    engine, other = TantivyEngine(tmp_path, "register"), TantivyEngine(tmp_path, "register-two")
    filled(other, MARKS[:1])
    assert engine.names() == []
    assert engine.create() in engine.names()


def test_the_size_of_an_index_is_known(engine: Engine) -> None:
    assert engine.size_bytes(filled(engine)) > 0


def test_long_and_odd_texts_are_taken(engine: Engine) -> None:
    odd = (
        "x" * 40_000,
        "ก" * 3_000,
        "\U0001f600",
        "a\u0000b",
        "\u200b",
        "e" + "\u0301" * 500,
        "ﷺ" * 50,
        "𠀀𠀁",
        "''\"\\",
    )
    records = [record("SG", f"{place}", text) for place, text in enumerate(odd, 1)]
    filled(engine, records)
    assert engine.reader().count(Everything()) == len(odd)
    assert found(engine, Term("key", ("x" * 512,))) == {records[0].id}


WRITE_AND_WAIT = """
import sys, time
from pathlib import Path
from search.engines.tantivy import TantivyEngine
from tests.search.sample import MARKS, documents
writer = TantivyEngine(Path(sys.argv[1])).writer(sys.argv[2])
writer.put(documents(MARKS[:10]))
writer.commit()
writer.put(documents(MARKS[10:], first=11))
print("written", flush=True)
time.sleep(60)
"""


def test_a_second_writer_is_refused_and_a_killed_one_leaves_its_last_commit(
    embedded: TantivyEngine, tmp_path: Path
) -> None:
    name = filled(embedded, ())
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_WAIT, str(tmp_path / "index"), name],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == b"written\n"
        with pytest.raises(WriterBusyError):
            embedded.writer(name)
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert embedded.reader().count(Everything()) == 10
    writer = embedded.writer(name)
    writer.put(documents(MARKS[10:], first=11))
    writer.commit()
    writer.close()
    assert embedded.reader().count(Everything()) == len(MARKS)


def test_an_index_with_the_fields_of_another_version_is_not_read(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(engine)
    monkeypatch.setattr(f"search.engines.{engine.kind}_reader.SCHEMA_VERSION", "0")
    with pytest.raises(IndexUnavailableError):
        engine.reader().find(Everything(), NEWEST, 1)
