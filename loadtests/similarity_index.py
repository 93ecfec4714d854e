"""Names as marks in an index of their own, without a register: for measuring how well likeness is found."""

from collections.abc import Iterable
from itertools import islice

from register.model import Record
from search.document import document_of
from search.engine import Engine

_AT_ONCE = 20_000


def fill(engine: Engine, records: Iterable[Record]) -> int:
    """Make a new index of the engine live with these records; how many there were."""
    name = engine.create()
    writer = engine.writer(name)
    count = 0
    waiting = iter(records)
    try:
        while some := list(islice(waiting, _AT_ONCE)):
            writer.put(document_of(record, 1, count + place) for place, record in enumerate(some, 1))
            writer.commit()
            count += len(some)
    finally:
        writer.close()
    engine.make_live(name)
    return count
