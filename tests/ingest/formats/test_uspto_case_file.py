"""One case file: what is read into what, and what absent and empty mean."""

import pytest
from lxml import etree

from ingest.draft import Draft, DraftEvent, DraftGoods, DraftParty, DraftPriority, DraftText
from ingest.formats.uspto_case_file import draft_of
from register.model import Record


def _draft(*parts: str) -> Draft:
    inner = "<serial-number>90000001</serial-number>" + "".join(parts)
    return draft_of(etree.fromstring(f"<case-file>{inner}</case-file>"))


def _header(inner: str) -> str:
    return f"<case-file-header>{inner}</case-file-header>"


def _statements(**said: str) -> str:
    inner = "".join(
        f"<case-file-statement><type-code>{code}</type-code><text>{text}</text></case-file-statement>"
        for code, text in said.items()
    )
    return f"<case-file-statements>{inner}</case-file-statements>"


def _classification(primary: str, *international: str) -> str:
    codes = "".join(f"<international-code>{code}</international-code>" for code in international)
    us = "<us-code>022</us-code><us-code>023</us-code><status-code>6</status-code>"
    return f"<classification>{codes}{us}<primary-code>{primary}</primary-code></classification>"


def _classifications(*classifications: str) -> str:
    return f"<classifications>{''.join(classifications)}</classifications>"


def _owner(kind: str, name: str, rest: str = "") -> str:
    return (
        f"<case-file-owner><entry-number>1</entry-number><party-type>{kind}</party-type>"
        f"<party-name>{name}</party-name>{rest}</case-file-owner>"
    )


def _owners(*owners: str) -> str:
    return f"<case-file-owners>{''.join(owners)}</case-file-owners>"


def test_what_is_absent_is_not_stated() -> None:
    draft = _draft()
    assert set(draft.given or ()) == set()
    assert draft.application_number == "90000001"


@pytest.mark.parametrize(
    ("group", "fields"),
    [
        ("<case-file-owners/>", {"applicants"}),
        ("<classifications/>", {"nice_classes"}),
        (
            "<case-file-statements/>",
            {"goods", "descriptions", "colours", "disclaimers", "translations", "transliterations"},
        ),
        ("<case-file-event-statements/>", {"events"}),
        ("<foreign-applications/>", {"priorities"}),
        ("<design-searches/>", {"national_classes"}),
        ("<correspondent/>", {"representatives"}),
        ("<international-registration/>", {"international_number"}),
        ("<madrid-international-filing-requests/>", {"numbers"}),
        (_header("<mark-identification/>"), {"texts"}),
        (_header("<registration-date/>"), {"registration_date"}),
    ],
)
def test_an_empty_element_states_its_fields_as_empty(group: str, fields: set[str]) -> None:
    draft = _draft(group)
    assert set(draft.given or ()) == fields
    record_fields = set(Record.__struct_fields__)
    assert fields <= record_fields
    assert not any(getattr(draft, field) for field in fields)


def test_the_header_gives_dates_status_and_text() -> None:
    draft = _draft(
        _header(
            "<filing-date>20200102</filing-date><registration-date>20210304</registration-date>"
            "<published-for-opposition-date>20201101</published-for-opposition-date>"
            "<status-code>700</status-code><status-date>20210304</status-date>"
            "<mark-identification>LIME &amp; CO</mark-identification>"
        )
    )
    assert (draft.filing_date, draft.registration_date, draft.publication_date) == (
        "20200102",
        "20210304",
        "20201101",
    )
    assert (draft.status_code, draft.status_date) == ("700", "20210304")
    assert draft.texts == [DraftText("LIME & CO")]
    assert set(draft.given or ()) == {
        "filing_date",
        "registration_date",
        "publication_date",
        "status",
        "texts",
    }


def test_seven_zeros_are_no_registration_number() -> None:
    assert _draft("<registration-number>0000000</registration-number>").registration_number == ""
    assert _draft("<registration-number>0012345</registration-number>").registration_number == "0012345"
    assert set(_draft("<registration-number>0000000</registration-number>").given or ()) == {
        "registration_number"
    }


def test_a_cancellation_outweighs_an_abandonment() -> None:
    dates = (
        "<abandonment-date>20010920</abandonment-date>",
        "<cancellation-date>20150101</cancellation-date>",
    )
    assert _draft(_header("".join(dates))).termination_date == "20150101"
    assert _draft(_header("".join(reversed(dates)))).termination_date == "20150101"
    assert _draft(_header(dates[0])).termination_date == "20010920"


@pytest.mark.parametrize(
    ("flags", "kind", "hint"),
    [
        ({"trademark-in": "T", "service-mark-in": "F"}, "Trademark", ""),
        ({"trademark-in": "T", "service-mark-in": "T"}, "Trademark", "Service mark"),
        ({"service-mark-in": "T"}, "Service mark", ""),
        ({"certification-mark-in": "T", "trademark-in": "F"}, "Certification mark", ""),
        ({"collective-membership-mark-in": "T"}, "Collective membership mark", ""),
        ({"collective-trademark-in": "T"}, "Collective trademark", ""),
        ({"trademark-in": "F", "service-mark-in": "F"}, "", ""),
    ],
)
def test_the_kind_is_that_of_the_flags(flags: dict[str, str], kind: str, hint: str) -> None:
    draft = _draft(_header("".join(f"<{tag}>{flag}</{tag}>" for tag, flag in flags.items())))
    assert (draft.kind, draft.kind_hint) == (kind, hint)
    assert set(draft.given or ()) == {"kind", "kind_office"}


@pytest.mark.parametrize(
    ("code", "standard", "three", "feature"),
    [
        ("4", "T", "F", "Word"),
        ("1", "F", "F", "Word"),
        ("1000", "F", "F", "Word"),
        ("2", "F", "F", "Figurative"),
        ("3T19", "F", "F", "Combined"),
        ("5", "F", "F", "Stylized characters"),
        ("6", "F", "F", "Other"),
        ("2", "F", "T", "Three dimensional"),
        ("0", "T", "F", "Word"),
        ("0", "F", "F", ""),
    ],
)
def test_the_feature_is_that_of_the_drawing_code(code: str, standard: str, three: str, feature: str) -> None:
    draft = _draft(
        _header(
            f"<mark-drawing-code>{code}</mark-drawing-code>"
            f"<standard-characters-claimed-in>{standard}</standard-characters-claimed-in>"
            f"<drawing-3d-current-in>{three}</drawing-3d-current-in>"
        )
    )
    assert draft.feature == feature
    assert set(draft.given or ()) == {"feature", "feature_office"}


def test_statements_go_where_their_type_says() -> None:
    draft = _draft(
        _header("<mark-identification>LIME</mark-identification>"),
        _statements(
            DM0000="A lime.",
            CC0000="Green is claimed.",
            D00000="LIME",
            D10000="No claim is made to LIME apart from the mark.",
            TR0000="A citrus fruit.",
            TLIT00="laim",
            PM0001="LYME",
            A00001="An amendment.",
        ),
    )
    assert draft.descriptions == [DraftText("A lime.")]
    assert draft.colours == [DraftText("Green is claimed.")]
    assert [one.text for one in draft.disclaimers] == [
        "LIME",
        "No claim is made to LIME apart from the mark.",
    ]
    assert draft.translations == [DraftText("A citrus fruit.")]
    assert draft.transliterations == [DraftText("laim")]
    assert draft.texts == [DraftText("LIME")]


def test_colour_that_is_not_claimed_is_no_colour() -> None:
    assert _draft(_statements(CC0000="Color is not claimed as a feature of the mark.")).colours == []


def test_what_overflowed_the_mark_is_added_to_it() -> None:
    draft = _draft(_header("<mark-identification>A LONG</mark-identification>"), _statements(MK0000="MARK"))
    assert draft.texts == [DraftText("A LONG MARK")]


def test_the_nice_class_of_goods_is_the_international_code_of_their_class() -> None:
    draft = _draft(
        _statements(GS0391="shoes", GS0091="software"),
        _classifications(_classification("039", "025"), _classification("009", "009")),
    )
    assert draft.nice_classes == ["025", "009"]
    assert draft.goods == [DraftGoods("025", "shoes"), DraftGoods("009", "software")]


def test_goods_of_the_only_class_are_of_that_class() -> None:
    draft = _draft(_statements(GS0001="shoes"), _classifications(_classification("025", "025")))
    assert draft.goods == [DraftGoods("025", "shoes")]


def test_goods_without_a_class_of_theirs_have_none() -> None:
    both = _classifications(_classification("025", "025"), _classification("009", "009"))
    assert _draft(_statements(GS0441="machines"), both).goods == [DraftGoods("", "machines")]
    assert _draft(_statements(GS0441="machines")).goods == [DraftGoods("", "machines")]


@pytest.mark.parametrize("code", ["A", "B", "200", "000", "046", "100"])
def test_codes_that_are_no_nice_class_are_left_out(code: str) -> None:
    assert _draft(_classifications(_classification(code, code))).nice_classes == []


def test_the_present_owners_are_those_of_the_highest_party_type() -> None:
    draft = _draft(
        _owners(
            _owner("10", "FIRST INC"),
            _owner("31", "SECOND INC"),
            _owner("31", "THIRD INC"),
            _owner("20", "FOURTH INC"),
        )
    )
    assert [owner.name for owner in draft.applicants] == ["SECOND INC", "THIRD INC"]
    assert {owner.role for owner in draft.applicants} == {"owner"}


def test_an_owner_has_address_country_and_other_names() -> None:
    rest = (
        "<dba-aka-text>DBA LIMES</dba-aka-text><address-1>1 Main St</address-1><city>Hanoi</city>"
        "<country>VN</country><postcode>10000</postcode>"
    )
    (owner,) = _draft(_owners(_owner("10", "LIME LTD", rest))).applicants
    assert owner == DraftParty(
        name="LIME LTD",
        names=[DraftText("DBA LIMES")],
        role="owner",
        address="1 Main St, Hanoi, 10000",
        country="VN",
    )


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("<state>CA</state>", "US"),
        ("<country>DEX</country>", "DE"),
        ("<nationality><country>IT</country></nationality>", "IT"),
        ("<nationality><state>DE</state></nationality>", "US"),
        ("", ""),
    ],
)
def test_the_country_is_that_of_the_address_else_of_the_nationality(place: str, country: str) -> None:
    (owner,) = _draft(_owners(_owner("10", "LIME LTD", place))).applicants
    assert owner.country == country


def test_attorney_and_correspondent_are_one_representative() -> None:
    draft = _draft(
        _header(
            "<attorney-name>Jane Doe</attorney-name>"
            "<domestic-representative-name>John Roe</domestic-representative-name>"
        ),
        "<correspondent><address-1>JANE DOE</address-1><address-2>1 Main St</address-2></correspondent>",
    )
    assert draft.representatives == [
        DraftParty(name="Jane Doe", role="attorney", address="1 Main St"),
        DraftParty(name="John Roe", role="domestic representative"),
    ]


def test_a_correspondent_without_an_attorney_is_named_by_the_first_line() -> None:
    draft = _draft(
        "<correspondent><address-1>LIME LTD</address-1><address-2>Hanoi</address-2></correspondent>"
    )
    assert draft.representatives == [DraftParty(name="LIME LTD", role="correspondent", address="Hanoi")]


def test_design_search_codes_are_left_to_the_profile() -> None:
    draft = _draft(
        "<design-searches><design-search><code>260121</code></design-search>"
        "<design-search><code>050925</code></design-search></design-searches>"
    )
    assert draft.figurative_codes == ["260121", "050925"]
    assert (draft.vienna_codes, draft.national_classes) == ([], [])


def test_foreign_applications_with_a_claim_are_priorities() -> None:
    application = (
        "<foreign-application><filing-date>20190102</filing-date><application-number>{}</application-number>"
        "<country>IT</country><foreign-priority-claim-in>{}</foreign-priority-claim-in></foreign-application>"
    )
    draft = _draft(
        f"<foreign-applications>{application.format('1/19', 'T')}{application.format('2/19', 'F')}"
        f"</foreign-applications>"
    )
    assert draft.priorities == [DraftPriority("IT", "1/19", "20190102")]


def test_events_keep_their_order_and_what_they_lack() -> None:
    draft = _draft(
        "<case-file-event-statements>"
        "<case-file-event-statement><code>NWAP</code><type>I</type><description-text>NEW</description-text>"
        "<date>20240101</date><number>1</number></case-file-event-statement>"
        "<case-file-event-statement><date>20240102</date></case-file-event-statement>"
        "</case-file-event-statements>"
    )
    assert draft.events == [DraftEvent("20240101", "NWAP", "NEW"), DraftEvent("20240102", "", "")]


_INTERNATIONAL = (
    "<international-registration><international-registration-number>1234567"
    "</international-registration-number>"
    "<international-registration-date>20180101</international-registration-date></international-registration>"
)


def test_an_international_registration_gives_number_and_events() -> None:
    events = "<case-file-event-statements/>"
    for parts in ((events, _INTERNATIONAL), (_INTERNATIONAL, events)):
        draft = _draft(*parts)
        assert draft.international_number == "1234567"
        assert draft.events == [DraftEvent("20180101", "", "international registration")]


def test_its_dates_do_not_stand_in_the_place_of_the_history() -> None:
    draft = _draft(_INTERNATIONAL)
    assert set(draft.given or ()) == {"international_number"}
    assert draft.events == []


def test_outgoing_international_applications_are_further_numbers() -> None:
    draft = _draft(
        "<madrid-international-filing-requests><madrid-international-filing-record>"
        "<entry-number>1</entry-number><reference-number>A0012345</reference-number>"
        "<international-registration-number>0000000</international-registration-number>"
        "</madrid-international-filing-record></madrid-international-filing-requests>"
    )
    assert draft.numbers == [("madrid-reference", "A0012345")]
