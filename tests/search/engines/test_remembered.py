"""What was counted is kept while the index is as it was."""

import pytest

from search.engine import Everything, Tally, Term
from search.engines import remembered
from search.engines.remembered import Remembered
from search.engines.tantivy import TantivyEngine
from tests.search.sample import MARKS, documents, filled


@pytest.fixture(autouse=True)
def keeping_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_WORTH_SECONDS", 0.0)


def test_what_is_asked_again_is_not_counted_again() -> None:
    held, asked = Remembered(), list[str]()

    def count() -> int:
        asked.append("once more")
        return len(asked)

    assert [held.answer(("a", 1), count) for _ in range(3)] == [1, 1, 1]
    assert held.answer(("a", 2), count) == 2


def test_the_oldest_is_forgotten_first() -> None:
    held = Remembered()
    for number in range(70):
        held.answer(number, lambda: "x")
    assert held.answer(0, lambda: "asked again") == "asked again"
    assert held.answer(69, lambda: "never") == "x"


def test_what_is_quick_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_WORTH_SECONDS", 60.0)
    held = Remembered()
    held.answer(1, lambda: "first")
    assert held.answer(1, lambda: "second") == "second"


def test_counts_follow_each_commit_and_each_new_index(embedded: TantivyEngine) -> None:
    name = filled(embedded, MARKS[:4])
    reader = embedded.reader()

    def counts() -> tuple[int, int, int]:
        [tallied] = reader.tally(Everything(), [Tally()])
        facet = reader.facet(Term("right", ("trademark",)), [("right", 1)])["right"][0][1]
        spread = reader.spread(Everything(), "applicant", 100)
        return tallied[()], facet, sum(spread.counts)

    assert counts() == counts() == (4, 4, 4)
    writer = embedded.writer(name)
    writer.put(documents(MARKS[4:6], first=5))
    writer.commit()
    assert counts() == counts() == (6, 6, 6)
    writer.remove([(MARKS[0].id, 50)])
    writer.commit()
    writer.close()
    assert counts() == (5, 5, 5)
    filled(embedded, MARKS[:3])
    assert counts() == (3, 3, 3)
