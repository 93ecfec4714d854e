"""People as the index knows them."""

import msgspec

from register.applicants import applicant_id
from register.model import Party
from register.representatives import representative_id
from search.engine import Engine
from search.people import names_of, people_names
from tests.search.sample import filled, record

MANY = tuple(Party(f"Owner {place}") for place in range(9))
AGENTS = (Party("Nord & Partners"), Party("NORD & PARTNERS"), Party("Sud LLP"))


def test_people_are_named_by_their_newest_record(engine: Engine) -> None:
    filled(
        engine,
        [
            record("SG", "1", "A", applicant="Acme Ltd.", filed="2019-01-01", representatives=AGENTS[:1]),
            record("SG", "2", "B", applicant="ACME LTD.", filed="2020-01-01", representatives=AGENTS[1:]),
        ],
    )
    acme, nord, sud = (applicant_id(Party("Acme")), *(representative_id(one) for one in AGENTS[1:]))
    names = people_names(engine.reader(), [acme, "ap-nobody"], [nord, sud, "rp-nobody"])
    assert names.applicants == {acme: "ACME LTD."}
    assert names.representatives == {nord: "NORD & PARTNERS", sud: "Sud LLP"}


def test_who_stands_far_back_in_the_newest_record_is_named_by_an_older_one(engine: Engine) -> None:
    filled(
        engine,
        [
            msgspec.structs.replace(record("SG", "1", "A", filed="2019-01-01"), applicants=MANY[8:]),
            msgspec.structs.replace(record("SG", "2", "B", filed="2020-01-01"), applicants=MANY),
        ],
    )
    last = applicant_id(MANY[8])
    assert names_of(engine.reader(), [last]) == {last: "Owner 8"}
