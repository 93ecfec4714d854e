"""Application publications of 2001 to 2004."""

from ingest.draft import DraftParty, DraftPriority, DraftPublication
from ingest.formats.uspto_pap import FORMAT
from tests.ingest.formats.reading import drafts, only, sureness


def _publication(
    inner: str = "", number: str = "20010000001", technical: str = "", inventors: str = ""
) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE patent-application-publication SYSTEM '
        '"pap-v15-2001-01-31.dtd" [\n'
        '<!ENTITY US1-D0.TIF SYSTEM "US1-D0.TIF" NDATA TIF>\n]>\n<patent-application-publication>\n'
        "<subdoc-bibliographic-information>\n<document-id>\n"
        f"<doc-number>{number}</doc-number><kind-code>A1</kind-code><document-date>20010315</document-date>"
        f"</document-id>"
        "<domestic-filing-data><application-number>\n<doc-number>09300001</doc-number>\n</application-number>"
        "<application-number-series-code>09</application-number-series-code><filing-date>19990629"
        "</filing-date>"
        "</domestic-filing-data>"
        f"{inner}<technical-information><classification-ipc><classification-ipc-primary><ipc>G06F017/60</ipc>"
        "</classification-ipc-primary><classification-ipc-secondary><ipc>G06F017/00</ipc>"
        "</classification-ipc-secondary>"
        "</classification-ipc><classification-us><classification-us-primary><uspc><class>705</class>"
        "<subclass>026000</subclass></uspc></classification-us-primary></classification-us>"
        f"<title-of-invention> Lime &ldquo;press&rdquo;\n   </title-of-invention>{technical}"
        f"</technical-information>"
        f"<inventors><first-named-inventor><name><name-prefix>Mr.</name-prefix><given-name> Wayne\n "
        f"</given-name>"
        "<middle-name>W</middle-name><family-name> Lin </family-name></name><residence><residence-non-us>"
        "<city>Taipei</city><country-code>TW</country-code></residence-non-us></residence>"
        "</first-named-inventor>"
        f"{inventors}</inventors></subdoc-bibliographic-information>"
        '<subdoc-abstract><paragraph id="A-1"><number>1.</number> A press.</paragraph></subdoc-abstract>'
        "</patent-application-publication>\n"
    )


def test_it_is_found_by_its_record() -> None:
    assert sureness(FORMAT, _publication()) == 95
    assert sureness(FORMAT, "<us-patent-application/>") == 0


def test_a_publication_states_a_pending_application() -> None:
    draft = only(FORMAT, _publication())
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "US",
        "2001-03-15",
    )
    assert (draft.application_number, draft.filing_date) == ("09300001", "19990629")
    assert (draft.publication_number, draft.publication_date) == ("20010000001", "20010315")
    assert (draft.status_plain, draft.registration_number) == ("pending", "")
    assert draft.titles[0].text == "Lime “press”"
    assert (draft.ipc, draft.national_classes) == (["G06F 17/60", "G06F 17/00"], ["705026000"])
    assert draft.inventors == [DraftParty(name="Wayne W Lin", address="Taipei", country="TW")]
    assert [(one.name, one.role) for one in draft.applicants] == [("Wayne W Lin", "applicant")]


def test_an_assignee_is_the_applicant() -> None:
    assignee = (
        "<assignee><organization-name>Lime Ltd</organization-name><address><city>Hanoi</city>"
        "<country><country-code>VN</country-code></country></address><assignee-type>03</assignee-type>"
        "</assignee>"
    )
    draft = only(FORMAT, _publication(assignee))
    assert draft.applicants == [DraftParty(name="Lime Ltd", role="assignee", address="Hanoi", country="VN")]


def test_priorities_and_international_applications_are_read() -> None:
    draft = only(
        FORMAT,
        _publication(
            "<foreign-priority-data><priority-application-number><doc-number>10-1</doc-number>"
            "</priority-application-number><filing-date>19980101</filing-date><country-code>JP</country-code>"
            "</foreign-priority-data><international-conventions><pct-application><document-id>"
            "<doc-number>PCT/JP99/1</doc-number></document-id></pct-application></international-conventions>"
            "<prior-publication><document-id><doc-number>20000000009</doc-number><kind-code>A1</kind-code>"
            "</document-id></prior-publication>"
        ),
    )
    assert draft.priorities == [DraftPriority("JP", "10-1", "19980101")]
    assert draft.numbers == [("pct-application", "PCT/JP99/1")]
    assert draft.publications[0] == DraftPublication("US", "20000000009", "A1", "")


def test_a_weekly_file_is_many_documents() -> None:
    weekly = _publication() + _publication(number="20010000002")
    assert [one.publication_number for one in drafts(FORMAT, weekly)] == ["20010000001", "20010000002"]


def test_a_publication_without_bibliography_has_no_number() -> None:
    assert only(FORMAT, "<patent-application-publication/>").application_number == ""
