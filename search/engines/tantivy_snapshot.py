"""One state of the embedded index, read from end to end."""

from collections.abc import Iterator, Sequence

import tantivy

from search.engine import Clause, Order
from search.engines.tantivy_clauses import translate
from search.errors import IndexUnavailableError
from search.orders import timepoint_of

# Each slice walks over all that is left of the matches: 20 walks for a million of them. The objects of a
# slice take some 8 MB.
_SLICE = 50_000


def behind(schema: tantivy.Schema, order: Order, value: int) -> tantivy.Query:
    """What comes after a value in an order."""
    field, unsigned = str(order.field), tantivy.FieldType.Unsigned
    if not order.descending:
        return tantivy.Query.range_query(schema, field, unsigned, lower_bound=value, include_lower=False)
    return tantivy.Query.range_query(schema, field, unsigned, upper_bound=value, include_upper=False)


def count_of(found: tantivy.SearchResult) -> int:
    """How many documents matched."""
    count: int | None = getattr(found, "count", None)
    if count is None:
        raise IndexUnavailableError("the index gave no count")
    return count


class TantivySnapshot:
    """A searcher keeps the segments that it has begun with, also after they are merged away."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def count(self, clause: Clause) -> int:
        return count_of(self._searcher.search(translate(self._schema, clause), 1))

    def best(self, clause: Clause, limit: int) -> Sequence[int]:
        hits = self._searcher.search(translate(self._schema, clause), limit, count=False).hits
        values = self._searcher.fast_field_values("timepoint", [address for _, address in hits])
        return [int(value or 0) for value in values]

    def slices(self, clause: Clause, order: Order) -> Iterator[Sequence[int]]:
        whole = translate(self._schema, clause)
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        query = whole
        while True:
            hits = self._searcher.search(
                query, _SLICE, count=False, order_by_field=str(order.field), order=direction
            ).hits
            if hits:
                yield [timepoint_of(value) for value, _ in hits]
            if len(hits) < _SLICE:
                return
            rest = behind(self._schema, order, hits[-1][0])
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, whole), (tantivy.Occur.Must, rest)])

    def close(self) -> None:
        """The segments go with the searcher."""
