"""Exchange documents of DOCDB and OPS."""

import pytest

from ingest.draft import (
    Damage,
    Delivered,
    DraftCitation,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.formats.epo_docdb import FORMAT
from tests.ingest.formats.reading import drafts, only, read, sureness

_NS = 'xmlns:exch="http://www.epo.org/exchange"'


def _ids(name: str, country: str, number: str, kind: str, date: str, epodoc: str, original: str) -> str:
    return (
        f'<exch:{name} data-format="docdb"><document-id><country>{country}</country><doc-number>{number}'
        f"</doc-number>"
        f"<kind>{kind}</kind><date>{date}</date></document-id></exch:{name}>"
        f'<exch:{name} data-format="epodoc"><document-id><doc-number>{epodoc}</doc-number></document-id>'
        f"</exch:{name}>"
        f'<exch:{name} data-format="original"><document-id><doc-number>{original}</doc-number></document-id>'
        f"</exch:{name}>"
    )


def _document(
    inner: str = "",
    status: str = "C",
    kind: str = "A1",
    country: str = "EP",
    filing_kind: str = "A",
    after: str = "",
) -> str:
    return (
        f'<exch:exchange-document country="{country}" doc-number="2400001" kind="{kind}" '
        f'date-publ="20111228" '
        f'family-id="43088001" date-of-last-exchange="20240218" status="{status}"><exch:bibliographic-data>'
        + _ids(
            "publication-reference", country, "2400001", kind, "20111228", f"{country}2400001", "2 400 001"
        )
        + _ids(
            "application-reference",
            country,
            "10167001",
            filing_kind,
            "20100624",
            f"{country}20100167001",
            "10167001.5",
        )
        + f"{inner}</exch:bibliographic-data>{after}</exch:exchange-document>\n"
    )


def _delivery(*documents: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE exch:exchange-documents SYSTEM "docdb-entities.dtd">'
        f"<exch:exchange-documents {_NS}>{''.join(documents)}</exch:exchange-documents>"
    )


def _reply(inner: str) -> str:
    return (
        '<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">'
        f"{inner}</ops:world-patent-data>"
    )


def test_it_is_found_in_deliveries_fragments_and_replies() -> None:
    assert sureness(FORMAT, _delivery(_document())) == 92
    assert sureness(FORMAT, _document()) == 92
    assert sureness(FORMAT, _reply("<ops:patent-family/>")) == 70
    assert sureness(FORMAT, _reply("<r:register-document xmlns:r='u'/>")) == 0
    assert sureness(FORMAT, "<us-patent-grant/>") == 0


def test_an_exchange_document_is_a_patch_of_its_application() -> None:
    draft = only(FORMAT, _delivery(_document()))
    assert (draft.right, draft.operation, draft.office, draft.stamp) == (
        "patent",
        "patch",
        "EP",
        "2024-02-18",
    )
    assert (draft.application_number, draft.filing_date) == ("10167001", "20100624")
    assert (draft.publication_number, draft.publication_date) == ("2400001", "20111228")
    assert draft.publications == [DraftPublication("EP", "2400001", "A1", "20111228")]
    assert draft.numbers == [
        ("epodoc", "EP20100167001"),
        ("original", "10167001.5"),
        ("publication-epodoc", "EP2400001"),
        ("publication-original", "2 400 001"),
    ]
    assert draft.family == "43088001"
    assert draft.given is not None
    assert "status" not in draft.given
    assert "titles" not in draft.given


def test_a_fragment_with_its_prefix_unbound_is_the_same() -> None:
    assert only(FORMAT, _document()) == only(FORMAT, _delivery(_document()))


def test_a_fragment_without_any_prefix_is_the_same() -> None:
    assert only(FORMAT, _document().replace("exch:", "")) == only(FORMAT, _document())


@pytest.mark.parametrize("status", ["C", "A", ""])
def test_created_and_amended_documents_are_patches(status: str) -> None:
    assert only(FORMAT, _delivery(_document(status=status))).operation == "patch"


def test_a_deleted_document_without_a_body_is_known_by_its_publication() -> None:
    empty = (
        '<exch:exchange-document country="AP" doc-number="1206" kind="A" date-publ="20030918" '
        'date-of-last-exchange="20221027" status="D"/>'
    )
    draft = only(FORMAT, _delivery(empty))
    assert (draft.operation, draft.office, draft.stamp) == ("delete", "AP", "2022-10-27")
    assert (draft.application_number, draft.publication_number) == ("", "1206")
    assert draft.publications == [DraftPublication("AP", "1206", "A", "20030918")]


def test_a_deleted_document_with_a_body_is_known_by_its_application_too() -> None:
    draft = only(FORMAT, _delivery(_document(status="D")))
    assert (draft.operation, draft.application_number) == ("delete", "10167001")


@pytest.mark.parametrize(
    ("kind", "filing_kind", "right"),
    [
        ("A1", "A", "patent"),
        ("U1", "U", "utility-model"),
        ("Y2", "A", "utility-model"),
        ("B", "U", "utility-model"),
        ("S1", "F", "design"),
        ("T3", "T", "patent"),
        ("C", "A", "patent"),
    ],
)
def test_the_right_is_that_of_the_kind_of_document(kind: str, filing_kind: str, right: str) -> None:
    assert only(FORMAT, _delivery(_document(kind=kind, filing_kind=filing_kind))).right == right


def test_a_document_printed_with_grant_is_the_registration() -> None:
    granted = (
        "<exch:dates-of-public-availability><exch:printed-with-grant><document-id><date>20111228</date>"
        "</document-id>"
        "</exch:printed-with-grant></exch:dates-of-public-availability>"
    )
    draft = only(FORMAT, _delivery(_document(granted, kind="B1")))
    assert (draft.registration_number, draft.registration_date) == ("2400001", "20111228")
    assert (draft.publication_number, draft.publication_date) == ("", "")


def test_titles_and_abstracts_keep_every_language_once() -> None:
    titles = (
        '<exch:invention-title lang="de" data-format="docdba">Presse</exch:invention-title>'
        '<exch:invention-title lang="en" data-format="docdba">Press</exch:invention-title>'
        '<exch:invention-title lang="en" data-format="docdb">Press</exch:invention-title>'
    )
    abstract = (
        '<exch:abstract lang="en"><exch:p>A press</exch:p><exch:p>for CO<sub>2</sub>.</exch:p>'
        "</exch:abstract>"
    )
    draft = only(FORMAT, _delivery(_document(titles, after=abstract)))
    assert draft.titles == [DraftText("Presse", "de"), DraftText("Press", "en")]
    assert draft.abstracts == [DraftText("A press for CO2.", "en")]


def _party(kind: str, sequence: int, form: str, name: str, country: str = "") -> str:
    home = f"<residence><country>{country}</country></residence>" if country else ""
    return (
        f'<exch:{kind} sequence="{sequence}" data-format="{form}"><exch:{kind}-name><name>{name}</name>'
        f"</exch:{kind}-name>"
        f"{home}</exch:{kind}>"
    )


def test_the_forms_of_a_party_are_one_party_called_as_the_office_wrote_it() -> None:
    people = (
        "<exch:parties><exch:applicants>"
        + _party("applicant", 1, "docdb", "LIME CO     ", "VN")
        + _party("applicant", 2, "docdb", "BOSCH GMBH ROBERT", "DE")
        + _party("applicant", 1, "docdba", "CÔNG TY LIME")
        + _party("applicant", 2, "docdba", "ROBERT BOSCH G.M.B.H.")
        + "</exch:applicants></exch:parties>"
    )
    assert only(FORMAT, _delivery(_document(people))).applicants == [
        DraftParty(name="CÔNG TY LIME", names=[DraftText("LIME CO")], role="applicant", country="VN"),
        DraftParty(
            name="ROBERT BOSCH G.M.B.H.",
            names=[DraftText("BOSCH GMBH ROBERT")],
            role="applicant",
            country="DE",
        ),
    ]


def test_the_country_behind_an_epodoc_name_is_taken_off() -> None:
    people = (
        "<exch:parties><exch:applicants>"
        + _party("applicant", 1, "epodoc", "9LIMES OY [FI]")
        + _party("applicant", 1, "original", "9LIMES OY, ")
        + _party("applicant", 2, "original", "9Limes Oy")
        + "</exch:applicants></exch:parties>"
    )
    assert only(FORMAT, _delivery(_document(people))).applicants == [
        DraftParty(name="9LIMES OY", names=[DraftText("9Limes Oy")], role="applicant", country="FI")
    ]


def test_symbols_priorities_citations_and_designations_are_read() -> None:
    inner = (
        '<exch:classifications-ipcr><classification-ipcr sequence="1"><text>A61K   9/16        20060101A '
        "I20051008RMEP"
        "        </text></classification-ipcr></exch:classifications-ipcr><exch:patent-classifications>"
        '<patent-classification><classification-scheme office="EP" scheme="CPCI"/>'
        "<classification-symbol>A61K   9/1652"
        "      </classification-symbol></patent-classification><patent-classification>"
        '<classification-scheme office="JP" scheme="FI"/><classification-symbol>A61K9/16'
        "</classification-symbol>"
        "</patent-classification></exch:patent-classifications><exch:priority-claims><exch:priority-claim "
        'sequence="1" '
        'data-format="docdb"><document-id><country>US</country><doc-number>8359798</doc-number><kind>A</kind>'
        "<date>19980522</date></document-id><exch:priority-active-indicator>Y"
        "</exch:priority-active-indicator>"
        '</exch:priority-claim><exch:priority-claim sequence="2" data-format="docdb"><document-id>'
        "<country>US</country>"
        "<doc-number>9816128</doc-number></document-id><exch:priority-active-indicator>N"
        "</exch:priority-active-indicator>"
        '</exch:priority-claim><exch:priority-claim sequence="1" data-format="original"><document-id>'
        "<doc-number>09/083,597</doc-number></document-id></exch:priority-claim></exch:priority-claims>"
        '<exch:references-cited><exch:citation cited-phase="SEA"><patcit dnum="US5556839A"><document-id>'
        "<country>US</country><doc-number>5556839</doc-number><kind>A</kind></document-id></patcit>"
        "</exch:citation>"
        "<exch:citation><nplcit><text>Smith, On Limes</text></nplcit></exch:citation></exch:references-cited>"
        "<exch:designation-of-states><exch:designation-pct><exch:regional><region><country>AP</country>"
        "</region>"
        "<country>KE</country></exch:regional><exch:national><country>SG</country><country>KE</country>"
        "</exch:national></exch:designation-pct></exch:designation-of-states>"
    )
    draft = only(FORMAT, _delivery(_document(inner)))
    assert (draft.ipc, draft.cpc) == (["A61K 9/16"], ["A61K 9/1652"])
    assert draft.priorities == [DraftPriority("US", "8359798", "19980522")]
    assert draft.citations == [
        DraftCitation("US", "5556839", "A", "", "SEA"),
        DraftCitation(text="Smith, On Limes"),
    ]
    assert draft.designations == ["KE", "SG"]


def test_entities_of_the_epo_are_characters() -> None:
    title = '<exch:invention-title lang="pl">&SACUTE;ruba &lt;1&gt; &eacute;</exch:invention-title>'
    assert only(FORMAT, _delivery(_document(title))).titles == [DraftText("Śruba <1> é", "pl")]


def test_a_broken_document_takes_no_other_with_it() -> None:
    found = read(FORMAT, _delivery(_document(), _document("<exch:parties>"), _document()))
    assert [type(one) for one in found] == [Delivered, Damage, Delivered]


_OPS_IDS = (
    '<publication-reference><document-id document-id-type="docdb"><country>EP</country><doc-number>2400001'
    "</doc-number>"
    '<kind>A1</kind><date>20111228</date></document-id><document-id document-id-type="epodoc">'
    "<doc-number>EP2400001</doc-number></document-id></publication-reference>"
)
_OPS_FILING = (
    '<application-reference><document-id document-id-type="docdb"><country>EP</country><doc-number>10167001'
    "</doc-number>"
    '<kind>A</kind></document-id><document-id document-id-type="epodoc"><doc-number>EP20100167001'
    "</doc-number>"
    "<date>20100624</date></document-id></application-reference>"
)


def _exchanged(inner: str) -> str:
    return f'<exchange-document country="EP" doc-number="2400001" kind="A1">{inner}</exchange-document>'


def test_a_reply_puts_the_forms_of_a_number_into_one_reference() -> None:
    biblio = _exchanged(f"<bibliographic-data>{_OPS_IDS}{_OPS_FILING}</bibliographic-data>")
    draft = only(
        FORMAT, _reply(f"<exchange-documents>{biblio}{biblio}</exchange-documents>").replace(biblio, "", 1)
    )
    assert (draft.application_number, draft.filing_date, draft.stamp) == ("10167001", "20100624", "")
    assert draft.publications == [DraftPublication("EP", "2400001", "A1", "20111228")]


def test_structured_cpc_symbols_of_a_reply_are_read() -> None:
    symbol = (
        '<patent-classifications><patent-classification><classification-scheme office="EP" scheme="CPCI"/>'
        "<section>H</section><class>04</class><subclass>W</subclass><main-group>84</main-group><subgroup>20"
        "</subgroup>"
        "</patent-classification></patent-classifications><classifications-ipcr><classification-ipcr>"
        "<text>H04W  84/    20            A I                    </text></classification-ipcr>"
        "</classifications-ipcr>"
    )
    draft = only(
        FORMAT,
        _reply(_exchanged(f"<bibliographic-data>{_OPS_IDS}{_OPS_FILING}{symbol}</bibliographic-data>")),
    )
    assert (draft.cpc, draft.ipc) == (["H04W 84/20"], ["H04W 84/20"])


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (
            _exchanged(f"<bibliographic-data>{_OPS_IDS}</bibliographic-data><abstract><p>A</p></abstract>"),
            "abstracts",
        ),
        ("<f:fulltext-documents xmlns:f='u'><f:claims/></f:fulltext-documents>", "claims"),
        ("<ops:patent-family><ops:family-member/></ops:patent-family>", "family"),
        (
            "<ops:patent-family><ops:family-member><ops:legal code='AK'/></ops:family-member>"
            "</ops:patent-family>",
            "legal",
        ),
        ("<ops:document-inquiry/>", "images"),
        ("<ops:biblio-search/>", "hits"),
    ],
)
def test_a_reply_without_bibliography_is_refused_with_what_it_is(inner: str, words: str) -> None:
    with pytest.raises(NotAFeedError, match=words) as refusal:
        read(FORMAT, _reply(inner))
    assert "biblio" in refusal.value.taken


def test_a_document_without_bibliography_among_others_is_a_damage() -> None:
    whole = _exchanged(f"<bibliographic-data>{_OPS_IDS}{_OPS_FILING}</bibliographic-data>")
    part = _exchanged(f"<bibliographic-data>{_OPS_IDS}</bibliographic-data>")
    found = read(FORMAT, _reply(f"<exchange-documents>{part}{whole}{part}</exchange-documents>"))
    assert [one.code if isinstance(one, Damage) else "" for one in found] == ["partial", "", "partial"]


def test_a_delivery_of_many_gives_all() -> None:
    assert len(drafts(FORMAT, _delivery(*[_document()] * 50))) == 50
