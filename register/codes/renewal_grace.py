"""How long after its expiry a mark can still be renewed, by office."""

from functools import cache
from typing import NamedTuple

from register.codes.table import rows

_TOPIC = "mark_renewal_grace"


class Grace(NamedTuple):
    """Months after expiry within which a late renewal is taken, and what says so."""

    months: int
    source: str


# Members of the Paris Union allow no less (Article 5bis (1)); many allow more.
LEAST = Grace(6, "Paris Convention, Article 5bis (1): six months at least")


@cache
def _graces() -> dict[str, Grace]:
    return {
        office: Grace(int(value), source)
        for office, topic, value, unit, source in rows(
            "office_facts.csv", "st3", "topic", "value", "unit", "source"
        )
        if topic == _TOPIC and unit == "months"
    }


def renewal_grace(office: str) -> Grace:
    """The grace period of an office (ST.3); that of the Paris Convention where its own is not known."""
    return _graces().get(office, LEAST)
