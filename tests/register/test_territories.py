import datetime as dt
from typing import Any

import pytest

from register.model import Record
from register.territories import territories


def of(office: str, **fields: Any) -> tuple[str, ...]:
    return territories(Record(id="x", office=office, right="trademark", application_number="1", **fields))


def test_a_national_right_has_effect_in_its_country() -> None:
    assert of("TH") == ("TH",)
    assert of("TH", designations=("VN",)) == ("TH",)


def test_a_benelux_right_has_effect_in_three_countries() -> None:
    assert of("BX") == ("BE", "LU", "NL")


@pytest.mark.parametrize(
    ("office", "inside", "outside"), [("EM", "FR", "GB"), ("OA", "CM", "KE"), ("EA", "RU", "UA")]
)
def test_a_regional_right_has_effect_in_the_member_states(office: str, inside: str, outside: str) -> None:
    states = of(office)
    assert inside in states
    assert outside not in states
    assert office not in states


def test_a_european_patent_has_effect_where_it_is_designated() -> None:
    assert of("EP", designations=("DE", "FR")) == ("DE", "FR")


def test_a_european_patent_without_designations_is_for_all_that_were_members() -> None:
    old = of("EP", filing_date=dt.date(1980, 1, 1))
    assert "DE" in old
    assert "TR" not in old
    assert "TR" in of("EP")


def test_an_international_registration_has_effect_in_its_designations_and_their_members() -> None:
    assert of("WO", designations=("TH", "BX", "WO")) == ("BE", "LU", "NL", "TH")
    assert "FR" in of("WO", designations=("EM",))
    assert of("WO") == ()
