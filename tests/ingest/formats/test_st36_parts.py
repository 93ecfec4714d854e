"""Numbers, titles and texts in the manner of ST.36."""

from lxml import etree

from ingest.draft import DraftCitation, DraftPriority, DraftPublication, DraftText
from ingest.formats import st36_parts as st36
from ingest.formats.st36_parts import DocumentId


def _biblio(inner: str) -> etree._Element:
    return etree.fromstring(f"<b>{inner}</b>")


def _id(number: str, country: str = "", kind: str = "", date: str = "", form: str = "") -> str:
    parts = (("country", country), ("doc-number", number), ("kind", kind), ("date", date))
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in parts if value)
    return f"<document-id{f' document-id-type={form!r}' if form else ''}>{inner}</document-id>"


def test_docdb_goes_before_the_unmarked_form_before_epodoc_before_the_original() -> None:
    forms = [
        DocumentId("EP", str(n), form=form) for n, form in enumerate(["original", "epodoc", "", "docdb"])
    ]
    chosen = [st36.preferred(forms[:length]).form for length in range(1, 5)]
    assert chosen == ["original", "epodoc", "", "docdb"]
    assert st36.preferred([]) == DocumentId()


def test_a_date_that_only_another_form_has_is_taken_from_there() -> None:
    forms = [DocumentId("EP", "1", form="docdb"), DocumentId("EP", "1", date="20100624", form="epodoc")]
    assert st36.preferred(forms).date == "20100624"


def test_an_epodoc_number_is_country_and_number() -> None:
    reference = _biblio(f"<r>{_id('EP20100167001', form='epodoc')}</r>")[0]
    assert st36.ids_in(reference) == [DocumentId("EP", "20100167001", form="epodoc")]


def test_a_reference_without_a_document_id_is_read_by_its_own_parts() -> None:
    claim = _biblio("<c><country>CH</country><doc-number>1974/01</doc-number><date>20011026</date></c>")[0]
    assert st36.ids_in(claim) == [DocumentId("CH", "1974/01", "", "20011026")]
    assert st36.ids_in(_biblio("<c><country>CH</country></c>")[0]) == []


def test_the_application_keeps_its_other_forms() -> None:
    both = _id("10167001", "EP", "A", form="docdb") + _id("EP20100167001", date="20100624", form="epodoc")
    filed = st36.application(_biblio(f"<application-reference>{both}</application-reference>"))
    assert (filed.number, filed.kind, filed.date) == ("10167001", "A", "20100624")
    assert filed.others == [("epodoc", "EP20100167001")]


def test_every_published_document_counts_once() -> None:
    forms = _id("1", "EP", "A1", "20111228", "docdb") + _id("EP1", form="epodoc")
    reference = "<publication-reference>{}</publication-reference>"
    biblio = _biblio(reference.format(forms) + reference.format(_id("2", "EP", "B1", form="docdb")))
    assert st36.publications(biblio) == [
        DraftPublication("EP", "1", "A1", "20111228"),
        DraftPublication("EP", "2", "B1"),
    ]
    assert st36.publication_numbers(biblio) == [("publication-epodoc", "EP1")]


def test_priorities_of_the_red_book_and_of_ops_are_read() -> None:
    plain = (
        "<priority-claim><country>CH</country><doc-number>1</doc-number><date>20010101</date>"
        "</priority-claim>"
    )
    marked = f"<priority-claim>{_id('EP20100167001', date='20100624', form='epodoc')}</priority-claim>"
    claims = "<priority-claims>{}</priority-claims>"
    assert st36.priorities(_biblio(claims.format(plain + plain))) == [DraftPriority("CH", "1", "20010101")]
    assert st36.priorities(_biblio(claims.format(marked))) == [DraftPriority("EP", "20100167001", "20100624")]


def test_abstracts_may_stand_straight_or_in_paragraphs() -> None:
    straight = "<abstract lang='en'>CO<sub>2</sub> press</abstract>"
    paragraphs = (
        "<abstract lang='de'><p>Eine</p><p>Presse</p></abstract><abstract><doc-page file='x'/></abstract>"
    )
    assert st36.abstracts(_biblio(straight + paragraphs)) == [
        DraftText("CO2 press", "en"),
        DraftText("Eine Presse", "de"),
    ]


def test_citations_say_who_cited() -> None:
    patent = f"<patcit>{_id('5793966', 'US', 'A')}</patcit>"
    cited = (
        f"<citation>{patent}<category>cited by examiner</category></citation>"
        f"<citation cited-by='applicant'>{patent}<category>X</category></citation>"
        "<citation cited-phase='SEA'><patcit dnum='US1A'/></citation>"
        "<citation><patcit><text>US 2</text></patcit></citation><citation><nplcit><othercit>A book"
        "</othercit></nplcit>"
        "</citation><citation/>"
    )
    assert st36.citations(_biblio(f"<references-cited>{cited}</references-cited>")) == [
        DraftCitation("US", "5793966", "A", "", "examiner"),
        DraftCitation("US", "5793966", "A", "", "applicant"),
        DraftCitation("", "US1A", "", "", "SEA"),
        DraftCitation(text="US 2"),
        DraftCitation(text="A book"),
    ]


def test_words_that_stand_for_no_country_are_none() -> None:
    for word in ("unknown", "omitted", "OMITTED"):
        assert st36.country_code(_biblio(word)) == ""
    assert st36.country_code(_biblio("SG")) == "SG"
    assert st36.country_code(None) == ""
