"""Replies of the European Patent Register."""

import pytest

from ingest.draft import Damage, DraftEvent, DraftParty, DraftPublication, DraftText, NotAFeedError
from ingest.formats.epo_register import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_STATUSES = (
    "<r:ep-patent-statuses><r:ep-patent-status change-date='20201002' status-code='7'>No opposition filed"
    "</r:ep-patent-status>"
    "<r:ep-patent-status change-date='20191025' status-code='8'>The patent has been granted"
    "</r:ep-patent-status>"
    "</r:ep-patent-statuses>"
)
_FILING = (
    "<r:application-reference><r:document-id><r:country>EP</r:country><r:doc-number>10167001</r:doc-number>"
    "<r:date>20100624</r:date></r:document-id></r:application-reference>"
)


def _published(number: str, kind: str, date: str, country: str = "EP") -> str:
    return (
        f"<r:publication-reference><r:document-id><r:country>{country}</r:country><r:doc-number>{number}"
        f"</r:doc-number>"
        f"<r:kind>{kind}</r:kind><r:date>{date}</r:date></r:document-id></r:publication-reference>"
    )


def _record(inner: str = "", statuses: str = _STATUSES, before: str = "") -> str:
    return (
        f"<r:register-document date-produced='20251025' status='No opposition filed'>{statuses}{before}"
        f"<r:bibliographic-data country='EP' status='No opposition filed'>{_FILING}{inner}"
        f"</r:bibliographic-data>"
        "</r:register-document>"
    )


def _reply(*records: str) -> str:
    return (
        "<o:world-patent-data xmlns:r='http://www.epo.org/register' xmlns:o='http://ops.epo.org'>"
        "<o:register-search>"
        f"<r:register-documents>{''.join(records)}</r:register-documents></o:register-search>"
        f"</o:world-patent-data>"
    )


def _applicant(date: str, name: str) -> str:
    return (
        f"<r:applicants change-date='{date}'><r:applicant sequence='1'><r:addressbook><r:name>{name}"
        f"</r:name><r:address>"
        "<r:address-1>Street 2</r:address-1><r:address-2>90590 Oulu</r:address-2><r:country>FI</r:country>"
        "</r:address>"
        "</r:addressbook><r:residence><r:country></r:country></r:residence></r:applicant></r:applicants>"
    )


def test_it_is_found_by_its_records() -> None:
    assert sureness(FORMAT, _reply(_record())) == 93
    assert sureness(FORMAT, "<o:world-patent-data xmlns:o='u'/>") == 0


def test_a_record_is_a_patch_of_the_application_with_its_status() -> None:
    draft = only(FORMAT, _reply(_record()))
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "EP",
        "2025-10-25",
    )
    assert (draft.application_number, draft.filing_date) == ("10167001", "20100624")
    assert (draft.status_code, draft.status_text, draft.status_date) == (
        "7",
        "No opposition filed",
        "20201002",
    )
    assert draft.events == [
        DraftEvent("20201002", "7", "No opposition filed"),
        DraftEvent("20191025", "8", "The patent has been granted"),
    ]


def test_without_a_list_the_status_is_in_words() -> None:
    none = "<r:ep-patent-status change-date='' status-code=''/>"
    draft = only(FORMAT, _reply(_record(statuses=f"<r:ep-patent-statuses>{none}</r:ep-patent-statuses>")))
    assert (draft.status_code, draft.status_text, draft.events) == ("", "No opposition filed", [])


def test_a_document_of_kind_b_is_the_grant() -> None:
    documents = _published("2400001", "B1", "20191127") + _published("2400001", "A1", "20111228")
    draft = only(FORMAT, _reply(_record(documents + _published("2010001", "A1", "20101201", "WO"))))
    assert (draft.publication_number, draft.publication_date) == ("2400001", "20111228")
    assert (draft.registration_number, draft.registration_date) == ("2400001", "20191127")
    assert DraftPublication("WO", "2010001", "A1", "20101201") in draft.publications


def test_the_latest_change_of_every_group_is_in_force() -> None:
    lists = _applicant("20111228", "Old Oy") + _applicant("20191018", "New Oy")
    inner = (
        f"<r:parties>{lists}</r:parties>"
        "<r:classifications-ipcr change-date='20111228'><r:classification-ipcr><r:text>H04W84/18</r:text>"
        "</r:classification-ipcr></r:classifications-ipcr><r:classifications-ipcr change-date='20190524'>"
        "<r:classification-ipcr><r:text>H04W84/20,  // H04W88/04;; H01M10/613</r:text>"
        "</r:classification-ipcr>"
        "</r:classifications-ipcr><r:invention-title lang='de' change-date='20111228'>Netz"
        "</r:invention-title>"
        "<r:invention-title lang='de' change-date='20190621'>NETZ</r:invention-title>"
        "<r:invention-title lang='en' change-date='20111228'>Net</r:invention-title>"
        "<r:designation-of-states change-date='20111228'><r:designation-epc><r:contracting-states>"
        "<r:country>AT"
        "</r:country></r:contracting-states></r:designation-epc></r:designation-of-states>"
        "<r:designation-of-states change-date='20191025'><r:designation-pct><r:regional><r:region>"
        "<r:country>EP"
        "</r:country></r:region><r:country>FI</r:country><r:country>DE</r:country></r:regional>"
        "</r:designation-pct>"
        "</r:designation-of-states>"
    )
    draft = only(FORMAT, _reply(_record(inner)))
    assert draft.applicants == [
        DraftParty(name="New Oy", role="applicant", address="Street 2, 90590 Oulu", country="FI")
    ]
    assert draft.ipc == ["H04W 84/20", "H04W 88/04", "H01M 10/613"]
    assert draft.titles == [DraftText("NETZ", "de"), DraftText("Net", "en")]
    assert draft.designations == ["FI", "DE"]


def test_lapses_and_dates_are_events() -> None:
    inner = (
        "<r:term-of-grant change-date='20220708'><r:lapsed-in-country><r:country>HU</r:country>"
        "<r:date>20100624</r:date>"
        "</r:lapsed-in-country></r:term-of-grant><r:term-of-grant change-date='20210101'>"
        "<r:lapsed-in-country>"
        "<r:country>AL</r:country><r:date>20191127</r:date></r:lapsed-in-country></r:term-of-grant>"
        "<r:dates-rights-effective><r:request-for-examination><r:date>20120606</r:date>"
        "</r:request-for-examination>"
        "</r:dates-rights-effective>"
    )
    draft = only(FORMAT, _reply(_record(inner, statuses="")))
    assert draft.events == [
        DraftEvent("20120606", "", "request for examination"),
        DraftEvent("20100624", "", "lapsed in HU"),
    ]


def test_events_beside_the_bibliography_are_read() -> None:
    events = (
        "<r:events-data><r:dossier-event><r:event-date><r:date>20220708</r:date></r:event-date>"
        "<r:event-code>0009250"
        "</r:event-code><r:event-text>Lapse</r:event-text></r:dossier-event></r:events-data>"
    )
    assert only(FORMAT, _reply(_record(statuses="", before=events))).events == [
        DraftEvent("20220708", "0009250", "Lapse")
    ]


def test_the_international_application_is_a_further_number() -> None:
    international = _FILING.replace(">EP<", ">WO<").replace("10167001", "FI2010/050001")
    draft = only(FORMAT, _reply(_record(international)))
    assert (draft.application_number, draft.numbers) == ("10167001", [("pct-application", "FI2010/050001")])


def test_events_alone_are_refused() -> None:
    only_events = "<r:register-document><r:events-data/></r:register-document>"
    with pytest.raises(NotAFeedError, match="events"):
        read(FORMAT, _reply(only_events))
    found = read(FORMAT, _reply(_record(), only_events))
    assert isinstance(found[1], Damage)
    assert found[1].code == "partial"


def test_a_search_gives_every_hit() -> None:
    assert len(drafts(FORMAT, _reply(*[_record()] * 5))) == 5
